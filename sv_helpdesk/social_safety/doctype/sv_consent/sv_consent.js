// Encrypted fields are long texts in the database, but one line is enough for these.

const SHORT_TEXTS = ["recipient"];

frappe.ui.form.on("SV Consent", {
	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
	},
});
