"""Writing SV Approval: now, or after the refusal has rolled everything back."""

import frappe
from frappe.utils import add_days, cstr, now_datetime

from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.two_persons import notices

OPEN_DAYS = 7
COLLECTED = "sv_collected_approvals"
SHORT = 140


def row(status: str, kind: str, doctype: str, name: str, **more: str) -> dict:
	"""Return the values of a new SV Approval about something the session's user does.

	Args:
		status: one of the options of SV Approval.status.
		kind, doctype, name: as in approvals.require.
		more: fingerprint, concerns, summary, proposal.
	"""
	return {
		"status": status,
		"kind": kind,
		"target_doctype": doctype,
		"target_name": cstr(name)[:SHORT],
		"asked_by": frappe.session.user,
		"asked_at": now_datetime(),
		"expires_at": add_days(now_datetime(), OPEN_DAYS) if status == "Asked" else None,
		"concerns": cstr(more.get("concerns") or (name if doctype == "User" else "")),
		"summary": cstr(more.get("summary"))[:SHORT],
		"proposal": more.get("proposal"),
		"fingerprint": more.get("fingerprint"),
	}


def collect(values: dict) -> None:
	"""Keep a row until this request or job is over: the refusal rolls back what is written now."""
	rows = getattr(frappe.local, COLLECTED, None) or []
	if values not in rows:
		rows.append(values)
	setattr(frappe.local, COLLECTED, rows)


def write_collected(**arguments: object) -> None:
	"""After a request or job, when its transaction is over: write what was asked and refused.

	The host hands over response, request or job, which say nothing here.
	"""
	rows = getattr(frappe.local, COLLECTED, None)
	if not rows:
		return
	setattr(frappe.local, COLLECTED, [])
	be_quiet()
	# a request that reads is not rolled back by the host when it fails
	frappe.db.rollback()
	for values in rows:
		if not _asked_already(values):
			write(values)
	frappe.db.commit()


def write(values: dict, tell: bool = True) -> str:
	"""Insert a row in the present transaction and return its name.

	Args:
		values: see `row`.
		tell: whether coordinators and privacy officers are told at once.
	"""
	approval = frappe.get_doc({"doctype": "SV Approval", **values})
	approval.set_new_name()
	# the form refuses everybody; who acts has no right to this log, and needs none to be recorded
	approval.db_insert()
	if tell:
		notices.tell(approval)
	return approval.name


def _asked_already(values: dict) -> bool:
	"""Tell whether this user has asked exactly this and nobody has decided yet."""
	same = ("kind", "target_doctype", "target_name", "fingerprint", "asked_by")
	return values["status"] == "Asked" and bool(
		frappe.db.exists(
			"SV Approval",
			{"status": "Asked", "expires_at": [">", now_datetime()], **{key: values[key] for key in same}},
		)
	)
