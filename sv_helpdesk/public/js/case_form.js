// What our forms share, above all those of a case; loaded with the Desk.

const CASE_FORMS = [
	"SV Report",
	"SV Party",
	"SV Consent",
	"SV Message",
	"SV Attachment",
	"SV Held Mail",
	"SV Note",
	"SV Step",
	"SV Referral",
	"SV Decision Table",
	"SV Table Case",
	"SV Minutes",
	"SV Contribution",
	"SV Agreed Action",
	"SV Minutes Approval",
	"SV Minutes Copy",
	"SV Action",
	"SV Communication Line",
	"SV Aftercare",
	"SV Aftercare Contact",
	"SV Deadline",
	"SV Complaint",
	"SV Complaint Part",
	"SV Complaint Copy",
	"SV Access Grant",
	"SV Subject Request",
];

const OTHER_FORMS = [
	"SV Delivered Figures",
	"SV Desk",
	"SV Unit",
	"SV Unit Priority",
	"SV Page Text",
	"SV Category",
	"SV Measure",
	"SV Calendar",
	"SV Term",
	"SV Settings",
	"SV Confidant Report",
	"SV Figures",
	"SV Access Log",
	"SV Approval",
	"SV Self Check",
	"SV Retention Log",
];

[...CASE_FORMS, ...OTHER_FORMS].forEach((doctype) =>
	frappe.ui.form.on(doctype, { refresh: hide_plain_text })
);
CASE_FORMS.forEach((doctype) => {
	frappe.ui.form.on(doctype, { refresh: translate_moments });
	frappe.ui.form.on(doctype, { refresh: offer_what_may_be_changed });
});

// Frappe's forms let nobody write, not even in a new document, who may fill it in but not change it later.
const permissions_of = frappe.perm.get_perm;
frappe.perm.get_perm = (doctype, doc) => {
	const [permission, ...further] = permissions_of(doctype, doc);
	const fills_in = CASE_FORMS.includes(doctype) && doc?.__islocal && permission.create;
	return [fills_in ? { ...permission, write: 1 } : permission, ...further];
};

// Frappe appends the time zone to what explains a Datetime field, and then finds no translation.
function translate_moments(frm) {
	for (const field of frm.fields) {
		if (field.df.fieldtype !== "Datetime" || !field.df.description) continue;
		const [text, ...zone] = field.df.description.split("<br>");
		field.df.description = [__(text), ...zone].join("<br>");
		field.set_description();
	}
}

// The host lets everybody write who may write some field of some document of the kind.
function offer_what_may_be_changed(frm) {
	const changeable = frm.doc.__onload?.may_change;
	if (frm.is_new() || !changeable) return;
	const without_value = [...frappe.model.layout_fields, "HTML", "Button"];
	frm.meta.fields
		.filter(({ read_only, read_only_depends_on }) => !read_only && !read_only_depends_on)
		.filter(({ fieldtype }) => !without_value.includes(fieldtype))
		.forEach(({ fieldname }) => {
			const kept = changeable.includes(fieldname) ? 0 : 1;
			if (cint(frm.get_docfield(fieldname).read_only) !== kept)
				frm.set_df_property(fieldname, "read_only", kept);
		});
	if (!changeable.length) frm.disable_save();
}

// Comments, tags, shares and attachments of the host are not encrypted, and refused; a case has its own.
function hide_plain_text(frm) {
	frm.footer?.wrapper.hide();
	frm.page.sidebar?.hide();
}
