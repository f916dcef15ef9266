"""In a browser: somebody reports anonymously on a phone, the desk answers from the case, and they come back."""

import io

import pytest
from browser_fixtures import console_errors
from PIL import Image
from reporting_helpers import DESK, WORKER, has_been_open, latest_report

import frappe

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures", "reporting_fixtures"]
PHONE = {"viewport": {"width": 375, "height": 667}, "is_mobile": True, "has_touch": True}


def picture() -> dict:
	made = io.BytesIO()
	Image.new("RGB", (4, 4), "navy").save(made, "PNG")
	return {"name": "chat.png", "mimeType": "image/png", "buffer": made.getvalue()}


def send(page, button: str) -> None:
	has_been_open(page)
	page.get_by_role("button", name=button).tap()


def come_back(page, code: str) -> None:
	page.goto("/melden")
	page.get_by_role("link", name="Ik heb een code").tap()
	page.get_by_label("Uw code van zestien cijfers").fill(code)
	send(page, "Kom terug")
	page.get_by_role("heading", name="Uw melding en het loket").wait_for()


def open_conversation(page):
	page.locator(".form-tabs .nav-link:visible", has_text="Conversation").click()
	return page.locator(".sv-dialogue")


def test_from_the_first_word_to_withdrawing(browse, page_of):
	phone = browse(**PHONE)
	phone.goto("/melden")
	phone.get_by_label(DESK.title(), exact=True).tap()
	phone.get_by_label("Ja, anoniem").tap()
	phone.get_by_label("Wat is er gebeurd?").fill("Hij riep naar mij op de gang.")
	send(phone, "Verstuur mijn melding")
	code = phone.locator("p.digits").inner_text()
	number = frappe.db.get_value("SV Report", latest_report(), "case_number")

	desk = page_of(f"{WORKER}@uni.example")
	told = console_errors(desk)
	desk.goto("/app/ccp-desk")
	desk.locator(".sv-board:visible").get_by_role("button", name="Without a handler").click()
	desk.locator(".list-row", has_text=number).locator("a").first.click()
	open_conversation(desk).get_by_text("Hij riep naar mij op de gang.").wait_for()
	desk.get_by_role("button", name="Answer").click()
	answer = desk.locator(".modal-dialog:visible", has_text="Your answer")
	answer.locator("textarea").fill("Wanneer was dat?")
	answer.get_by_role("button", name="Send").click()
	desk.locator(".sv-dialogue", has_text="Wanneer was dat?").wait_for()

	come_back(phone, code)
	assert "Wanneer was dat?" in phone.get_by_role("article").first.inner_text()
	phone.get_by_label("Uw tekst").fill("Gisteren. Ik heb een foto van het bericht.")
	phone.get_by_label("Uw bestanden").set_input_files(picture())
	send(phone, "Verstuur naar het loket")
	phone.get_by_text("Het loket heeft wat u stuurde").wait_for()
	desk.reload()
	open_conversation(desk).get_by_text("Ik heb een foto van het bericht.").wait_for()
	with desk.expect_download() as download:
		desk.get_by_role("button", name="bijlage-1.png").click()
	assert Image.open(download.value.path()).size == (4, 4)

	come_back(phone, code)
	phone.get_by_text("Ik wil mijn melding intrekken").tap()
	phone.get_by_label("Ja, ik weet het zeker").tap()
	send(phone, "Mijn melding intrekken")
	phone.get_by_role("heading", name="Uw melding is ingetrokken").wait_for()
	assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	desk.reload()
	desk.get_by_text("Mind this: The reporter withdraws the report").wait_for()
	assert told == []
