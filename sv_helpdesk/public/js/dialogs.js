// Dialogs of our forms: what was typed stays until the server has taken it. The host has shown why, where it hasn't.

frappe.provide("sv_helpdesk");

// as frappe.prompt; `send` returns a promise, and is asked again only when the server has refused
sv_helpdesk.ask = (fields, send, title, label) => {
	let is_sent = false;
	const dialog = new frappe.ui.Dialog({
		title,
		fields: [fields].flat(),
		primary_action_label: label,
		primary_action: async (values) => {
			if (is_sent) return;
			is_sent = true;
			is_sent = await taken(send(values), () => dialog.hide());
		},
	});
	dialog.show();
	return dialog;
};

// as frappe.confirm, but once: for the host, Enter on the button counts twice
sv_helpdesk.confirm = (sentence, send) => {
	let is_sent = false;
	frappe.confirm(sentence, () => {
		if (is_sent) return;
		is_sent = true;
		taken(send());
	});
};

async function taken(answer, then = () => {}) {
	try {
		await answer;
	} catch {
		return false;
	}
	then();
	return true;
}
