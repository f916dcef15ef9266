"""The one place that hands out what is shared by consent, field by field (R1, R2).

A recipient has no right to the rows themselves: a right would open lists, filters and coded fields.
"""

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.crypto import files
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.permissions import recipients
from sv_helpdesk.permissions.consent import open_consent_condition, open_until

RIGHT = "consent"


@frappe.whitelist(methods=["POST"])
def shared_with_me() -> list[dict]:
	"""Return what is shared now with the session's user or with a desk they work at today.

	Returns: per consent its name (consent), scope, purpose, and open_until (a moment, or None: until
		it is withdrawn).
	"""
	be_quiet()
	user = frappe.session.user
	consents = (recipients.opened_to(user, name) for name in _named(user))
	return [_listed(consent) for consent in consents if consent]


@frappe.whitelist(methods=["POST"])
def read_shared(consent: str) -> dict:
	"""Return what one consent shares with the session's user: the fields of its scope, nothing else.

	Args:
		consent: name of the SV Consent.

	Returns: of Contact details person_name, email_address and phone; of Identity person_name; of
		Summary texts; of Dossier the contact details, subject, narrative, wishes and messages (message_at,
		direction, channel, subject, body, attachments with name, title and size); of Minutes minutes
		(advice, decision, communication).

	Raises:
		frappe.PermissionError: it isn't there, isn't meant for this user, or isn't open any more.
	"""
	be_quiet()
	opened = _opened(consent)
	_record(opened)
	return HANDED_OUT[opened.scope](opened)


@frappe.whitelist(methods=["POST"])
def open_shared_attachment(consent: str, attachment: str) -> None:
	"""Answer the request with the clear bytes of a file of a shared dossier, as a download.

	Args:
		consent: name of the SV Consent.
		attachment: name of the SV Attachment, as read_shared gave it.

	Raises:
		frappe.PermissionError: this consent doesn't share this file with this user now.
	"""
	be_quiet()
	opened = _opened(consent)
	file = next((file for file in _documents(opened, "SV Attachment") if file.name == attachment), None)
	if not file:
		_refuse()
	frappe.local.response.filename = _title(file, consent) or "file"
	frappe.local.response.filecontent = files.read(file.file, file.report)
	frappe.local.response.type = "download"
	access_log.record("Shared", "SV Attachment", file.name, file.report, RIGHT)


def _opened(name: str):
	"""The consent, open to the session's user; refused otherwise."""
	return recipients.opened_to(frappe.session.user, name) or _refuse()


def _refuse():
	frappe.throw(recipients.not_shared(), frappe.PermissionError)


def _named(user: str) -> list[str]:
	"""The names of the open consents in favour of a user or a desk of theirs."""
	# made of escaped values; what is the user's own is a parameter
	return frappe.db.sql(
		f"""
		select name from `tabSV Consent`
		where (to_user = %(user)s or to_desk in %(desks)s)
			and {open_consent_condition("`tabSV Consent`.`name`")}
		order by given_at, name
		""",
		{"user": user, "desks": sorted(recipients.desks_of(user)) or [""]},
		pluck=True,
	)


def _listed(consent) -> dict:
	_record(consent)
	return {
		"consent": consent.name,
		"scope": consent.scope,
		**consent.open_shared(consent.name, "purpose"),
		"open_until": open_until(consent),
	}


def _record(consent) -> None:
	access_log.record("Shared", "SV Consent", consent.name, consent.report, RIGHT)


def _documents(consent, doctype: str) -> list:
	return recipients.documents(consent, doctype, frappe.session.user)


def _texts(consent, doctype: str) -> list[dict]:
	"""The fields that the scope names, of each document of one kind."""
	fields = recipients.SCOPES[consent.scope][doctype]
	return [document.open_shared(consent.name, *fields) for document in _documents(consent, doctype)]


def _person(consent) -> dict:
	return _texts(consent, "SV Party")[0]


def _summary(consent) -> dict:
	return {"texts": [row["shared_text"] for row in _texts(consent, "SV Referral")]}


def _minutes(consent) -> dict:
	return {"minutes": _texts(consent, "SV Minutes")}


def _dossier(consent) -> dict:
	attachments: dict[str, list[dict]] = {}
	for file in _documents(consent, "SV Attachment"):
		shown = {"name": file.name, "title": _title(file, consent.name), "size": file.size}
		attachments.setdefault(file.message, []).append(shown)
	messages = [
		{
			**{field: message.get(field) for field in ("message_at", "direction", "channel")},
			**message.open_shared(consent.name, "subject", "body"),
			"attachments": attachments.get(message.name, []),
		}
		for message in _documents(consent, "SV Message")
	]
	return {**_person(consent), **_texts(consent, "SV Report")[0], "messages": messages}


def _title(file, consent: str) -> str:
	return file.open_shared(consent, "original_name")["original_name"]


HANDED_OUT = {
	"Contact details": _person,
	"Identity": _person,
	"Summary": _summary,
	"Dossier": _dossier,
	"Minutes": _minutes,
}
