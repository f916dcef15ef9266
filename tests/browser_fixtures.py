"""A browser for tests of what people see."""

import pytest
from people import PASSWORD
from playwright.sync_api import sync_playwright

# the host names the variables of its templates by three letters at random, now and then by a word of the language
# such as "for", and the page fails; of capitals there is none
CAPITALS = "const random = Math.random; Math.random = () => random() / 2"


@pytest.fixture(scope="module")
def chromium():
	"""Debian's Chromium, started once for a module."""
	with sync_playwright() as playwright:
		started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
		yield started
		started.close()


@pytest.fixture
def page_of(web, chromium):
	"""A function that opens a page in which somebody is logged in; a script's error fails the test."""
	errors, contexts = [], []

	def open_page(user: str):
		context = chromium.new_context(base_url=web.base_url)
		context.add_init_script(CAPITALS)
		contexts.append(context)
		context.request.post("/api/method/login", form={"usr": user, "pwd": PASSWORD})
		page = context.new_page()
		page.on("pageerror", lambda error: errors.append(str(error)))
		return page

	yield open_page
	for context in contexts:
		context.close()
	assert errors == [], errors


def open_workspace(page, name: str):
	"""Open a workspace and wait for its board, which moves what is below it when it comes."""
	page.goto(f"/app/{name.lower().replace(' ', '-')}")
	board = page.locator(".sv-board:visible")
	board.locator(".number, .list").first.wait_for()
	return board


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
