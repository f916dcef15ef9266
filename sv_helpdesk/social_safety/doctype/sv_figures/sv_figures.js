// Figures of a year: whoever may read a version of them downloads it as a report or as data.

frappe.ui.form.on("SV Figures", {
	async refresh(frm) {
		if (frm.is_new()) return;
		const versions = await frappe.xcall("sv_helpdesk.annual_report.downloads.readable", {
			name: frm.docname,
		});
		if (versions.length)
			frm.add_custom_button(__("Download the figures"), () => ask_download(frm, versions));
	},
});

function ask_download(frm, versions) {
	const titles = {
		published: __("Published", null, "SV Figures"),
		internal: __("Internal", null, "SV Figures"),
		working: __("Working", null, "SV Figures"),
	};
	const formats = {
		pdf: __("PDF with charts", null, "SV Figures"),
		xlsx: __("Workbook (XLSX)", null, "SV Figures"),
		csv: __("Lines (CSV)", null, "SV Figures"),
		json: __("Data (JSON)", null, "SV Figures"),
	};
	const languages = { nl: __("Dutch", null, "SV Figures"), en: __("English", null, "SV Figures") };
	const choice = (fieldname, label, options, chosen) => ({
		fieldname,
		label,
		fieldtype: "Select",
		options: Object.entries(options).map(([value, title]) => ({ value, label: title })),
		default: chosen,
		reqd: 1,
	});
	const readable = Object.fromEntries(versions.map((version) => [version, titles[version]]));
	sv_helpdesk.ask(
		[
			{
				...choice("version", __("Version", null, "SV Figures"), readable, versions[0]),
				description: versions.includes("working")
					? __("The working version identifies people. Keep it to yourself and don't pass it on.")
					: "",
			},
			choice("file_format", __("File", null, "SV Figures"), formats, "pdf"),
			choice(
				"language",
				__("Language", null, "SV Figures"),
				languages,
				frappe.boot.lang === "nl" ? "nl" : "en"
			),
			{
				fieldname: "unit",
				label: __("Unit", null, "SV Figures"),
				fieldtype: "Link",
				options: "SV Unit",
				description: __("Leave empty for the whole institution."),
			},
		],
		(values) =>
			sv_helpdesk.download("annual_report.downloads.download", {
				name: frm.docname,
				unit: "",
				...values,
			}),
		__("Download the figures"),
		__("Download", null, "SV Figures")
	);
}
