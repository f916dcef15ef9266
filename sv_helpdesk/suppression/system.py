"""The figures of a year as one system of counts, whatever tables show them.

A count that stands in several tables is one cell. So nothing can be computed from the totals of a table, across
tables, between a unit and what it is part of, or between two populations: all that is one question to one system.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

Key = tuple[str, ...]
Sum = tuple[Key, tuple[Key, ...]]


class BadSystem(ValueError):
	"""The figures contradict each other or name a cell that isn't there, so nothing about them can be said."""


@dataclass(frozen=True)
class System:
	"""Counts, and what every reader knows about them.

	Attributes:
		cells: the exact count of each cell.
		sums: each total with its parts: units, rows, columns, grand totals.
		at_most: pairs of which the first is known to be no larger than the second, because it counts
			reports and the other their reporters, for example.
		restated: counts as they were published before, by the cell that counts the same now. If it moved by a
			few, those few are protected like a small count.
		fixed: cells whose count everybody knows without a report: what can't occur, "not applicable".
		known: cells that have been published before; they are shown, whatever they count.
		never_shown: cells that stand in no table and are only needed to connect others. What can be
			computed is told, so they are protected like any other.
	"""

	cells: Mapping[Key, int]
	sums: Iterable[Sum] = ()
	at_most: Iterable[tuple[Key, Key]] = ()
	restated: Mapping[Key, int] = field(default_factory=dict)
	fixed: Collection[Key] = frozenset()
	known: Collection[Key] = frozenset()
	never_shown: Collection[Key] = frozenset()

	@property
	def certain(self) -> frozenset[Key]:
		"""The cells that can't be hidden."""
		return frozenset(self.fixed) | frozenset(self.known)


def checked(system: System) -> System:
	"""Return the same system in one order, whatever order it came in.

	Raises:
		BadSystem: it doesn't hold together.
	"""
	cells = {key: system.cells[key] for key in sorted(system.cells)}
	sums = tuple(sorted({(total, tuple(sorted(parts))) for total, parts in system.sums}))
	at_most = tuple(sorted(set(system.at_most)))
	fixed, known, never_shown = map(frozenset, (system.fixed, system.known, system.never_shown))
	named = {key for total, parts in sums for key in (total, *parts)}
	named.update(*at_most, system.restated, fixed, known, never_shown)
	_refuse(named - set(cells), "Figures are named that aren't there")
	_refuse((key for key, count in cells.items() if count < 0), "Counts are below zero")
	_refuse((fixed | known) & never_shown, "What everybody knows can't be shown nowhere")
	wrong = (total for total, parts in sums if sum(cells[part] for part in parts) != cells[total])
	_refuse(wrong, "Totals aren't the sum of their parts")
	twice = (total for total, parts in sums if len({total, *parts}) <= len(parts))
	_refuse(twice, "Totals name a part twice")
	_refuse((less for less, more in at_most if cells[less] > cells[more]), "Counts are above their most")
	return replace(
		system,
		cells=cells,
		sums=sums,
		at_most=at_most,
		fixed=fixed,
		known=known,
		never_shown=never_shown,
	)


def components(system: System) -> list[System]:
	"""Split a checked system into parts that tell nothing about each other, in one order.

	Args:
		system: as `checked` returns it. What everybody knows connects nothing.
	"""
	links = [*((total, *parts) for total, parts in system.sums), *system.at_most]
	certain = system.certain
	root = {key: key for key in system.cells}
	for link in links:
		found = {_root(root, key) for key in link if key not in certain}
		for key in found:
			root[key] = min(found)
	inside: dict[Key, set[Key]] = {}
	for key in system.cells:
		if key not in certain:
			inside.setdefault(_root(root, key), set()).add(key)
	return [_part(system, keys) for _root_key, keys in sorted(inside.items())]


def _part(system: System, keys: set[Key]) -> System:
	sums = tuple(one for one in system.sums if not keys.isdisjoint((one[0], *one[1])))
	at_most = tuple(pair for pair in system.at_most if not keys.isdisjoint(pair))
	keys = keys.union(*((total, *parts) for total, parts in sums), *at_most)
	return replace(
		system,
		cells={key: count for key, count in system.cells.items() if key in keys},
		sums=sums,
		at_most=at_most,
		restated={key: count for key, count in system.restated.items() if key in keys},
		fixed=system.fixed & keys,
		known=system.known & keys,
		never_shown=system.never_shown & keys,
	)


def _root(root: dict[Key, Key], key: Key) -> Key:
	while root[key] != key:
		root[key] = root[root[key]]
		key = root[key]
	return key


def _refuse(wrong: Iterable[Key], problem: str) -> None:
	"""Name the cells that are wrong; their counts are nobody's business."""
	if names := [" / ".join(key) for key in sorted(wrong)]:
		raise BadSystem(f"{problem}: {', '.join(names)}.")
