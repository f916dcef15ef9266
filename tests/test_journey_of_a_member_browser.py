"""In a browser: who is invited to a decision table takes the seat, writes in its minutes and approves them."""

import pytest
from browser_fixtures import console_errors
from journey_helpers import open_tab, shows
from people import make_people
from table_world import COMPLETE, SeatedTable

import frappe

from sv_helpdesk.workflows.moving import move

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]
THEIRS = ("facts", "options_weighed")


@pytest.fixture
def table():
	"""A table with minutes that its writer has begun, to which the member is invited."""
	frappe.set_user("Administrator")
	made = SeatedTable(*make_people("joining", *SeatedTable.ROLES))
	invited = dict.fromkeys(("accepted_at", "confidentiality_stated_at"))
	frappe.db.set_value("SV Table Member", {"parent": made.name, "user": made.member}, invited)
	made.minutes_name = made.minutes(**{**COMPLETE, **dict.fromkeys(THEIRS, "")})
	made.number = frappe.db.get_value("SV Decision Table", made.name, "table_number")
	frappe.db.commit()
	return made


def on_board(page, words: str):
	page.goto("/app/decision-tables")
	return page.locator(".sv-board:visible").get_by_role("link", name=words).first


def test_from_the_invitation_to_the_approval(page_of, table):
	page = page_of(table.member)
	told = console_errors(page)
	page.goto("/app")
	page.wait_for_url("**/app/decision-tables")
	on_board(page, table.number).click()
	page.locator(".modal.show", has_text="I keep confidential").get_by_role("button", name="Yes").click()
	shows(page, "SV Decision Table")
	page.locator('.document-link[data-doctype="SV Minutes"] .document-link-badge').click()
	page.locator(".list-row:visible", has_text=table.number).locator("a").first.click()
	shows(page, "SV Minutes")
	page.locator("textarea[data-fieldname=facts]").fill("What is known")
	open_tab(page, "Weighing")
	page.locator("textarea[data-fieldname=options_weighed]").fill("Talk: quick. Transfer: far-reaching.")
	# newer hosts draw the button anew when a field is left, and a click that begins before that is lost
	page.keyboard.press("Tab")
	page.get_by_role("button", name="Save", exact=True).click()
	page.wait_for_function("() => !cur_frm.is_dirty()")
	page.locator("[data-fieldname=options_weighed] .who-wrote", has_text="Written by").wait_for()

	frappe.db.rollback()
	frappe.set_user(table.staff)
	move("SV Minutes", table.minutes_name, "submit", {"approver": table.manager})
	frappe.db.commit()
	on_board(page, f"Minutes {table.number}").click()
	shows(page, "SV Minutes")
	page.get_by_role("button", name="Approve", exact=True).click()
	asked = page.locator(".modal.show", has_text="Approve the minutes")
	asked.locator("textarea").fill("Well written")
	asked.get_by_role("button", name="Approve", exact=True).click()
	page.wait_for_function("() => !$('button:visible:contains(Approve)').length")
	frappe.db.rollback()
	assert frappe.db.exists("SV Minutes Approval", {"minutes": table.minutes_name, "member": table.member})
	assert told == []
