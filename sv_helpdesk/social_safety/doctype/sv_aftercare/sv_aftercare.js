// An aftercare plan: for somebody of this case; on paper for who knows of it.

frappe.ui.form.on("SV Aftercare", {
	setup(frm) {
		frm.set_query("party", () => {
			const { report, meant_for } = frm.doc;
			return { filters: meant_for ? { report, party_role: meant_for } : { report } };
		});
	},

	refresh(frm) {
		const knows = frm.doc.informed || frm.doc.meant_for === "Reporter";
		if (frm.is_new() || !knows) return;
		sv_helpdesk.on_paper(frm, "aftercare.plan_on_paper.download", __("Plan on paper"));
		if (frm.doc.meant_for !== "Accused" || !frm.doc.unfounded_path) return;
		sv_helpdesk.on_paper(frm, "aftercare.unfounded_letter.download", __("Letter: unfounded"));
	},
});
