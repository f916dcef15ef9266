// Dialogs of our forms: what was typed stays until the server has taken it. The host has shown why, where it hasn't.

frappe.provide("sv_helpdesk");

// as frappe.prompt; `send` returns a promise
sv_helpdesk.ask = (fields, send, title, label) => {
	const dialog = new frappe.ui.Dialog({
		title,
		fields: [fields].flat(),
		primary_action_label: label,
		primary_action: (values) => taken(send(values), () => dialog.hide()),
	});
	dialog.show();
	return dialog;
};

// as frappe.confirm
sv_helpdesk.confirm = (sentence, send) => frappe.confirm(sentence, () => taken(send()));

async function taken(answer, then = () => {}) {
	try {
		await answer;
	} catch {
		return;
	}
	then();
}
