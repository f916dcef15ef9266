// A numbered copy of minutes: made as PDF by the server for who may have it.

const COPY_LANGUAGES = { nl: "Download in Dutch", en: "Download in English" };

frappe.ui.form.on("SV Minutes Copy", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_form();
		Object.entries(COPY_LANGUAGES).forEach(([language, label]) =>
			frm.add_custom_button(__(label), () =>
				open_url_post("/api/method/sv_helpdesk.minutes.copies.download", { name: frm.docname, language })
			)
		);
	},
});
