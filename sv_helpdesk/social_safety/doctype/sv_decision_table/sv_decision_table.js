// A decision table: who may see it before their own seat is accepted can accept it here, too.

frappe.ui.form.on("SV Decision Table", {
	refresh(frm) {
		const invited = (frm.doc.members || []).some(
			({ user, accepted_at }) => user === frappe.session.user && !accepted_at
		);
		if (frm.is_new() || !invited) return;
		const accept = () => sv_helpdesk.accept_seat(frm.docname, () => frm.reload_doc());
		frm.add_custom_button(__("Accept the seat"), accept).addClass("btn-primary");
	},
});
