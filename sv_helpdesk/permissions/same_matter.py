"""Cases at several desks about the same matter: made by a hand-over, or about the same accused.

Desks share no content (R3); that nobody supports both sides (R5) and that a case stays hidden from the
accused (R6) holds across them all the same. Names of cases stay inside this package.
"""

import frappe

INDEXES_OF_ONE_PERSON = ("address_index", "account_index", "address_account_index")


def cases_made_from(report: str) -> list[str]:
	"""Return the cases that receivers of this one have made, and those made from theirs.

	Args:
		report: name of the SV Report.
	"""
	found: list[str] = []
	todo = [report]
	while todo:
		made = _made_directly_from(todo.pop())
		found += made
		todo += made
	return found


def about_the_same(report: str) -> set[str]:
	"""Return the other cases of this matter: handed over from or to here, or with the same accused.

	Args:
		report: name of the SV Report.
	"""
	return handed_over_with(report) | (_with_the_same_accused(report) - {report})


def handed_over_with(report: str) -> set[str]:
	"""Return the other cases that come from the same first one by hand-overs, in either direction.

	Args:
		report: name of the SV Report.
	"""
	first = report
	while earlier := _made_from(first):
		first = earlier
	return {first, *cases_made_from(first)} - {report}


def _made_directly_from(report: str) -> list[str]:
	referrals = frappe.get_all("SV Referral", {"report": report}, pluck="name", order_by="creation asc")
	if not referrals:
		# for the host nothing is in an empty list, but an empty value
		return []
	return frappe.get_all(
		"SV Report", {"handed_over_from": ["in", referrals]}, pluck="name", order_by="creation asc"
	)


def _made_from(report: str) -> str | None:
	referral = frappe.db.get_value("SV Report", report, "handed_over_from")
	return frappe.db.get_value("SV Referral", referral, "report") if referral else None


def _with_the_same_accused(report: str) -> set[str]:
	accused = frappe.get_all(
		"SV Party",
		{"report": report, "party_role": "Accused"},
		[*INDEXES_OF_ONE_PERSON],
		order_by="creation asc",
	)
	found = set()
	for fieldname in INDEXES_OF_ONE_PERSON:
		if known := {row[fieldname] for row in accused} - {"", None}:
			same = {"party_role": "Accused", fieldname: ["in", sorted(known)]}
			found.update(frappe.get_all("SV Party", same, pluck="report", order_by="creation asc"))
	return found
