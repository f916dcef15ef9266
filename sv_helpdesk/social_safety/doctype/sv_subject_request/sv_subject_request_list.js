// What people ask about their own data: registered here, each at the desk that answers.

frappe.listview_settings["SV Subject Request"] = {
	add_fields: ["request_number"],
	onload(list) {
		const words = __("Request number", null, "SV Subject Request");
		sv_helpdesk.begin_rows_with(list, words, ({ request_number }) => request_number);
		list.page.add_inner_button(__("Register a request"), () =>
			sv_helpdesk.subject_access.register(frappe.user.has_role("SV Coordinator"))
		);
	},
};
