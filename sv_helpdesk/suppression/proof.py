"""Works out in whole numbers that another year looks to a reader as the real one does."""

from collections import defaultdict
from collections.abc import Collection

from sv_helpdesk.suppression.model import Difference
from sv_helpdesk.suppression.system import Key, System


class Proof:
	"""What another year has to obey, found by the cells in which it differs."""

	def __init__(self, system: System, hidden: Collection[Key]):
		"""Take what a reader knows.

		Args:
			system: the real year, which obeys all sums and pairs.
			hidden: the cells whose counts a reader doesn't know.
		"""
		self._counts = system.cells
		self._unknown = set(hidden) - system.certain
		self._rows = defaultdict(list)
		for total, parts in system.sums:
			for key in (total, *parts):
				self._rows[key].append((total, parts))
		self._pairs = defaultdict(list)
		for pair in system.at_most:
			for key in pair:
				self._pairs[key].append(pair)

	def holds(self, difference: Difference) -> bool:
		"""Tell whether a reader must hold another year possible.

		Args:
			difference: how it differs from the real one.
		"""
		rows = {row for key in difference for row in self._rows[key]}
		pairs = {pair for key in difference for pair in self._pairs[key]}
		return (
			self._unknown.issuperset(difference)
			and all(self._counts[key] + change >= 0 for key, change in difference.items())
			and all(
				difference.get(total, 0) == sum(difference.get(part, 0) for part in parts)
				for total, parts in rows
			)
			and all(self._other(less, difference) <= self._other(more, difference) for less, more in pairs)
		)

	def _other(self, key: Key, difference: Difference) -> int:
		return self._counts[key] + difference.get(key, 0)
