// An approval: the second person decides with one of two buttons.
const DECIDE = "sv_helpdesk.two_persons.decide";

frappe.ui.form.on("SV Approval", {
	refresh(frm) {
		frm.toggle_display("proposal_section", Boolean(frm.doc.proposal));
		if (frm.doc.status !== "Asked" || frm.doc.asked_by === frappe.session.user) return;
		frm.add_custom_button(__("Approve"), () => decide(frm, "approve")).addClass("btn-primary");
		frm.add_custom_button(__("Refuse"), () => decide(frm, "refuse"));
		if (frm.doc.target_doctype === "SV Figures") {
			frm.add_custom_button(__("Read what would be published"), () => read_figures(frm));
		}
	},
});

function read_figures(frm) {
	sv_helpdesk.download("annual_report.downloads.download", {
		name: frm.doc.target_name,
		version: "published",
		language: frappe.boot.lang === "nl" ? "nl" : "en",
	});
}

function decide(frm, decision) {
	sv_helpdesk.confirm(
		__("Do you know who asks this, and why? Ask that person before you approve."),
		async () => {
			await frappe.call({ method: `${DECIDE}.${decision}`, args: { name: frm.docname }, freeze: true });
			frm.reload_doc();
		}
	);
}
