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
	"SV Access Grant",
];

const OTHER_FORMS = [
	"SV Delivered Figures",
	"SV Desk",
	"SV Unit",
	"SV Unit Priority",
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
];

[...CASE_FORMS, ...OTHER_FORMS].forEach((doctype) =>
	frappe.ui.form.on(doctype, { refresh: hide_plain_text })
);
CASE_FORMS.forEach((doctype) => frappe.ui.form.on(doctype, { refresh: translate_moments }));

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

// Comments, tags, shares and attachments of the host are not encrypted, and refused; a case has its own.
function hide_plain_text(frm) {
	frm.footer?.wrapper.hide();
	frm.page.sidebar?.hide();
}
