// The filters that the reports of figures share: a period, all desks or those of the user, and one of these.

frappe.provide("sv_helpdesk");

const AT_A_DESK = ["SV Coordinator", "SV CCP Staff", "SV Confidential Adviser", "SV Ombuds Officer"];

sv_helpdesk.desk_filter = () => ({
	fieldname: "desk",
	label: __("Desk", null, "SV Figures"),
	fieldtype: "Link",
	options: "SV Desk",
});

sv_helpdesk.figures_report = () => {
	const year = new Date().getFullYear();
	return {
		filters: [
			{
				fieldname: "from_date",
				label: __("From", null, "SV Deadline"),
				fieldtype: "Date",
				reqd: 1,
				default: `${year}-01-01`,
			},
			{
				fieldname: "to_date",
				label: __("Until"),
				fieldtype: "Date",
				reqd: 1,
				default: `${year}-12-31`,
			},
			{
				fieldname: "all_desks",
				label: __("All desks"),
				fieldtype: "Check",
				// who works at no desk has figures of all desks only
				default: AT_A_DESK.some((role) => frappe.user.has_role(role)) ? 0 : 1,
			},
			sv_helpdesk.desk_filter(),
			{
				fieldname: "unit",
				label: __("Unit", null, "SV Figures"),
				fieldtype: "Link",
				options: "SV Unit",
			},
		],
		formatter: (value, row, column, data, standard) => {
			const shown = standard(value, row, column, data);
			return data && data.bold ? `<b>${shown}</b>` : shown;
		},
	};
};
