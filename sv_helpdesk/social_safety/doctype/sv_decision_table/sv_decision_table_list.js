// The list of decision tables: here somebody who was invited accepts the seat, which opens the table.

// who is invited
const AT_THE_TABLE = ["SV Decision Table Member", "SV HR Advisor", "SV Manager"];

frappe.listview_settings["SV Decision Table"] = sv_helpdesk.work_list("SV Decision Table", {
	onload(list) {
		sv_helpdesk.due.in_list(list);
		if (!AT_THE_TABLE.some((role) => frappe.user.has_role(role))) return;
		list.page.add_inner_button(__("My invitations"), show_invitations);
	},
});

async function show_invitations() {
	const seats = "sv_helpdesk.permissions.seats";
	const invitations = await frappe.xcall(`${seats}.open_invitations`);
	if (!invitations.length) {
		frappe.msgprint(__("No invitation waits for you."));
		return;
	}
	const dialog = new frappe.ui.Dialog({ title: __("My invitations") });
	invitations.forEach((invitation) => {
		const day = invitation.opened_on && frappe.datetime.str_to_user(invitation.opened_on);
		const $accept = $('<button class="btn btn-primary btn-xs">').text(__("Accept the seat"));
		$accept.on("click", () => {
			dialog.hide();
			const open = () => frappe.set_route("Form", "SV Decision Table", invitation.decision_table);
			sv_helpdesk.accept_seat(invitation.decision_table, open);
		});
		const $decline = $('<button class="btn btn-default btn-xs ml-2">').text(__("Decline the seat"));
		$decline.on("click", () => {
			dialog.hide();
			sv_helpdesk.decline_seat(invitation.decision_table, () => {});
		});
		$('<div class="mb-4 pb-3 border-bottom">')
			.append($('<div class="mb-2">').text([invitation.table_number, day].filter(Boolean).join(" · ")))
			.append($accept)
			.append($decline)
			.appendTo(dialog.body);
	});
	dialog.show();
}
