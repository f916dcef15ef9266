"""In a browser: what is due is seen on a case, in the list of cases, in that of clocks and in the agenda."""

from datetime import timedelta

import pytest
from browser_fixtures import open_workspace
from people import make_people

import frappe
from frappe.utils import add_days, format_datetime, now_datetime, today

from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.test_utils import (
	make_aftercare,
	make_aftercare_contact,
	make_deadline,
	make_decision_table,
	make_desk,
	make_minutes,
	make_report_without_clocks,
	make_term,
)

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture(scope="module")
def staff():
	return make_people("due", CCP_STAFF)[0]


@pytest.fixture(scope="module")
def coordinator():
	return make_people("counting", COORDINATOR)[0]


@pytest.fixture
def cases(staff, coordinator):
	"""Two cases: the first is the most overdue, the second was changed last."""
	desk = make_desk(staff, coordinator).name
	cases = [make_report_without_clocks(desk=desk, handler=staff) for _ in range(2)]
	for case, kind, hours, status in (
		(cases[0], "Triage", -72.5, "Breached"),
		(cases[0], "First talk", 50, "Running"),
		(cases[1], "Triage", -3.5, "Running"),
		(cases[1], "Acknowledgement", -999, "Met"),
	):
		due = now_datetime() + timedelta(hours=hours)
		make_deadline(
			report=case.name,
			document_type="SV Report",
			document_name=case.name,
			kind=kind,
			status=status,
			deadline_owner=staff,
			started_at=due - timedelta(days=9),
			desk=desk,
			due_at=due,
		)
	frappe.db.commit()
	yield cases
	frappe.db.rollback()
	frappe.db.delete("SV Deadline", {"desk": desk})
	frappe.db.commit()


def test_a_case_counts_down_in_red_what_is_late_and_then_what_comes(page_of, staff, cases):
	page = page_of(staff)
	page.goto(f"/app/sv-report/{cases[0].name}")
	line = page.locator(".sv-due")
	line.get_by_text("Triage: 3 days late").wait_for()
	assert line.count() == 1
	late, coming = line.locator(".indicator-pill").all()
	assert "red" in late.get_attribute("class") and "blue" in coming.get_attribute("class")
	due = frappe.db.get_value("SV Deadline", {"report": cases[0].name, "kind": "First talk"}, "due_at")
	assert f"First talk: due in 2 days · {format_datetime(due, 'dd-MM-yyyy')}" in coming.inner_text()
	with page.expect_response(lambda answer: "sight.of" in answer.url):
		page.evaluate("() => { cur_frm.refresh(); cur_frm.refresh(); }")
	page.wait_for_load_state("networkidle")
	assert line.count() == 1


def test_the_list_of_cases_marks_what_is_due_and_can_begin_with_it(page_of, staff, cases):
	page = page_of(staff)
	page.goto("/app/sv-report")
	rows = page.locator(".list-row-container .list-row")
	rows.filter(has_text=cases[1].case_number).get_by_text("3 hours late").wait_for()
	rows.filter(has_text=cases[0].case_number).get_by_text("3 days late").wait_for()
	page.get_by_role("button", name="What is due first").click()
	page.wait_for_function(
		"number => document.querySelector('.list-row-container .list-row')?.innerText.includes(number)",
		arg=cases[0].case_number,
	)
	assert cases[1].case_number in rows.nth(1).inner_text()


def test_what_is_due_is_read_whole_beside_the_number_of_a_case(page_of, coordinator, cases):
	page = page_of(coordinator)
	page.set_viewport_size({"width": 1400, "height": 900})
	page.goto("/app/sv-report")
	row = page.locator(".list-row-container .list-row").filter(has_text=cases[1].case_number)
	row.get_by_text("3 hours late").wait_for()
	mark, cell = row.locator(".sv-due").bounding_box(), row.locator(".list-subject").bounding_box()
	assert mark["x"] + mark["width"] <= cell["x"] + cell["width"]
	assert cases[1].name not in row.inner_text()


def test_a_changed_term_is_saved_and_then_applied_to_the_clocks_that_run(page_of, coordinator, cases, worker):
	clock = frappe.db.get_value("SV Deadline", {"report": cases[1].name, "kind": "Triage"})
	leads = {"parent": cases[1].desk, "user": coordinator}
	frappe.db.set_value("SV Desk Member", leads, "desk_role", "Coordinator")
	term = make_term("Triage", 9, desk=cases[1].desk).name
	frappe.db.set_value("SV Deadline", clock, "term", term)
	frappe.db.commit()
	before = frappe.db.get_value("SV Deadline", clock, "due_at")
	page = page_of(coordinator)
	page.goto("/app/sv-term")
	row = page.locator(".list-row-container .list-row").filter(has=page.locator(f'a[href$="{term}"]'))
	assert "9 working days" in row.inner_text()
	common = page.locator(".list-row-container .list-row").filter(has_text="Acknowledgement").first
	assert "1 working day" in common.inner_text() and "1 working days" not in common.inner_text()
	row.get_by_text("Triage").click()
	apply = page.get_by_role("button", name="Apply to running clocks")
	apply.wait_for()
	page.locator(".title-text:visible", has_text="Triage").wait_for()
	page.evaluate("() => cur_frm.set_value('amount', 30)")
	apply.click()
	page.get_by_text("Save your changes first, then apply the term.").wait_for()
	page.reload()
	apply.click()
	page.get_by_role("button", name="Yes").click()
	page.get_by_text("The clocks are being moved.").wait_for()
	worker()
	frappe.db.rollback()
	assert frappe.db.get_value("SV Deadline", clock, "due_at") > before


def test_a_common_term_says_so_and_is_offered_only_to_who_may_apply_it(page_of, staff, coordinator, cases):
	leads = {"parent": cases[1].desk, "user": coordinator}
	frappe.db.set_value("SV Desk Member", leads, "desk_role", "Coordinator")
	frappe.db.commit()
	common = frappe.db.get_value("SV Term", {"kind": "Triage", "desk": ["is", "not set"]})
	for user, offered in ((coordinator, True), (staff, False)):
		page = page_of(user)
		page.goto(f"/app/sv-term/{common}")
		page.get_by_text("This term is for all desks that have none of their own.").wait_for()
		assert page.get_by_role("button", name="Apply to running clocks").is_visible() == offered


def test_who_says_when_they_are_away_keeps_what_was_refused_and_reads_what_was_taken(
	page_of, staff, coordinator, cases
):
	desk, first, last = cases[0].desk, add_days(today(), 1), add_days(today(), 9)
	page = page_of(staff)
	page.goto(f"/app/sv-desk/{desk}")
	page.get_by_role("button", name="When I am away").click()
	dialog = page.locator(".modal-dialog", has_text="Who is warned in my place")
	dialog.locator('[data-fieldname="stand_in"] select').select_option(coordinator)
	page.wait_for_function("() => window.cur_dialog?.is_visible")
	fill = "([name, day]) => cur_dialog.set_value(name, day)"
	page.evaluate(fill, ["absent_from", last])
	page.evaluate(fill, ["absent_until", first])
	dialog.get_by_role("button", name="Save").click()
	page.locator(".msgprint", has_text="has no beginning or end").wait_for()
	page.locator(".modal-dialog", has_text="has no beginning or end").locator(".btn-modal-close").click()
	page.locator(".msgprint").wait_for(state="hidden")
	assert dialog.locator('[data-fieldname="stand_in"] select').input_value() == coordinator
	page.evaluate(fill, ["absent_from", first])
	page.evaluate(fill, ["absent_until", last])
	dialog.get_by_role("button", name="Save").click()
	alert = page.locator(".desk-alert", has_text="You are away from")
	alert.wait_for()
	words = alert.inner_text()
	assert format_datetime(first, "dd-MM-yyyy") in words and format_datetime(last, "dd-MM-yyyy") in words
	assert "is warned in your place" in words
	dialog.wait_for(state="hidden")
	frappe.db.rollback()
	kept = frappe.db.get_value("SV Desk Member", {"parent": desk, "user": staff}, "stand_in")
	assert kept == coordinator


def test_the_list_of_clocks_begins_with_the_most_overdue_one(page_of, staff, cases):
	page = page_of(staff)
	page.goto("/app/sv-deadline")
	first = page.locator(".list-row-container .list-row").first
	# some hosts draw a state once for wide screens and once for narrow ones
	first.get_by_text("3 days late").first.wait_for()
	assert "Triage" in first.locator(".sv-due").first.get_attribute("title")
	assert "Breached" not in first.inner_text()
	assert cases[0].case_number in first.inner_text()


def test_a_clock_is_known_by_what_must_be_done_and_where_and_says_nothing_of_its_workings(
	page_of, coordinator, cases
):
	page = page_of(coordinator)
	clock = frappe.db.get_value("SV Deadline", {"report": cases[0].name, "kind": "Triage"})
	page.goto(f"/app/sv-deadline/{clock}")
	page.get_by_title(f"Triage · {cases[0].case_number}").first.wait_for()
	for label in ("Looked at next", "Left in seconds", "Told up to"):
		assert not page.get_by_text(label, exact=True).is_visible()
	assert not page.get_by_role("button", name="Save").is_visible()


def test_the_agenda_begins_with_what_is_due(page_of, staff, cases):
	page = page_of(staff)
	page.goto("/app/agenda")
	items = page.locator("section", has_text="What is due").locator("li")
	items.first.get_by_text("Triage: 3 days late").wait_for()
	assert [item.locator(".indicator-pill").inner_text() for item in items.all()] == [
		"Triage: 3 days late",
		"Triage: 3 hours late",
		"First talk: due in 2 days",
	]
	items.first.get_by_role("link").click()
	page.wait_for_url(f"**/sv-report/{cases[0].name}")


def test_a_coordinator_finds_the_report_and_what_is_late_now(page_of, coordinator, cases):
	page = page_of(coordinator)
	open_workspace(page, "Coordinator")
	page.get_by_role("link", name="Deadlines kept and missed", exact=True).click()
	page.wait_for_url("**/query-report/Deadlines*")
	row = page.locator(".dt-row", has_text="Triage").first
	row.get_by_title("2", exact=True).wait_for()
	assert page.locator(".page-form label:visible").all_inner_texts() == ["From", "Until"]


def test_the_lists_of_minutes_and_of_aftercare_contacts_mark_what_is_due(page_of, staff, cases):
	desk = cases[0].desk
	table = make_decision_table(desk=desk, coordinator=staff)
	minutes = make_minutes(table.name, writer=staff)
	contact = make_aftercare_contact(make_aftercare(cases[0].name).name, staff)
	due, of_case = now_datetime() - timedelta(hours=3.5), {"report": cases[0].name}
	for document, belongs in ((minutes, {"decision_table": table.name}), (contact, of_case)):
		watched = {"document_type": document.doctype, "document_name": document.name, "desk": desk}
		times = {"started_at": due - timedelta(days=9), "due_at": due}
		make_deadline(kind="Action", deadline_owner=staff, **watched, **belongs, **times)
	frappe.db.commit()
	page = page_of(staff)
	for doctype, document in (("sv-minutes", minutes), ("sv-aftercare-contact", contact)):
		page.goto(f"/app/{doctype}")
		row = page.locator(".list-row-container .list-row").filter(
			has=page.locator(f'[data-name="{document.name}"]')
		)
		row.locator(".sv-due").get_by_text("3 hours late").wait_for()
