// The list of terms: what must be done, and how long it may take in one column.

frappe.listview_settings["SV Term"] = {
	add_fields: ["kind", "unit"],
	formatters: { amount: (amount, _df, { unit }) => `${amount} ${__(unit, null, "SV Term").toLowerCase()}` },
	onload(list) {
		const kind = frappe.meta.get_docfield("SV Term", "kind");
		const render = sv_helpdesk.begin_rows_with(list, __(kind.label, null, "SV Term"), (doc) =>
			__(doc.kind, null, "SV Term")
		);
		list.render = () => {
			render();
			// two kinds differ in their last words only
			list.$result.find(".list-subject").css("flex-grow", 3);
		};
	},
};
