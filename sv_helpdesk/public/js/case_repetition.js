// Several reports about one person or unit: in numbers, and a way to ask one's own reporter for consent to be joined.

frappe.ui.form.on("SV Report", {
	refresh(frm) {
		if (!frm.is_new()) show_repetition(frm);
	},
});

async function show_repetition(frm) {
	const asked = frm.docname;
	const signals = await frappe.xcall("sv_helpdesk.permissions.repetition.numbers", { report: frm.docname });
	if (frm.docname !== asked || !signals.length) return;
	signals.forEach((signal) => {
		const sentence = sv_helpdesk.repetition.told(signal);
		frm.dashboard.add_comment(frappe.utils.escape_html(sentence), "yellow", true);
	});
	sv_helpdesk.more(frm, __("Ask the reporter to be joined"), () => ask_to_join(frm));
	sv_helpdesk.more(frm, __("Record consent to be joined"), () =>
		frappe.new_doc("SV Consent", { report: frm.docname, scope: "Joining reports", basis: "Consent" })
	);
}

function ask_to_join(frm) {
	sv_helpdesk.confirm(
		__(
			"The reporter is asked by mail whether the report may be looked at together with others. It doesn't say what others told."
		),
		async () => {
			await frappe.xcall("sv_helpdesk.helpdesk.joining.ask", { report: frm.docname });
			frappe.show_alert({ message: __("The reporter has been asked."), indicator: "green" });
			frm.reload_doc();
		}
	);
}
