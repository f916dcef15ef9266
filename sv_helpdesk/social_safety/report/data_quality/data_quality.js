// Data quality: cases that the user may read and in which a code is missing or nothing is planned.

frappe.query_reports["Data quality"] = { filters: [sv_helpdesk.desk_filter()] };
