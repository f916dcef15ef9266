// Desk first chosen: a period, at one's own desks or at all of them.

frappe.query_reports["Desk first chosen"] = sv_helpdesk.figures_report();
