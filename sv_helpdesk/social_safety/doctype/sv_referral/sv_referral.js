// A referral: of somebody of this case, on a consent of this case.

frappe.ui.form.on("SV Referral", {
	setup(frm) {
		frm.set_query("party", () => ({ filters: { report: frm.doc.report } }));
		frm.set_query("consent", () => ({ filters: { report: frm.doc.report } }));
	},
});
