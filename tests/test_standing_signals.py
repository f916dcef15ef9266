"""Who runs a desk sees its standing signals of repetition; the thresholds are the institution's own choice."""

import pytest
from test_costs import counted
from test_repetition import Desk, join, numbers_of

import frappe
from frappe.utils import add_days

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import denied_list, repetition
from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER
from sv_helpdesk.test_utils import make_party, make_report, make_unit, make_user
from sv_helpdesk.workflows import agenda

# statements, warm
MOST_FOR_THE_SIGNALS = 16


@pytest.fixture(autouse=True)
def administrator():
	frappe.set_user("Administrator")


@pytest.fixture
def desk():
	return Desk()


@pytest.fixture
def advisers():
	return Desk(
		CONFIDENTIAL_ADVISER, desk_type="Confidential advisers", visibility="Handler only", title="Advisers"
	)


@pytest.fixture
def accused():
	return somebody()


@pytest.fixture
def faculty():
	"""A unit beside another one, with two units beneath it."""
	make_unit()
	return make_unit().name


def somebody() -> dict:
	return {"person_name": frappe.generate_hash(), "email_address": f"{frappe.generate_hash()}@uni.example"}


def part_of(unit: str) -> str:
	return make_unit(parent_unit=unit).name


def signals_of(user: str) -> list[dict]:
	frappe.set_user(user)
	try:
		return agenda.mine()["signals"]
	finally:
		frappe.set_user("Administrator")


def choose(**values) -> None:
	for fieldname, value in values.items():
		frappe.db.set_single_value("SV Settings", fieldname, value)


def test_who_runs_a_desk_finds_its_signals_in_their_agenda_with_links_to_own_cases(desk, advisers, accused):
	mine, theirs = desk.case(accused), advisers.case(accused)
	desk.case(somebody())
	for at, case in ((desk, mine), (advisers, theirs)):
		(signal,) = signals_of(at.coordinator)
		assert (signal["about"], signal["here"], signal["elsewhere"], signal["reporters"]) == (
			"Person",
			1,
			1,
			2,
		)
		assert signal["own"] == [{"name": case, "number": numbers_of(case)[0]}]
		assert signal["desks"] == []


def test_a_signal_is_numbers_and_never_people(desk, advisers, accused):
	desk.case({**accused, "account": make_user(None)}, {"person_name": "Zz Reporter"})
	other = advisers.case(accused)
	(signal,) = signals_of(desk.coordinator)
	told = frappe.as_json(signal)
	for hidden in (*accused.values(), "Zz Reporter", other, *numbers_of(other), "Advisers"):
		assert hidden not in told


def test_two_people_about_whom_one_case_is_are_two_signals(desk, accused):
	other = somebody()
	both = desk.case(accused)
	make_party(both, "Accused", **other)
	cases = desk.case(accused), desk.case(other)
	shown = [{row["name"] for row in signal["own"]} for signal in signals_of(desk.coordinator)]
	assert sorted(shown, key=sorted) == sorted(({both, case} for case in cases), key=sorted)


def test_a_signal_in_which_no_case_of_ones_own_desk_takes_part_is_not_in_the_list(desk, advisers, accused):
	advisers.case(accused)
	advisers.case(accused)
	assert len(signals_of(advisers.coordinator)) == 1
	assert signals_of(desk.coordinator) == []


def test_the_cases_of_a_colleague_that_the_desk_may_not_see_are_counted_and_not_shown(advisers, accused):
	colleague = make_user(CONFIDENTIAL_ADVISER)
	stored = frappe.get_doc("SV Desk", advisers.name)
	stored.append("members", {"user": colleague, "desk_role": "Member"})
	stored.save()
	mine, theirs = advisers.case(accused), advisers.case(accused)
	frappe.db.set_value("SV Report", theirs, "handler", colleague)
	(signal,) = signals_of(advisers.coordinator)
	assert (signal["here"], [row["name"] for row in signal["own"]]) == (2, [mine])


def test_who_runs_no_desk_has_no_signals(desk, accused):
	colleague = make_user(CCP_STAFF)
	stored = frappe.get_doc("SV Desk", desk.name)
	stored.append("members", {"user": colleague, "desk_role": "Member"})
	stored.save()
	for _times in range(2):
		frappe.db.set_value("SV Report", desk.case(accused), "handler", colleague)
	assert signals_of(desk.coordinator)
	assert signals_of(colleague) == signals_of(make_user(None)) == []


def test_a_case_that_is_denied_counts_in_no_signal_and_leads_from_none_to_another(desk, accused):
	by_name, by_address = ({key: value} for key, value in accused.items())
	first, last = desk.case(by_name), desk.case(by_address)
	between = desk.case(accused)
	assert signals_of(desk.coordinator)[0]["here"] == 3
	denied_list.add(between, blind_index("account", desk.coordinator), denied_list.BY_HAND)
	assert signals_of(desk.coordinator) == []
	assert desk.numbers(first) is desk.numbers(last) is None


def test_desks_are_named_once_reporters_on_both_sides_consent(desk, advisers, accused):
	mine, theirs = desk.case(accused), advisers.case(accused)
	join(theirs)
	assert signals_of(desk.coordinator)[0]["desks"] == []
	join(mine)
	(signal,) = signals_of(desk.coordinator)
	assert (signal["desks"], signal["joined"]) == (sorted([desk.title, "Advisers"]), 2)


def test_the_list_costs_as_many_queries_for_many_signals_as_for_one(desk, advisers):
	def cost() -> int:
		repetition.standing(desk.coordinator)
		with counted() as spent:
			repetition.standing(desk.coordinator)
		return spent.statements

	def more() -> None:
		accused, unit = somebody(), make_unit().name
		for case in (desk.case(accused, unit=unit), desk.case(accused, unit=unit), advisers.case(accused)):
			join(case)
		advisers.case(unit=unit)

	more()
	few = cost()
	for _times in range(4):
		more()
	assert len(signals_of(desk.coordinator)) == 10
	assert cost() == few <= MOST_FOR_THE_SIGNALS


def test_a_units_signal_includes_the_units_beneath_it(desk, faculty):
	parts = part_of(faculty), part_of(faculty)
	beneath = part_of(parts[0])
	desk.case(unit=faculty)
	desk.case(unit=parts[1])
	assert signals_of(desk.coordinator) == []
	case = desk.case(unit=beneath)
	(signal,) = signals_of(desk.coordinator)
	assert (signal["unit"], signal["here"], desk.told()) == (faculty, 3, [case])


def test_a_signal_is_about_the_smallest_unit_that_has_one(desk, faculty):
	part = part_of(faculty)
	for _times in range(3):
		case = desk.case(unit=part)
	elsewhere = desk.case(unit=faculty)
	assert desk.numbers(case, "Unit")["unit"] == part
	assert (desk.numbers(elsewhere, "Unit")["unit"], desk.numbers(elsewhere, "Unit")["here"]) == (faculty, 4)


def test_the_organisation_as_a_whole_is_no_unit_that_signals(desk, faculty):
	organisation = make_unit().name
	frappe.db.sql(
		"update `tabSV Unit` set parent_unit = %s where name <> %s and ifnull(parent_unit, '') = ''",
		(organisation, organisation),
	)
	for unit in (organisation, faculty, part_of(organisation), organisation):
		desk.case(unit=unit)
	assert (signals_of(desk.coordinator), desk.told()) == ([], [])


def test_an_old_case_of_a_unit_beneath_does_not_count(desk, faculty):
	desk.case(unit=part_of(faculty), received_at=add_days(this_minute(), -400))
	desk.case(unit=faculty)
	desk.case(unit=faculty)
	assert signals_of(desk.coordinator) == []


def test_saving_what_changes_nothing_tells_nobody_again(desk, accused, faculty):
	for _times in range(3):
		case = desk.case(accused, unit=faculty)
	frappe.db.set_value("Notification Log", {"for_user": desk.coordinator}, "read", 1)
	before = desk.told()
	another_account = make_user(None)
	frappe.set_user(desk.coordinator)
	stored = frappe.get_doc("SV Report", case)
	stored.main_category = "bullying"
	stored.save()
	person = frappe.get_doc("SV Party", {"report": case, "party_role": "Accused"})
	person.account = another_account
	person.save()
	frappe.set_user("Administrator")
	assert desk.told() == before


def test_each_case_that_joins_a_signal_is_told_once(desk, accused):
	cases = [desk.case(accused) for _times in range(3)]
	assert desk.told() == cases[1:]


def test_who_has_not_looked_yet_is_not_told_again_of_the_same_case(desk, advisers, accused):
	mine = desk.case(accused)
	advisers.case(accused)
	advisers.case(accused)
	assert desk.told() == [mine]
	frappe.db.set_value("Notification Log", {"for_user": desk.coordinator}, "read", 1)
	advisers.case(accused)
	assert desk.told() == [mine, mine]


def test_a_case_that_counts_again_is_told(desk, accused):
	desk.case(accused)
	again = desk.case(accused, status="Withdrawn")
	assert not desk.told()
	stored = frappe.get_doc("SV Report", again)
	stored.flags.status_as_given = True
	stored.status = "Handling"
	stored.save()
	assert desk.told() == [again]


def test_a_further_reporter_who_makes_them_enough_is_told_once(desk, accused):
	me = {"person_name": "Robin Test"}
	desk.case(accused, me)
	case = desk.case(accused, me)
	assert not desk.told()
	make_party(case, "Reporter", person_name="Somebody Else")
	assert desk.told() == [case]
	frappe.db.set_value("Notification Log", {"for_user": desk.coordinator}, "read", 1)
	make_party(case, "Reporter", person_name="A Third One")
	assert desk.told() == [case]


def test_the_institution_chooses_how_many_reporters_make_a_signal(desk, accused, faculty):
	choose(signal_person=3, signal_unit=4)
	for number in (1, 2, 3, 4):
		case = desk.case(accused, unit=faculty)
		shown = {signal["about"] for signal in signals_of(desk.coordinator)}
		assert shown == {about for about, needed in (("Person", 3), ("Unit", 4)) if number >= needed}
	assert desk.numbers(case, "Unit")["reporters"] == 4


def test_one_reporter_alone_is_never_a_signal_whatever_the_database_says(desk, accused):
	choose(signal_person=0)
	me = {"person_name": "Robin Test"}
	desk.case(accused, me)
	assert desk.numbers(desk.case(accused, me)) is None


def test_several_reporters_of_one_case_are_no_repetition(desk, accused):
	case = desk.case(accused)
	make_party(case, "Reporter", person_name="Somebody Else")
	assert desk.numbers(case) is None


def test_a_case_of_a_receiving_desk_is_in_no_signal(desk, accused):
	case = desk.case(accused)
	copy = make_report(desk=desk.name, handler=desk.coordinator)
	frappe.db.set_value("SV Report", copy.name, "handed_over_from", "0123456789")
	make_party(copy.name, "Accused", **accused)
	assert desk.numbers(case) is None
