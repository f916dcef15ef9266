// Reports by nature and year: a period, at one's own desks or at all of them.

frappe.query_reports["Reports by nature and year"] = sv_helpdesk.figures_report();
