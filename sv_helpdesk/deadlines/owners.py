"""Who has to be in time: the clocks follow whoever a document names."""

import frappe

from sv_helpdesk.deadlines.clocks import OPEN


def give_to(document_type: str, document_name: str, owner: str | None, kind: str | None = None) -> None:
	"""Say who has to be in time from now on with the open clocks of a document.

	Args:
		document_type, document_name: of what they watch.
		owner: user id; None: nobody yet.
		kind: of these only.
	"""
	rows = {"document_type": document_type, "document_name": document_name, "status": ["in", OPEN]}
	if kind:
		rows["kind"] = kind
	frappe.db.set_value("SV Deadline", rows, "deadline_owner", owner)


def give_referrals_to(report: str, owner: str | None) -> None:
	"""Say who has to be in time from now on with the open clocks of a case's referrals: whoever handles the case."""
	rows = {"document_type": "SV Referral", "report": report, "status": ["in", OPEN]}
	frappe.db.set_value("SV Deadline", rows, "deadline_owner", owner)


def give_case_to(report: str, owner: str | None) -> None:
	"""Say who handles a case from now on, where that was written past its form."""
	give_to("SV Report", report, owner)
	give_referrals_to(report, owner)
