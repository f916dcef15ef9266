"""In a browser: a member hands in, approves and sends out minutes with the buttons of the form."""

import pytest
from people import make_people
from table_world import COMPLETE, SeatedTable, form

import frappe

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture
def table():
	frappe.set_user("Administrator")
	return SeatedTable(*make_people("minuting", *SeatedTable.ROLES))


def open_form(page, name: str) -> None:
	page.goto(f"/app/sv-minutes/{name}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=name)


def test_minutes_are_handed_in_approved_and_sent_out(page_of, table):
	minutes = table.minutes(**COMPLETE, approver=table.manager)
	frappe.db.commit()
	page = page_of(table.staff)
	open_form(page, minutes)
	page.get_by_role("button", name="Hand in for approval").click()
	asked = page.locator(".modal-dialog", has_text="Hand in for approval")
	asked.get_by_role("button", name="Hand in for approval").click()
	page.wait_for_function("() => cur_frm.doc.status === 'Submitted'")
	back = page.get_by_role("button", name="Back to draft")
	back.wait_for()
	assert "btn-primary" not in back.get_attribute("class")
	for user in (table.manager, table.member, table.hr):
		theirs = page_of(user)
		open_form(theirs, minutes)
		theirs.get_by_role("button", name="Approve", exact=True).click()
		asked = theirs.locator(".modal-dialog", has_text="Approve the minutes")
		asked.locator("textarea").fill("Well written")
		asked.get_by_role("button", name="Approve", exact=True).click()
		last = user == table.hr
		theirs.wait_for_function(
			"status => cur_frm.doc.status === status && !$('button:visible:contains(Approve)').length",
			arg="Approved" if last else "Submitted",
		)
	open_form(page, minutes)
	page.get_by_role("button", name="Correct in a new version").wait_for()
	page.locator("textarea[data-fieldname=facts]").wait_for(state="hidden")
	assert not page.get_by_role("button", name="Save", exact=True).is_visible(), "what is locked looks locked"
	page.get_by_role("button", name="Add to the distribution list").click()
	asked = page.locator(".modal-dialog", has_text="Recipient outside")
	asked.locator("input[data-fieldname=recipient_name]").fill("Somebody outside")
	asked.get_by_role("button", name="Add", exact=True).click()
	page.wait_for_function("() => cur_frm?.doctype === 'SV Minutes Copy'")
	with page.expect_download() as download:
		page.get_by_role("button", name="Download in Dutch").click()
	assert download.value.suggested_filename.endswith("-1-1.pdf")


def test_under_each_section_stands_who_wrote_it_and_what_is_kept_beside_it(page_of, table):
	minutes = table.minutes(facts="At first")
	stale, first = form(minutes, table.hr), form(minutes, table.member)
	first.facts = "<b>From</b> the member"
	frappe.set_user(table.member)
	first.save()
	stale.facts = "From HR"
	frappe.set_user(table.hr)
	stale.save()
	frappe.db.commit()
	page = page_of(table.manager)
	open_form(page, minutes)
	facts = page.locator("[data-fieldname=facts] .who-wrote")
	facts.get_by_text("Written by").wait_for()
	said = facts.inner_text()
	assert "Beside it, by" in said and "From HR" in said and "Before, by" in said
	assert page.locator(".who-wrote").count() == 1
	facts.get_by_text("Before, by").click()
	facts.get_by_text("At first").wait_for()


def test_what_is_asked_for_a_step_stays_when_the_step_is_refused(page_of, table):
	minutes = table.minutes(**{**COMPLETE, "facts": ""})
	frappe.db.commit()
	page = page_of(table.staff)
	open_form(page, minutes)
	page.get_by_role("button", name="Hand in for approval").click()
	page.wait_for_function("() => cur_dialog?.fields_dict.approver")
	page.evaluate(
		"chair => { window.asked = cur_dialog; asked.set_value('approver', chair); }", table.manager
	)
	page.wait_for_function("chair => asked.get_value('approver') === chair", arg=table.manager)
	asked = page.locator(".modal-dialog", has_text="Hand in for approval")
	asked.get_by_role("button", name="Hand in for approval").click()
	page.locator(".msgprint", has_text="is empty").wait_for()
	assert page.evaluate("asked.display && asked.get_value('approver')") == table.manager


def test_a_manager_gives_the_confidentiality_statement_before_they_see_minutes(page_of, table):
	table_before = frappe.get_doc("SV Decision Table", table.name)
	table_before.db_set("manager_stated_at", None)
	frappe.db.commit()
	page = page_of(table.manager)
	page.goto(f"/app/sv-decision-table/{table.name}")
	page.get_by_role("button", name="Give the confidentiality statement").click()
	page.locator(".modal-dialog", has_text="I keep confidential").get_by_role("button", name="Yes").click()
	page.wait_for_function("() => cur_frm?.doc.manager_stated_at")
	frappe.db.rollback()
	assert frappe.db.get_value("SV Decision Table", table.name, "manager_stated_at")
