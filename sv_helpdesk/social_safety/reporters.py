"""What passed between a desk and the reporter of a case, told apart from talks and mails with others (R6)."""

from datetime import datetime

import frappe
from frappe.query_builder.functions import Coalesce, Min

REPORTER = "Reporter"


def addresses(report: str) -> list[str]:
	"""Return blind indexes of the reporters' addresses; an accused may have written in the case as well.

	Args:
		report: name of the SV Report.
	"""
	known = {"report": report, "party_role": REPORTER, "address_index": ["is", "set"]}
	return frappe.get_all("SV Party", known, pluck="address_index", order_by="creation asc")


def wrote(message) -> bool:
	"""Tell whether a message came from a reporter: from their address, or registered by hand and of nobody else.

	Args:
		message: the SV Message.
	"""
	if message.direction != "Incoming" or message.automatic:
		return False
	if message.sender_index:
		return message.sender_index in addresses(message.report)
	others = {"report": message.report, "party_role": ["!=", REPORTER]}
	rows = frappe.get_all("SV Party", others, ["address_index", "name_index"], order_by="creation asc")
	return not message.exchanged_with({index for row in rows for index in row.values()} - {"", None})


def first_talk(report: str) -> datetime | None:
	"""Return when the first talk with a reporter was held; one with nobody named is with who came to the desk.

	Args:
		report: name of the SV Report.
	"""
	note, party = frappe.qb.DocType("SV Note"), frappe.qb.DocType("SV Party")
	query = frappe.qb.from_(note).left_join(party).on(party.name == note.party).select(Min(note.talk_at))
	query = query.where((note.report == report) & (note.note_type == "Talk") & (note.retracted == 0))
	return query.where(Coalesce(party.party_role, REPORTER) == REPORTER).run()[0][0]
