// The steps of a document: the next one as the form's button, the others in a menu, each with what it asks for.

frappe.provide("sv_helpdesk.steps");

sv_helpdesk.steps.DOCTYPES = [
	...["SV Report", "SV Referral", "SV Decision Table", "SV Minutes", "SV Action"],
	...["SV Aftercare", "SV Aftercare Contact"],
];

sv_helpdesk.steps.DOCTYPES.forEach((doctype) => {
	frappe.ui.form.on(doctype, { refresh: show_steps });
});

async function show_steps(frm) {
	if (frm.is_new()) return;
	const asked = frm.docname;
	const { message: steps } = await frappe.call({
		method: "sv_helpdesk.workflows.api.steps",
		args: { doctype: frm.doctype, name: frm.docname },
	});
	if (frm.docname !== asked) return;
	const menu = steps.length > 1 ? __("Steps", null, "SV Step") : null;
	steps.forEach((step, index) => {
		const $button = frm.add_custom_button(step.title, () => take_step(frm, step), index ? menu : null);
		if (!index) $button.removeClass("btn-default").addClass("btn-primary");
	});
}

function take_step(frm, step) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save your changes first, then take the step."));
		return;
	}
	const fields = [...step.asks.map((fieldname) => question(frm, fieldname, step)), ...why(step)];
	const title = step.title;
	if (fields.length) frappe.prompt(fields, (answers) => send(frm, step, answers), title, title);
	else frappe.confirm(__("Take the step {0}?", [title]), () => send(frm, step, {}));
}

function question(frm, fieldname, step) {
	const field = frappe.meta.get_docfield(frm.doctype, fieldname);
	return {
		fieldname,
		fieldtype: field.fieldtype === "Long Text" ? "Small Text" : field.fieldtype,
		label: __(field.label, null, frm.doctype),
		description: __(field.description, null, frm.doctype),
		options: options_of(frm.doctype, field),
		default:
			frm.doc[fieldname] || (field.fieldtype === "Datetime" ? frappe.datetime.now_datetime() : null),
		reqd: step.needs.includes(fieldname) ? 1 : 0,
	};
}

function options_of(doctype, field) {
	if (field.fieldtype !== "Select") return field.options;
	return field.options.split("\n").map((value) => ({ value, label: __(value, null, doctype) }));
}

function why(step) {
	if (!step.reason) return [];
	return [
		{ fieldname: "step_reason", fieldtype: "Small Text", label: __("Reason", null, "SV Step"), reqd: 1 },
	];
}

async function send(frm, step, { step_reason: reason, ...values }) {
	await frappe.call({
		method: "sv_helpdesk.workflows.api.take",
		args: { doctype: frm.doctype, name: frm.docname, step: step.name, values, reason },
		freeze: true,
	});
	frm.reload_doc();
}

// A seat is accepted with the statement that goes with it; who decides or convenes gives the statement alone.
function state_confidentiality(method, decision_table, then) {
	const statement = __(
		"I keep confidential what I read and hear at this decision table, also after it is settled, and share it with nobody outside it."
	);
	frappe.confirm(statement, async () => {
		await frappe.xcall(`sv_helpdesk.permissions.seats.${method}`, {
			decision_table,
			keeps_confidential: 1,
		});
		then();
	});
}
sv_helpdesk.accept_seat = state_confidentiality.bind(null, "accept_seat");
sv_helpdesk.state_confidentiality = state_confidentiality.bind(null, "state_confidentiality");
sv_helpdesk.decline_seat = (decision_table, then) =>
	frappe.confirm(__("Decline the seat at this decision table?"), async () => {
		await frappe.xcall("sv_helpdesk.permissions.seats.decline_seat", { decision_table });
		then();
	});
