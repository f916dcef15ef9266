"""In a browser: a Dutch reader has our labels and choices in Dutch, days and numbers as they write them."""

import re

import pytest
from people import make_people

import frappe

from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.test_utils import make_action, make_desk, make_referral, make_report

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture
def reader():
	frappe.set_user("Administrator")
	staff, coordinator = make_people(frappe.generate_hash(length=6), CCP_STAFF, COORDINATOR)
	for user in (staff, coordinator):
		frappe.db.set_value("User", user, "language", "nl")
	desk = make_desk(members=[{"user": coordinator, "desk_role": "Coordinator"}, {"user": staff}]).name
	case = make_report(desk=desk, handler=staff, kind="Report")
	make_referral(case, status="Draft")
	make_action(report=case.name, action_owner=coordinator, due_on="2026-01-31")
	frappe.db.commit()
	frappe.clear_cache(user=coordinator)
	return coordinator, case


def test_a_form_and_its_choices_say_what_our_dictionary_says_of_the_document(page_of, reader):
	coordinator, case = reader
	page = page_of(coordinator)
	page.goto(f"/app/sv-report/{case.name}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=case.name)
	page.wait_for_load_state("networkidle")
	# without the document "Bureau", "Rapport" and "Ander"
	assert page.evaluate("cur_frm.get_field('desk').df.label") == "Loket"
	words = page.evaluate("cur_frm.get_field('kind').$input.find('option').get().map((one) => one.text)")
	assert "Melding" in words and not {"Rapport", "Report"} & set(words)
	assert (
		page.evaluate("frappe.format('Report', frappe.meta.get_docfield('SV Report', 'kind'))") == "Melding"
	)
	# what is kept is what was kept before
	assert page.evaluate("[cur_frm.doc.kind, cur_frm.is_dirty()]") == ["Report", False]
	assert page.evaluate("frappe.meta.get_docfield('SV Report', 'kind').options").startswith("Signal")


def test_documents_are_called_by_plain_words_in_english_too(page_of, reader):
	coordinator, case = reader
	page = page_of(coordinator)
	for language, case_word, party_word in (("en", "Case", "Person"), ("nl", "Zaak", "Betrokkene")):
		frappe.db.set_value("User", coordinator, "language", language)
		frappe.db.commit()
		frappe.clear_cache(user=coordinator)
		page.goto("/app/sv-report")
		page.locator(".list-row", has_text=case.case_number).wait_for()
		assert page.locator(".page-head:visible .title-text").inner_text() == case_word
		page.goto(f"/app/sv-report/{case.name}")
		page.wait_for_function("name => window.cur_frm?.docname === name", arg=case.name)
		page.wait_for_load_state("networkidle")
		assert (
			page.locator('.document-link[data-doctype="SV Party"]')
			.inner_text()
			.strip()
			.startswith(party_word)
		)
		shown = page.locator("body").inner_text()
		assert not re.findall(r"\bSV (?!-)[A-Z]\w+", shown.replace(case.case_number, ""))


def test_a_list_and_its_fields_above_do_so_too(page_of, reader):
	coordinator, case = reader
	page = page_of(coordinator)
	page.goto("/app/sv-report")
	of_case = page.locator(".list-row", has_text=case.case_number)
	of_case.wait_for()
	assert "Melding" in of_case.inner_text() and "Rapport" not in of_case.inner_text()
	page.goto("/app/sv-referral")
	row = page.locator(".list-row", has_text="Concept")
	row.first.wait_for()
	assert "Droogte" not in page.locator(".page-body").first.inner_text()
	choices = page.locator(
		".standard-filter-section select[data-fieldname=status] option"
	).all_text_contents()
	assert "Concept" in choices and "Droogte" not in choices
	page.locator(".standard-filter-section select[data-fieldname=status]").select_option("Offered")
	page.get_by_text("Er is niets gevonden").wait_for()


def test_boards_and_lists_write_days_as_the_dutch_do(page_of, reader):
	coordinator, _case = reader
	page = page_of(coordinator)
	page.goto("/app/my-aftercare-and-actions")
	board = page.locator(".sv-board:visible")
	board.locator("li .day").first.wait_for()
	assert board.locator("li .day").first.inner_text() == "31-01-2026"
	assert not re.search(r"\b(Open|Waits for you|Nothing)\b", board.inner_text().replace("Open acties", ""))
	page.goto("/app/sv-action")
	page.locator(".list-row", has_text="31-01-2026").first.wait_for()
