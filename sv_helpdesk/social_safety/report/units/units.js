// Units: a period, at one's own desks or at all of them.

frappe.query_reports["Units"] = sv_helpdesk.figures_report();
