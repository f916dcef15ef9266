"""How a year's cells hang together, for the suppression: what a reader of all tables can compute from each other."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from sv_helpdesk.reports import codes
from sv_helpdesk.reports.classifications import CLASSIFICATIONS, COARSER
from sv_helpdesk.reports.counted import DIRECTLY, Key, key
from sv_helpdesk.reports.definitions import FROM_CCP, LINKS, TABLES, Definition
from sv_helpdesk.reports.records import Records
from sv_helpdesk.social_safety.doctype.sv_referral.sv_referral import line_of, type_of
from sv_helpdesk.suppression.system import Sum, System

# every report has a reporter, every confidant who counts a report, every table a case
FEWER = (
	*(("reports", "reporters"), ("confidants", "confidant_reports"), ("tables", "table_cases")),
	("delivered_confidants", "delivered_reports"),
)
TABLES_OF_YEAR = key("tables")
CARRIED_OVER, STILL_RUNNING = key("tables", "started=earlier"), key("tables", "outcome=still_running")

# by its target, where that is a value of its own: the only type and line that a referral can have
SAID_BY_TARGET = {
	f"referred_to={code}": (
		f"referral_type={CLASSIFICATIONS['referral_type'].code_of(type_of(codes.REFERRED_TO[code].target))}",
		f"line={CLASSIFICATIONS['line'].code_of(line_of(codes.REFERRED_TO[code].target))}",
	)
	for code in codes.TARGETS_NAMED_IN_FIGURES
}
SAID = ("referral_type=", "line=")

# a total's condition (None: of everything) and those of its parts
Division = tuple[str | None, tuple[str, ...]]


def system(cells: Mapping[Key, int], records: Records, running: int | None = None) -> System:
	"""Return the system of a year's cells.

	Args:
		cells: all cells of the year, those of units included.
		records: the site's records as they were when the cells were counted.
		running: how many tables were still running at the end of the year before, if that was published. What it
			didn't tell of the tables that are carried over isn't told now either, nor what it may hide once it is
			published, be that after this year.
	"""
	never = {name for name in cells if any(part.startswith(f"{DIRECTLY}=") for part in name)}
	if running is None and cells[TABLES_OF_YEAR]:
		never |= {name for name in cells if any(part.startswith("started=") for part in name)}
	impossible = {name for name in cells if _is_impossible(name) and not cells[name]}
	never |= {name for name in cells if FROM_CCP in name and _said(name)} - impossible
	return System(
		cells=cells,
		sums=list(_sums(cells, records)),
		at_most=list(_at_most(cells)),
		fixed=impossible,
		known={CARRIED_OVER} if running == cells[CARRIED_OVER] else (),
		# cases of the year before were changed since
		restated={CARRIED_OVER: running} if running not in (None, cells[CARRIED_OVER]) else {},
		never_shown=never,
	)


def _sums(cells: Mapping[Key, int], records: Records) -> Iterator[Sum]:
	for table in (*TABLES, *LINKS):
		for classifications in (table.by, (*table.by, "unit")):
			if len(set(classifications)) == len(classifications):
				yield from _sums_of(table, classifications, cells, records)
	for (coarse, fine), places in COARSER.items():
		for name in cells:
			condition = next((part for part in name if part.startswith(f"{coarse}=")), None)
			if condition:
				others = [part for part in name[1:] if part != condition]
				value = condition.partition("=")[2]
				parts = [
					key(name[0], *others, f"{fine}={code}")
					for code, place in places.items()
					if place == value
				]
				if all(part in cells for part in parts):
					yield name, tuple(parts)


def _sums_of(
	table: Definition, classifications: tuple[str, ...], cells: Mapping[Key, int], records: Records
) -> Iterator[Sum]:
	for number, name in enumerate(classifications):
		others = [
			[None, *(part for _total, parts in _divisions(other, records) for part in parts)]
			for other in (*classifications[:number], *classifications[number + 1 :])
		]
		for (total, parts), rest in product(_divisions(name, records), list(product(*others))):
			whole = key(table.population, table.within, total, *rest)
			pieces = tuple(key(table.population, table.within, part, *rest) for part in parts)
			if whole in cells and all(piece in cells for piece in pieces):
				yield whole, pieces


def _divisions(classification: str, records: Records) -> list[Division]:
	"""Return what adds up to what: of units also the larger ones from their parts."""
	if classification != "unit":
		return [(None, tuple(f"{classification}={code}" for code in records.values(classification)))]
	units = set(records.titles["unit"])
	rest = [f"unit={code}" for code in records.values("unit") if code not in units]
	found: list[Division] = [(None, (*(f"unit={unit}" for unit in records.parts(None)), *rest))]
	for unit in records.titles["unit"]:
		if parts := records.parts(unit):
			found.append((f"unit={unit}", (*(f"unit={part}" for part in parts), f"{DIRECTLY}={unit}")))
	return found


def _said(name: Key) -> list[str]:
	return [part for part in name if part.startswith(SAID)]


def _is_impossible(name: Key) -> bool:
	"""Tell whether everybody knows that nothing is counted there, from what a referral of its target is."""
	possible = next((SAID_BY_TARGET[part] for part in name if part in SAID_BY_TARGET), None)
	return bool(possible) and not set(_said(name)) <= set(possible)


def _at_most(cells: Mapping[Key, int]) -> Iterable[tuple[Key, Key]]:
	"""Yield what is known to be no more than something else; where the year itself doesn't keep to it, nobody knows."""
	for name, count in cells.items():
		for fewer, more in FEWER:
			other = (more, *name[1:])
			if name[0] == fewer and other in cells and count <= cells[other]:
				yield name, other
		for condition in name[1:]:
			wider = tuple(part for part in name if part != condition)
			if len(name) > 2 and wider in cells:
				yield name, wider
