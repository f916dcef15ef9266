// A decision table: who may see it before their own seat is accepted can accept it here, too.

frappe.ui.form.on("SV Decision Table", {
	refresh(frm) {
		const invited = (frm.doc.members || []).some(
			({ user, accepted_at }) => user === frappe.session.user && !accepted_at
		);
		if (frm.is_new() || !invited) return;
		frm.add_custom_button(__("Accept the seat"), async () => {
			await frappe.xcall("sv_helpdesk.permissions.seats.accept_seat", { decision_table: frm.docname });
			frm.reload_doc();
		}).addClass("btn-primary");
	},
});
