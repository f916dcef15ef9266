"""The page on which a coordinator takes over earlier cases, as they see it."""

import os
from pathlib import Path

import pytest
from accessibility import faults
from browser_fixtures import PASSWORD, console_errors, open_workspace
from import_helpers import case_row, person_row, workbook

import frappe

from sv_helpdesk.importing import running
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_desk, make_user

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.commits
PICTURES = os.environ.get("TAKE_PICTURES")


@pytest.fixture
def desk():
	coordinator = make_user(COORDINATOR, new_password=PASSWORD, language="en")
	desk = make_desk(members=[{"user": coordinator, "desk_role": "Coordinator"}])
	desk.coordinator = coordinator
	frappe.db.commit()
	yield desk
	frappe.db.rollback()
	for name in frappe.get_all("SV Import", {"desk": desk.name}, pluck="name"):
		running.stop(name)
	frappe.db.delete("SV Import", {"desk": desk.name})
	frappe.db.set_value("SV Desk", desk.name, "enabled", 0)


def sheet(name: str, content: bytes) -> dict:
	kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	return {"name": name, "mimeType": kind, "buffer": content}


def test_a_coordinator_is_shown_what_is_wrong_and_takes_over_what_is_right(desk, page_of):
	page = page_of(desk.coordinator)
	told = console_errors(page)
	open_workspace(page, "Coordinator")
	page.get_by_role("link", name="Earlier cases").click()
	page.get_by_role("heading", name="From a spreadsheet").wait_for()
	with page.expect_download() as template:
		page.get_by_role("button", name="Template in English").click()
	assert template.value.suggested_filename == "earlier-cases.xlsx"
	chosen = page.get_by_label("The filled-in template")
	chosen.set_input_files(
		sheet("wrong.xlsx", workbook([case_row(1, kind="<b>Rumour</b>")], [person_row(2)]))
	)
	page.get_by_role("cell", name="isn't known").wait_for()
	assert page.locator(".sv-taking-over tbody tr").count() == 2
	if PICTURES:
		page.screenshot(path=Path(PICTURES) / "wrong.png", full_page=True)
	assert faults(page.locator(".layout-main-section:visible")) == []
	chosen.set_input_files(sheet("right.xlsx", workbook([case_row(1), case_row(2)], [person_row(1)])))
	page.get_by_text("2 cases with 1 people").wait_for()
	page.get_by_role("button", name="Take over", exact=True).click()
	page.get_by_text("0 of 2 cases").wait_for()
	if PICTURES:
		page.screenshot(path=Path(PICTURES) / "begun.png", full_page=True)
	page.get_by_role("button", name="Look for folders").click()
	page.get_by_text("This desk has no mailbox").wait_for()
	frappe.db.rollback()
	assert frappe.db.get_value("SV Import", {"desk": desk.name}, "status") == "Waiting"
	refused = ("417", "no mailbox")
	assert [error for error in told if not any(word in error for word in refused)] == []
