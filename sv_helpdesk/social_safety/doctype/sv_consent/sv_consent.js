// A consent: given by somebody of this case. Encrypted fields are long texts, but one line is enough here.

const SHORT_TEXTS = ["recipient"];

frappe.ui.form.on("SV Consent", {
	setup(frm) {
		frm.set_query("party", () => ({ filters: { report: frm.doc.report } }));
	},

	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
	},
});
