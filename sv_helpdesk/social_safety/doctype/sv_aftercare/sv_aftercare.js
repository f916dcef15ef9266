// An aftercare plan: for somebody of this case.

frappe.ui.form.on("SV Aftercare", {
	setup(frm) {
		frm.set_query("party", () => ({ filters: { report: frm.doc.report } }));
	},
});
