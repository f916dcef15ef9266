// From a case of the kind formal complaint to its complaint at the committee, or to a new one.

const is_complaint = (frm) => frm.doc.kind === "Formal complaint";

frappe.ui.form.on("SV Report", {
	setup(frm) {
		const may_begin = () => is_complaint(frm) && frappe.model.can_create("SV Complaint");
		frm.can_make_methods = { ...frm.can_make_methods, "SV Complaint": may_begin };
	},

	refresh(frm) {
		if (frm.is_new() || !is_complaint(frm) || !frappe.model.can_read("SV Complaint")) return;
		sv_helpdesk.more(frm, __("Complaints committee"), async () => {
			const report = frm.docname;
			const [found] = await frappe.db.get_list("SV Complaint", { filters: { report } });
			if (found) frappe.set_route("Form", "SV Complaint", found.name);
			else frappe.new_doc("SV Complaint", { report });
		});
	},
});
