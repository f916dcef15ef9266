// A person, with the letter that a reporter can have: encrypted fields are long texts in the database, but one line is enough to type in.

const SHORT_TEXTS = ["person_name", "email_address", "phone", "account"];

frappe.ui.form.on("SV Party", {
	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
		if (frm.is_new() || frm.doc.party_role !== "Reporter" || !frm.doc.person_name) return;
		const letter = "helpdesk.acknowledgement_letter.download";
		sv_helpdesk.on_paper(frm, letter, __("Acknowledgement of receipt"));
	},
});
