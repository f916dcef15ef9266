// The list of the access log: who did what, when.

frappe.listview_settings["SV Access Log"] = {
	add_fields: ["action"],
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator: (doc) => [
		__(doc.action, null, "SV Access Log"),
		doc.action === "Refused" ? "orange" : "gray",
		`action,=,${doc.action}`,
	],
};
