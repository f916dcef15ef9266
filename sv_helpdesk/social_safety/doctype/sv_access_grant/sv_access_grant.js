// An access is only shown here; it can be ended before its time.

frappe.ui.form.on("SV Access Grant", {
	refresh(frm) {
		frm.disable_save();
		if (!frm.doc.valid_until || frm.doc.ended_at) return;
		frm.add_custom_button(__("End this access now"), () =>
			sv_helpdesk.confirm(__("End this access now? Whoever has it loses it at once."), async () => {
				await frappe.xcall("sv_helpdesk.permissions.temporary_access.end", { grant: frm.docname });
				frm.reload_doc();
			})
		);
	},
});
