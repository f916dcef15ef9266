// A term: clocks that run keep the one they started with, unless somebody asks.

frappe.ui.form.on("SV Term", {
	refresh(frm) {
		// minutes that wait for approval keep the day that everybody was told
		if (frm.is_new() || !frm.perm[0]?.write || frm.doc.kind === "Minutes approved") return;
		frm.add_custom_button(__("Apply to running clocks"), () =>
			frappe.confirm(
				__(
					"Clocks that run get the length that this term has today, counted from when they started. Go on?"
				),
				async () => {
					await frappe.xcall("sv_helpdesk.deadlines.applying.apply_to_running", {
						term: frm.docname,
					});
					frappe.show_alert(__("The clocks are being moved."));
				}
			)
		);
	},
});
