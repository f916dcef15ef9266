"""The intervention of a case, as far as it follows from the talks held (UM annex 1)."""

import frappe

DERIVED_KINDS = ("Signal", "Report", "Formal complaint")
MOST_TALKS_OF_ADVICE = 2


def from_talks(talks: int) -> str:
	"""Return what a number of talks amounts to: report only, advice (one or two), or guidance."""
	if talks == 0:
		return "Report only"
	return "Advice" if talks <= MOST_TALKS_OF_ADVICE else "Guidance"


def derived(report) -> str | None:
	"""Return the intervention that follows for a case; None for an advice request.

	Args:
		report: an SV Report, or a row with its `kind` and `name`.
	"""
	if report.kind not in DERIVED_KINDS:
		return None
	return from_talks(0 if report.get("__islocal") else _count_talks(report.name))


def follow_talks(name: str) -> None:
	"""Bring the intervention of a case up to date after its talks changed.

	Args:
		name: of the SV Report.
	"""
	report = frappe.db.get_value(
		"SV Report", name, ["name", "kind", "intervention", "intervention_overruled"], as_dict=True
	)
	if report.intervention_overruled:
		return
	intervention = derived(report)
	if intervention != report.intervention:
		frappe.db.set_value("SV Report", name, "intervention", intervention)


def _count_talks(report: str) -> int:
	return frappe.db.count("SV Note", {"report": report, "note_type": "Talk", "retracted": 0})
