"""Which accused of a case was told of the complaint: the day stands in the case, and holds for one person alone.

It holds for whom the complaint is about; without a complaint yet, for the only accused of the case.
"""

import frappe
from frappe import _

ACCUSED = "Accused"
DAY = "accused_informed_on"


def is_told(report: str, party: str) -> bool:
	"""Tell whether this accused knows of the complaint.

	Args:
		report: name of the SV Report.
		party: name of the accused's SV Party.
	"""
	if not frappe.db.get_value("SV Report", report, DAY):
		return False
	named = _named(report)
	return party == named if named else _accused(report) == {party}


def after_complaint(complaint) -> None:
	"""When the complaint is about somebody else than before, they are told in their turn.

	Args:
		complaint: the SV Complaint that was saved.
	"""
	before = complaint.get_doc_before_save()
	if before and before.accused and before.accused != complaint.accused:
		_empty(complaint.report)


def after_party(party) -> None:
	"""When the accused of a case change before a complaint names one, it isn't known which of them was told.

	Args:
		party: the SV Party that was saved.
	"""
	before = party.get_doc_before_save()
	was, is_accused = bool(before and before.party_role == ACCUSED), party.party_role == ACCUSED
	if was == is_accused or _named(party.report):
		return
	# who is registered as the first accused may have been told before
	if was or _accused(party.report) != {party.name}:
		_empty(party.report)


def _named(report: str) -> str | None:
	return frappe.db.get_value("SV Complaint", {"report": report}, "accused")


def _accused(report: str) -> set[str]:
	accused = {"report": report, "party_role": ACCUSED}
	return set(frappe.get_all("SV Party", accused, pluck="name", order_by="creation asc"))


def _empty(report: str) -> None:
	if not frappe.db.get_value("SV Report", report, DAY):
		return
	# a form of the case that is open meanwhile has to be loaded anew
	frappe.db.set_value("SV Report", report, DAY, None)
	frappe.msgprint(
		_(
			"The accused has changed. The case says no longer that the accused was told of the complaint: tell them, and fill in the day in the case."
		)
	)
