// A numbered copy of minutes: made as PDF by the server for who may have it.

const COPY_LANGUAGES = { nl: "Download in Dutch", en: "Download in English" };

frappe.ui.form.on("SV Minutes Copy", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_form();
		if (!frm.doc.copy_number) {
			frm.add_custom_button(__("Take off the distribution list"), () => take_off(frm));
			return;
		}
		Object.entries(COPY_LANGUAGES).forEach(([language, label]) =>
			frm.add_custom_button(__(label), () =>
				sv_helpdesk.download("minutes.copies.download", { name: frm.docname, language })
			)
		);
	},
});

function take_off(frm) {
	sv_helpdesk.confirm(__("Take this recipient off the distribution list?"), async () => {
		await frappe.xcall("sv_helpdesk.minutes.copies.take_off", { name: frm.docname });
		frappe.set_route("Form", "SV Minutes", frm.doc.minutes);
	});
}
