// Advice requests: a period, at one's own desks or at all of them.

frappe.query_reports["Advice requests"] = sv_helpdesk.figures_report();
