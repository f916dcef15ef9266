"""Which cells would tell something about somebody, and how much doubt a reader must be left in (R8).

Three kinds. A *small* count: whoever knows that somebody is in it knows who they are. It must seem possible that
it counts nobody, and that it is as large as what may be shown. A *small move* of a count since it was published is
the same, of those who were added or taken out. A *whole row*: all of a sum are in one part, so of everybody who is
known to be in the sum all else is known too. It must seem possible that enough of them aren't.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sv_helpdesk.suppression.system import Key, System

# names the rest of a row that lies wholly in one part; no cell of a caller begins so
REST = "\0rest"


class Need(NamedTuple):
	"""A change of one cell's count that a reader must hold possible.

	Attributes:
		cell: which.
		change: by how much at least; negative: downwards.
	"""

	cell: Key
	change: int

	def is_met(self, change: int) -> bool:
		"""Tell whether a change of the cell goes as far as this."""
		return change >= self.change if self.change > 0 else change <= self.change


class Sensitive(NamedTuple):
	"""What a system tells about somebody.

	Attributes:
		system: the same, in which the rest of each whole row is a cell too, that stands in no table.
		cells: those that can't be shown.
		needs: what must seem possible.
	"""

	system: System
	cells: frozenset[Key]
	needs: tuple[Need, ...]


def found(system: System, threshold: int) -> Sensitive:
	"""Return what is sensitive in a system.

	Args:
		system: as `system.checked` returns it.
		threshold: the smallest count above zero that may be shown.
	"""
	rows = {(REST, *total, REST, *part): (total, part) for total, part in whole_rows(system)}
	needs = {*_of_small(system, threshold), *_of_moves(system, threshold)}
	for _total, part in rows.values():
		needs.add(Need(part, -min(threshold, system.cells[part])))
	needs = {need for need in needs if need.cell not in system.certain}
	cells = frozenset(need.cell for need in needs)
	needs |= {Need(rest, min(threshold, system.cells[part])) for rest, (_total, part) in rows.items()}
	wider = replace(
		system,
		cells={**system.cells, **dict.fromkeys(rows, 0)},
		sums=(*system.sums, *((total, (rest, part)) for rest, (total, part) in rows.items())),
		never_shown=system.never_shown.union(rows),
	)
	return Sensitive(wider, cells, tuple(sorted(needs)))


def whole_rows(system: System) -> Iterator[tuple[Key, Key]]:
	"""Yield each total above zero with the part that equals it.

	Not where everybody knows that the other parts count nobody, or knows total and part anyway.

	Args:
		system: as `system.checked` returns it.
	"""
	for total, parts in system.sums:
		for part in parts:
			if 0 < system.cells[part] == system.cells[total]:
				others = set(parts) - {part}
				if others - system.certain and not {total, part} <= system.certain:
					yield total, part


def _of_small(system: System, threshold: int) -> Iterator[Need]:
	for key, count in system.cells.items():
		if 0 < count < threshold:
			yield Need(key, -count)
			yield Need(key, threshold - count)


def _of_moves(system: System, threshold: int) -> Iterator[Need]:
	"""Yield that a count may not have moved since it was published, and may have moved by enough, either way."""
	for key, before in system.restated.items():
		count = system.cells[key]
		if 0 < abs(count - before) < threshold:
			yield Need(key, before - count)
			fewer_are_possible = before >= threshold
			enough = before - threshold if count < before and fewer_are_possible else before + threshold
			yield Need(key, enough - count)
