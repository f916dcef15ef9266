"""In a browser: the form of a case in the order of the work, with its time line and the way to its table."""

import pytest
from people import make_people
from table_world import SeatedTable

import frappe

from sv_helpdesk.test_utils import make_message, make_note

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture
def table():
	frappe.set_user("Administrator")
	made = SeatedTable(*make_people("forming", *SeatedTable.ROLES))
	case = frappe.get_doc("SV Report", made.report)
	case.main_category = "bullying"
	case.append("further_categories", {"category": "threat"})
	case.save()
	make_message(case.name, subject="A question", body="May I call you?")
	make_note(case.name)
	frappe.db.commit()
	made.number = frappe.db.get_value("SV Decision Table", made.name, "table_number")
	return made


def open_tab(page, label: str) -> None:
	page.locator(".form-tabs .nav-link:visible", has_text=label).click()


def test_a_case_shows_its_time_line_and_leads_to_its_table_and_back(page_of, table):
	page = page_of(table.staff)
	page.goto(f"/app/sv-report/{table.report}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=table.report)
	open_tab(page, "Time line")
	rows = page.locator(".sv-time-line li")
	rows.filter(has_text="Incoming").filter(has_text="Message").wait_for()
	rows.filter(has_text="Talk").wait_for()
	rows.filter(has_text=table.number).wait_for()
	open_tab(page, "Conversation")
	page.get_by_text("May I call you?").wait_for()
	open_tab(page, "Nature")
	page.get_by_text("Bullying: Hurting, excluding").wait_for()
	page.get_by_text("Threat: Announcing").wait_for()
	page.evaluate("() => cur_frm.set_value({ further_categories: [], main_category: '' })")
	for definition in ("Bullying: Hurting, excluding", "Threat: Announcing"):
		page.get_by_text(definition).wait_for(state="detached")
	page.evaluate("() => void cur_frm.reload_doc()")
	page.locator(".sv-neighbours").get_by_role("link", name=table.number).click()
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=table.name)
	number = frappe.db.get_value("SV Report", table.report, "case_number")
	page.locator(".sv-neighbours").get_by_role("link", name=number).wait_for()


def test_the_head_of_a_case_has_one_step_two_menus_and_no_more(page_of, table):
	page = page_of(table.staff)
	page.goto(f"/app/sv-report/{table.report}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=table.report)
	page.wait_for_load_state("networkidle")
	head = page.locator(".page-head:visible .custom-actions")
	assert [text.strip() for text in head.locator("button:visible").all_inner_texts()] == [
		"Settle",
		"Steps",
		"More",
	]
	# a signal of repetition offers this, and comes last
	page.evaluate("() => void sv_helpdesk.more(cur_frm, 'Ask the reporter to be joined', () => {})")
	head.get_by_role("button", name="More").click()
	assert head.locator(".dropdown-menu.show .dropdown-item").all_inner_texts() == [
		"Ask the reporter to be joined",
		"Put on another desk's decision table",
		"Convert to another kind",
		"Give a colleague access",
		"Keep this case from somebody",
		"Allow somebody again",
	]


def test_who_works_at_one_desk_begins_a_case_at_that(page_of, table):
	# whoever has worked here before has several desks by now
	user = make_people("onedesk", "SV CCP Staff")[0]
	if not frappe.db.exists("SV Desk Member", {"user": user}):
		desk = frappe.get_doc("SV Desk", frappe.db.get_value("SV Report", table.report, "desk"))
		desk.append("members", {"user": user, "desk_role": "Member"})
		desk.save()
		frappe.db.commit()
	page = page_of(user)
	page.goto("/app/agenda")
	page.wait_for_function("() => window.frappe?.new_doc")
	page.evaluate("() => void frappe.new_doc('SV Report')")
	desk = frappe.db.get_value("SV Desk Member", {"user": user}, "parent")
	page.wait_for_function("desk => window.cur_frm?.is_new() && cur_frm.doc.desk === desk", arg=desk)
