"""In a browser: one button leads on, what it lacks stands beside it, and nothing typed is lost to a refusal."""

import pytest
from people import make_people
from table_world import COMPLETE, SeatedTable

import frappe

from sv_helpdesk.test_utils import make_note

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture
def table():
	frappe.set_user("Administrator")
	return SeatedTable(*make_people("onward", *SeatedTable.ROLES))


def open_form(page, doctype: str, name: str) -> None:
	page.goto(f"/app/{doctype}/{name}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=name)
	page.wait_for_load_state("networkidle")


def test_minutes_say_what_they_lack_and_lead_to_the_field(page_of, table):
	name = table.minutes(**{**COMPLETE, "facts": "", "accused_heard": ""})
	frappe.db.commit()
	page = page_of(table.staff)
	open_form(page, "sv-minutes", name)
	assert "btn-primary" in page.get_by_role("button", name="Hand in for approval").get_attribute("class")
	lacking = page.locator(".sv-lacking")
	lacking.get_by_text("Not both sides were heard").wait_for()
	lacking.get_by_role("link", name="Facts").click()
	page.wait_for_function("() => document.activeElement.closest('[data-fieldname=facts]')")
	page.keyboard.type("What is known")
	page.keyboard.press("Control+s")
	page.wait_for_function("() => !cur_frm.is_dirty()")
	lacking.get_by_role("link", name="Facts").wait_for(state="detached")


def test_where_nothing_can_be_changed_there_is_nothing_to_save(page_of, table):
	name = table.submitted()
	frappe.db.commit()
	page = page_of(table.member)
	open_form(page, "sv-minutes", name)
	page.get_by_role("button", name="Approve", exact=True).wait_for()
	assert not page.get_by_role("button", name="Save", exact=True).is_visible()
	assert page.locator("[data-fieldname=facts] textarea:visible").count() == 0


def test_what_was_typed_stays_when_the_server_refuses_it(page_of, table):
	note = make_note(table.report).name
	frappe.db.commit()
	page = page_of(table.staff)
	open_form(page, "sv-note", note)
	# by the keyboard alone: a dialog begins in its first field
	page.get_by_role("button", name="Retract this note").focus()
	page.keyboard.press("Enter")
	asked = page.locator(".modal-dialog", has_text="Why this note no longer counts")
	page.wait_for_function("() => document.activeElement.tagName === 'TEXTAREA'")
	page.keyboard.type("Written in the wrong case")
	frappe.db.delete("SV Note", {"name": note})
	frappe.db.commit()
	asked.get_by_role("button", name="Retract this note").click()
	page.locator(".msgprint").wait_for()
	assert asked.locator("textarea").input_value() == "Written in the wrong case"


def test_the_day_of_a_first_meeting_is_chosen_and_never_proposed(page_of, table):
	first_meeting = {"status": "Decided on", "first_meeting_at": None}
	frappe.db.set_value("SV Decision Table", table.name, first_meeting)
	frappe.db.commit()
	page = page_of(table.staff)
	open_form(page, "sv-decision-table", table.name)
	page.get_by_role("button", name="Convene", exact=True).click()
	page.wait_for_function("() => cur_dialog?.display")
	assert page.evaluate("() => cur_dialog.get_field('first_meeting_at').$input.val()") == ""
	assert page.evaluate("() => cur_dialog.get_value('manager')") == table.manager


def test_the_moment_of_a_step_is_proposed(page_of, table):
	frappe.db.set_value("SV Report", table.report, "status", "New")
	frappe.db.commit()
	page = page_of(table.staff)
	open_form(page, "sv-report", table.report)
	page.get_by_role("button", name="Acknowledge", exact=True).click()
	page.wait_for_function("() => cur_dialog?.get_value('acknowledged_at')")


def test_what_a_dialog_sends_is_sent_once_however_often_its_button_is_pressed(page_of, table):
	frappe.db.commit()
	page = page_of(table.staff)
	page.goto("/app/agenda")
	page.wait_for_function("() => window.sv_helpdesk?.ask")
	page.evaluate(
		"""() => {
			window.sent = [];
			const send = () => new Promise((take, refuse) => sent.push({ take, refuse }));
			const field = { fieldname: "text", fieldtype: "Data", label: "Text", default: "x" };
			sv_helpdesk.ask(field, send, "Answer", "Send");
		}"""
	)
	page.wait_for_function("() => cur_dialog?.display")
	button = page.locator(".modal.show .btn-modal-primary:visible")
	button.dblclick()
	button.press("Enter")
	assert page.evaluate("() => sent.length") == 1
	page.evaluate("() => sent[0].refuse()")
	button.click()
	assert page.evaluate("() => sent.length") == 2, "after a refusal it can be sent again"
	pressed_while_it_goes = (
		"async (button) => { sent[1].take(); await null; button.click(); return sent.length; }"
	)
	assert button.evaluate(pressed_while_it_goes) == 2
	page.locator(".modal.show", has_text="Answer").wait_for(state="hidden")


def test_a_statement_that_is_asked_for_comes_before_the_next_step(page_of, table):
	frappe.db.set_value("SV Decision Table", table.name, "coordinator_stated_at", None)
	frappe.db.commit()
	page = page_of(table.staff)
	open_form(page, "sv-decision-table", table.name)
	page.get_by_role("button", name="Settle", exact=True).wait_for()
	first = page.locator(".page-head:visible .custom-actions .btn-primary")
	assert first.all_inner_texts() == ["Give the confidentiality statement"]


def test_a_seat_that_is_gone_is_answered_without_an_error_in_the_browser(page_of, table):
	frappe.db.delete("SV Table Member", {"parent": table.name, "user": table.member})
	frappe.db.commit()
	page = page_of(table.member)
	page.goto("/app/agenda")
	page.wait_for_function("() => window.sv_helpdesk?.decline_seat")
	for answer in ("accept_seat", "decline_seat"):
		page.evaluate("([answer, name]) => void sv_helpdesk[answer](name, () => {})", [answer, table.name])
		page.get_by_role("button", name="Yes").click()
		page.locator(".msgprint").wait_for()
		page.locator(".modal.show .btn-modal-close").last.click()
		page.locator(".msgprint").wait_for(state="hidden")
