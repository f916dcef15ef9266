"""Small counts in figures that leave a desk: they would tell who they are about (R8)."""

from collections.abc import Mapping

import frappe

from sv_helpdesk.social_safety.doctype.sv_settings.sv_settings import LOWEST_INTERNAL

NOT_SHOWN = "–"


def threshold() -> int:
	"""Return the lowest number that is shown outside its own desk."""
	return max(frappe.db.get_single_value("SV Settings", "threshold_internal") or 0, LOWEST_INTERNAL)


def suppressed(counts: Mapping[str, int], lowest: int) -> dict[str, int | str]:
	"""Return counts that belong together (parts and their total) as they may leave the desk.

	If one of them is small, it stands as "<n" and the others are not shown: each could tell it.

	Args:
		counts: the counts by name; 0 is no small count, for it is nobody.
		lowest: the lowest count that is shown.
	"""
	small = {name for name, count in counts.items() if 0 < count < lowest}
	if not small:
		return dict(counts)
	return {name: f"<{lowest}" if name in small else NOT_SHOWN for name in counts}
