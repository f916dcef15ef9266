// The steps of a document: the next one as the form's button, the others in a menu, each with what it asks for.

frappe.provide("sv_helpdesk.steps");

sv_helpdesk.steps.DOCTYPES = [
	...["SV Report", "SV Referral", "SV Decision Table", "SV Minutes", "SV Action"],
	...["SV Aftercare", "SV Aftercare Contact", "SV Complaint", "SV Figures", "SV Subject Request"],
];

sv_helpdesk.steps.DOCTYPES.forEach((doctype) => {
	frappe.ui.form.on(doctype, { refresh: show_steps });
});

// the one button that stands out; a statement or a seat that somebody is asked for takes the step's place
sv_helpdesk.steps.lead_with = (frm, $button) => {
	$(frm.wrapper).find(".custom-actions .btn-primary").removeClass("btn-primary").addClass("btn-default");
	$button.removeClass("btn-default").addClass("btn-primary");
};

async function show_steps(frm) {
	if (frm.is_new()) return;
	const asked = frm.docname;
	const { message: steps } = await frappe.call({
		method: "sv_helpdesk.workflows.api.steps",
		args: { doctype: frm.doctype, name: frm.docname },
	});
	if (frm.docname !== asked) return;
	const menu = steps.length > 1 ? __("Steps", null, "SV Step") : null;
	const next = steps.find((step) => step.next);
	steps.forEach((step) => {
		const $button = frm.add_custom_button(
			step.title,
			() => take_step(frm, step),
			step === next ? null : menu
		);
		if (step === next) sv_helpdesk.steps.lead_with(frm, $button);
	});
	$(frm.wrapper).toggleClass("sv-has-next", Boolean(next));
	show_lacking(frm, next);
}

// what there is to do before the next step, each empty field as a way to it
function show_lacking(frm, next) {
	frm.layout.wrapper.find(".sv-lacking").remove();
	const { fields = [], sentences = [] } = next?.next || {};
	if (!fields.length && !sentences.length) return;
	const $line = $('<div class="sv-lacking px-3 py-2 text-muted">').text(
		`${__("Before the step {0}:", [next.title])} `
	);
	fields.forEach((fieldname, index) => {
		const { label } = frappe.meta.get_docfield(frm.doctype, fieldname);
		$('<a href="#">')
			.text(__(label, null, frm.doctype))
			.on("click", () => !frm.scroll_to_field(fieldname))
			.appendTo($line);
		$line.append(index < fields.length - 1 ? ", " : ". ");
	});
	$line.append(document.createTextNode(sentences.join(" ")));
	frm.layout.wrapper.prepend($line);
}

function take_step(frm, step) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save your changes first, then take the step."));
		return;
	}
	const asked = step.asks.filter((fieldname) => applies(frm, fieldname));
	const fields = [...asked.map((fieldname) => question(frm, fieldname, step)), ...why(step)];
	if (fields.length) sv_helpdesk.ask(fields, (answers) => send(frm, step, answers), step.title, step.title);
	else sv_helpdesk.confirm(__("Take the step {0}?", [step.title]), () => send(frm, step, {}));
}

// the moment of a talk is asked for where there is to be one
function applies(frm, fieldname) {
	const { depends_on } = frappe.meta.get_docfield(frm.doctype, fieldname);
	return !/^\w+$/.test(depends_on || "") || Boolean(frm.doc[depends_on]);
}

function question(frm, fieldname, step) {
	const field = frappe.meta.get_docfield(frm.doctype, fieldname);
	return {
		fieldname,
		fieldtype: field.fieldtype === "Long Text" ? "Small Text" : field.fieldtype,
		label: __(field.label, null, frm.doctype),
		description: __(field.description, null, frm.doctype),
		options: options_of(frm.doctype, field),
		default: frm.doc[fieldname] || moment_of_step(field, step),
		reqd: step.needs.includes(fieldname) ? 1 : 0,
	};
}

// of what happens with the step itself; when people meet, they choose
function moment_of_step({ fieldname, fieldtype }, { stamps }) {
	return fieldtype === "Datetime" && stamps.includes(fieldname) ? frappe.datetime.now_datetime() : null;
}

function options_of(doctype, field) {
	if (field.fieldtype !== "Select") return field.options;
	// the host shows an empty option as it is, but not one with an empty label
	return field.options.split("\n").map((value) => value && { value, label: __(value, null, doctype) });
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
	sv_helpdesk.confirm(statement, async () => {
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
	sv_helpdesk.confirm(__("Decline the seat at this decision table?"), async () => {
		await frappe.xcall("sv_helpdesk.permissions.seats.decline_seat", { decision_table });
		then();
	});
