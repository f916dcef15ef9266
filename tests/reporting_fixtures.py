"""The reporting page in use, and who uses it: over HTTP, or in a browser, which comes with browser_fixtures."""

import pytest
from reporting_helpers import DESK, OTHER_DESK, Reporter, forget_limits, page_in_use


@pytest.fixture(scope="module")
def page(web):
	"""The web server of a site whose page is in use at one desk."""
	with page_in_use():
		yield web


@pytest.fixture
def reporter(page):
	"""Somebody with a browser that keeps nothing, of whom nothing is counted yet."""
	forget_limits()
	yield Reporter(page)
	forget_limits()


@pytest.fixture(scope="module")
def two_desks(web):
	"""The web server of a site whose page is in use at two desks."""
	with page_in_use(DESK, OTHER_DESK):
		yield web


@pytest.fixture
def browse(two_desks, chromium):
	"""A function that opens a page of a kind for somebody without an account; errors in it fail the test."""
	forget_limits()
	errors, contexts = [], []

	def noted(page, line):
		# of where somebody leaves to is none of ours
		if line.type == "error" and "/melden" in page.url:
			errors.append(line.text)

	def open_page(**kind):
		context = chromium.new_context(base_url=two_desks.base_url, **kind)
		contexts.append(context)
		page = context.new_page()
		page.on("pageerror", lambda error: errors.append(str(error)))
		page.on("console", lambda line: noted(page, line))
		asked = []
		page.on("request", lambda request: asked.append(request.url))
		page.asked = asked
		return page

	yield open_page
	for context in contexts:
		context.close()
	forget_limits()
	assert errors == []
