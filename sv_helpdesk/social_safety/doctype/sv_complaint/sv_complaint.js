// A formal complaint: its two sides are people of its case; copies of its file, each for who gets it.

const COPIES = "complaints.copies";

frappe.ui.form.on("SV Complaint", {
	setup(frm) {
		const of_case = (party_role) => () => ({ filters: { report: frm.doc.report, party_role } });
		frm.set_query("complainant", of_case("Reporter"));
		frm.set_query("accused", of_case("Accused"));
		// a copy is made by the buttons that give it out
		frm.can_make_methods = { "SV Complaint Copy": () => false };
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (!["Drawn up", "Withdrawn"].includes(frm.doc.status)) {
			sv_helpdesk.on_paper(frm, `${COPIES}.for_committee`, __("For the committee"));
		}
		sv_helpdesk.on_paper(frm, `${COPIES}.for_complainant`, __("For the complainant"));
		sv_helpdesk.on_paper(frm, `${COPIES}.for_accused`, __("For the accused"));
	},
});
