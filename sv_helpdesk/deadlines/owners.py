"""Who has to be in time: the clocks follow whoever a document names."""

import frappe

from sv_helpdesk.deadlines.clocks import OPEN

# whoever handles the case sees to these
OF_THE_HANDLER = ("SV Referral", "SV Complaint")


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


def give_further_to(report: str, owner: str | None) -> None:
	"""Say who has to be in time from now on with what follows a case: its referrals and its formal complaint."""
	rows = {"document_type": ["in", OF_THE_HANDLER], "report": report, "status": ["in", OPEN]}
	frappe.db.set_value("SV Deadline", rows, "deadline_owner", owner)


def give_case_to(report: str, owner: str | None) -> None:
	"""Say who handles a case from now on, where that was written past its form."""
	give_to("SV Report", report, owner)
	give_further_to(report, owner)


def pass_on(document_type: str, document_name: str, before: str, after: str) -> None:
	"""Say that what somebody had to be in time with in a document, somebody else has now.

	Args:
		document_type, document_name: of what the clocks watch.
		before, after: user ids.
	"""
	rows = {"document_type": document_type, "document_name": document_name, "status": ["in", OPEN]}
	frappe.db.set_value("SV Deadline", {**rows, "deadline_owner": before}, "deadline_owner", after)
