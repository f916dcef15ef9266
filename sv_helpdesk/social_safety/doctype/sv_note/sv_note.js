// A note: retracted with a reason, never deleted.

frappe.ui.form.on("SV Note", {
	setup(frm) {
		frm.set_query("party", () => ({ filters: { report: frm.doc.report } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.retracted) {
			frm.disable_form();
			return;
		}
		frm.add_custom_button(__("Retract this note"), () => ask_retraction(frm));
	},
});

function ask_retraction(frm) {
	sv_helpdesk.ask(
		{
			fieldname: "reason",
			fieldtype: "Small Text",
			label: __("Why this note no longer counts"),
			reqd: 1,
		},
		async ({ reason }) => {
			await frappe.xcall("run_doc_method", {
				dt: frm.doctype,
				dn: frm.docname,
				method: "retract",
				args: { reason },
			});
			frm.reload_doc();
		},
		__("Retract this note"),
		__("Retract this note")
	);
}
