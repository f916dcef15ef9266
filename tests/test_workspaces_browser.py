"""In a browser: each role finds on its workspaces what is to be done and the links of its work, without an error."""

import os
from pathlib import Path

import pytest
from browser_fixtures import console_errors, open_workspace
from people import make_people

import frappe

from sv_helpdesk.dashboard.workspaces import HOMES, ROLES
from sv_helpdesk.permissions.roles import ALL_ROLES, CCP_STAFF, HR_ADVISOR, TABLE_MEMBER
from sv_helpdesk.test_utils import make_action, make_decision_table, make_desk, make_report

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]
# a folder in which pictures of all workspaces are kept
PICTURES = os.environ.get("PICTURES_OF_WORKSPACES")


@pytest.fixture(scope="module")
def people():
	return dict(zip(ALL_ROLES, make_people("placing", *ALL_ROLES), strict=True))


@pytest.mark.parametrize("role", HOMES)
def test_every_workspace_of_a_role_opens_without_an_error_and_leads_somewhere(page_of, people, role):
	page = page_of(people[role])
	told = console_errors(page)
	for name, roles in ROLES.items():
		if role not in roles:
			continue
		open_workspace(page, name)
		page.get_by_role("link", name="My agenda").wait_for()
		if PICTURES:
			page.screenshot(path=Path(PICTURES) / f"{role} {name}.png", full_page=True)
	assert told == []


def test_a_desk_without_a_case_is_told_what_to_do_and_registers_one(page_of, people):
	staff = people[CCP_STAFF]
	make_desk(staff)
	frappe.db.commit()
	page = page_of(staff)
	board = open_workspace(page, "CCP desk")
	board.get_by_text("No open cases. New mail comes in by itself").wait_for()
	board.get_by_role("button", name="New case").click()
	page.wait_for_url("**/sv-report/new*")


def test_what_somebody_carries_out_leads_to_it_and_an_invitation_to_its_seat(page_of, people):
	hr, member = people[HR_ADVISOR], people[TABLE_MEMBER]
	desk = make_desk().name
	action = make_action(report=make_report(desk=desk).name, action_owner=hr)
	table = make_decision_table(desk=desk, members=[{"user": member, "capacity": "Member"}])
	frappe.db.commit()
	page = page_of(hr)
	board = open_workspace(page, "My aftercare and actions")
	board.get_by_role("button", name="My actions").click()
	page.wait_for_function(
		"name => window.cur_list?.data?.map((row) => row.name).join() === name", arg=action.name
	)
	open_workspace(page, "My aftercare and actions").locator("li a").last.click()
	page.wait_for_url(f"**/sv-action/{action.name}")
	page = page_of(member)
	open_workspace(page, "Decision tables").get_by_role("link", name=table.table_number).click()
	statement = page.locator(".modal-dialog", has_text="I keep confidential")
	statement.get_by_role("button", name="Yes").click()
	page.wait_for_url(f"**/sv-decision-table/{table.name}")
