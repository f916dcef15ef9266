// Profile of reporters: a period, at one's own desks or at all of them.

frappe.query_reports["Profile of reporters"] = sv_helpdesk.figures_report();
