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
	signals.forEach((signal) =>
		frm.dashboard.add_comment(frappe.utils.escape_html(told(signal)), "yellow", true)
	);
	frm.add_custom_button(__("Ask the reporter to be joined"), () => ask_to_join(frm));
	frm.add_custom_button(__("Record consent to be joined"), () =>
		frappe.new_doc("SV Consent", { report: frm.docname, scope: "Joining reports", basis: "Consent" })
	);
}

function ask_to_join(frm) {
	frappe.confirm(
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

function told(signal) {
	const about =
		signal.about === "Person" ? __("Perhaps about the same person") : __("About the same unit in a year");
	const sentences = [
		__("{0}: {1} cases at this desk and {2} at other desks, by {3} different reporters.", [
			about,
			signal.here,
			signal.elsewhere,
			signal.reporters,
		]),
	];
	if (signal.own.length > 1) sentences.push(__("Yours: {0}.", [signal.own.join(", ")]));
	if (signal.waiting)
		sentences.push(__("Registered only in case it happens again: {0}.", [signal.waiting]));
	if (signal.joined) sentences.push(__("With consent to be joined: {0}.", [signal.joined]));
	if (signal.desks.length > 1) sentences.push(__("At the desks: {0}.", [signal.desks.join(", ")]));
	return sentences.join(" ");
}
