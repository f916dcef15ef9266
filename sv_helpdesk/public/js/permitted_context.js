// What somebody who carries out a task may know around it (HR's permitted fields), on the form of the task.

const TASK_OWNERS = {
	"SV Action": "action_owner",
	"SV Aftercare Contact": "held_by",
	"SV Communication Line": "addressed_to",
};
const CONTEXT_SECTION = "sv-permitted-context";

Object.entries(TASK_OWNERS).forEach(([doctype, owner]) =>
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			frm.dashboard.parent.find(`.${CONTEXT_SECTION}`).remove();
			if (!frm.is_new() && frm.doc[owner] === frappe.session.user) show_context(frm);
		},
	})
);

async function show_context(frm) {
	const name = frm.doc.name;
	const { message: context } = await frappe.call({
		method: "sv_helpdesk.permissions.carrying_out.permitted_context",
		args: { doctype: frm.doctype, name },
	});
	// one form serves all tasks: meanwhile it can show another one
	if (frm.doc.name !== name) return;
	const source = frm.doc.decision_table ? "SV Decision Table" : "SV Aftercare";
	const kinds = frm.doc.decision_table ? "SV Table Case" : "SV Aftercare";
	const day = (date) => date && frappe.datetime.str_to_user(date);
	const facts = [
		[__("Number of the table or plan"), context.number],
		[__("Unit"), context.units.join(", ")],
		[__("Kind"), context.kinds.map((kind) => __(kind, null, kinds)).join(", ")],
		[__("Opened on"), day(context.opened_on)],
		[__("Closed on"), day(context.closed_on)],
		[__("Status"), context.status && __(context.status, null, source)],
		[__("Person"), context.person_name],
	].filter(([, value]) => value);
	if (!facts.length) return;
	const $facts = $("<div>").append(
		facts.map(([label, value]) =>
			$('<div class="mr-4 d-inline-block">')
				.append($('<span class="text-muted">').text(`${label}: `))
				.append($("<span>").text(value))
		)
	);
	frm.dashboard.parent.find(`.${CONTEXT_SECTION}`).remove();
	frm.dashboard.add_section($facts, __("What this belongs to"), `custom ${CONTEXT_SECTION}`);
	frm.dashboard.show();
}
