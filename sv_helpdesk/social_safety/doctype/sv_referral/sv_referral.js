// A referral: of somebody of this case, on a consent of this case.

frappe.ui.form.on("SV Referral", {
	setup(frm) {
		frm.set_query("party", () => ({ filters: { report: frm.doc.report } }));
		frm.set_query("consent", () => ({ filters: { report: frm.doc.report } }));
	},

	refresh(frm) {
		const goes_by_letter = !frm.doc.target_desk && ["Offered", "Accepted"].includes(frm.doc.status);
		if (frm.is_new() || !goes_by_letter) return;
		sv_helpdesk.on_paper(frm, "referrals.letter.download", __("Letter", null, "SV Referral"));
	},
});
