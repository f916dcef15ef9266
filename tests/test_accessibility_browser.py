"""In a browser: axe-core finds nothing wrong with our pages, nor with what is ours in the Desk's."""

import time

import pyotp
import pytest
from accessibility import faults
from browser_fixtures import console_errors
from people import PASSWORD, make_people
from reporting_helpers import DESK, answer_of_desk, has_been_open, latest_report, page_in_use
from second_factor_helpers import forget_factors, invited, switch_gate
from table_world import SeatedTable

import frappe

from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_message, make_minutes, make_note, make_party

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures", "reporting_fixtures"]
LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])
SOUND = {"name": "x.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3" + b"0" * 50}


def press(page, name: str = "") -> None:
	"""Send a form of the reporting page that has been open for some time."""
	has_been_open(page)
	page.locator(f"main button[name={name}]" if name else "main button").first.click()
	page.wait_for_load_state()


@LANGUAGES
def test_the_form_and_the_texts_of_the_reporting_page(browse, language):
	page = browse()
	page.goto(f"/melden?lang={language}")
	assert faults(page) == []
	page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
	assert faults(page) == [], "with all that can be opened"
	press(page)
	page.locator(".summary").wait_for()
	assert faults(page) == [], "with what is missing"
	for path in ("leidinggevenden", "ladder", "loketten"):
		page.goto(f"/melden/{path}?lang={language}")
		assert faults(page) == [], path


@LANGUAGES
def test_the_way_back_and_the_dialogue_of_the_reporting_page(two_desks, browse, language):
	page = browse()
	page.goto(f"/melden?lang={language}")
	page.get_by_label(DESK.title(), exact=True).check()
	page.locator("#how-anonymous").check()
	page.locator("#story").fill("x")
	page.locator("#files").set_input_files(SOUND)
	press(page)
	code = page.locator("p.digits").inner_text()
	assert faults(page) == [], "with the code, and a file that may name somebody"
	answer_of_desk(two_desks, latest_report(), "y")
	page.goto(f"/melden/code?lang={language}")
	assert faults(page) == []
	page.locator("#code").fill("0000 0000 0000 0000")
	press(page)
	assert faults(page) == [], "of a code that leads nowhere"
	page.locator("#code").fill(code)
	press(page)
	page.locator("article").first.wait_for()
	assert faults(page) == []
	press(page, "write")
	assert faults(page) == [], "of nothing to send"
	page.locator("#text").fill("z")
	press(page, "write")
	page.locator(".done").wait_for()
	assert faults(page) == [], "of what was sent"
	page.locator("summary").click()
	assert faults(page) == [], "before it is withdrawn"
	page.locator("#sure").check()
	press(page, "withdraw")
	assert faults(page) == [], "withdrawn"


def test_the_reporting_page_where_it_can_not_be_used(web, browse):
	page = browse()
	page.context.request.post("/api/method/login", form={"usr": "page_worker@uni.example", "pwd": PASSWORD})
	for path in ("/melden", "/melden/code"):
		page.goto(path)
		page.locator(".summary").wait_for()
		assert faults(page) == [], "for who is logged in"
	with page_in_use():
		frappe.db.set_value("SV Desk", DESK, "takes_reports", 0)
		frappe.db.commit()
		page.goto("/melden")
		page.locator(".summary").wait_for()
		assert faults(page) == [], "without a desk"


def test_the_second_factor_in_all_its_states(page_of):
	(user,) = make_people("accessible", COORDINATOR)
	forget_factors(user)
	page = page_of(user)
	told = console_errors(page)
	page.goto("/second-factor")
	assert faults(page) == [], "not needed"
	switch_gate(True)
	try:
		page.goto("/second-factor")
		assert faults(page) == [], "an invitation is asked for"
		page.get_by_label("Your invitation").fill(invited(user))
		page.keyboard.press("Enter")
		first = page.get_by_label("The code of six digits")
		first.wait_for()
		assert faults(page) == [], "with the key"
		secret = page.locator("#key").inner_text().replace(" ", "")
		first.fill("000000")
		page.keyboard.press("Enter")
		page.get_by_role("alert").wait_for()
		assert faults(page) == [], "of a wrong code"
		first.fill(pyotp.TOTP(secret).at(int(time.time()) - 30))
		page.keyboard.press("Enter")
		page.locator("#recovery li").first.wait_for()
		assert faults(page) == [], "with the recovery codes"
		page.goto("/second-factor")
		page.get_by_label("User id of the colleague").wait_for()
		assert faults(page) == [], "for who helps a colleague"
		again = page_of(user)
		again.goto("/second-factor")
		again.get_by_label("Code of six digits").wait_for()
		assert faults(again) == [], "before it lets somebody in"
	finally:
		switch_gate(False)
		forget_factors(user)
	assert told == []


@pytest.fixture(scope="module")
def table():
	frappe.set_user("Administrator")
	made = SeatedTable(*make_people("accessing", *SeatedTable.ROLES))
	make_message(made.report, subject="A question", body="May I call you?", direction="Incoming")
	make_note(made.report)
	made.minutes = make_minutes(made.name, writer=made.staff, facts="").name
	make_party(made.report, account=made.outsider)
	frappe.db.commit()
	return made


def test_the_page_on_which_a_reporter_sees_who_opened_what(page_of, table):
	page = page_of(table.staff)
	page.goto(f"/app/sv-report/{table.report}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=table.report)
	for user, shown in ((table.outsider, "table"), (table.staff, "p")):
		page = page_of(user)
		page.goto("/who-opened-my-file")
		page.locator(shown).first.wait_for()
		assert faults(page) == []


def test_the_boards_of_workspaces_and_the_pages_that_are_ours_in_the_desk(page_of, table):
	page = page_of(table.staff)
	for name in ("ccp-desk", "decision-tables"):
		page.goto(f"/app/{name}")
		board = page.locator(".sv-board:visible")
		board.locator(".list").first.wait_for()
		assert faults(board) == [], name
	for name in ("agenda", "shared-with-me"):
		page.goto(f"/app/{name}")
		page.wait_for_load_state("networkidle")
		assert faults(page.locator(".layout-main-section:visible")) == [], name


def test_what_is_ours_on_the_forms_of_a_case_and_of_minutes(page_of, table):
	page = page_of(table.staff)
	page.goto(f"/app/sv-report/{table.report}")
	page.locator(".sv-neighbours a").first.wait_for()
	assert faults(page.locator(".sv-neighbours")) == []
	for tab, ours in (("Conversation", ".sv-dialogue"), ("Time line", ".sv-time-line")):
		page.locator(".form-tabs .nav-link:visible", has_text=tab).click()
		page.locator(ours).locator(":scope > *").first.wait_for()
		assert faults(page.locator(ours)) == []
	page.goto(f"/app/sv-minutes/{table.minutes}")
	page.locator(".sv-lacking a").first.wait_for()
	assert faults(page.locator(".sv-lacking")) == []
