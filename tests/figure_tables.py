"""Small systems of figures for tests of suppression."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product

from sv_helpdesk.suppression.system import Key, Sum, System

ALL = "all"


def row(*counts: int, name: str = "row", **known) -> System:
	"""Return one row with its total: cells (name, "0"), (name, "1") ... and (name, ALL)."""
	cells = {(name, str(number)): count for number, count in enumerate(counts)}
	total = (name, ALL)
	return System({**cells, total: sum(counts)}, [(total, tuple(cells))], **known)


def table(counts: Sequence[Sequence[int]], name: str = "table", **known) -> System:
	"""Return a table with totals of rows and columns: cells (name, row, column), ALL for a total."""
	rows, columns = (
		[str(number) for number in range(len(counts))],
		[str(number) for number in range(len(counts[0]))],
	)
	cells: dict[Key, int] = {
		(name, row, column): counts[int(row)][int(column)] for row in rows for column in columns
	}
	sums: list[Sum] = []
	for row in rows:
		sums.append(((name, row, ALL), tuple((name, row, column) for column in columns)))
	for column in (*columns, ALL):
		sums.append(((name, ALL, column), tuple((name, row, column) for row in rows)))
	sums.append(((name, ALL, ALL), tuple((name, ALL, column) for column in columns)))
	for total, parts in sums:
		cells[total] = sum(cells[part] for part in parts)
	return System(cells, sums, **known)


def crossed(sizes: Sequence[int], records: Iterable[Sequence[int]], **known) -> System:
	"""Return records counted by several facts at once: a cell per combination of codes, ALL for any of them.

	Args:
		sizes: how many codes each fact has.
		records: the codes of each record.
		known: more of the system.
	"""
	codes = [[*map(str, range(size)), ALL] for size in sizes]
	counted = Counter(key for record in records for key in product(*((str(code), ALL) for code in record)))
	cells = {key: counted[key] for key in product(*codes)}
	sums = []
	for fact, size in enumerate(sizes):
		for key in cells:
			if key[fact] == ALL:
				sums.append((key, tuple((*key[:fact], str(code), *key[fact + 1 :]) for code in range(size))))
	return System(cells, sums, **known)


def together(*systems: System, sums: Sequence[Sum] = (), **known) -> System:
	"""Return several tables as one system, connected by further sums."""
	cells = {key: count for system in systems for key, count in system.cells.items()}
	return System(cells, [*(one for system in systems for one in system.sums), *sums], **known)
