"""In a browser: forms and pickers show the words of what they link to, and no random name."""

import pytest
from people import make_people, make_person
from sharing import Case, text_of

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.test_utils import make_action, make_consent, make_decision_table, make_desk, make_note

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture(scope="module")
def people():
	return make_people("wording", "SV CCP Staff", "SV CCP Staff", "SV HR Advisor")


@pytest.fixture
def case(people):
	frappe.set_user("Administrator")
	return Case(make_desk(*people[:2]).name, *people[:2])


def open_form(page, doctype: str, name: str) -> None:
	page.goto(f"/app/{frappe.scrub(doctype).replace('_', '-')}/{name}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=name)
	page.wait_for_load_state("networkidle")


def shown(page, fieldname: str) -> str:
	"""What stands in a field of the form, whether it can be changed or not."""
	return page.evaluate(
		"""fieldname => {
			const field = cur_frm.get_field(fieldname);
			return field.$input?.is(':visible') ? field.$input.val() : field.$wrapper.find('.control-value').text();
		}""",
		fieldname,
	).strip()


def whole_page(page) -> str:
	"""All that can be read on a page: texts and what stands in fields."""
	return page.evaluate(
		"""() => [
			document.title, document.body.innerText,
			...[...document.querySelectorAll('input, textarea')].map((input) => input.value),
		].join('\\n')"""
	)


def test_a_referral_shows_case_person_desk_and_consent_in_words_and_saves_what_was_meant(
	page_of, case, people
):
	consent = make_consent(case.name, case.reporter.name, scope="Summary").name
	referral = case.refer("one", consent, party=case.reporter.name, from_desk=case.report.desk)
	frappe.db.commit()
	page = page_of(people[0])
	open_form(page, "SV Referral", referral.name)
	desk = frappe.db.get_value("SV Desk", case.report.desk, "title")
	assert case.report.case_number in shown(page, "report")
	assert shown(page, "party") == f"Reporter · {text_of(case.reporter, 'person_name')}"
	assert shown(page, "consent").startswith("Summary")
	assert shown(page, "from_desk") == desk
	for name in (referral.name, case.name, case.reporter.name, consent):
		assert name not in whole_page(page)
	page.evaluate("() => cur_frm.set_value('warm', 1)")
	page.get_by_role("button", name="Save").click()
	page.wait_for_function("() => !cur_frm.is_dirty()")
	frappe.db.rollback()
	stored = frappe.get_doc("SV Referral", referral.name)
	assert (stored.party, stored.consent, stored.warm) == (case.reporter.name, consent, 1)


def test_a_person_is_picked_by_name_from_those_of_the_case(page_of, case, people):
	note = make_note(case.name).name
	frappe.db.commit()
	page = page_of(people[0])
	open_form(page, "SV Note", note)
	assert case.report.case_number in page.title() and note not in page.title()
	picker = page.locator("[data-fieldname=party] input")
	picker.click()
	offered = page.locator(
		"[data-fieldname=party] .awesomplete [role=option], [data-fieldname=party] .awesomplete li"
	)
	offered.filter(has_text=text_of(case.reporter, "person_name")).click()
	page.wait_for_function("name => cur_frm.doc.party === name", arg=case.reporter.name)
	assert shown(page, "party") == f"Reporter · {text_of(case.reporter, 'person_name')}"
	assert page.get_by_text("Advanced Search").count() == 0


def test_the_cases_of_a_table_stand_there_with_their_numbers(page_of, case, people):
	row = frappe.db.get_value("SV Table Case", {"decision_table": case.table.name})
	frappe.db.commit()
	page = page_of(people[0])
	open_form(page, "SV Table Case", row)
	page.locator("[data-fieldname=reports] .grid-row").get_by_text(case.report.case_number).wait_for()
	assert case.name not in whole_page(page)


def test_who_carries_out_an_action_sees_no_random_name_of_what_is_not_theirs(page_of, case, people):
	action = make_action(decision_table=case.table.name, action_owner=people[2]).name
	frappe.db.commit()
	page = page_of(people[2])
	open_form(page, "SV Action", action)
	assert shown(page, "decision_table") == "Not visible to you"
	assert case.table.name not in whole_page(page) and action not in whole_page(page)
	assert "Action" in page.title() and "Not visible" not in page.title()


def test_who_sits_at_a_table_reads_what_its_desk_is_called(page_of, people):
	frappe.set_user("Administrator")
	desk = make_desk(title="Meldpunt").name
	table = make_decision_table(desk=desk, members=[{"user": people[2], "capacity": "HR adviser"}])
	frappe.db.set_value("SV Table Member", {"parent": table.name}, "accepted_at", now_datetime())
	frappe.db.commit()
	page = page_of(people[2])
	open_form(page, "SV Decision Table", table.name)
	assert shown(page, "desk") == "Meldpunt" and desk not in whole_page(page)


def test_the_settings_are_headed_by_what_they_are(page_of):
	user = make_person("headed", "SV Coordinator")
	frappe.db.commit()
	page = page_of(user)
	page.goto("/app/sv-settings")
	page.wait_for_function("() => window.cur_frm?.docname === 'SV Settings'")
	page.wait_for_load_state("networkidle")
	assert "Settings" in page.title() and "Not visible" not in whole_page(page)
