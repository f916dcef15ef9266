// A copy of a complaint's file that was given out: a note of it, and nothing to change.

frappe.ui.form.on("SV Complaint Copy", { refresh: (frm) => frm.disable_form() });
