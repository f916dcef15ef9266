"""The letter to who helps outside the desks: only what the person agreed to share (R1)."""

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.pdf import handing_out, sender, written
from sv_helpdesk.pdf.paper import Paper
from sv_helpdesk.permissions.capacities import CASE_WORKERS, capacities
from sv_helpdesk.permissions.consent import BY_CONSENT, is_open
from sv_helpdesk.permissions.recipients import SCOPES
from sv_helpdesk.workflows.referral import UNDER_WAY, is_consented_to


@frappe.whitelist(methods=["POST"])
def download(name: str, language: str = "nl") -> None:
	"""Answer the request with the letter as PDF, made for it and stored nowhere.

	Args:
		name: name of the SV Referral.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: nothing goes out by letter: to a desk, not offered, or without open consent.
	"""
	be_quiet()
	referral = frappe.get_doc("SV Referral", name) if frappe.db.exists("SV Referral", name) else None
	if not referral or not capacities(referral, frappe.session.user) & set(CASE_WORKERS):
		frappe.throw(_("There is no letter for you here. Reload the form."), frappe.PermissionError)
	if referral.target_desk:
		frappe.throw(_("A desk reads the hand-over here. A letter goes to who has no desk."))
	if referral.status not in UNDER_WAY:
		frappe.throw(_("A letter goes out once the referral is offered. Take that step first."))
	is_consented_to(referral)
	language = written.language_of(language)
	openings.opened(referral, action="Printed")
	number = frappe.db.get_value("SV Report", referral.report, "case_number")
	handing_out.answer(number, pdf(referral, language))


def pdf(referral, language: str) -> bytes:
	"""Return the letter; each text is opened by the right of the session's user.

	Args:
		referral: the SV Referral as it is stored.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: the user may not read what it says.
	"""
	target = _(referral.target, language, "SV Referral")
	title = _("Referral", language, "SV Referral")
	paper = Paper(title, language, _("For {0}", language).format(target))
	paper.facts(
		[
			(_("Date", language), written.day(referral.referred_on, language)),
			*sender.facts(referral.from_desk, language),
			(_("For", language), ", ".join(filter(None, (target, referral.opened("target_details"))))),
			(_("Our reference", language), frappe.db.get_value("SV Report", referral.report, "case_number")),
		]
	)
	for document, fieldname in _shared(referral):
		if text := document.opened(fieldname):
			paper.section(_(document.meta.get_label(fieldname), language, document.doctype), text)
	paper.section(_("Confidential", language, "Letter"), _why_it_may_be_read(referral.consent, language))
	return paper.build()


def _why_it_may_be_read(consent: str, language: str) -> str:
	"""Return what the receiver is told: that the person agreed, or that it is an exception (R1, R2)."""
	if frappe.db.get_value("SV Consent", consent, "basis") == BY_CONSENT:
		return _(
			"The person agreed that you read this. Don't pass it on without asking them, and destroy it when you no longer need it.",
			language,
		)
	return _(
		"You get this without the person's consent, because of an offence, danger or the reporting code. Use it for that alone, and destroy it when you no longer need it.",
		language,
	)


def _shared(referral) -> list[tuple[object, str]]:
	"""Return the documents and fields that go along: what the consent's scope names of this case."""
	if not is_open(referral.consent):
		return []
	documents = {
		"SV Party": referral.party,
		"SV Referral": referral.name,
		"SV Report": referral.report,
	}
	# a scope's messages and files aren't written out in a letter
	scope = {doctype: fields for doctype, fields in SCOPES[referral.shared].items() if doctype in documents}
	return [
		(document, fieldname)
		for doctype, fields in scope.items()
		for document in [frappe.get_doc(doctype, documents[doctype])]
		for fieldname in fields
	]
