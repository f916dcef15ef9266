"""In a browser: lists of work answer the usual questions, show states in words and nothing by a random name."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from browser_fixtures import console_errors
from ended_cases import end
from people import make_people

import frappe
from frappe.utils import add_days, getdate, now_datetime

from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_deadline,
	make_decision_table,
	make_desk,
	make_minutes,
	make_referral,
	make_report_without_clocks,
)

pytestmark = [pytest.mark.commits, pytest.mark.usefixtures("without_clocks")]
pytest_plugins = ["browser_fixtures"]
LISTS = (
	*("SV Report", "SV Referral", "SV Decision Table", "SV Action", "SV Aftercare"),
	*("SV Aftercare Contact", "SV Deadline", "SV Minutes", "SV Held Mail", "SV Figures"),
)
# a folder in which pictures of all lists are kept
PICTURES = os.environ.get("PICTURES_OF_LISTS")


@pytest.fixture
def people():
	frappe.set_user("Administrator")
	return make_people(frappe.generate_hash(length=6), CCP_STAFF, COORDINATOR)


@pytest.fixture
def desk(people):
	staff, coordinator = people
	members = [{"user": coordinator, "desk_role": "Coordinator"}, {"user": staff}]
	found = make_desk(members=members).name
	frappe.db.commit()
	return found


def work(desk: str, staff: str):
	"""Make a case with one of everything; return it."""
	case = make_report_without_clocks(desk=desk, handler=staff, status="Triage", main_category="bullying")
	due = now_datetime() - timedelta(hours=3.5)
	of_case = {"document_type": "SV Report", "document_name": case.name, "report": case.name, "desk": desk}
	make_deadline(kind="Triage", started_at=due - timedelta(days=9), due_at=due, **of_case)
	make_referral(case, status="Draft")
	table = make_decision_table(desk=desk, coordinator=staff, urgency="Acute danger")
	make_minutes(table.name, writer=staff)
	make_action(report=case.name, action_owner=staff, due_on=add_days(getdate(), -2))
	make_aftercare_contact(make_aftercare(case.name).name, staff)
	frappe.get_doc(
		doctype="SV Held Mail", desk=desk, reason="Automatic reply", received_at=due, status="Held"
	).insert()
	frappe.db.commit()
	return case


def open_list(page, doctype: str):
	"""Open a list and wait until all that it asks for has come."""
	page.goto(f"/app/{doctype.lower().replace(' ', '-')}")
	page.wait_for_function("doctype => window.cur_list?.doctype === doctype", arg=doctype)
	page.locator(".list-row-container, .no-result").locator("visible=true").first.wait_for()
	page.wait_for_load_state("networkidle")


def rows(page) -> list[str]:
	return page.evaluate("cur_list.data.map(({ name }) => name)")


def choose(page, question: str, found: set[str]) -> None:
	"""Choose one of the usual questions and wait until the list shows just these rows."""
	page.get_by_role("button", name="Usual questions").click()
	page.locator(".dropdown-menu.show .dropdown-item").get_by_text(question, exact=True).click()
	page.wait_for_function(
		"found => JSON.stringify(cur_list.data.map(({ name }) => name).sort()) === found",
		arg=json.dumps(sorted(found), separators=(",", ":")),
	)
	page.wait_for_load_state("networkidle")


def test_no_list_of_work_shows_a_random_name_or_fails(page_of, people, desk):
	staff, coordinator = people
	work(desk, staff)
	page = page_of(coordinator)
	told = console_errors(page)
	for doctype in LISTS:
		open_list(page, doctype)
		if PICTURES:
			page.screenshot(path=Path(PICTURES) / f"{doctype}.png")
		names = rows(page)
		assert names or doctype == "SV Figures", doctype
		shown = page.locator(".frappe-list .result").inner_text()
		assert not [name for name in names if name in shown], doctype
		assert "bullying" not in shown and "@" not in shown, doctype
	assert told == []


def test_the_list_of_cases_answers_the_usual_questions(page_of, people, desk):
	staff, coordinator = people
	late = work(desk, staff)
	nobodys = make_report_without_clocks(desk=desk)
	closed = make_report_without_clocks(desk=desk, handler=staff)
	frappe.db.set_value("SV Report", closed.name, "status", "Closed")
	asked = make_report_without_clocks(desk=desk, handler=coordinator)
	ends = now_datetime() + timedelta(days=20)
	of_case = {"document_type": "SV Report", "document_name": asked.name, "report": asked.name, "desk": desk}
	make_deadline(kind="Answer of the reporter", due_at=ends, **of_case)
	frappe.db.commit()
	page = page_of(staff)
	open_list(page, "SV Report")
	assert set(rows(page)) == {late.name, nobodys.name, asked.name}
	for question, found in {
		"My open cases": {late.name},
		"Without a handler": {nobodys.name},
		"Late now": {late.name},
		"Waiting for the reporter": {asked.name},
		"All open cases": {late.name, nobodys.name, asked.name},
	}.items():
		choose(page, question, found)


def test_actions_and_contacts_are_asked_for_by_their_days(page_of, people, desk):
	staff, _coordinator = people
	case = work(desk, staff)
	far = make_action(report=case.name, action_owner=staff, due_on=add_days(getdate(), 60))
	frappe.db.commit()
	page = page_of(staff)
	open_list(page, "SV Action")
	[overdue, last] = rows(page)
	assert last == far.name
	choose(page, "Late now", {overdue})
	choose(page, "My open actions", {overdue, last})
	open_list(page, "SV Aftercare Contact")
	choose(page, "My contacts", set(rows(page)))


@pytest.mark.parametrize("doctype", LISTS)
def test_an_empty_list_says_what_to_do(page_of, people, desk, doctype):
	page = page_of(people[0])
	open_list(page, doctype)
	told = page.locator(".no-result .msg-box").inner_text()
	assert "." in told and "created" not in told, told
	if page.evaluate("cur_list.filter_area.get().length"):
		page.evaluate("cur_list.filter_area.clear()")
		page.locator(".no-result").get_by_text("No ").wait_for()


def test_a_list_asks_as_often_for_many_rows_as_for_few(page_of, people, desk):
	staff, _coordinator = people
	counts = []
	for number in (1, 8):
		for _number in range(number):
			work(desk, staff)
		page = page_of(staff)
		for doctype in ("SV Report", "SV Action", "SV Minutes"):
			open_list(page, doctype)
		asked = []
		page.on(
			"request", lambda request, asked=asked: asked.append(request.url.partition("/api/method/")[2])
		)
		for doctype in ("SV Report", "SV Minutes"):
			open_list(page, doctype)
		counts.append(len([url for url in asked if url]))
	# the host saves how a list was left a moment later
	assert abs(counts[1] - counts[0]) <= 2


def test_a_list_offers_nothing_of_the_host_that_is_refused_for_ours(page_of, people, desk):
	page = page_of(people[0])
	offered = ".page-container:visible :is(.save-filter-section, .list-tags, .tags-section)"
	page.goto("/app/todo/view/list")
	page.wait_for_function("() => window.cur_list?.doctype === 'ToDo'")
	# the host offers them where they work
	page.locator(offered).first.wait_for(state="attached")
	assert page.locator(f"{offered}:visible").count()
	page.goto("/app/sv-report/view/list")
	page.wait_for_function("() => window.cur_list?.doctype === 'SV Report'")
	page.locator(offered).first.wait_for(state="attached")
	assert page.locator(f"{offered}:visible").count() == 0


def test_the_state_of_each_case_is_read_whole(page_of, people, desk):
	staff, _coordinator = people
	for status in ("Acknowledged", "Decision table", "Aftercare", "Referred"):
		make_report_without_clocks(desk=desk, handler=staff, status=status, main_category="bullying")
	frappe.db.commit()
	page = page_of(staff)
	page.set_viewport_size({"width": 1280, "height": 800})
	open_list(page, "SV Report")
	states = page.locator('.list-row [data-filter^="status,"]:visible')
	assert sorted(states.all_inner_texts()) == ["Acknowledged", "Aftercare", "Decision table", "Referred"]
	cut = """pills => pills
		.filter((pill) => [pill, ...pill.querySelectorAll("*")]
			.some((part) => part.clientWidth && part.scrollWidth > part.clientWidth))
		.map((pill) => pill.innerText)"""
	assert states.evaluate_all(cut) == []
	left = "cells => cells.map((cell) => cell.getBoundingClientRect().left)"
	column = ":is(.list-header-subject, .list-row > .level-left) > .list-row-col:nth-child(3):visible"
	places = page.locator(column).evaluate_all(left)
	# on Frappe 16 a head has the host's own margin
	assert len(places) == 5 and max(places) - min(places) <= 8, "heads stand above their columns"


def test_what_is_to_be_anonymised_is_confirmed_in_the_list(page_of, people, desk):
	staff, _coordinator = people
	cases = [
		make_report_without_clocks(desk=desk, handler=staff, main_category="bullying") for _number in range(2)
	]
	for case in cases:
		end(case.name)
	frappe.db.set_value("SV Report", cases[1].name, "anonymise_on", add_days(getdate(), 400))
	frappe.db.commit()
	page = page_of(staff)
	told = console_errors(page)
	open_list(page, "SV Report")
	choose(page, "To be anonymised", {cases[0].name})
	page.locator(f'.list-row-checkbox[data-name="{cases[0].name}"]').check()
	page.get_by_role("button", name="Actions").locator("visible=true").click()
	page.locator(".dropdown-menu.show .dropdown-item").get_by_text("Confirm anonymising").click()
	page.get_by_role("button", name="Yes").click()
	page.wait_for_function("() => !cur_list.data.length")
	frappe.db.rollback()
	assert frappe.db.get_value("SV Report", cases[0].name, "anonymise_confirmed_by") == staff
	assert told == []
