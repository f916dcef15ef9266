"""The built-in reports: exact at one's own desks, of all desks a marked working version or what was published (R3, R8)."""

import json
from datetime import date

import pytest
from grant_helpers import acting_as, case_of, desk_of
from test_working_figures import desk  # noqa: F401 - a fixture
from year_helpers import take

import frappe
from frappe.desk.query_report import run

from sv_helpdesk.permissions.roles import (
	BOARD,
	CCP_STAFF,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
	OMBUDS_OFFICER,
	PRIVACY_OFFICER,
)
from sv_helpdesk.social_safety.report.data_quality.data_quality import execute as data_quality
from sv_helpdesk.social_safety.report.desk_first_chosen.desk_first_chosen import execute
from sv_helpdesk.social_safety.report.open_work_queue.open_work_queue import execute as queue
from sv_helpdesk.social_safety.report.reports_by_nature_and_year.reports_by_nature_and_year import (
	execute as by_year,
)
from sv_helpdesk.test_utils import make_party, make_unit, make_user
from sv_helpdesk.workflows.moving import move

FIGURES = (
	*("Reports by nature and year", "Desk first chosen", "Profile of reporters", "Position of the accused"),
	*("Follow-up", "Referrals", "Advice requests", "Decision tables and their outcome", "Units"),
)
WORK = ("Open work queue", "Open actions", "Running aftercare", "Repeated signals", "Data quality")
YEAR = frappe.utils.getdate().year
PERIOD = {"from_date": f"{YEAR}-01-01", "to_date": f"{YEAR}-12-31"}
ALL = {**PERIOD, "all_desks": 1}
MARK = "Working version – not for circulation"


@pytest.fixture(autouse=True)
def no_cases():
	for doctype in ("SV Report", "SV Party", "SV Figures"):
		frappe.db.delete(doctype)


def reported(desk_, times: int, role: str = "Reporter") -> None:
	for _number in range(times):
		make_party(case_of(desk_, main_category="bullying"), role)


def numbers(user: str, filters: dict, function=execute) -> dict[str, str]:
	with acting_as(user):
		rows = function(filters)[1]
	return {row["value"].strip(): row.get("count") for row in rows}


def publish(desk_) -> None:
	with acting_as(desk_.coordinator):
		figures = frappe.get_doc({"doctype": "SV Figures", "year": YEAR}).insert()
	take(figures, "freeze", "approve", "publish", by=desk_.coordinator)


@pytest.mark.parametrize("name", FIGURES)
def test_each_report_of_figures_runs_in_the_desk_and_says_what_it_counts(desk, name):  # noqa: F811
	reported(desk, 2)
	with acting_as(desk.coordinator):
		for filters in (PERIOD, ALL):
			answer = run(name, filters=filters)
			assert "Counts" in answer["message"] and MARK in answer["message"]
			assert MARK in answer["result"][0].values()


@pytest.mark.parametrize("name", WORK)
def test_each_report_of_work_runs_in_the_desk(desk, name):  # noqa: F811
	reported(desk, 1)
	with acting_as(desk.coordinator):
		assert run(name, filters={})["columns"]


@pytest.mark.parametrize("name", (*FIGURES, *WORK))
def test_a_report_is_for_our_roles_alone(name):
	roles = {row.role for row in frappe.get_doc("Report", name).roles}
	assert roles <= {CCP_STAFF, COORDINATOR, CONFIDENTIAL_ADVISER, OMBUDS_OFFICER, BOARD}
	with acting_as(make_user(PRIVACY_OFFICER)), pytest.raises(frappe.PermissionError):
		run(name, filters=PERIOD)


def test_at_ones_own_desk_numbers_are_exact_and_of_no_other_desk(desk):  # noqa: F811
	other = desk_of(make_user(COORDINATOR), make_user(CCP_STAFF))
	reported(desk, 3)
	reported(other, 20)
	assert numbers(desk.stand_in, PERIOD)["Reporters by desk first chosen"] == "3"
	with acting_as(desk.stand_in), pytest.raises(frappe.PermissionError, match="don't work at this desk"):
		execute({**PERIOD, "desk": other.name})


def test_an_adviser_counts_the_cases_that_are_their_own(desk):  # noqa: F811
	adviser = make_user(CONFIDENTIAL_ADVISER)
	advisers = desk_of(adviser, make_user(CONFIDENTIAL_ADVISER))
	make_party(case_of(advisers, handler=adviser))
	make_party(case_of(advisers, handler=advisers.members[1].user))
	assert numbers(adviser, PERIOD)["Reporters by desk first chosen"] == "1"


def test_what_is_denied_is_in_no_exact_number(desk):  # noqa: F811
	reported(desk, 2)
	make_party(frappe.get_last_doc("SV Report").name, "Accused", account=desk.coordinator)
	assert numbers(desk.coordinator, PERIOD)["Reporters by desk first chosen"] == "1"


def test_the_coordinators_figures_of_all_desks_are_marked_as_a_working_version(desk):  # noqa: F811
	reported(desk_of(make_user(COORDINATOR), make_user(CCP_STAFF)), 2)
	with acting_as(desk.coordinator):
		_columns, rows, message, chart = execute(ALL)
	assert rows[0]["value"] == MARK and message.startswith(MARK)
	assert rows[1]["count"] == "2" and sum(chart["data"]["datasets"][0]["values"]) == 2


def test_of_a_published_year_the_coordinator_has_what_was_published_too(desk):  # noqa: F811
	reported(desk, 3)
	publish(desk)
	shown = numbers(desk.coordinator, ALL)
	assert MARK not in shown and shown["Reporters by desk first chosen"] == "·"


@pytest.mark.parametrize("role", [CCP_STAFF, CONFIDENTIAL_ADVISER, BOARD])
def test_nobody_else_has_figures_of_all_desks_before_they_are_published(desk, role):  # noqa: F811
	reported(desk, 3)
	user = make_user(role)
	with acting_as(user), pytest.raises(frappe.ValidationError, match="have been published"):
		execute(ALL)
	publish(desk)
	shown = numbers(user, ALL)
	assert MARK not in shown and shown["Reporters by desk first chosen"] == "·"


def test_the_board_sees_what_is_published_and_the_desks_what_is_internal(desk):  # noqa: F811
	reported(desk, 7)
	publish(desk)
	assert numbers(make_user(BOARD), ALL)["Reporters by desk first chosen"] == "·"
	assert numbers(make_user(OMBUDS_OFFICER), ALL)["Reporters by desk first chosen"] == "7"


@pytest.mark.parametrize("more", [{"from_date": f"{YEAR}-01-02"}, {"desk": "x"}, {"unit": "x"}])
def test_figures_of_all_desks_are_of_whole_years_so_that_nothing_can_be_subtracted(desk, more):  # noqa: F811
	with acting_as(desk.coordinator), pytest.raises(frappe.ValidationError, match="whole calendar year"):
		execute({**ALL, **more})


def test_who_works_at_no_desk_asks_for_all_of_them():
	with acting_as(make_user(BOARD)), pytest.raises(frappe.PermissionError, match="work at no desk"):
		execute(PERIOD)


def test_without_a_period_it_asks_for_one(desk):  # noqa: F811
	with acting_as(desk.coordinator), pytest.raises(frappe.ValidationError, match="from which day"):
		execute({})


def test_reports_of_several_years_stand_side_by_side(desk):  # noqa: F811
	reported(desk, 3)
	before = frappe.get_last_doc("SV Report").name
	frappe.db.set_value("SV Report", before, "received_at", date(YEAR - 1, 5, 5))
	with acting_as(desk.coordinator):
		total = by_year(PERIOD)[1][-1]
	assert (total[str(YEAR)], total[str(YEAR - 1)], total[str(YEAR - 2)]) == ("2", "1", "0")


def test_a_year_before_the_first_case_has_what_was_published_then_and_no_zeros(desk):  # noqa: F811
	reported(desk, 3)
	assert set(total_of(desk.coordinator, ALL)) == {"value", str(YEAR)}
	taken_over(YEAR - 2, desk.coordinator, reports=90)
	assert total_of(desk.coordinator, ALL)[str(YEAR - 2)] == "90"
	with acting_as(desk.coordinator):
		first = by_year(ALL)[1][1]
	assert first[str(YEAR - 2)] == "–"
	publish(desk)
	assert total_of(make_user(BOARD), ALL)[str(YEAR - 2)] == "90"


def total_of(user: str, filters: dict) -> dict:
	"""The last line of the report of several years."""
	with acting_as(user):
		return by_year(filters)[1][-1]


def taken_over(year: int, by: str, **figures: int) -> None:
	"""What an earlier report published about a year."""
	row = {"doctype": "SV Figures", "year": year, "origin": "Taken over", "figures": json.dumps(figures)}
	with acting_as(by):
		move("SV Figures", frappe.get_doc(row).insert().name, "publish")


def test_the_queue_lists_what_the_reader_may_read_and_isnt_settled(desk):  # noqa: F811
	case_of(desk_of(make_user(COORDINATOR), make_user(CCP_STAFF)))
	mine, closed = case_of(desk), case_of(desk)
	frappe.db.set_value("SV Report", closed, "status", "Closed")
	with acting_as(desk.stand_in):
		assert [row.name for row in queue({})[1]] == [mine]
	make_party(mine, "Accused", account=desk.stand_in)
	with acting_as(desk.stand_in):
		assert queue({})[1] == []


def test_data_quality_names_what_is_missing_in_a_case(desk):  # noqa: F811
	frappe.db.delete("SV Deadline")
	name = case_of(desk)
	frappe.db.set_value("SV Report", name, {"main_category": None, "handler": None})
	frappe.db.delete("SV Deadline")
	with acting_as(desk.stand_in):
		(row,) = data_quality({})[1]
	assert row["name"] == name
	assert {"Main category", "nobody handles it", "no next step is planned"} <= set(row["extra"].split(", "))


@pytest.mark.parametrize("day", [1, True, ["x"], {"a": 1}, "0000-00-00", "9999-12-31"])
@pytest.mark.parametrize("name", ["Desk first chosen", "Reports by nature and year", "Deadlines"])
def test_what_is_no_day_is_asked_for_again(desk, name, day):  # noqa: F811
	with acting_as(desk.coordinator):
		for filters in ({**PERIOD, "from_date": day}, {**PERIOD, "to_date": day}):
			with pytest.raises(frappe.ValidationError, match="from which day"):
				run(name, filters=filters)


@pytest.mark.parametrize("value", [["like", "%"], {"a": 1}, "' or 1=1 -- "])
def test_a_filter_is_the_name_of_a_record_and_nothing_else(desk, value):  # noqa: F811
	make_party(case_of(desk))
	with acting_as(desk.coordinator):
		assert run("Open work queue", filters={"desk": value})["result"] == []
		assert run("Open actions", filters={"unit": value})["result"] == []
		assert numbers(desk.coordinator, {**PERIOD, "unit": value})["Reporters by desk first chosen"] == "0"
		with pytest.raises(frappe.PermissionError, match="don't work at this desk"):
			execute({**PERIOD, "desk": value})


def test_decision_tables_are_not_counted_of_a_unit_as_if_they_were_of_it(desk):  # noqa: F811
	with acting_as(desk.coordinator), pytest.raises(frappe.ValidationError, match="counted by unit"):
		run("Decision tables and their outcome", filters={**PERIOD, "unit": make_unit().name})
