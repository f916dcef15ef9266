// Open actions: those that the user may read and that aren't finished, by the day they are due.

frappe.query_reports["Open actions"] = { filters: [] };
