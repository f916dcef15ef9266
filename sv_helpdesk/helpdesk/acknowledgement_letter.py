"""The acknowledgement of receipt as a letter, for a reporter who came by telephone or in person.

It has the text of the desk's mail, so nothing of what was reported. The step in the case stays with who hands it over.
"""

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.pdf import handing_out, sender, written
from sv_helpdesk.pdf.paper import Paper
from sv_helpdesk.permissions.capacities import CASE_WORKERS, capacities
from sv_helpdesk.reporting.taking import acknowledgement

REPORTER = "Reporter"


@frappe.whitelist(methods=["POST"])
def download(name: str, language: str = "nl") -> None:
	"""Answer the request with the letter as PDF, made for it and stored nowhere.

	Args:
		name: name of the SV Party who reported.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: they didn't report, nobody knows who they are, or the desk has no text.
	"""
	be_quiet()
	party = frappe.get_doc("SV Party", name) if frappe.db.exists("SV Party", name) else None
	if not party or not capacities(party, frappe.session.user) & set(CASE_WORKERS):
		frappe.throw(_("There is no letter for you here. Reload the form."), frappe.PermissionError)
	if party.party_role != REPORTER or not party.person_name:
		frappe.throw(_("This letter is for a reporter whose name is known. Open that person of the case."))
	language = written.language_of(language)
	case = frappe.db.get_value(
		"SV Report", party.report, ["case_number", "desk", "received_at"], as_dict=True
	)
	text = acknowledgement(case.desk, language)
	if not text:
		frappe.throw(_("The desk has no text for an acknowledgement. Write one in the desk first."))
	openings.opened(party, action="Printed")
	handing_out.answer(case.case_number, pdf(party, case, text, language))


def pdf(party, case, text: str, language: str) -> bytes:
	"""Return the letter; the name is opened by the right of the session's user.

	Args:
		party: the SV Party as it is stored.
		case: case_number, desk and received_at of their case.
		text: what the desk writes to everybody.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: the user may not read the name.
	"""
	name = party.opened("person_name")
	paper = Paper(_("Acknowledgement of receipt", language), language, _("For {0}", language).format(name))
	paper.facts(
		[
			(_("Date", language), written.day(None, language)),
			*sender.facts(case.desk, language),
			(_("For", language), name),
			(_("Our reference", language), case.case_number),
			(_("Received at", language), written.day(case.received_at, language)),
		]
	)
	paper.text(text)
	return paper.build()
