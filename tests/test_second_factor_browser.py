"""The page of the second factor in a browser: a phone's width, by keyboard alone, and nothing is kept."""

import time

import pyotp
import pytest
from people import PASSWORD, make_desk_without_mail, make_person
from playwright.sync_api import sync_playwright
from second_factor_helpers import forget_factors, invited, switch_gate

import frappe

from sv_helpdesk.test_utils import make_report

pytestmark = pytest.mark.commits

USER, DESK = "fenna@uni.example", "gate_desk"
PHONE = {"width": 360, "height": 640}


@pytest.fixture
def case():
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	make_person("fenna", "SV CCP Staff", desk=DESK)
	forget_factors(USER)
	report = make_report(desk=DESK, subject="ZZKEPT").name
	frappe.db.commit()
	switch_gate(True)
	yield report
	switch_gate(False)
	forget_factors(USER)


@pytest.fixture
def page(web, case):
	"""A browser of a phone's size in which Fenna is logged in with her password."""
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
		context = browser.new_context(viewport=PHONE, base_url=web.base_url)
		context.request.post("/api/method/login", form={"usr": USER, "pwd": PASSWORD})
		page = context.new_page()
		page.errors = []
		page.on("pageerror", lambda error: page.errors.append(str(error)))
		page.on("console", lambda line: page.errors.append(line.text) if line.type == "error" else None)
		yield page
		browser.close()


def fits(page) -> bool:
	"""Nothing runs out of the screen sideways."""
	return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_setting_up_by_keyboard_alone_on_a_phone(page, case):
	page.goto("/second-factor")
	page.keyboard.type(invited(USER))
	page.keyboard.press("Enter")
	page.get_by_label("The code of six digits").wait_for()
	assert page.locator("#qr svg[viewBox]").count() == 1 and fits(page), "scaled, not cut off"
	secret = page.locator("#key").inner_text().replace(" ", "")
	page.keyboard.type("000000")
	page.keyboard.press("Enter")
	page.get_by_role("alert").wait_for()
	assert "not right" in page.get_by_role("alert").inner_text()
	field = page.get_by_label("The code of six digits")
	field.focus()
	field.fill("")
	page.keyboard.type(pyotp.TOTP(secret).at(int(time.time()) - 30))
	page.keyboard.press("Enter")
	page.locator("#recovery li").first.wait_for()
	assert page.locator("#recovery li").count() == 10 and fits(page)
	assert page.errors == [], "also: its policy blocks nothing that it needs"
	page.keyboard.press("Enter")
	page.wait_for_url("**/app**")


def test_the_desk_says_in_words_why_it_shows_nothing_and_leads_there(page, case):
	page.goto("/app/sv-report")
	hint = page.get_by_role("status").filter(has_text="second factor")
	hint.wait_for()
	hint.get_by_role("link").click()
	page.wait_for_url("**/second-factor")


def test_the_browser_keeps_nothing_of_a_case(page, case):
	switch_gate(False)
	page.goto(f"/app/sv-report/{case}")
	page.get_by_text("ZZKEPT").first.wait_for(state="attached")
	page.wait_for_function("() => cur_frm && cur_frm.doc.subject === 'ZZKEPT'")
	kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
	assert "SV Report" in kept, "the Desk keeps how a form is built"
	assert "ZZKEPT" not in kept and case not in kept
