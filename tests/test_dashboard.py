"""The board in the workspace: each sees what they may see now, nobody else anything, and no part costs more with more cases."""

import json
from datetime import datetime, time

import pytest
from grant_helpers import acting_as, case_of, desk_of
from test_costs import counted

import frappe
from frappe.utils import add_days, getdate, now_datetime

from sv_helpdesk.dashboard import block, board
from sv_helpdesk.permissions.roles import (
	ALL_ROLES,
	CASE_ROLES,
	CCP_STAFF,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
)
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_deadline,
	make_decision_table,
	make_party,
	make_user,
)

pytestmark = pytest.mark.usefixtures("without_clocks")
OF_THE_DESK = ["Open cases", "Late now", "Due today", "Waiting for the reporter", "My actions"]
OF_COORDINATORS = ["Decision tables under way", "Aftercare contacts due", "Signals of repetition"]
# statements, warm: one for each part, what the session's rights are, and the signals
MOST_FOR_A_DESK, MOST_FOR_A_COORDINATOR = 16, 40


@pytest.fixture
def coordinator():
	return make_user(COORDINATOR)


@pytest.fixture
def staff():
	return make_user(CCP_STAFF)


@pytest.fixture
def desk(coordinator, staff):
	for doctype in ("SV Report", "SV Party", "SV Deadline", "SV Action", "SV Decision Table"):
		frappe.db.delete(doctype)
	return desk_of(coordinator, None, staff)


def of(user: str) -> dict:
	with acting_as(user):
		return board.mine()


def numbers(user: str) -> dict[str, int]:
	return {row["label"]: row["value"] for row in of(user)["numbers"]}


def chart(user: str, place: int) -> dict[str, int]:
	found = of(user)["charts"][place]
	return dict(zip(found["labels"], found["values"], strict=True))


def clock(case: str, days: float, **values):
	# today's ends with the day
	due = (
		add_days(now_datetime(), days)
		if days
		else datetime.combine(getdate(), time.max.replace(microsecond=0))
	)
	return make_deadline(report=case, started_at=add_days(due, -20), due_at=due, **values)


def work(desk, staff: str) -> str:
	"""Make a case with one of everything that is counted; return its name."""
	case = case_of(desk, staff, status="Triage", main_category="bullying")
	clock(case, -1)
	clock(case, -2, status="Breached", kind="First talk")
	clock(case, 0)
	clock(case, 5)
	clock(case, 5, kind="Answer of the reporter")
	clock(case, -5, status="Met", kind="Acknowledgement")
	for status in ("Open", "In progress", "Done"):
		make_action(report=case, action_owner=staff, status=status)
	plan = make_aftercare(case).name
	make_aftercare_contact(plan, staff)
	make_aftercare_contact(plan, staff, planned_on=add_days(getdate(), 9))
	make_decision_table(desk=desk.name, status="Running")
	make_decision_table(desk=desk.name, status="Called off")
	return case


def test_the_desk_sees_its_work_and_the_coordinator_more(desk, staff, coordinator):
	work(desk, staff)
	frappe.db.set_value("SV Report", case_of(desk), "status", "Closed")
	case_of(desk, status="New")
	assert list(numbers(staff)) == OF_THE_DESK
	found = numbers(coordinator)
	assert list(found) == [*OF_THE_DESK, *OF_COORDINATORS]
	assert (found["Open cases"], found["Late now"], found["Waiting for the reporter"]) == (2, 2, 1)
	assert (found["Decision tables under way"], found["My actions"]) == (1, 0)
	assert numbers(staff)["My actions"] == 2


def test_what_ends_today_is_due_today(desk, staff):
	clock(case_of(desk, staff), 0)
	clock(case_of(desk, staff), 1)
	assert numbers(staff)["Due today"] == 1


def test_open_cases_are_shown_in_the_order_of_their_states(desk, staff):
	for status in ("New", "Triage", "Triage", "Closed", "Withdrawn"):
		frappe.db.set_value("SV Report", case_of(desk), "status", status)
	found = chart(staff, 0)
	assert list(found)[:3] == ["New", "Acknowledged", "Triage"] and not {"Closed", "Withdrawn"} & set(found)
	assert (found["New"], found["Triage"], sum(found.values())) == (1, 2, 3)


def test_each_number_leads_to_a_list_that_has_as_many_rows(desk, staff, coordinator):
	work(desk, staff)
	for user in (staff, coordinator):
		for shown in of(user)["numbers"]:
			if shown["doctype"]:
				with acting_as(user):
					rows = frappe.get_list(shown["doctype"], shown["filters"], limit_page_length=0)
				assert len(rows) == shown["value"], shown["label"]


@pytest.mark.parametrize("role", [role for role in ALL_ROLES if role not in CASE_ROLES])
def test_who_works_at_no_desk_sees_nothing(desk, staff, role):
	work(desk, staff)
	assert of(make_user(role)) == {"numbers": [], "charts": []}


@pytest.mark.parametrize("user", ["Administrator", "Guest"])
def test_neither_administrator_nor_guest_sees_anything(desk, staff, user):
	work(desk, staff)
	assert of(user) == {"numbers": [], "charts": []}


def test_another_desk_and_an_adviser_see_nothing_of_it(desk, staff):
	work(desk, staff)
	for role in (CCP_STAFF, CONFIDENTIAL_ADVISER):
		found = of(make_user(role))
		assert [row["value"] for row in found["numbers"]] == [0] * len(OF_THE_DESK)
		assert len(found["charts"]) == 1 and not any(found["charts"][0]["values"])


def test_what_is_denied_is_in_no_number_and_nothing_says_so(desk, staff, coordinator):
	case = work(desk, staff)
	before = of(coordinator)
	make_party(case, "Accused", account=coordinator)
	after = of(coordinator)
	assert [row["label"] for row in after["numbers"]] == [row["label"] for row in before["numbers"]]
	assert [one["title"] for one in after["charts"]] == [one["title"] for one in before["charts"]]
	assert numbers(coordinator)["Open cases"] == numbers(coordinator)["Late now"] == 0
	assert sum(chart(coordinator, 1).values()) == 0
	assert numbers(staff)["Open cases"] == 1


def test_the_coordinator_sees_this_years_reports_by_nature_and_none_of_another_desk(desk, coordinator):
	case_of(desk, main_category="bullying")
	elsewhere = desk_of(make_user(CONFIDENTIAL_ADVISER), desk_type="Confidential advisers")
	case_of(elsewhere, main_category="bullying")
	case_of(desk, main_category="bullying", received_at="2019-05-05 12:00:00")
	found = of(coordinator)["charts"][1]
	assert "2" in found["title"] and "not for circulation" in found["explains"]
	assert sum(found["values"]) == 1


def test_nothing_is_kept_from_one_reader_to_the_next(desk, staff, coordinator):
	work(desk, staff)
	stranger = make_user(CCP_STAFF)
	assert numbers(coordinator)["Open cases"] == 1
	assert numbers(stranger)["Open cases"] == 0
	case_of(desk)
	assert numbers(coordinator)["Open cases"] == 2


def test_the_host_has_one_block_for_the_roles_of_a_desk_and_no_chart_or_card():
	block.keep()
	block.keep()
	made = frappe.get_doc("Custom HTML Block", block.NAME)
	assert {row.role for row in made.roles} == set(CASE_ROLES) and not made.private
	assert len(made.roles) == len(CASE_ROLES)
	for workspace in ("Social Safety", "My part"):
		found = frappe.get_doc("Workspace", workspace)
		assert [row.custom_block_name for row in found.custom_blocks] == [block.NAME]
		assert block.NAME in json.dumps(json.loads(found.content))
		assert not found.charts and not found.number_cards


@pytest.mark.parametrize(
	("who", "most"), [("staff", MOST_FOR_A_DESK), ("coordinator", MOST_FOR_A_COORDINATOR)]
)
def test_the_board_costs_a_number_of_statements_that_does_not_grow(desk, staff, coordinator, who, most):
	user = {"staff": staff, "coordinator": coordinator}[who]
	work(desk, staff)
	of(user)
	with acting_as(user), counted() as few:
		board.mine()
	for _number in range(10):
		work(desk, staff)
	with acting_as(user), counted() as many:
		board.mine()
	print(f"{who}: {many.statements} statements")
	assert many.statements <= min(few.statements, most)


def test_the_board_is_there_in_dutch(desk, coordinator, monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "nl")
	found = of(coordinator)
	labels = [row["label"] for row in found["numbers"]]
	assert labels[0] == "Open zaken" and not set(labels) & {*OF_THE_DESK, *OF_COORDINATORS}
	assert found["charts"][0]["title"] == "Open zaken per status"
