// The access log in words, in its list, its report view and its form: who did what, in which case, when.

frappe.listview_settings["SV Access Log"] = sv_helpdesk.case_list({
	add_fields: ["action", "user", "document_type"],
	words: (doc, number) => [number, __(doc.document_type), doc.user].filter(Boolean).join(" · "),
	get_indicator: (doc) => [
		__(doc.action, null, "SV Access Log"),
		doc.action === "Refused" ? "orange" : "gray",
		`action,=,${doc.action}`,
	],
});

// as access_log/words.py has them
const RIGHTS = {
	desk: __("Works at the desk of the case"),
	own: __("Handles the case"),
	granted: __("Was given access for a time"),
	seat: __("Sits at the decision table"),
	decides: __("Decides at the decision table"),
	asked: __("Is asked to decide at a decision table"),
	assigned: __("Has a task in the case"),
	supports: __("Supports somebody in the case"),
	received: __("Received the hand-over"),
	consent: __("The person concerned allowed it"),
	published: __("It is published"),
	coordinates: __("Leads the desk"),
	all: __("By office"),
};

const log_field = frappe.meta.get_docfield.bind(null, "SV Access Log");
log_field("by_right").formatter = (right) => RIGHTS[right] || "";
log_field("document_type").formatter = (doctype) => frappe.utils.escape_html(__(doctype));
// the moment is in universal time, not in the one that the Desk would write under it
log_field("logged_at").hide_timezone = 1;
