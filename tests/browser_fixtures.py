"""A browser for tests of what people see in the Desk."""

import pytest
from people import PASSWORD
from playwright.sync_api import sync_playwright


@pytest.fixture
def page_of(web):
	"""A function that opens a browser in which somebody is logged in; a script's error fails the test."""
	errors = []
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

		def open_page(user: str):
			context = browser.new_context(base_url=web.base_url)
			context.request.post("/api/method/login", form={"usr": user, "pwd": PASSWORD})
			page = context.new_page()
			page.on("pageerror", lambda error: errors.append(str(error)))
			return page

		yield open_page
		browser.close()
	assert errors == []


def console_errors(page) -> list[str]:
	"""Return a list that fills with the errors a page writes to its console: where from, and what.

	Without those of live changes: no server of the host's for them runs here.
	"""
	told = []

	def note(line) -> None:
		error = f"{line.location['url']} {line.text}"
		if line.type == "error" and "socket.io" not in error:
			told.append(error)

	page.on("console", note)
	return told
