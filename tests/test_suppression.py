"""Which figures aren't shown (R8): small hand-made years, each with the one way in which it would tell something."""

import random
from dataclasses import replace

import pytest
from figure_attacker import told
from figure_tables import ALL, crossed, row, table, together

from sv_helpdesk.suppression.hiding import NotProtectable
from sv_helpdesk.suppression.system import BadSystem, System, checked, components
from sv_helpdesk.suppression.versions import versions


def hidden(system: System, threshold: int = 5) -> set:
	"""Return what one version doesn't show, after an attack on it."""
	(found,) = versions(system, [threshold])
	assert told(system, found, threshold) == []
	return set(found)


def counts(system: System, keys) -> list[int]:
	return sorted(system.cells[key] for key in keys)


def test_a_year_without_small_counts_is_shown_whole():
	assert hidden(table([[5, 8], [20, 13]])) == set()


def test_an_empty_year_is_shown_whole():
	assert hidden(table([[0, 0], [0, 0]])) == set()
	assert versions(System({}), [5, 10]) == [frozenset(), frozenset()]


def test_zero_is_shown():
	system = row(0, 10, 20)
	assert hidden(system) == set()


def test_two_small_counts_of_a_row_hide_each_other():
	system = row(2, 4, 30)
	assert counts(system, hidden(system)) == [2, 4]


def test_a_small_count_alone_takes_the_smallest_partner_with_it():
	system = row(2, 20, 40)
	assert counts(system, hidden(system)) == [2, 20]


def test_small_counts_that_together_are_small_take_a_partner_with_them():
	system = row(1, 1, 30, 40)
	assert counts(system, hidden(system)) == [1, 1, 30]


def test_a_partner_brings_the_sum_to_the_threshold():
	system = row(4, 0, 9, 60)
	assert counts(system, hidden(system)) == [4, 9]


def test_what_is_left_of_a_total_is_small_too():
	system = row(3, 136)
	assert len(hidden(system)) == 2


def test_a_small_total_is_hidden_with_its_parts():
	system = row(1, 2)
	assert hidden(system) == set(system.cells)


def test_a_row_that_lies_wholly_in_one_cell_is_hidden_with_a_zero():
	system = row(0, 0, 20)
	assert counts(system, hidden(system)) == [0, 20]


def test_a_row_in_two_cells_is_shown():
	assert hidden(row(0, 12, 20)) == set()


def test_a_row_of_one_part_tells_nothing_new():
	assert hidden(row(20)) == set()


def test_what_does_not_apply_is_no_other_part_of_a_row():
	assert hidden(row(0, 20, fixed={("row", "0")})) == set()


def test_what_does_not_apply_is_never_hidden():
	system = row(0, 0, 20, fixed={("row", "0")})
	assert hidden(system) == {("row", "1"), ("row", "2")}


def test_a_whole_row_under_a_hidden_total_takes_a_zero_with_it():
	units = table([[0, 3], [30, 40]])
	assert told(units, {("table", "0", "1"), ("table", "0", ALL)}, 5) != []
	assert ("table", "0", "0") in hidden(units)


def test_nothing_follows_from_rows_and_columns():
	system = table([[2, 30, 40], [25, 35, 45], [12, 50, 60]])
	found = hidden(system)
	assert len(found) == 4
	assert counts(system, found) == [2, 12, 30, 50]


def test_a_unit_is_not_what_is_left_of_the_unit_above_it():
	faculty = row(3, 40, name="faculty")
	whole = row(43, 50, 70, name="whole")
	system = together(faculty, whole, sums=[(("whole", "0"), (("faculty", ALL),))])
	assert len(hidden(system)) == 2


def test_two_tables_about_the_same_people_do_not_tell_each_others_counts():
	nature, staff = row(2, 20, 40, name="nature"), row(31, 31, name="staff")
	system = together(nature, staff, sums=[(("nature", ALL), (("staff", ALL),))])
	assert counts(system, hidden(system)) == [2, 20]


def test_a_total_that_another_table_shows_as_well_hides_nothing():
	# hiding the total of a small year in one table only would leave it in the other
	nature, staff = row(1, 1, name="nature"), row(1, 1, name="staff")
	system = together(nature, staff, sums=[(("nature", ALL), (("staff", ALL),))])
	assert hidden(system) == set(system.cells)


def test_a_small_count_that_no_table_shows_is_not_what_is_left():
	system = row(2, 40, never_shown={("row", "0")})
	assert len(hidden(system)) == 1


@pytest.mark.parametrize("inside", [True, False], ids=["shown", "in no table"])
def test_three_facts_crossed_by_two_tell_nothing_about_the_third(inside):
	chance = random.Random(3)
	records = [
		[min(chance.randrange(3), chance.randrange(3)) for _fact in range(3)] for _record in range(150)
	]
	cube = crossed((3, 3, 3), records)
	system = replace(cube, never_shown=() if inside else {key for key in cube.cells if ALL not in key})
	internal, published = versions(system, [5, 10])
	assert told(system, internal, 5) == told(system, published, 10) == []
	assert 0 < len(internal) < len(published) < len(cube.cells) - len(system.never_shown)


def test_whole_numbers_tell_more_than_fractions():
	"""Two hidden counts are known to be equal, so what is added to both is odd, and never 0."""
	cells = {("odd",): 3, ("one",): 4, ("same",): 4, ("rest",): 6, ("both",): 10, ("sum",): 11}
	both = [(("both",), (("one",), ("rest",))), (("both",), (("same",), ("rest",)))]
	system = System(cells, [*both, (("sum",), (("odd",), ("one",), ("same",)))])
	assert told(system, {("odd",), ("one",), ("same",), ("rest",)}, 5) == ["('odd',) isn't 0"]
	assert hidden(system) & {("sum",), ("both",)}


def test_only_figures_that_are_connected_are_one_question():
	reports, reporters = row(2, 20, name="reports"), row(3, 20, name="reporters")
	assert len(components(checked(together(reports, reporters)))) == 2
	pairs = [(("reports", ALL), ("reporters", ALL))]
	assert len(components(checked(together(reports, reporters, at_most=pairs)))) == 1
	# what everybody knows connects nothing
	assert (
		len(components(checked(together(reports, reporters, at_most=pairs, known={("reports", ALL)})))) == 2
	)


def test_reports_that_are_shown_tell_no_number_of_their_reporters():
	"""There are no fewer reporters than reports in each category, so the second category can't give any away."""
	reporters, reports = row(1, 10, 30, name="reporters"), row(0, 10, 30, name="reports")
	apart = hidden(together(reporters, reports))
	pairs = [(("reports", part), ("reporters", part)) for part in ("0", "1", "2", ALL)]
	system = together(reporters, reports, at_most=pairs)
	assert told(system, apart, 5) == ["('reporters', '0') is small"]
	assert hidden(system) != apart


@pytest.mark.parametrize(("now", "shown"), [(40, True), (42, False), (37, False), (45, True), (35, True)])
def test_a_count_that_moved_by_a_few_since_it_was_published_is_hidden(now, shown):
	system = System({("total",): now}, restated={("total",): 40})
	assert hidden(system) == (set() if shown else {("total",)})


def test_a_count_that_fell_from_a_few_to_none_since_it_was_published_is_hidden():
	assert hidden(System({("total",): 0}, restated={("total",): 3})) == {("total",)}


def test_a_count_that_moved_by_a_few_is_not_computed_from_its_parts():
	system = row(22, 20, 40, restated={("row", "0"): 20})
	assert counts(system, hidden(system)) == [20, 22]


def test_what_was_published_before_is_shown_even_if_it_is_small():
	system = row(3, 40, known={("row", "0")})
	assert hidden(system) == set()


def test_small_figures_that_everybody_can_compute_are_refused_without_a_number():
	with pytest.raises(NotProtectable) as refusal:
		versions(row(2, 38, known={("row", "1"), ("row", ALL)}), [5])
	assert not any(letter.isdigit() for letter in str(refusal.value))


def test_published_figures_show_nothing_that_internal_ones_hide():
	system = table([[2, 7, 40], [25, 35, 9], [12, 50, 60]])
	internal, published = versions(system, [5, 10])
	assert internal < published
	assert told(system, internal, 5) == told(system, published, 10) == []
	# picked by itself, the published version would show something that the internal one hides
	other = table([[4, 8, 30], [9, 70, 30], [30, 30, 30]])
	internal, published = versions(other, [5, 10])
	assert internal <= published


def test_thresholds_ascend():
	with pytest.raises(ValueError, match="ascending"):
		versions(row(1, 2), [10, 5])


def test_the_order_in_which_figures_come_changes_nothing():
	system = table([[2, 7, 1], [5, 3, 9], [1, 50, 6]])
	chance = random.Random(6)
	for _again in range(5):
		cells, sums = (
			list(system.cells.items()),
			[(total, tuple(chance.sample(parts, len(parts)))) for total, parts in system.sums],
		)
		chance.shuffle(cells)
		chance.shuffle(sums)
		assert versions(System(dict(cells), sums), [5, 10]) == versions(system, [5, 10])


@pytest.mark.parametrize(
	("system", "problem"),
	[
		(System({("a",): 1}, [(("a",), (("b",),))]), "aren't there"),
		(System({("a",): -1}), "below zero"),
		(System({("a",): 1, ("b",): 2}, [(("a",), (("b",),))]), "sum of their parts"),
		(System({("a",): 2, ("b",): 1}, [(("a",), (("b",), ("b",)))]), "twice"),
		(System({("a",): 2, ("b",): 1}, at_most=[(("a",), ("b",))]), "above their most"),
		(System({("a",): 2}, known={("a",)}, never_shown={("a",)}), "shown nowhere"),
	],
)
def test_figures_that_do_not_hold_together_are_refused(system, problem):
	with pytest.raises(BadSystem, match=problem):
		versions(system, [5])
