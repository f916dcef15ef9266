"""Counts a year's cells, by one statement per table, without loading a case.

The numbers are exact, so small ones can identify somebody (R8). Never whitelist what is here, and never hand its
result to a user: what leaves the desk is suppressed first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from sv_helpdesk.reports import delivered, populations
from sv_helpdesk.reports.definitions import TABLES, Definition
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.scope import Scope

Key = tuple[str, ...]
POPULATIONS = populations.POPULATIONS | delivered.POPULATIONS
# what lies in a unit and in none of its parts
DIRECTLY = "unit_directly"


def key(population: str, *conditions: str | None) -> Key:
	"""Return the name of a cell: its population and, in one order, values of classifications.

	Args:
		population: what it counts.
		conditions: as "classification=value"; None says nothing.
	"""
	return (population, *sorted(condition for condition in conditions if condition))


def count(
	scope: Scope, records: Records, tables: Iterable[Definition] = TABLES, units: bool = False
) -> dict[Key, int]:
	"""Count the cells of tables, those that count nobody included.

	Args:
		scope: which rows are counted.
		records: the categories, desks and units of the site.
		tables: which tables.
		units: whether the tables of one unit are counted, too, for every unit.
	"""
	cells: dict[Key, int] = {}
	for table in tables:
		cells.update(_count(table, scope, records, units and table.per_unit))
	return cells


def totals(scope: Scope) -> dict[str, int]:
	"""Count the rows of every population that somebody can be denied a case of."""
	names = ("reports", "reporters", "advice_requests", "referrals", "tables")
	return {name: POPULATIONS[name].counted(scope, ())[0][0] for name in names}


def _count(table: Definition, scope: Scope, records: Records, units: bool) -> Counter:
	inside, _equals, value = (table.within or "").partition("=")
	by = [*table.by, *(["unit"] if units and "unit" not in table.by else [])]
	found = Counter(dict.fromkeys(_cells(table, by, records), 0))
	chosen = [*by, *([inside] if inside else [])]
	for *raw, number in POPULATIONS[table.population].counted(scope, chosen):
		codes = [records.code_of(name, one) for name, one in zip(chosen, raw, strict=True)]
		if not inside or codes[-1] == value:
			places = [_places(name, code, records) for name, code in zip(by, codes, strict=False)]
			found.update({name: number for name in _names(table, places)})
	return found


def _cells(table: Definition, by: list[str], records: Records) -> Iterator[Key]:
	"""Yield all cells of a table, whatever was found."""
	places = []
	for name in by:
		values = [f"{name}={code}" for code in records.values(name)]
		if name == "unit":
			values += [f"{DIRECTLY}={unit}" for unit in records.titles["unit"] if records.parts(unit)]
		places.append(values)
	return _names(table, places)


def _places(classification: str, code: str, records: Records) -> list[str]:
	"""Return the conditions that a value meets: that of a unit also those of the larger ones."""
	if classification != "unit" or code not in records.titles["unit"]:
		return [f"{classification}={code}"]
	directly = [f"{DIRECTLY}={code}"] if records.parts(code) else []
	return [*(f"unit={unit}" for unit in records.upwards(code)), *directly]


def _names(table: Definition, places: list[list[str]]) -> Iterator[Key]:
	"""Yield the cells in which something counts: in each combination of its places and of totals."""
	for conditions in product(*([*values, None] for values in places)):
		yield key(table.population, table.within, *conditions)
