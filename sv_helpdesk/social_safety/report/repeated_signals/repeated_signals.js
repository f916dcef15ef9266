// Repeated signals: several reports about one person or unit, for who runs a desk; of other desks numbers only (R3).

frappe.query_reports["Repeated signals"] = { filters: [] };
