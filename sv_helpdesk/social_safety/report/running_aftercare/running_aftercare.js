// Running aftercare: the plans that the user may read and that aren't closed, the oldest first.

frappe.query_reports["Running aftercare"] = { filters: [] };
