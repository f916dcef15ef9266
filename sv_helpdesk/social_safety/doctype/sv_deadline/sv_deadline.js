// A clock is known by what must be done and in which case, not by its internal name.

frappe.ui.form.on("SV Deadline", {
	async refresh(frm) {
		const { name, kind, report } = frm.doc;
		const numbers = await sv_helpdesk.case_numbers([report]);
		if (frm.docname !== name) return;
		const words = [__(kind, null, frm.doctype), numbers[report]].filter(Boolean).join(" · ");
		frm.page.set_title(words);
		frappe.utils.set_title(words);
	},
});
