"""What the measures catalogue proposes for somebody's care (A&O 6.1.3, 6.1.5)."""

import frappe

AT_ONCE, AFTERWARDS = "Care at once", "Aftercare"
UNFOUNDED = "Unfounded"
# what the manager does for everybody stands in the plan of the team
ALSO_FOR = {"Team": ("Team", "Manager")}
# falls away once a court or another authority has established bad faith (R10)
PROTECTION_OF_REPORTER = "unfounded_protect_reporter"


def proposed(meant_for: str, phase: str, outcome: str | None = None, bad_faith: bool = False) -> list[str]:
	"""Return the codes of the measures that are proposed; the plan's people choose from them.

	Args:
		meant_for: Reporter, Accused, Witness or Team.
		phase: care at once or aftercare.
		outcome: of the case, if it has one.
		bad_faith: whether the reporter's bad faith is established.
	"""
	rows = frappe.get_all(
		"SV Measure",
		{"enabled": 1, "phase": phase, "meant_for": ["in", ALSO_FOR.get(meant_for, (meant_for,))]},
		["name", "fits_outcome"],
		order_by="fits_outcome desc, name asc",
	)
	return [row.name for row in rows if _fits(row, outcome, bad_faith)]


def out_of_place(outcome: str | None, bad_faith: bool = False) -> set[str]:
	"""Return the codes of the measures that fit another outcome than this one.

	Args:
		outcome: of the case, if it has one.
		bad_faith: whether the reporter's bad faith is established.
	"""
	rows = frappe.get_all("SV Measure", fields=["name", "fits_outcome"], order_by="name asc")
	return {row.name for row in rows if not _fits(row, outcome, bad_faith)}


def _fits(row, outcome: str | None, bad_faith: bool) -> bool:
	if bad_faith and row.name == PROTECTION_OF_REPORTER:
		return False
	return row.fits_outcome in (None, "", UNFOUNDED if outcome == UNFOUNDED else f"Not {UNFOUNDED.lower()}")
