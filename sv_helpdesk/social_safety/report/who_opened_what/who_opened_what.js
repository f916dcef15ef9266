// Who opened what: filters for the privacy officer.

frappe.query_reports["Who opened what"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From", null, "SV Access Log"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -7),
		},
		{
			fieldname: "to_date",
			label: __("Until"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "user", label: __("User", null, "SV Access Log"), fieldtype: "Data" },
		{ fieldname: "case_number", label: __("Case number"), fieldtype: "Data" },
		{
			fieldname: "action",
			label: __("Action", null, "SV Access Log"),
			fieldtype: "Select",
			options:
				"\nOpened\nChanged\nPrinted\nDownloaded\nExported\nShared\nGranted\nRevoked\nRefused\nDelivered",
		},
		{ fieldname: "document_type", label: __("Type of document"), fieldtype: "Data" },
	],
};
