"""To which case a mail belongs, decided by who sent it, not by what it refers to.

A mail joins a case only from an address that took part in its dialogue, and only a case of
the desk it is addressed to (R3). A guessed number or a forged In-Reply-To from any other
address makes a new case with a warning to staff.
"""

import re

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.helpdesk.incoming_mail import IncomingMail
from sv_helpdesk.social_safety.case_number import PATTERN as CASE_NUMBER

TICKET_NUMBER = re.compile(r"#\s?(\d{1,12})\b")


def case_of(mail: IncomingMail, desk: str) -> tuple[str | None, list[str]]:
	"""Return the case a mail joins (or None) and what staff should be warned of.

	Args:
	        mail: its references and the numbers in its subject name candidate cases.
	        desk: SV Desk it is addressed to.
	"""
	referred = dict.fromkeys(_referred_by_id(mail) + _referred_by_number(mail.subject))
	candidates = [report for report in referred if of_desk(report, desk)]
	for report in candidates:
		if not mail.is_doubtful and _took_part(report, mail.sender):
			return report, []
	return None, ["unknown_sender_refers_to_case"] if candidates else []


def case_of_own(mail: IncomingMail, desk: str) -> str | None:
	"""Return the case in which the desk wrote a mail itself, of an old folder of its own mailbox.

	Args:
	        mail: its references name candidate cases.
	        desk: the SV Desk whose mailbox has it.
	"""
	return next((report for report in dict.fromkeys(_referred_by_id(mail)) if of_desk(report, desk)), None)


def of_desk(report: str, desk: str) -> bool:
	"""Tell whether a case is at this desk; another desk's mail must not reach or betray it (R3)."""
	return frappe.db.get_value("SV Report", report, "desk") == desk


def _referred_by_id(mail: IncomingMail) -> list[str]:
	indexes = [blind_index("message", message_id) for message_id in mail.references]
	if not indexes:
		return []
	found = frappe.get_all(
		"SV Message",
		filters={"message_index": ["in", indexes]},
		fields=["message_index", "report"],
		order_by="creation asc",
	)
	return [row.report for index in indexes for row in found if row.message_index == index]


def _referred_by_number(subject: str) -> list[str]:
	case_numbers = [number.upper() for number in CASE_NUMBER.findall(subject)]
	tickets = {name for number in TICKET_NUMBER.findall(subject) for name in (number, number.zfill(4))}
	cases = []
	for field, values in (("case_number", case_numbers), ("ticket", sorted(tickets))):
		if values:
			cases += frappe.get_all(
				"SV Report", filters={field: ["in", values]}, pluck="name", order_by="creation asc"
			)
	return cases


def _took_part(report: str, sender: str) -> bool:
	"""Tell whether this address wrote to, or is the reporter's in, the case."""
	index = blind_index("address", sender)
	if not index:
		return False
	if frappe.db.exists("SV Party", {"report": report, "address_index": index, "party_role": "Reporter"}):
		return True
	wrote = {"report": report, "sender_index": index, "direction": "Incoming", "automatic": 0}
	return bool(frappe.db.exists("SV Message", wrote))
