// Requests about own data: numbers and terms for the privacy officer, who registers them for all desks.

frappe.query_reports["Requests about own data"] = {
	filters: [],
	onload(report) {
		report.page.add_inner_button(__("Register a request"), () =>
			sv_helpdesk.subject_access.register(true)
		);
	},
};
