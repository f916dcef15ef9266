// What somebody asks about their own data: what goes in, the answer as it is, and a longer term.

const SUBJECT_ACCESS = "sv_helpdesk.subject_access";

frappe.ui.form.on("SV Subject Request", {
	refresh(frm) {
		const { status, kind, handler, lengthened_on } = frm.doc;
		const is_mine = handler === frappe.session.user;
		if (kind === "Access" && status === "Collected" && is_mine)
			frm.add_custom_button(__("Choose what goes in"), () => choose(frm));
		if (["Prepared", "Released", "Handed out"].includes(status) || (status === "Collected" && is_mine))
			show_answer(frm);
		if (["Received", "Collected", "Prepared"].includes(status) && !lengthened_on)
			frm.add_custom_button(__("Lengthen the term"), () => lengthen(frm));
	},
});

function show_answer(frm) {
	Object.entries({ paper: __("On paper"), data: __("As data"), everything: __("With files") }).forEach(
		([method, label]) =>
			frm.add_custom_button(
				label,
				() => sv_helpdesk.download(`subject_access.downloading.${method}`, { name: frm.docname }),
				__("Answer", null, "SV Subject Request")
			)
	);
}

async function choose(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save your changes first."));
		return;
	}
	const items = await frappe.xcall(`${SUBJECT_ACCESS}.choosing.items`, { name: frm.docname });
	if (!items.length) {
		frappe.msgprint(__("Nothing was found that can go in."));
		return;
	}
	const fields = items.map(({ title, case: of_case, choice, choices }, place) => ({
		fieldname: `item_${place}`,
		fieldtype: "Select",
		label: `${of_case}: ${title}`,
		options: ["", ...choices.map((value) => ({ value, label: __(value, null, "SV Subject Request") }))],
		default: choice,
	}));
	sv_helpdesk.ask(
		fields,
		async (values) => {
			const choices = Object.fromEntries(
				items.map(({ key }, place) => [key, values[`item_${place}`] || ""])
			);
			await frappe.xcall(`${SUBJECT_ACCESS}.choosing.choose`, { name: frm.docname, choices });
			frm.reload_doc();
		},
		__("Choose what goes in"),
		__("Keep", null, "SV Subject Request")
	);
}

function lengthen(frm) {
	sv_helpdesk.ask(
		{
			fieldname: "reason",
			fieldtype: "Small Text",
			label: __("Why it takes longer", null, "SV Subject Request"),
			description: __("Tell the person the same, within the first month."),
			reqd: 1,
		},
		async ({ reason }) => {
			await frappe.xcall(`${SUBJECT_ACCESS}.lengthening.lengthen`, { name: frm.docname, reason });
			frm.reload_doc();
		},
		__("Lengthen the term"),
		__("Lengthen", null, "SV Subject Request")
	);
}
