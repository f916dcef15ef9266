// Deadlines: a period; the last quarter that is over, of which other desks have figures, too.

frappe.query_reports["Deadlines"] = (() => {
	const today = new Date();
	const day = (month, number) => {
		const chosen = new Date(today.getFullYear(), month, number);
		return frappe.datetime.obj_to_str(chosen);
	};
	const quarter = Math.floor(today.getMonth() / 3) * 3;
	return {
		onload(report) {
			// beside a day that is filled in the host shows no label
			report.filters.forEach(({ df, $wrapper }) =>
				$wrapper.prepend($('<label class="control-label">').text(df.label))
			);
		},
		filters: [
			{
				fieldname: "from_date",
				label: __("From", null, "SV Deadline"),
				fieldtype: "Date",
				reqd: 1,
				default: day(quarter - 3, 1),
			},
			{
				fieldname: "to_date",
				label: __("Until"),
				fieldtype: "Date",
				reqd: 1,
				default: day(quarter, 0),
			},
		],
	};
})();
