"""A year is frozen once, in three versions; what they hide can't be computed from what they show (R8)."""

import json
from dataclasses import replace

import pytest
from figure_attacker import told
from grant_helpers import acting_as, case_of
from test_figures import CASES, LOADED, empty_year
from test_working_figures import desk  # noqa: F401 - a fixture
from year_helpers import take

import frappe

from sv_helpdesk.permissions.roles import BOARD, CONFIDENTIAL_ADVISER, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.reports import earlier, freezing, system, version, version_rights, year_figures
from sv_helpdesk.reports.counted import key
from sv_helpdesk.reports.definitions import TABLES
from sv_helpdesk.reports.flat import figures
from sv_helpdesk.reports.taking_over import take_over
from sv_helpdesk.reports.version import HIDDEN, INTERNAL, PUBLISHED, SHOWN, UNKNOWN, WORKING
from sv_helpdesk.suppression.hiding import NotProtectable
from sv_helpdesk.test_utils import make_party, make_referral, make_unit, make_user
from sv_helpdesk.two_persons import decide, rows
from sv_helpdesk.workflows.moving import move


@pytest.fixture
def empty():
	for doctype in LOADED:
		frappe.db.delete(doctype)


@pytest.fixture
def year_2024(empty):
	take_over(CASES)


@pytest.fixture
def counted(year_2024):
	return year_figures.count(2024)


def shown_cells(versions) -> set:
	"""Return the names of all cells that these versions show, whether as a count or as a percentage."""
	found = set()
	for one in versions.values():
		of_version = earlier.of_version(json.loads(one.as_json()))
		found |= set(of_version.counts) | {cell for cell, _base in of_version.percents}
	return found


def cell_of(made, table: str, code: str):
	return next(row.cells[0] for row in made.table(table).rows if row.code == code)


# What is shown


def test_the_working_version_has_the_exact_figures(counted):
	made = year_figures.versions(counted)[WORKING][None]
	assert made.hidden == 0 and made.threshold is None
	assert cell_of(made, "criminal_offence", "yes").count == 3
	assert cell_of(made, "nature", "employment_conflict").percent == 27
	assert cell_of(made, "nature", "employment_conflict").change == 6
	share = made.years[0][1]["of_employees"]
	assert (share.percent, share.change) == (2.6, -0.8)
	assert made.years[1] == (2023, made.years[1][1]) and made.years[1][1]["of_employees"].percent == 3.4


@pytest.mark.parametrize(("name", "lowest"), [(INTERNAL, 5), (PUBLISHED, 10)])
def test_nothing_hidden_in_2024_can_be_computed_from_all_that_is_shown(counted, name, lowest):
	made = year_figures.versions(counted)[name]
	# 2023 told nothing of the tables that were still running
	whole = system.system(counted.cells, counted.records)
	assert told(whole, set(counted.cells) - shown_cells(made), lowest) == []
	print(
		f"{name}: {made[None].hidden} cells of the report hidden, {sum(one.hidden for one in made.values())} in all"
	)


def test_the_system_knows_every_sum_that_a_reader_can_make(counted):
	sums = {(total, frozenset(parts)) for total, parts in system.system(counted.cells, counted.records).sums}
	cells = counted.cells
	for table in TABLES:
		for unit in (None, "unit=Faculty of Law") if table.per_unit else (None,):
			base = key(table.population, table.within, unit)
			rows_ = {
				key(table.population, table.within, unit, f"{name}={code}")
				for name in table.by
				for code in counted.records.values(name)
			}
			assert not rows_ or (
				(base, frozenset(rows_)) in sums and sum(cells[row] for row in rows_) == cells[base]
			)
	faculties = [f"unit={unit}" for unit in counted.records.values("unit")]
	harassed = frozenset(key("reporters", unit, "nature=harassment") for unit in faculties)
	assert (key("reporters", "nature=harassment"), harassed) in sums
	leading = ("direct_manager", "higher_manager", "phd_supervisor")
	parts = frozenset(key("reports", f"accused_position={code}") for code in leading)
	assert (key("reports", "leading_position=yes"), parts) in sums


def test_a_unit_adds_up_from_its_parts_and_what_lies_in_none_of_them(empty):
	old = make_unit(unit_name="Old faculty").name
	make_unit(unit_name="Elsewhere")
	parts = [make_unit(unit_name=name, parent_unit=old).name for name in ("One", "Two")]
	year = year_figures.count(2021)
	sums = {(total, frozenset(parts)) for total, parts in system.system(year.cells, year.records).sums}
	below = frozenset(
		key("reporters", place) for place in (*(f"unit={part}" for part in parts), f"unit_directly={old}")
	)
	assert (key("reporters", f"unit={old}"), below) in sums


def test_who_reads_both_versions_learns_no_more(counted):
	made = year_figures.versions(counted)
	assert shown_cells(made[PUBLISHED]) <= shown_cells(made[INTERNAL]) < shown_cells(made[WORKING])


def test_a_hidden_cell_has_nothing_in_it(counted):
	for name in (INTERNAL, PUBLISHED):
		cells = [
			row.cells[0] for table in year_figures.versions(counted)[name][None].tables for row in table.rows
		]
		hidden = [cell for cell in cells if cell.state == HIDDEN]
		assert hidden and {(cell.count, cell.percent, cell.change) for cell in hidden} == {(None, None, None)}


def test_shares_of_few_are_not_shown_and_their_base_is_rounded(counted):
	made = year_figures.versions(counted)[INTERNAL]
	table = made[None].table("harassment_gender")
	assert table.about and table.base.count == 35
	few = made["Faculty of Arts and Social Sciences"].table("nature")
	assert few.base.count == 12 and {row.cells[0].state for row in few.rows} == {HIDDEN}


def test_two_countings_give_the_same_bytes(year_2024):
	first, second = (
		year_figures.versions(replace(year_figures.count(2024), counted_at="")) for _ in range(2)
	)
	for name in (WORKING, INTERNAL, PUBLISHED):
		assert year_figures.as_text(first[name]) == year_figures.as_text(second[name])


def test_a_year_without_anything_hides_nothing(empty, tmp_path):
	path = tmp_path / "cases.json"
	path.write_text(json.dumps(empty_year()))
	take_over(path)
	made = year_figures.versions(year_figures.count(2024))
	assert [one[None].hidden for one in made.values()] == [0, 0, 0]
	assert made[PUBLISHED][None].table("first_desk").base.count == 0
	assert made[PUBLISHED][None].table("confidants").base.state == UNKNOWN


def test_what_last_year_hid_of_tables_still_running_is_not_told_as_carried_over(counted):
	# nothing was published of it yet, or not this
	hid = system.system(counted.cells, counted.records)
	assert system.CARRIED_OVER in hid.never_shown
	showed = system.system(counted.cells, counted.records, running=1)
	assert set(showed.known) == {system.CARRIED_OVER} and system.CARRIED_OVER not in showed.never_shown
	moved = system.system(counted.cells, counted.records, running=2)
	assert not moved.known and moved.restated == {system.CARRIED_OVER: 2}


def test_a_year_that_can_not_be_protected_is_refused_in_a_sentence(counted, monkeypatch):
	def unprotectable(*_arguments):
		raise NotProtectable

	monkeypatch.setattr("sv_helpdesk.suppression.versions.hidden", unprotectable)
	with pytest.raises(frappe.ValidationError, match="can't be protected"):
		year_figures.versions(counted)


def test_what_is_hidden_of_where_referrals_went_is_not_told_by_their_type_and_line(empty, desk):  # noqa: F811
	report = frappe.get_doc("SV Report", case_of(desk))
	sent = {"Confidential adviser": 24, "Ombuds officer": 22, "Companion of accused": 2, "Police": 11}
	for target, times in sent.items():
		for _number in range(times):
			make_referral(report, target=target, status="Accepted")
	counted = year_figures.count(frappe.utils.getdate().year)
	cells, hand_over = counted.cells, key("referrals", "referral_type=hand_over")
	of_ccp = ("referrals", "from_desk_type=ccp")
	professionals = [
		key(*of_ccp, f"referred_to={code}") for code in ("confidential_adviser", "ombuds_officer")
	]
	assert (cells[hand_over], cells[key(*of_ccp, "referred_to=companion_of_accused")]) == (48, 2)
	made = year_figures.versions(counted)
	for name, lowest in ((INTERNAL, 5), (PUBLISHED, 10)):
		shown = shown_cells(made[name])
		# with what went to the two others the hand-overs would leave two companions, and no more
		left = cells[hand_over] - sum(cells[one] for one in professionals if one in shown)
		assert hand_over not in shown or left >= lowest
		whole = system.system(counted.cells, counted.records)
		assert told(whole, set(counted.cells) - shown, lowest) == []


# Freezing and publishing


@pytest.fixture
def draft(desk):  # noqa: F811
	frappe.db.delete("SV Figures")
	with acting_as(desk.coordinator):
		return frappe.get_doc({"doctype": "SV Figures", "year": frappe.utils.getdate().year}).insert()


def opened(figures_, name: str, user: str):
	with acting_as(user):
		return freezing.opened(frappe.get_doc("SV Figures", figures_.name), name)


def test_a_frozen_year_stays_whatever_happens_to_cases(desk, draft):  # noqa: F811
	take(draft, "freeze", by=desk.coordinator)
	before = opened(draft, WORKING, desk.coordinator)
	case_of(desk)
	after = opened(draft, WORKING, desk.coordinator)
	assert before == after and before.table("first_desk").base.state == SHOWN
	assert figures(draft.year)["reports"] == before.years[0][1]["reports"].count + 1


def test_exact_and_internal_figures_are_sealed_in_the_database(desk, draft):  # noqa: F811
	take(draft, "freeze", by=desk.coordinator)
	stored = frappe.db.get_value("SV Figures", draft.name, ["working_version", "internal_version"])
	assert all(text and "tables" not in text for text in stored)


def test_the_board_reads_the_published_version_and_no_other(desk, draft):  # noqa: F811
	board = make_user(BOARD)
	take(draft, "freeze", "approve", by=desk.coordinator)
	with acting_as(board):
		assert not frappe.has_permission("SV Figures", doc=draft.name)
	take(draft, "publish", by=desk.coordinator)
	assert opened(draft, PUBLISHED, board).name == PUBLISHED
	with pytest.raises(frappe.PermissionError):
		opened(draft, INTERNAL, board)
	assert opened(draft, WORKING, desk.coordinator) is None


def test_the_desks_read_the_internal_version_once_it_is_published(desk, draft):  # noqa: F811
	adviser = make_user(CONFIDENTIAL_ADVISER)
	take(draft, "freeze", "approve", by=desk.coordinator)
	with acting_as(adviser):
		assert not frappe.has_permission("SV Figures", doc=draft.name)
	take(draft, "publish", by=desk.coordinator)
	assert opened(draft, INTERNAL, adviser).name == INTERNAL
	with acting_as(make_user(PRIVACY_OFFICER)):
		assert not frappe.has_permission("SV Figures", doc=draft.name)


def test_who_is_denied_a_case_of_the_year_neither_freezes_nor_reads_it(desk, draft):  # noqa: F811
	make_party(case_of(desk), "Accused", account=desk.coordinator)
	with pytest.raises(frappe.PermissionError):
		take(draft, "freeze", by=desk.coordinator)


def test_going_back_to_draft_takes_what_was_counted_away(desk, draft):  # noqa: F811
	take(draft, "freeze", "approve", by=desk.coordinator)
	doc = take(draft, "thaw", by=desk.coordinator, reason="A desk was forgotten")
	assert doc.status == "Draft"
	assert not [name for name in (*freezing.FIELDS.values(), "frozen_by", "frozen_at") if doc.get(name)]


def test_one_person_alone_publishes_nothing(desk, draft, monkeypatch):  # noqa: F811
	monkeypatch.setattr("sv_helpdesk.two_persons.approvals.from_outside", lambda: True)
	take(draft, "freeze", by=desk.coordinator)
	with pytest.raises(frappe.PermissionError, match="takes two persons"):
		take(draft, "approve", by=desk.coordinator)
	with acting_as(desk.coordinator):
		approval = rows.write(getattr(frappe.local, rows.COLLECTED).pop())
	second = make_user(COORDINATOR)
	with acting_as(second):
		decide.approve(approval)
	assert take(draft, "approve", by=desk.coordinator).approved_by == second


def test_a_year_frozen_before_it_was_over_is_not_published(desk, draft):  # noqa: F811
	with acting_as(desk.coordinator):
		move("SV Figures", draft.name, "freeze")
	with pytest.raises(frappe.ValidationError, match="frozen before"):
		take(draft, "approve", by=desk.coordinator)
	take(draft, "thaw", by=desk.coordinator, reason="The year is over now")
	assert take(draft, "freeze", "approve", by=desk.coordinator).status == "Approved"


def test_what_was_approved_can_not_be_rewritten(desk, draft):  # noqa: F811
	take(draft, "freeze", by=desk.coordinator)
	with acting_as(desk.coordinator):
		doc = frappe.get_doc("SV Figures", draft.name)
		doc.nature_nl = "Meer meldingen dan vorig jaar."
		doc.save()
		assert doc.texts("nl") == {"nature": "Meer meldingen dan vorig jaar."} and doc.texts("en") == {}
	take(draft, "approve", by=desk.coordinator)
	with (
		acting_as(desk.coordinator),
		pytest.raises(frappe.ValidationError, match="approved can't be changed"),
	):
		doc = frappe.get_doc("SV Figures", draft.name)
		doc.nature_nl = "Minder."
		doc.save()


@pytest.mark.parametrize("steps", [("freeze",), ("freeze", "approve")])
def test_a_threshold_raised_since_holds_for_what_is_published_now(desk, draft, steps):  # noqa: F811
	take(draft, *steps, by=desk.coordinator)
	frappe.db.set_single_value("SV Settings", "threshold_published", 15)
	frappe.clear_document_cache("SV Settings", "SV Settings")
	following = {"freeze": "approve", "approve": "publish"}[steps[-1]]
	with pytest.raises(frappe.ValidationError, match="was raised since"):
		take(draft, following, by=desk.coordinator)
	take(draft, "thaw", by=desk.coordinator, reason="Stricter")
	assert take(draft, "freeze", "approve", "publish", by=desk.coordinator).threshold_published == 15


def test_next_year_compares_with_what_was_published(empty, desk, draft):  # noqa: F811
	take(draft, "freeze", "approve", "publish", by=desk.coordinator)
	records = year_figures.Records()
	found = earlier.published(draft.year, records)
	assert found.told and found.counts[("reporters",)] == 0
	assert version.from_json(
		json.dumps(json.loads(frappe.db.get_value("SV Figures", draft.name, "published_version"))[""])
	)


# Who reads which version


def test_a_coordinator_previews_all_versions_of_a_draft(desk, draft):  # noqa: F811
	with acting_as(desk.coordinator):
		names = [version_rights.version_for(draft, name).name for name in (WORKING, INTERNAL, PUBLISHED)]
	assert names == [WORKING, INTERNAL, PUBLISHED]


def test_a_coordinator_who_is_denied_a_case_reads_no_exact_figures(desk, draft):  # noqa: F811
	make_party(case_of(desk), "Accused", account=desk.coordinator)
	assert not version_rights.may_read_exact(desk.coordinator, draft.year)
	assert not version_rights.may_read_version(desk.coordinator, draft, WORKING)


def test_nobody_but_who_may_reads_a_version(desk, draft):  # noqa: F811
	take(draft, "freeze", "approve", "publish", by=desk.coordinator)
	board, adviser, nobody = make_user(BOARD), make_user(CONFIDENTIAL_ADVISER), make_user(PRIVACY_OFFICER)
	may = {
		user: [version_rights.may_read_version(user, draft, name) for name in (WORKING, INTERNAL, PUBLISHED)]
		for user in (board, adviser, nobody)
	}
	assert may == {board: [False, False, True], adviser: [False, True, True], nobody: [False, False, False]}
	with acting_as(nobody), pytest.raises(frappe.PermissionError, match="can't read this version"):
		version_rights.version_for(draft, PUBLISHED)


# Years after each other


def report_in(year: int, unit: str, desk_, times: int) -> None:
	for number in range(times):
		category = ("bullying", "harassment")[number % 2]
		name = case_of(desk_, main_category=category, unit=unit, received_at=f"{year}-03-03 10:00:00")
		make_party(name)


def published_as(year: int, made) -> None:
	doc = frappe.get_doc({"doctype": "SV Figures", "year": year, "status": "Published"})
	doc.published_version = year_figures.as_text(made[PUBLISHED])
	doc.flags.status_as_given = True
	doc.insert()


def test_after_a_reorganisation_units_that_stayed_are_compared_and_nothing_can_be_computed(empty, desk):  # noqa: F811
	old = make_unit(unit_name="Old faculty").name
	stays, moves = (make_unit(unit_name=name, parent_unit=old).name for name in ("Stays", "Moves"))
	for unit, times in ((old, 12), (stays, 24), (moves, 14)):
		report_in(2020, unit, desk, times)
		report_in(2021, unit, desk, times + 1)
	published_as(2020, year_figures.versions(year_figures.count(2020)))
	new = make_unit(unit_name="New faculty").name
	frappe.db.set_value("SV Unit", moves, "parent_unit", new)
	counted = year_figures.count(2021)
	made = year_figures.versions(counted)
	units = {row.code: row.cells[0] for row in made[INTERNAL][None].table("units").rows}
	assert (units[stays].count, units[stays].change) == (25, 1)
	assert units[new].change is None and new in made[PUBLISHED]
	assert row_levels(made[PUBLISHED][None])[moves] == 1
	for name, lowest in ((INTERNAL, 5), (PUBLISHED, 10)):
		whole = system.system(counted.cells, counted.records, running=0)
		assert told(whole, set(counted.cells) - shown_cells(made[name]), lowest) == []
	nothing = year_figures.versions(year_figures.count(2019))
	assert nothing[PUBLISHED][None].hidden == 0


def row_levels(made) -> dict[str, int]:
	return {row.code: row.level for row in made.table("units").rows}
