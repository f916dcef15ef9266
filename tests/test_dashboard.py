"""The board in the workspace: each sees what they may see now, nobody else anything, and no part costs more with more cases."""

import json
from datetime import datetime, time
from itertools import product

import pytest
from grant_helpers import acting_as, case_of, desk_of
from test_costs import counted

import frappe
from frappe.utils import add_days, getdate, now_datetime

from sv_helpdesk.dashboard import block, board
from sv_helpdesk.dashboard.workspaces import (
	CASES,
	CCP_DESK,
	COORDINATION,
	FIGURES,
	PRIVACY,
	ROLES,
	TABLES,
	TASKS,
)
from sv_helpdesk.permissions.roles import (
	ALL_ROLES,
	BOARD,
	CCP_STAFF,
	COMPANION,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
	MANAGER,
	PRIVACY_OFFICER,
	TABLE_MEMBER,
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
WORK = ["Open cases", "Without a handler", "Late now", "Due today", "Waiting for the reporter"]
OF_THE_DESK = [*WORK, "Held mails", "To be anonymised", "My actions"]
OF_COORDINATORS = [
	*WORK,
	*("Decision tables under way", "Aftercare contacts due", "To be anonymised", "Signals of repetition"),
	"Approvals that wait",
]
NUMBERS = {
	COORDINATION: OF_COORDINATORS,
	CCP_DESK: OF_THE_DESK,
	CASES: OF_THE_DESK,
	TABLES: ["Decision tables under way", "My actions"],
	TASKS: ["My actions", "My aftercare contacts"],
	PRIVACY: ["Approvals that wait", "Refused in seven days", "Temporary access now"],
	FIGURES: [],
}
# statements, warm: one for each part, what the session's rights are, the agenda and the signals
MOST_FOR_A_DESK, MOST_FOR_A_COORDINATOR = 75, 98


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


def of(user: str, workspace: str = CCP_DESK) -> dict:
	with acting_as(user):
		return board.mine(workspace)


def numbers(user: str, workspace: str = CCP_DESK) -> dict[str, int]:
	return {row["label"]: row["value"] for row in of(user, workspace)["numbers"]}


def waiting(user: str, workspace: str) -> dict[str, list[tuple[str, str]]]:
	"""Return the lists of a board: of each row what it leads to."""
	return {
		one["title"]: [(row["doctype"], row["name"]) for row in one["rows"]]
		for one in of(user, workspace)["lists"]
	}


def chart(user: str, workspace: str = CCP_DESK) -> dict[str, int]:
	[found] = of(user, workspace)["charts"]
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


def test_the_desk_sees_its_work_and_who_leads_it_what_is_under_way(desk, staff, coordinator):
	work(desk, staff)
	frappe.db.set_value("SV Report", case_of(desk), "status", "Closed")
	case_of(desk, status="New")
	found = numbers(coordinator, COORDINATION)
	assert (found["Open cases"], found["Late now"], found["Waiting for the reporter"]) == (2, 2, 1)
	assert (found["Decision tables under way"], found["Without a handler"]) == (1, 1)
	assert numbers(staff)["My actions"] == numbers(staff, TASKS)["My actions"] == 2
	assert numbers(staff, TASKS)["My aftercare contacts"] == 2


def test_what_ends_today_is_due_today(desk, staff):
	clock(case_of(desk, staff), 0)
	clock(case_of(desk, staff), 1)
	assert numbers(staff)["Due today"] == 1


def test_open_cases_are_shown_in_the_order_of_their_states(desk, staff):
	for status in ("New", "Triage", "Triage", "Closed", "Withdrawn"):
		frappe.db.set_value("SV Report", case_of(desk), "status", status)
	found = chart(staff)
	assert list(found)[:3] == ["New", "Acknowledged", "Triage"] and not {"Closed", "Withdrawn"} & set(found)
	assert (found["New"], found["Triage"], sum(found.values())) == (1, 2, 3)


def test_each_number_leads_to_a_list_that_has_as_many_rows(desk, staff, coordinator):
	work(desk, staff)
	people = (staff, coordinator, make_user(PRIVACY_OFFICER), make_user(COMPANION))
	for user, workspace in product(people, ROLES):
		for shown in of(user, workspace)["numbers"]:
			if shown["doctype"]:
				with acting_as(user):
					rows = frappe.get_list(shown["doctype"], shown["filters"], limit_page_length=0)
				assert len(rows) == shown["value"], (workspace, shown["label"])


@pytest.mark.parametrize("role", ALL_ROLES)
def test_each_role_has_the_numbers_of_its_own_workspaces_and_no_other(role):
	user = make_user(role)
	for workspace, roles in ROLES.items():
		found = of(user, workspace)
		wanted = NUMBERS[workspace] if role in roles else []
		if (role, workspace) == (COMPANION, CASES):
			wanted = ["People I support"]
		assert [row["label"] for row in found["numbers"]] == wanted, workspace
		assert role in roles or found == board.NOTHING, workspace


def test_no_other_name_leads_to_a_board(staff):
	assert of(staff, "Users") == of(staff, "") == board.NOTHING


def test_what_waits_stands_where_it_belongs(desk, staff, coordinator):
	work(desk, staff)
	invited, manager = make_user(TABLE_MEMBER), make_user(MANAGER)
	table = make_decision_table(
		desk=desk.name, status="Running", members=[{"user": invited, "capacity": "Member"}], manager=manager
	)
	[(kind, action)] = {row for row in waiting(staff, TASKS)["Waits for you"] if row[0] == "SV Action"} & {
		("SV Action", frappe.db.get_value("SV Action", {"action_owner": staff, "status": "Open"}))
	}
	assert (kind, action) in waiting(staff, CCP_DESK)["Waits for you"]
	assert not [row for row in waiting(staff, TABLES)["Waits for you"] if row[0] == "SV Action"]
	for user in (invited, manager):
		assert (table.doctype, table.name) in waiting(user, TABLES)["Waits for you"]
	assert len(waiting(coordinator, TABLES)["Decision tables under way"]) == 2
	assert not waiting(invited, TABLES)["Decision tables under way"]


def test_an_empty_list_says_what_to_do_or_what_will_come(desk, staff, coordinator):
	lists = [
		one
		for user, workspace in (
			(staff, CCP_DESK),
			(staff, TABLES),
			(staff, TASKS),
			(coordinator, COORDINATION),
		)
		for one in of(user, workspace)["lists"]
	]
	assert len(lists) == 9 and not any(one["rows"] for one in lists)
	assert all(one["empty"].count(".") >= 1 and len(one["empty"]) > 40 for one in lists)
	assert of(staff)["lists"][0]["empty"].startswith("No open cases. New mail comes in by itself")
	case_of(desk)
	assert "No open cases" not in of(staff)["lists"][0]["empty"]


def test_who_works_at_no_desk_is_told_so_and_offered_no_case_that_would_be_refused():
	board = of(make_user(CCP_STAFF))
	assert not board["new_case"] and board["lists"][0]["empty"].startswith("You work at no desk today")


def test_the_board_of_directors_sees_the_published_years_and_no_other():
	board_member = make_user(BOARD)
	for year, status in ((2031, "Published"), (2032, "Draft"), (2030, "Published")):
		frappe.get_doc(doctype="SV Figures", name=f"of-{year}", year=year, status=status).db_insert()
	[years] = of(board_member, FIGURES)["lists"]
	numbers_of = [row["number"] for row in years["rows"]]
	assert numbers_of[:2] == ["2031", "2030"] and "2032" not in numbers_of


@pytest.mark.parametrize("user", ["Administrator", "Guest"])
def test_neither_administrator_nor_guest_sees_anything(desk, staff, user):
	work(desk, staff)
	for workspace in ROLES:
		assert of(user, workspace) == board.NOTHING


def test_another_desk_and_an_adviser_see_nothing_of_it(desk, staff):
	work(desk, staff)
	for role, workspace in ((CCP_STAFF, CCP_DESK), (CONFIDENTIAL_ADVISER, CASES)):
		found = of(make_user(role), workspace)
		assert [row["value"] for row in found["numbers"]] == [0] * len(OF_THE_DESK)
		assert len(found["charts"]) == 1 and not any(found["charts"][0]["values"])


def test_what_is_denied_is_in_no_number_and_nothing_says_so(desk, staff, coordinator):
	case = work(desk, staff)
	before = of(coordinator, COORDINATION)
	make_party(case, "Accused", account=coordinator)
	after = of(coordinator, COORDINATION)
	assert [row["label"] for row in after["numbers"]] == [row["label"] for row in before["numbers"]]
	assert [one["title"] for one in after["charts"]] == [one["title"] for one in before["charts"]]
	assert numbers(coordinator)["Open cases"] == numbers(coordinator)["Late now"] == 0
	assert sum(chart(coordinator, COORDINATION).values()) == 0
	assert not any(waiting(coordinator, COORDINATION).values())
	assert numbers(staff)["Open cases"] == 1


def test_the_coordinator_sees_this_years_reports_by_nature_and_none_of_another_desk(desk, coordinator):
	case_of(desk, main_category="bullying")
	elsewhere = desk_of(make_user(CONFIDENTIAL_ADVISER), desk_type="Confidential advisers")
	case_of(elsewhere, main_category="bullying")
	case_of(desk, main_category="bullying", received_at="2019-05-05 12:00:00")
	[found] = of(coordinator, COORDINATION)["charts"]
	assert "2" in found["title"] and "not for circulation" in found["explains"]
	assert sum(found["values"]) == 1


def test_the_parts_of_the_reports_by_nature_add_up_also_where_none_is_filled_in(desk, coordinator):
	case_of(desk, main_category="bullying")
	case_of(desk, main_category=None)
	found = chart(coordinator, COORDINATION)
	assert (found["Not filled in"], found["Bullying"], sum(found.values())) == (1, 1, 2)


def test_nothing_is_kept_from_one_reader_to_the_next(desk, staff, coordinator):
	work(desk, staff)
	stranger = make_user(CCP_STAFF)
	assert numbers(coordinator)["Open cases"] == 1
	assert numbers(stranger)["Open cases"] == 0
	case_of(desk)
	assert numbers(coordinator)["Open cases"] == 2


def test_the_host_has_a_block_for_the_roles_of_each_workspace_and_no_chart_or_card():
	block.keep()
	block.keep()
	for workspace, roles in ROLES.items():
		made = frappe.get_doc("Custom HTML Block", block.name_of(workspace))
		assert {row.role for row in made.roles} == set(roles) and not made.private
		assert len(made.roles) == len(roles)
		found = frappe.get_doc("Workspace", workspace)
		assert [row.custom_block_name for row in found.custom_blocks] == [made.name]
		assert made.name in json.dumps(json.loads(found.content))
		assert not found.charts and not found.number_cards


@pytest.mark.parametrize(
	("who", "workspace", "most"),
	[
		("staff", CCP_DESK, MOST_FOR_A_DESK),
		("staff", TASKS, MOST_FOR_A_DESK),
		("coordinator", COORDINATION, MOST_FOR_A_COORDINATOR),
		("coordinator", TABLES, MOST_FOR_A_DESK),
	],
)
def test_a_board_costs_a_number_of_statements_that_does_not_grow(
	desk, staff, coordinator, who, workspace, most
):
	user = {"staff": staff, "coordinator": coordinator}[who]
	work(desk, staff)
	of(user, workspace)
	with acting_as(user), counted() as few:
		board.mine(workspace)
	for _number in range(10):
		work(desk, staff)
	with acting_as(user), counted() as many:
		board.mine(workspace)
	print(f"{who}, {workspace}: {many.statements} statements")
	assert many.statements <= min(few.statements, most)


def test_the_board_is_there_in_dutch(desk, coordinator, monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "nl")
	english = {label for labels in NUMBERS.values() for label in labels}
	for workspace in (COORDINATION, CCP_DESK, TABLES, TASKS):
		found = of(coordinator, workspace)
		assert not english & {row["label"] for row in found["numbers"]}
		assert "U" in "".join(one["empty"] for one in found["lists"]).upper()
	assert of(coordinator)["charts"][0]["title"] == "Open zaken per status"
