"""In a browser: a member writes minutes and hands them in without touching a mouse, and always sees where they are."""

import pytest
from browser_fixtures import console_errors
from people import make_people
from table_world import COMPLETE, SeatedTable

import frappe

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]
MOST_PRESSES = 40
# boards are in a tree of their own
HAS_FOCUS = """(selector) => {
	let focused = document.activeElement;
	while (focused?.shadowRoot) focused = focused.shadowRoot.activeElement;
	return Boolean(focused?.matches(selector));
}"""
SHOWS_FOCUS = """() => {
	let focused = document.activeElement;
	while (focused?.shadowRoot) focused = focused.shadowRoot.activeElement;
	const looks = () => {
		const { outline, boxShadow, backgroundColor } = getComputedStyle(focused);
		return [outline, boxShadow, backgroundColor].join();
	};
	const with_focus = looks();
	focused.blur();
	const without = looks();
	focused.focus({ focusVisible: true });
	return with_focus !== without;
}"""


@pytest.fixture
def table():
	frappe.set_user("Administrator")
	return SeatedTable(*make_people("typing", *SeatedTable.ROLES))


def tab_to(page, selector: str, key: str = "Tab") -> None:
	"""Press a key until the focus is where it is wanted, and seen there."""
	for _press in range(MOST_PRESSES):
		page.keyboard.press(key)
		if page.evaluate(HAS_FOCUS, selector):
			assert page.evaluate(SHOWS_FOCUS), f"nobody sees that the focus is on {selector}"
			return
	raise AssertionError(f"{MOST_PRESSES} presses of {key} don't lead to {selector}")


def saved(page) -> None:
	page.keyboard.press("Control+s")
	page.wait_for_function("() => !cur_frm.is_dirty()")
	page.wait_for_load_state("networkidle")


def test_minutes_are_written_and_handed_in_by_keyboard_alone(page_of, table):
	texts = {**COMPLETE, "facts": "", "reporter_heard": "", "options_weighed": ""}
	minutes = table.minutes(**texts, writer=table.member)
	frappe.db.commit()
	page = page_of(table.member)
	told = console_errors(page)
	page.goto("/app/decision-tables")
	page.locator(".sv-board:visible .list").first.wait_for()
	tab_to(page, f"a[href$='{minutes}']")
	page.keyboard.press("Enter")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=minutes)
	page.locator(".sv-lacking a").first.wait_for()

	tab_to(page, "textarea[data-fieldname=facts]")
	page.keyboard.type("What is known")
	tab_to(page, "textarea[data-fieldname=reporter_heard]")
	page.keyboard.type("What the reporter said")
	saved(page)
	assert page.evaluate(HAS_FOCUS, "textarea[data-fieldname=reporter_heard]"), (
		"saving leaves one where one is"
	)
	tab_to(page, ".primary-action", "Shift+Tab")
	tab_to(page, "[role=tab][data-fieldname=weighing_tab]")
	page.keyboard.press("Enter")
	tab_to(page, "textarea[data-fieldname=options_weighed]")
	page.keyboard.type("Talk: quick.")
	saved(page)
	tab_to(page, ".btn-primary[data-label^='Hand']", "Shift+Tab")
	page.keyboard.press("Enter")
	page.wait_for_function(HAS_FOCUS, arg=".modal.show input[data-fieldname=approver]")
	page.keyboard.type(table.manager)
	page.locator("li:visible, [role=option]:visible", has_text=table.manager).first.wait_for()
	page.keyboard.press("Enter")
	tab_to(page, ".modal.show .btn-modal-primary")
	page.keyboard.press("Enter")
	page.wait_for_function("() => cur_frm.doc.status === 'Submitted'")
	assert told == []
