// A term: clocks that run keep the one they started with, unless somebody asks.

frappe.ui.form.on("SV Term", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (!frm.doc.desk) frm.set_intro(__("This term is for all desks that have none of their own."));
		// minutes that wait for approval keep the day that everybody was told
		if (!frm.doc.__onload?.may_be_applied || frm.doc.kind === "Minutes approved") return;
		frm.add_custom_button(__("Apply to running clocks"), () => apply_to_running(frm));
	},
});

function apply_to_running(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save your changes first, then apply the term."));
		return;
	}
	sv_helpdesk.confirm(
		__("Clocks that run get the length that this term has today, counted from when they started. Go on?"),
		async () => {
			await frappe.xcall("sv_helpdesk.deadlines.applying.apply_to_running", { term: frm.docname });
			frappe.show_alert(__("The clocks are being moved."));
		}
	);
}
