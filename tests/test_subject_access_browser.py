"""In a browser: a request is registered from the list, collected, chosen from, and given to a second person."""

import pytest
from people import make_people

import frappe

from sv_helpdesk.permissions.roles import CCP_STAFF
from sv_helpdesk.test_utils import make_desk, make_note, make_party, make_report

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture
def at_desk():
	"""Two of a desk, and the name of somebody who reported there."""
	frappe.set_user("Administrator")
	people = make_people("asked", CCP_STAFF, CCP_STAFF)
	desk, name = make_desk(*people).name, f"Robin {frappe.generate_hash(length=6)}"
	case = make_report(desk=desk, handler=people[0], narrative="What happened").name
	make_party(case, person_name=name)
	make_note(case, "Working note", body="A thought")
	frappe.db.commit()
	return people, desk, name


def dialog(page, title: str):
	shown = page.locator(".modal-dialog:visible", has_text=title)
	shown.wait_for()
	return shown


def test_a_request_is_registered_collected_chosen_from_and_prepared(page_of, at_desk):
	(handler, second), desk, name = at_desk
	page = page_of(handler)
	page.goto("/app/sv-subject-request")
	page.get_by_role("button", name="Register a request").click()
	asked = dialog(page, "Register a request")
	asked.locator("select[data-fieldname=kind]").select_option("Access")
	asked.locator("input[data-fieldname=desk]").fill(desk)
	asked.locator("input[data-fieldname=desk]").press("Tab")
	asked.locator("input[data-fieldname=person_name]").fill(name)
	asked.get_by_role("button", name="Register", exact=True).click()
	page.wait_for_function("() => window.cur_frm?.doctype === 'SV Subject Request'")
	page.get_by_role("button", name="Collect", exact=True).click()
	asked = dialog(page, "Collect")
	asked.locator("select[data-fieldname=identity_checked]").select_option("Known in person")
	asked.get_by_role("button", name="Collect", exact=True).click()
	page.wait_for_function("() => cur_frm.doc.status === 'Collected' && cur_frm.doc.cases.length === 1")
	page.get_by_text("Of some items it isn't decided whether they go in").wait_for()
	page.get_by_role("button", name="Choose what goes in").click()
	asked = dialog(page, "Choose what goes in")
	for choice in asked.locator("select").all():
		choice.select_option("Goes in")
	asked.get_by_role("button", name="Keep", exact=True).click()
	page.wait_for_function("() => (cur_frm.doc.choices || '').includes('Goes in')")
	page.get_by_role("button", name="Prepare the answer", exact=True).click()
	asked = dialog(page, "Prepare the answer")
	asked.locator("select[data-fieldname=decision]").select_option("Granted")
	asked.locator("input[data-fieldname=second_person]").fill(second)
	asked.locator("input[data-fieldname=second_person]").press("Tab")
	asked.get_by_role("button", name="Prepare the answer", exact=True).click()
	page.wait_for_function("() => cur_frm.doc.status === 'Prepared'")
	page.get_by_role("button", name="Answer", exact=True).click()
	page.get_by_text("On paper", exact=True).wait_for()
