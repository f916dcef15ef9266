"""In a browser: a consent is confirmed and withdrawn on its form, and read on the recipient's page."""

import pytest
from people import make_people
from sharing import CANARY, Case, text_of

import frappe

from sv_helpdesk.permissions import consent as rules
from sv_helpdesk.test_utils import make_action, make_consent, make_desk

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]

DANGER = {"basis": "Danger to safety", "how_given": "", "ground": f"{CANARY}-ground", "acute": 1}


@pytest.fixture(scope="module")
def people():
	return make_people("browsing", "SV CCP Staff", "SV CCP Staff", "SV HR Advisor")


@pytest.fixture
def case(people):
	return Case(make_desk(*people[:2]).name, *people[:2])


def test_a_colleague_confirms_an_exception_and_withdraws_it_on_its_form(page_of, case, people):
	decider, colleague, recipient = people
	frappe.set_user(decider)
	name = make_consent(case.name, case.reporter.name, **DANGER, scope="Identity", to_user=recipient).name
	frappe.set_user("Administrator")
	frappe.db.commit()
	page = page_of(colleague)
	page.goto(f"/app/sv-consent/{name}")
	page.get_by_text("closed unless a second person confirms it").wait_for()
	page.get_by_role("button", name="Confirm").click()
	page.get_by_role("button", name="Yes").click()
	page.get_by_text("Open until it is withdrawn.").wait_for()
	page.get_by_role("button", name="Withdraw").click()
	page.get_by_role("button", name="Yes").click()
	page.get_by_text("Nothing is shared any more.").wait_for()
	frappe.db.rollback()
	assert frappe.db.get_value("SV Consent", name, "second_person") == colleague
	assert not rules.is_open(name)


@pytest.mark.parametrize(
	("doctype", "values"),
	[
		("SV Consent", {"scope": "Summary", "how_given": "Spoken", "purpose": f"{CANARY}-purpose"}),
		("SV Message", {"direction": "Incoming", "channel": "Telephone", "body": f"{CANARY}-body"}),
	],
)
def test_what_nobody_changes_later_is_filled_in_on_its_form(page_of, case, people, doctype, values):
	frappe.db.commit()
	page = page_of(people[0])
	page.goto(f"/app/sv-report/{case.name}")
	page.locator(f'.document-link[data-doctype="{doctype}"] button.btn-new').click()
	page.wait_for_function("doctype => window.cur_frm?.doctype === doctype && cur_frm.is_new()", arg=doctype)
	if doctype == "SV Consent":
		values = {**values, "party": case.reporter.name, "to_user": people[2]}
	page.evaluate("values => cur_frm.set_value(values)", values)
	page.get_by_role("button", name="Save").click()
	page.wait_for_function("!cur_frm.is_new()")
	frappe.db.rollback()
	assert frappe.db.exists(doctype, {"report": case.name, "owner": people[0]})


def test_a_second_person_finds_what_waits_in_the_list(page_of, case, people):
	decider, colleague, _recipient = people
	frappe.set_user(decider)
	name = make_consent(case.name, None, **DANGER).name
	frappe.set_user("Administrator")
	frappe.db.commit()
	page = page_of(colleague)
	page.goto("/app/sv-consent")
	page.get_by_role("button", name="Exceptions to confirm").click()
	waiting = page.locator(".modal-body .border-bottom", has_text=case.report.case_number)
	assert f"{CANARY}-ground" in waiting.inner_text()
	waiting.get_by_role("button", name="Confirm").click()
	waiting.wait_for(state="hidden")
	frappe.db.rollback()
	assert rules.is_open(name)


def test_a_recipient_reads_a_dossier_with_its_files(page_of, case, people):
	recipient = people[2]
	purpose = f"{CANARY}-{frappe.generate_hash(length=6)}"
	make_consent(case.name, case.reporter.name, scope="Dossier", to_user=recipient, purpose=purpose)
	frappe.db.commit()
	page = page_of(recipient)
	page.goto("/app/shared-with-me")
	page.locator(".border-bottom", has_text=purpose).get_by_role("button", name="Read").click()
	page.get_by_text(text_of(case.report, "narrative")).wait_for()
	assert page.frame_locator("iframe").first.locator("body").inner_text() == text_of(case.message, "body")
	# a click while the dialog still slides in goes nowhere
	page.wait_for_function("() => window.cur_dialog?.display")
	with page.expect_download() as download:
		page.get_by_role("button", name=text_of(case.file, "original_name")).click()
	assert download.value.path().read_bytes() == f"{CANARY}-file-bytes".encode()


def test_a_summary_that_nobody_wrote_says_so(page_of, case, people):
	recipient = people[2]
	purpose = f"{CANARY}-{frappe.generate_hash(length=6)}"
	make_consent(case.name, case.reporter.name, scope="Summary", to_user=recipient, purpose=purpose)
	frappe.db.commit()
	page = page_of(recipient)
	page.goto("/app/shared-with-me")
	page.locator(".border-bottom", has_text=purpose).get_by_role("button", name="Read").click()
	page.get_by_text("Nothing was written down to share yet.").wait_for()


def test_who_carries_out_an_action_sees_the_facts_around_it_on_its_form(page_of, case, people):
	recipient = people[2]
	action = make_action(decision_table=case.table.name, action_owner=recipient).name
	frappe.db.commit()
	page = page_of(recipient)
	page.goto(f"/app/sv-action/{action}")
	page.locator(".sv-permitted-context", has_text=case.table.table_number).wait_for()
