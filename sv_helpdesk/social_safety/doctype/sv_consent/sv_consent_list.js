// The list of consents: here a second person finds the exceptions that wait for a confirmation.

frappe.listview_settings["SV Consent"] = sv_helpdesk.case_list({
	onload(list) {
		list.page.add_inner_button(__("Exceptions to confirm"), () => show_exceptions(list));
	},
});

async function show_exceptions(list) {
	const path = "sv_helpdesk.social_safety.doctype.sv_consent.sv_consent";
	const { message: waiting } = await frappe.call({ method: `${path}.exceptions_to_confirm`, type: "POST" });
	if (!waiting.length) {
		frappe.msgprint(__("No exception waits for you."));
		return;
	}
	const dialog = new frappe.ui.Dialog({ title: __("Exceptions to confirm") });
	waiting.forEach((exception) => dialog.body.append(block(exception)[0]));
	dialog.show();

	function block(exception) {
		const facts = [
			exception.case_number,
			__(exception.basis, null, "SV Consent"),
			__(exception.scope, null, "SV Consent"),
			__("Decided by {0}", [exception.decided_by]),
		];
		if (exception.acute) {
			facts.push(__("Confirm before {0}", [frappe.datetime.str_to_user(exception.confirm_by)]));
		}
		const $confirm = $('<button class="btn btn-primary btn-xs mt-2">').text(
			__("Confirm", null, "SV Consent")
		);
		$confirm.on("click", async () => {
			await frappe.call({ method: `${path}.confirm`, args: { name: exception.name }, freeze: true });
			dialog.hide();
			list.refresh();
		});
		return $('<div class="mb-4 pb-3 border-bottom">')
			.append($('<div class="bold">').text(facts.join(" · ")))
			.append($('<div class="mt-1">').text(exception.ground))
			.append($confirm);
	}
}
