// Position of the accused: a period, at one's own desks or at all of them.

frappe.query_reports["Position of the accused"] = sv_helpdesk.figures_report();
