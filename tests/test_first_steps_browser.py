"""In a browser: the coordinator's first steps lead from the workspace to where each is mended."""

import pytest
from browser_fixtures import open_workspace
from people import make_people

import frappe

from sv_helpdesk.onboarding import first_steps
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.test_utils import make_desk

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture(scope="module")
def people():
	return make_people("beginning", COORDINATOR, CCP_STAFF)


def test_the_coordinator_comes_from_the_workspace_to_the_steps_and_to_what_is_to_be_mended(page_of, people):
	page = page_of(people[0])
	open_workspace(page, "Coordinator")
	page.get_by_role("link", name="First steps that are still to be done").click()
	page.wait_for_url("**/app/first-steps")
	page.get_by_text(" are done.").wait_for()
	assert page.locator("li h2").count() == len(first_steps.STEPS)
	page.get_by_role("button", name="Look again").click()
	page.get_by_text(" are done.").wait_for()
	units = page.locator("li", has=page.get_by_role("heading", name="Units and their head counts"))
	units.get_by_role("link", name="Mend this").click()
	page.wait_for_url("**/app/sv-unit*")


def test_a_desk_without_opening_hours_is_mended_in_its_own_form(page_of, people):
	frappe.set_user("Administrator")
	desk = make_desk(people[0], title=f"Desk {frappe.generate_hash(length=6)}")
	frappe.db.commit()
	page = page_of(people[0])
	page.goto("/app/first-steps")
	page.get_by_role("link", name=f"Mend this: {desk.title}", exact=True).click()
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=desk.name)


def test_who_is_no_coordinator_is_not_shown_them(page_of, people):
	page = page_of(people[1])
	page.goto("/app/first-steps")
	page.get_by_text("Not permitted").or_(page.get_by_text("Not found")).first.wait_for()
	assert not page.locator("li h2").count()
