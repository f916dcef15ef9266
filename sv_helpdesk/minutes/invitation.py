"""The invitation to the first meeting of a decision table on paper: when it is, and what is spoken of in which order.

It names neither a case nor a person of one, a unit or who else takes part: it may lie on a desk.
"""

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.pdf import handing_out, sender, written
from sv_helpdesk.pdf.paper import Paper
from sv_helpdesk.permissions.capacities import capacities
from sv_helpdesk.workflows.table import MEETING

# who convenes it, sits at it or decides
WHO = ("desk", "seat", "decides")
# as the minutes have them
ORDER = (
	*("facts", "reporter_heard", "accused_heard", "interpretation", "risks", "options_weighed"),
	*("proportionality", "subsidiarity", "advice", "decision", "reasons", "communication"),
)


@frappe.whitelist(methods=["POST"])
def download(name: str, language: str = "nl") -> None:
	"""Answer the request with the invitation as PDF, made for it and stored nowhere.

	Args:
		name: name of the SV Decision Table.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: it isn't convened.
	"""
	be_quiet()
	table = frappe.get_doc("SV Decision Table", name) if frappe.db.exists("SV Decision Table", name) else None
	if not table or not capacities(table, frappe.session.user) & set(WHO):
		frappe.throw(_("There is no invitation for you here. Reload the form."), frappe.PermissionError)
	if table.status not in MEETING:
		frappe.throw(_("There is no meeting to invite to. Convene the table first."))
	openings.opened(table, action="Printed")
	handing_out.answer(table.table_number, pdf(table, written.language_of(language)))


def pdf(table, language: str) -> bytes:
	"""Return the PDF; nothing that is encrypted is opened for it.

	Args:
		table: the SV Decision Table as it is stored.
		language: "nl" or "en".
	"""
	number = table.table_number
	title = _("Invitation to decision table {0}", language).format(number)
	paper = Paper(title, language, _("Decision table {0}", language).format(number))
	paper.facts(
		[
			(_("Date", language), written.day(None, language)),
			*sender.facts(table.desk, language),
			(_("First meeting", language, table.doctype), written.moment(table.first_meeting_at, language)),
			(_("Convened by", language), sender.name_of(table.coordinator)),
		]
	)
	labels = [frappe.get_meta("SV Minutes").get_label(fieldname) for fieldname in ORDER]
	items = [_(label, language, "SV Minutes") for label in labels]
	paper.section(
		_("What is spoken of", language),
		"\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1)),
	)
	paper.section(
		_("Before you come", language),
		_(
			"Accept your seat in the app: only then you can read what the meeting is about. Do you know somebody concerned, or support one of them? Then don't accept, and tell who convenes the table.",
			language,
		),
	)
	paper.section(
		_("Confidential", language, "Letter"),
		_("Tell nobody that you are invited.", language),
	)
	return paper.build()
