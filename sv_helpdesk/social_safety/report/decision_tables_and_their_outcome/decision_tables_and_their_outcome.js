// Decision tables and their outcome: a period, at one's own desks or at all of them.

frappe.query_reports["Decision tables and their outcome"] = sv_helpdesk.figures_report();
