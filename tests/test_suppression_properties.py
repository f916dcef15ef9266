"""Years by chance: nobody who computes learns anything about anybody from what is shown (R8)."""

import random
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import product

import pytest
from figure_attacker import told
from figure_tables import ALL, table
from hypothesis import given, settings
from hypothesis import strategies as some

from sv_helpdesk.suppression.system import Key, Sum, System
from sv_helpdesk.suppression.versions import versions

quickly = settings(max_examples=10, deadline=None)
at_length = settings(max_examples=300, deadline=None)
UNITS = {"u0": "f0", "u1": "f0", "u2": "f1", "u3": "f1"}
PLACES = (*UNITS, "f0", "f1", ALL)
FACTS = {"nature": 4, "staff": 3, "contract": 2}
LARGEST = 7


@some.composite
def years(draw) -> System:
	"""Cases in units of two faculties, some with several reporters, each with three facts.

	Tables share their totals. What is counted of units may stand in no table, a code may be one that can't occur,
	and the total may have been published before.
	"""
	chance = random.Random(draw(some.integers(0, 10**6)))
	cells, sums, pairs = _counted(chance, draw(some.integers(0, 60) | some.integers(60, 400)))
	more = {}
	if draw(some.booleans()):
		more["never_shown"] = {key for key in cells if key[0] == "contract" and key[1] in UNITS}
	if draw(some.booleans()):
		more["fixed"] = {
			key for key, count in cells.items() if key[0] == "staff" and key[2] == "2" and not count
		}
	if draw(some.booleans()):
		total = ("reporters", ALL)
		more["restated"] = {total: max(0, cells[total] + draw(some.integers(-6, 6)))}
	return System(cells, sums, pairs, **more)


def _counted(chance: random.Random, cases: int) -> tuple[Counter[Key], list[Sum], list[tuple[Key, Key]]]:
	counted: Counter[Key] = Counter()
	for _case in range(cases):
		unit = min(chance.choice(list(UNITS)), chance.choice(list(UNITS)))
		reporters = chance.choice((1, 1, 1, 1, 1, 2))
		codes = {fact: min(chance.randrange(codes), chance.randrange(codes)) for fact, codes in FACTS.items()}
		for place in (unit, UNITS[unit], ALL):
			counted["reports", place] += 1
			counted["reporters", place] += reporters
			for fact, code in codes.items():
				counted[fact, place, str(code)] += reporters
	columns = [("reports",), ("reporters",)]
	columns += [(fact, str(code)) for fact, codes in FACTS.items() for code in range(codes)]
	cells = Counter({key: counted[key] for what, *code in columns for key in _places(what, code, PLACES)})
	sums = [
		(("reporters", place), tuple((fact, place, str(code)) for code in range(codes)))
		for place in PLACES
		for fact, codes in FACTS.items()
	]
	for what, *code in columns:
		for place in ("f0", "f1", ALL):
			inside = [part for part, above in {**UNITS, "f0": ALL, "f1": ALL}.items() if above == place]
			sums.append(((what, place, *code), tuple(_places(what, code, inside))))
	return cells, sums, [(("reports", place), ("reporters", place)) for place in PLACES]


def _places(what: str, code: list[str], places: Iterable[str]) -> list[Key]:
	return [(what, place, *code) for place in places]


def nothing_is_told(system: System) -> None:
	internal, published = versions(system, [5, 10])
	assert told(system, internal, 5) == []
	assert told(system, published, 10) == []
	assert internal <= published


@cache
def every_table() -> list[System]:
	"""Return all tables of two rows and columns with counts up to the largest."""
	return [table([counts[:2], counts[2:]]) for counts in product(range(LARGEST + 1), repeat=4)]


def shown_is_the_same(system: System, hidden) -> list[System]:
	shown = set(system.cells) - hidden
	return [other for other in every_table() if all(other.cells[key] == system.cells[key] for key in shown)]


@quickly
@given(years())
def test_nothing_is_told(system):
	nothing_is_told(system)


@pytest.mark.slow
@at_length
@given(years())
def test_nothing_is_told_at_length(system):
	nothing_is_told(system)


@quickly
@given(some.lists(some.integers(0, 4), min_size=4, max_size=4))
def test_among_all_tables_that_look_the_same_each_small_count_is_none_and_enough(counts):
	system = table([counts[:2], counts[2:]])
	(hidden,) = versions(system, [3])
	others = shown_is_the_same(system, hidden)
	for key, count in system.cells.items():
		if 0 < count < 3:
			assert any(other.cells[key] == 0 for other in others)
			assert any(other.cells[key] >= 3 for other in others)
	for total, parts in system.sums:
		for part in parts:
			if 0 < system.cells[part] == system.cells[total]:
				enough = min(3, system.cells[part])
				assert any(other.cells[total] - other.cells[part] >= enough for other in others)


@quickly
@given(years(), some.randoms(use_true_random=False))
def test_the_same_year_in_any_order_hides_the_same(system, chance):
	cells = list(system.cells.items())
	sums = [(total, tuple(chance.sample(parts, len(parts)))) for total, parts in system.sums]
	pairs = list(system.at_most)
	for rows in (cells, sums, pairs):
		chance.shuffle(rows)
	other = System(dict(cells), sums, pairs, system.restated, system.fixed, system.known, system.never_shown)
	assert versions(other, [5, 10]) == versions(system, [5, 10])


@quickly
@given(some.lists(some.integers(5, 90), min_size=6, max_size=6))
def test_nothing_is_hidden_when_nothing_is_sensitive(counts):
	assert versions(table([counts[:3], counts[3:]]), [5]) == [frozenset()]
