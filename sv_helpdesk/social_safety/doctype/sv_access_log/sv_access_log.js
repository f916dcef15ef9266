// A row of the access log: nothing to do but look.

frappe.ui.form.on("SV Access Log", {
	refresh(frm) {
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
