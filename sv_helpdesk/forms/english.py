"""What our documents are called in English: plain words, as the Dutch dictionary has them; their names stay.

The host translates nothing into English, so that people would read the names that documents have in the database. Who
runs the site does: those names are what its own pages go by.
"""

import frappe

WORDS = {
	"SV Access Grant": "Temporary access",
	"SV Access Log": "Access log",
	"SV Access Log Head": "End of the access log",
	"SV Action": "Action",
	"SV Aftercare": "Aftercare plan",
	"SV Aftercare Contact": "Aftercare contact",
	"SV Aftercare Measure": "Measure of aftercare",
	"SV Agreed Action": "Agreed action",
	"SV Approval": "Approval",
	"SV Attachment": "Attachment",
	"SV Calendar": "Calendar",
	"SV Category": "Kind of behaviour",
	"SV Closing Day": "Closing day",
	"SV Communication Line": "Communication line",
	"SV Complaint": "Formal complaint",
	"SV Complaint Copy": "Copy of a complaint's file",
	"SV Complaint Part": "Part of a complaint's file",
	"SV Confidant Report": "Report of a PhD confidant",
	"SV Consent": "Consent",
	"SV Contribution": "Contribution",
	"SV Data Key": "Data key",
	"SV Deadline": "Deadline",
	"SV Deadline Event": "Event of a deadline",
	"SV Deadline Notice": "Notice of a deadline",
	"SV Decision Table": "Decision table",
	"SV Delivered Figures": "Delivered figures",
	"SV Delivered Number": "Delivered number",
	"SV Denied": "Denied person",
	"SV Desk": "Desk",
	"SV Desk Member": "Member of a desk",
	"SV Figures": "Figures",
	"SV Held Mail": "Held mail",
	"SV Import": "Taking over",
	"SV Kind Change": "Change of kind",
	"SV Measure": "Measure",
	"SV Message": "Message",
	"SV Minutes": "Minutes",
	"SV Minutes Approval": "Approval of minutes",
	"SV Minutes Copy": "Copy of minutes",
	"SV Note": "Note",
	"SV Opening Hours": "Opening hours",
	"SV Page Text": "Text of the reporting page",
	"SV Party": "Person",
	"SV Quarter Figures": "Figures of a quarter",
	"SV Receipt": "Code of a report",
	"SV Referral": "Referral",
	"SV Report": "Case",
	"SV Report Category": "Kind of behaviour in a case",
	"SV Retention Log": "Retention log",
	"SV Second Factor": "Second factor",
	"SV Self Check": "Self-check",
	"SV Session Pass": "Session let in",
	"SV Settings": "Settings of social safety",
	"SV Step": "Step",
	"SV Subject Case": "Case of a request",
	"SV Subject Request": "Request about own data",
	"SV Table Case": "Case at the table",
	"SV Table Case Report": "Report at the table",
	"SV Table Member": "Person at the table",
	"SV Term": "Term",
	"SV Unit": "Organisation unit",
	"SV Unit Headcount": "Head count of a unit",
	"SV Unit Priority": "Priority of a unit",
}


def words() -> dict[str, str]:
	"""Return the words by doctype for who reads English, none for others: their dictionary has them."""
	return WORDS if (frappe.local.lang or "en").partition("-")[0] == "en" else {}
