// Open work queue: the cases that the user may read and that aren't settled, the oldest first.

frappe.query_reports["Open work queue"] = { filters: [sv_helpdesk.desk_filter()] };
