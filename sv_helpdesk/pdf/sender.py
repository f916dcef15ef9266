"""Who a letter comes from, and where an answer to it goes."""

import frappe
from frappe import _

from sv_helpdesk.helpdesk import mailboxes


def facts(desk: str, language: str) -> list[tuple[str, str]]:
	"""Return what a letter of a desk says about it.

	Args:
		desk: name of the SV Desk.
		language: "nl" or "en".
	"""
	return [
		(_("From", language), name(desk)),
		(_("Answers to", language), mailboxes.address_of(desk) or ""),
	]


def name(desk: str) -> str:
	"""Return the name of a desk with that of its institution."""
	institution = frappe.db.get_single_value("SV Settings", "institution_name")
	return ", ".join(filter(None, (frappe.db.get_value("SV Desk", desk, "title"), institution)))


def name_of(user: str | None) -> str:
	"""Return the name of a colleague, "" for none."""
	return (user and frappe.db.get_value("User", user, "full_name")) or user or ""
