// Encrypted fields are long texts in the database, but one line is enough for these.

const SHORT_TEXTS = ["original_name", "media_type"];

frappe.ui.form.on("SV Attachment", {
	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
	},
});
