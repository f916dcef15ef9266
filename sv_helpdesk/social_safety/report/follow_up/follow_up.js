// Follow-up: a period, at one's own desks or at all of them.

frappe.query_reports["Follow-up"] = sv_helpdesk.figures_report();
