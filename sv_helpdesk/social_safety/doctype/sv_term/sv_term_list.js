// The list of terms: what must be done, and how long it may take in one column.

frappe.listview_settings["SV Term"] = {
	add_fields: ["kind", "unit"],
	formatters: { amount: (amount, _df, { unit }) => length_in_words(cint(amount), unit) },
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

function length_in_words(amount, unit) {
	const one = {
		"Working hours": __("1 working hour"),
		"Working days": __("1 working day"),
		"Calendar days": __("1 calendar day"),
		"Calendar months": __("1 calendar month"),
	};
	return amount === 1 ? one[unit] : `${amount} ${__(unit, null, "SV Term").toLowerCase()}`;
}
