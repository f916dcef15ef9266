// An attachment: opened by the server for who may read its case.

const SHORT_TEXTS = ["original_name", "media_type"];

frappe.ui.form.on("SV Attachment", {
	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
		if (frm.is_new()) return;
		frm.disable_form();
		frm.add_custom_button(__("Open this file"), () =>
			sv_helpdesk.download("helpdesk.conversation.open_attachment", { name: frm.docname })
		);
	},
});
