"""Figures are the same for every reader; a working version lacks what is denied to its reader, and doesn't say so."""

import pytest
from grant_helpers import acting_as, case_of, desk_of, told

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.permissions.roles import BOARD, CCP_STAFF, COORDINATOR
from sv_helpdesk.reports.flat import figures
from sv_helpdesk.reports.readers import working_version_maker
from sv_helpdesk.test_utils import (
	make_decision_table,
	make_party,
	make_referral,
	make_user,
)

YEAR = now_datetime().year
SENTENCE = f"The working version of the figures of {YEAR} is yours to make."


@pytest.fixture
def desk():
	"""The one concerns and complaints point, with coordinator and stand-in."""
	frappe.db.set_value("SV Desk", {"desk_type": "Concerns and complaints point"}, "enabled", 0)
	found = desk_of(make_user(COORDINATOR), make_user(CCP_STAFF))
	found.coordinator, found.stand_in = (row.user for row in found.members)
	return found


@pytest.fixture
def denied_case(desk):
	"""A case with everything that is counted, denied to the coordinator."""
	case = case_of(desk, main_category="bullying")
	report = frappe.get_doc("SV Report", case)
	make_party(case)
	make_referral(report, status="Accepted")
	table = make_decision_table(desk=desk.name)
	row = {"doctype": "SV Table Case", "decision_table": table.name, "subject": "Employee"}
	frappe.get_doc({**row, "kind": "Undesirable behaviour", "reports": [{"report": case}]}).insert()
	advice = case_of(desk, kind="Advice request")
	make_decision_table(desk=desk.name, started_from="Advice request", advice_request=advice)
	for name in (case, advice):
		make_party(name, "Accused", account=desk.coordinator)
	return case


def counted(result: dict) -> tuple:
	"""Return the figures that the denied case and advice request are in."""
	return (
		result["reports"],
		result["reporters"],
		result["referrals_by_ccp"]["total"],
		result["advice_requests"]["total"],
		result["decision_tables"]["total"],
		result["decision_tables"]["case_subject"]["employee"],
	)


def shape(value) -> object:
	"""Return how something looks without its numbers."""
	return {name: shape(part) for name, part in value.items()} if isinstance(value, dict) else None


def test_what_the_system_counts_is_the_same_whoever_is_signed_in(desk, denied_case):
	everybody = [desk.coordinator, desk.stand_in, make_user(BOARD), "Administrator"]
	results = []
	for user in everybody:
		with acting_as(user):
			results.append(figures(YEAR))
	assert all(result == results[0] for result in results)


def test_the_working_version_lacks_the_denied_case_and_the_stand_ins_has_it(desk, denied_case):
	by_system, by_stand_in = counted(figures(YEAR)), counted(figures(YEAR, desk.stand_in))
	by_coordinator = counted(figures(YEAR, desk.coordinator))
	assert by_stand_in == by_system
	differences = [all_ - seen for all_, seen in zip(by_system, by_coordinator, strict=True)]
	assert differences == [1, 1, 1, 1, 2, 1]


def test_nothing_in_the_coordinators_working_version_looks_different(desk, denied_case):
	frappe.local.message_log = []
	assert shape(figures(YEAR, desk.coordinator)) == shape(figures(YEAR, desk.stand_in))
	assert frappe.local.message_log == []


def test_a_table_of_an_advice_request_does_not_count_as_its_outcome_when_it_is_denied(desk):
	advice, case = case_of(desk, kind="Advice request"), case_of(desk)
	table = make_decision_table(desk=desk.name, started_from="Advice request", advice_request=advice)
	row = {"doctype": "SV Table Case", "decision_table": table.name, "subject": "Employee"}
	frappe.get_doc({**row, "kind": "Undesirable behaviour", "reports": [{"report": case}]}).insert()

	def led_to_table(reader=None):
		return figures(YEAR, reader)["advice_requests"]["led_to_decision_table"]

	before = led_to_table()
	make_party(case, "Accused", account=desk.coordinator)
	assert led_to_table() == led_to_table(desk.stand_in) == before
	assert led_to_table(desk.coordinator) == before - 1


def test_the_coordinator_makes_the_working_version_until_a_case_is_denied_to_them(desk):
	case = case_of(desk)
	assert working_version_maker(YEAR) == desk.coordinator
	make_party(case, "Accused", account=desk.coordinator)
	assert working_version_maker(YEAR) == desk.stand_in
	assert working_version_maker(YEAR - 1) == desk.coordinator


def test_the_stand_in_is_told_and_the_coordinator_never(desk):
	make_party(case_of(desk), "Accused", account=desk.coordinator)
	assert told(desk.stand_in) == [SENTENCE]
	assert told(desk.coordinator) == []


def test_nobody_is_told_when_somebody_else_is_denied(desk):
	make_party(case_of(desk), "Accused", account=desk.stand_in)
	assert told(desk.stand_in) == told(desk.coordinator) == []


def test_without_anybody_who_misses_nothing_nobody_makes_it(desk):
	case = case_of(desk)
	for user in (desk.coordinator, desk.stand_in):
		make_party(case, "Accused", account=user)
	assert working_version_maker(YEAR) is None


# The figures before they are published: exact numbers


def seen(user: str) -> set[str]:
	with acting_as(user):
		return set(frappe.get_list("SV Figures", pluck="name", order_by="creation asc"))


def figures_of(year: int, status: str, **values) -> str:
	doc = frappe.get_doc({"doctype": "SV Figures", "year": year, "status": status, "figures": "{}", **values})
	doc.flags.status_as_given = True
	return doc.insert().name


@pytest.mark.parametrize("status", ["Draft", "Frozen", "Approved"])
def test_a_coordinator_who_is_denied_a_case_of_the_year_reads_no_exact_figures_of_it(
	desk, denied_case, status
):
	other = make_user(COORDINATOR)
	name, earlier = figures_of(YEAR, status), figures_of(YEAR - 1, status)
	assert seen(other) >= {name, earlier}
	assert earlier in seen(desk.coordinator) and name not in seen(desk.coordinator)
	with acting_as(desk.coordinator):
		assert not frappe.get_doc("SV Figures", name).has_permission("read")
		assert not frappe.get_doc("SV Figures", name).has_permission("write")
	published = figures_of(YEAR, "Published", origin="Taken over")
	assert published in seen(desk.coordinator) and name not in seen(desk.coordinator)


def test_the_board_reads_what_is_published_and_nothing_before(desk):
	draft, published = figures_of(YEAR, "Draft"), figures_of(YEAR - 1, "Published")
	assert published in seen(make_user(BOARD)) and draft not in seen(make_user(BOARD))
