"""The versions in which figures leave a desk: what each of them doesn't show."""

from collections.abc import Sequence

from sv_helpdesk.suppression.hiding import hidden
from sv_helpdesk.suppression.system import Key, System, checked, components


def versions(system: System, thresholds: Sequence[int]) -> list[frozenset[Key]]:
	"""Return the cells that each version of the figures doesn't show.

	Each version hides at least what the one before it hides, so whoever reads both learns no more than
	from the first. All hidden cells look alike, and the same figures give the same answer in whatever order
	they come.

	Args:
		system: all figures that are shown together, with what every reader knows about them.
		thresholds: the smallest count above zero that each version may show, in ascending order.

	Raises:
		system.BadSystem: the figures don't hold together.
		hiding.NotProtectable: some small figures could be computed whatever is hidden.
	"""
	if list(thresholds) != sorted(thresholds):
		raise ValueError("The thresholds must be in ascending order.")
	system = checked(system)
	result, parts = [], components(system)
	already: frozenset[Key] = frozenset()
	for threshold in thresholds:
		already = already.union(*(hidden(part, threshold, already) for part in parts))
		result.append(already - system.never_shown)
	return result
