// A decision table: who sees it before their own seat is accepted answers here, too; who decides or convenes states
// here that they keep it confidential.

frappe.ui.form.on("SV Decision Table", {
	refresh(frm) {
		if (frm.is_new()) return;
		const user = frappe.session.user;
		const reload = () => frm.reload_doc();
		const add = (label, answer) => frm.add_custom_button(label, () => answer(frm.docname, reload));
		const { manager, manager_stated_at, coordinator, coordinator_stated_at } = frm.doc;
		if ((manager === user && !manager_stated_at) || (coordinator === user && !coordinator_stated_at)) {
			const state = sv_helpdesk.state_confidentiality;
			sv_helpdesk.steps.lead_with(frm, add(__("Give the confidentiality statement"), state));
		} else if (["Convened", "Running"].includes(frm.doc.status)) {
			sv_helpdesk.on_paper(frm, "minutes.invitation.download", __("Invitation on paper"));
		}
		const waits = (seat) => seat.user === user && !seat.accepted_at && !seat.declined_at;
		if (!(frm.doc.members || []).some(waits)) return;
		sv_helpdesk.steps.lead_with(frm, add(__("Accept the seat"), sv_helpdesk.accept_seat));
		add(__("Decline the seat"), sv_helpdesk.decline_seat);
	},
});
