"""To whom a consent opens what: who is meant by it, and which documents and fields its scope names."""

import frappe
from frappe import _

from sv_helpdesk.permissions import second_person
from sv_helpdesk.permissions.acting import NOBODY, acting_roles
from sv_helpdesk.permissions.consent import is_open
from sv_helpdesk.permissions.denied_list import is_denied
from sv_helpdesk.permissions.hidden import not_hidden
from sv_helpdesk.permissions.relations import Relations
from sv_helpdesk.sessions import gate

CONTACT = ("person_name", "email_address", "phone")
# exactly what each scope hands out; never notes, and of people only who consented
SCOPES = {
	"Contact details": {"SV Party": CONTACT},
	"Identity": {"SV Party": ("person_name",)},
	"Summary": {"SV Referral": ("shared_text",)},
	"Dossier": {
		"SV Party": CONTACT,
		"SV Report": ("subject", "narrative", "wishes"),
		"SV Message": ("subject", "body"),
		"SV Attachment": ("original_name",),
	},
	"Minutes": {"SV Minutes": ("advice", "decision", "communication")},
}
# somebody's own information: without that person there is nothing to share
OF_A_PERSON = ("Contact details", "Identity", "Dossier")
OFFERED = ("Offered", "Accepted", "Completed")


def can_receive(report: str, user: str) -> bool:
	"""Tell whether anything of a case may be shared with this user at all (R6).

	Args:
	        report: name of the SV Report.
	        user: the user id; a person with an account in use, from whom the case isn't hidden.
	"""
	return (
		user not in NOBODY
		and bool(frappe.db.get_value("User", user, "enabled"))
		and not is_denied(report, user)
	)


def opened_to(user: str, name: str):
	"""Return the SV Consent as it is stored if it opens something to this user now, else None.

	Args:
	        user: who reads; named in the consent, or a member today of the desk it names.
	        name: name of the SV Consent.
	"""
	if not gate.lets_in(user) or not is_open(name) or is_given_back(name):
		return None
	consent = frappe.get_doc("SV Consent", name)
	meant = consent.to_user == user or (consent.to_desk and consent.to_desk in desks_of(user))
	return consent if meant and can_receive(consent.report, user) else None


def is_given_back(consent: str) -> bool:
	"""Tell whether what this consent was given for is over: nobody took the person over who was offered to.

	Args:
	        consent: name of the SV Consent.
	"""
	statuses = frappe.get_all("SV Referral", {"consent": consent}, pluck="status", order_by="creation asc")
	return bool(statuses) and set(statuses) <= {"Declined", "Withdrawn"}


def not_shared() -> str:
	"""Return why nothing is handed out: the same for a consent that never was and for one that ended."""
	return _("This is not shared with you, or not any more.")


def desks_of(user: str) -> set[str]:
	"""Return the desks this user works at today, in a role of ours."""
	return {row.name for row in Relations(user).desks} if acting_roles(user) else set()


def covers(consent: str, document, fieldnames: tuple[str, ...], user: str) -> bool:
	"""Tell whether sealed fields are within what a consent hands out to this user now.

	Args:
	        consent: name of the SV Consent.
	        document: the stored document that has them.
	        fieldnames: sealed fields of it. Of the consent itself: its purpose; and of an exception
	                that waits, its ground, for who is asked to confirm it.
	        user: who reads.
	"""
	if document.doctype == "SV Consent" and fieldnames == ("ground",):
		waits = document.name == consent and second_person.waits_for_confirmation(document)
		return waits and second_person.may_confirm(document, user)
	opened = opened_to(user, consent)
	if not opened:
		return False
	if document.doctype == "SV Consent":
		return document.name == opened.name and fieldnames == ("purpose",)
	fields = SCOPES[opened.scope].get(document.doctype, ())
	return set(fieldnames) <= set(fields) and _belongs(opened, document, user)


def documents(consent, doctype: str, user: str) -> list:
	"""Return the documents of one kind that belong to what was consented to, oldest first.

	Args:
	        consent: the SV Consent, open to the user.
	        doctype: one that the consent's scope names.
	        user: who reads; a table on a case that is hidden from them is left out.
	"""
	filters, order_by = {
		"SV Party": ({"name": consent.party}, "name asc"),
		"SV Report": ({"name": consent.report}, "name asc"),
		"SV Referral": ({"consent": consent.name}, "creation asc"),
		"SV Message": ({"report": consent.report}, "message_at asc, creation asc"),
		"SV Attachment": ({"report": consent.report}, "creation asc"),
		"SV Minutes": (
			{"decision_table": ("in", _tables(consent.report, user))},
			"meeting_at asc, version asc",
		),
	}[doctype]
	names = frappe.get_all(doctype, filters=filters, pluck="name", order_by=order_by)
	found = (frappe.get_doc(doctype, name) for name in names)
	return [document for document in found if _belongs(consent, document, user)]


def _belongs(consent, document, user: str) -> bool:
	if document.doctype == "SV Party":
		return document.name == consent.party
	if document.doctype == "SV Report":
		return document.name == consent.report
	if document.doctype == "SV Referral":
		return document.consent == consent.name and document.status in OFFERED
	if document.doctype == "SV Message":
		return document.report == consent.report and not document.exchanged_with(_other_people(consent))
	if document.doctype == "SV Attachment":
		return bool(document.message) and _belongs(
			consent, frappe.get_doc("SV Message", document.message), user
		)
	return document.status == "Approved" and document.decision_table in _tables(consent.report, user)


def _other_people(consent) -> set[str]:
	"""Blind indexes of the people of the case, without who consented: their messages are not shared."""
	people = frappe.get_all(
		"SV Party",
		filters={"report": consent.report, "name": ("!=", consent.party)},
		fields=["address_index", "name_index"],
		order_by="creation asc",
	)
	return {index for row in people for index in row.values()} - {"", None}


def _tables(report: str, user: str) -> list[str]:
	"""The decision tables on a case, without those that also deal with a case hidden from the user."""
	# the report is a parameter, the condition is made of escaped values
	return frappe.db.sql(
		f"""
		select name from `tabSV Decision Table`
		where (advice_request = %(report)s or name in (
			select cases.decision_table from `tabSV Table Case` cases
			join `tabSV Table Case Report` on `tabSV Table Case Report`.parent = cases.name
				and `tabSV Table Case Report`.parenttype = 'SV Table Case'
			where `tabSV Table Case Report`.report = %(report)s
		)) and {not_hidden(user, "SV Decision Table")}
		""",
		{"report": report},
		pluck=True,
	)
