// A row of the access log: nothing to do but look.

frappe.ui.form.on("SV Access Log", {
	refresh(frm) {
		// the moment is in universal time, not in the one that the Desk would write under it
		frm.set_df_property("logged_at", "hide_timezone", 1);
		frm.get_field("logged_at").set_description(__(frm.get_docfield("logged_at").description));
		frm.disable_form();
		show_case_number(frm);
	},
});

async function show_case_number(frm) {
	const { name, report } = frm.doc;
	const numbers = await sv_helpdesk.case_numbers([report]);
	if (frm.doc.name === name && numbers[report]) {
		frm.get_field("report").$wrapper.find(".control-value").text(numbers[report]);
	}
}
