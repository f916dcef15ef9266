"""How long suppression takes for a year of 30 units in two levels, with ten tables of ten codes."""

import random
from collections import Counter
from time import process_time

import pytest
from figure_tables import ALL

from sv_helpdesk.suppression.system import System
from sv_helpdesk.suppression.versions import versions

FACULTIES, UNITS, FACTS, CODES, CASES = 6, 23, 10, 10, 600
# of the processor, on one core; measured: 5
SECONDS = 30


def large_year() -> System:
	"""Return a year in which half of the counts are small."""
	chance = random.Random(1)
	above = {f"u{unit}": f"f{unit % FACULTIES}" for unit in range(UNITS)}
	inside = {ALL: [f"f{faculty}" for faculty in range(FACULTIES)]}
	for unit, faculty in above.items():
		inside.setdefault(faculty, []).append(unit)
	facts = [(f"fact{fact}", str(code)) for fact in range(FACTS) for code in range(CODES)]
	cells = Counter({(place, *fact): 0 for place in (*above, *inside) for fact in [*facts, ("cases",)]})
	for _case in range(CASES):
		unit = min(chance.choice(list(above)), chance.choice(list(above)))
		given = [(f"fact{fact}", str(int(CODES * chance.random() ** 2))) for fact in range(FACTS)]
		for place in (unit, above[unit], ALL):
			cells.update((place, *fact) for fact in [*given, ("cases",)])
	sums = [
		((place, "cases"), tuple((place, f"fact{fact}", str(code)) for code in range(CODES)))
		for place in (*above, *inside)
		for fact in range(FACTS)
	]
	for place, parts in inside.items():
		sums += [((place, *fact), tuple((part, *fact) for part in parts)) for fact in [*facts, ("cases",)]]
	return System(cells, sums)


@pytest.mark.slow
def test_a_large_year_takes_seconds(capsys):
	system = large_year()
	small = sum(0 < count < 5 for count in system.cells.values())
	begin = process_time()
	internal, published = versions(system, [5, 10])
	took = process_time() - begin
	with capsys.disabled():
		print(
			f"\n{len(system.cells)} cells, {small} below 5: {len(internal)} and {len(published)} hidden in {took:.1f} s"
		)
	assert small > 1000
	assert took < SECONDS
