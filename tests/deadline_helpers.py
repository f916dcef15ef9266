"""Clocks, and what came of them, for the tests of the sweep."""

from datetime import datetime, timedelta

import frappe

from sv_helpdesk.deadlines import delivery, sweep

# a Wednesday in the past of no other test
NOW = datetime(2031, 3, 5, 12)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOMORROW = datetime(2031, 3, 6, 9)


def make_clock(document, owner: str | None = None, due_at: datetime = NOW + 4 * HOUR, **values) -> str:
	"""Return the name of a running clock on a case or table, warned about now unless told otherwise.

	Args:
		document: the SV Report or SV Decision Table.
		owner: who has to be in time.
		due_at: when it is due.
		values: of further fields.
	"""
	belongs = "report" if document.doctype == "SV Report" else "decision_table"
	clock = frappe.get_doc(
		{
			"doctype": "SV Deadline",
			"kind": "Triage",
			"calendar": "Working time",
			"status": "Running",
			"desk": document.desk,
			belongs: document.name,
			"document_type": document.doctype,
			"document_name": document.name,
			"deadline_owner": owner,
			"started_at": due_at - 5 * DAY,
			"due_at": due_at,
			"warn_at": NOW,
			"next_at": NOW,
			**values,
		}
	)
	return clock.insert().name


def make_outgoing_account() -> None:
	"""Give the site a mailbox to send from, as far as queueing mails goes, unless it has one."""
	if frappe.db.exists("Email Account", {"default_outgoing": 1, "enable_outgoing": 1}):
		return
	account = frappe.new_doc("Email Account")
	account.update({"email_account_name": "Sweep", "email_id": "sweep@uni.example", "service": ""})
	account.update({"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "localhost"})
	account.name = frappe.generate_hash(length=10)
	account.db_insert()


def told(clock: str) -> set[tuple[str, int, int]]:
	"""Return who was told of a clock: user, stage and whether at once."""
	rows = frappe.db.sql(
		"select `user`, `stage`, `urgent` from `tabSV Deadline Notice` where `deadline` = %s", (clock,)
	)
	return set(rows)


def state(clock: str) -> tuple:
	"""Return stage, status and next look of a clock."""
	return frappe.db.get_value("SV Deadline", clock, ["stage", "status", "next_at"])


def bell(user: str) -> list[str]:
	"""Return the sentences among somebody's notifications that are unread."""
	return frappe.get_all(
		"Notification Log", {"for_user": user, "read": 0}, pluck="subject", order_by="creation asc"
	)


def mails(user: str) -> list[str]:
	"""Return the texts of the mails that are queued for somebody."""
	queued = frappe.get_all("Email Queue Recipient", {"recipient": user}, pluck="parent", order_by="creation")
	return [frappe.db.get_value("Email Queue", name, "message") for name in queued]


def swept(now=NOW) -> None:
	"""One sweep as the job does it, without its commits."""
	while sweep.batch(now, 100):
		pass
	while delivery.deliver(now, set()):
		pass
