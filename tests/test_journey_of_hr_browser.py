"""In a browser: an HR adviser carries out what is theirs, and nothing else of the case ever reaches their browser."""

import pytest
from browser_fixtures import console_errors
from people import make_people
from sharing import CANARY, Case

import frappe
from frappe.utils import add_days, today

from sv_helpdesk.permissions.roles import CCP_STAFF, HR_ADVISOR
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_communication_line,
	make_desk,
	make_unit,
)

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


class Tasks:
	"""What HR carries out around a case in which every other sealed text is a canary."""

	def __init__(self):
		frappe.set_user("Administrator")
		roles = (CCP_STAFF, CCP_STAFF, HR_ADVISOR, HR_ADVISOR)
		writer, approver, self.hr, self.other_hr = make_people("carrying", *roles)
		self.case = Case(make_desk(writer, approver).name, writer, approver)
		self.unit = make_unit().name
		frappe.db.set_value("SV Report", self.case.name, "unit", self.unit)
		table = {"decision_table": self.case.table.name}
		self.action = make_action(
			**table, action_owner=self.hr, due_on=add_days(today(), 7), action_text="Find another room"
		).name
		self.of_another = make_action(
			**table, action_owner=self.other_hr, **dict.fromkeys(("action_text", "evidence"), CANARY)
		).name
		self.line = make_communication_line(
			self.case.table.name, self.hr, line_text="The room changes on Monday"
		).name
		make_communication_line(self.case.table.name, self.other_hr, line_text=CANARY)
		texts = dict.fromkeys(("plan", "evaluation", "learned"), CANARY)
		self.plan = make_aftercare(self.case.name, status="Running", **texts)
		self.contact = make_aftercare_contact(self.plan.name, self.hr).name
		frappe.db.commit()


@pytest.fixture(scope="module")
def tasks():
	return Tasks()


@pytest.fixture
def page(page_of, tasks):
	"""HR's browser; `heard` is all that the server tells it."""
	page = page_of(tasks.hr)
	page.heard = []

	def keep(route):
		# the server may have closed the line meanwhile
		answer = route.fetch(max_retries=3)
		page.heard.append(answer.body().decode(errors="replace"))
		route.fulfill(response=answer)

	page.route(lambda url: "/assets/" not in url and "socket.io" not in url, keep)
	yield page
	page.unroute_all(behavior="wait")


def heard(page, words: str) -> bool:
	return any(words in text for text in (*page.heard, page.content()))


def open_task(page, name: str) -> None:
	page.goto("/app/my-aftercare-and-actions")
	page.locator(f".sv-board:visible a[href$='{name}']").first.click()


def take(page, step: str, **answers: str) -> None:
	page.get_by_role("button", name=step, exact=True).click()
	asked = page.locator(".modal-dialog:visible", has_text=step)
	for fieldname, text in answers.items():
		asked.locator(f"textarea[data-fieldname={fieldname}]").fill(text)
	button = asked.get_by_role("button", name=step, exact=True)
	# a dialog that is still opening doesn't close
	button.click(trial=True)
	# the focus stays: a moment after a number got it, the host selects whatever has it, a button too
	button.dispatch_event("click")


def test_hr_carries_out_what_is_assigned_and_hears_nothing_else_of_the_case(page, tasks):
	told = console_errors(page)
	page.goto("/app")
	page.wait_for_url("**/app/my-aftercare-and-actions")
	open_task(page, tasks.action)
	around = page.locator(".sv-permitted-context")
	around.get_by_text(tasks.case.table.table_number).wait_for()
	around.get_by_text(tasks.unit).wait_for()
	page.get_by_text("Find another room").wait_for()
	take(page, "Begin")
	page.wait_for_function("() => cur_frm.doc.status === 'In progress'")
	take(page, "Done", evidence="They moved")
	page.wait_for_function("() => cur_frm.doc.status === 'Done'")
	open_task(page, tasks.contact)
	page.locator(".sv-permitted-context").get_by_text(tasks.plan.plan_number).wait_for()
	take(page, "Held", how_it_goes="Better since the move")
	page.wait_for_function("() => cur_frm.doc.status === 'Held'")
	page.goto("/app/sv-communication-line")
	page.locator(f".list-row a[data-name='{tasks.line}']").click()
	page.get_by_text("The room changes on Monday").wait_for()
	for words in ("Find another room", "Better since the move", "The room changes on Monday"):
		assert heard(page, words), "what is theirs, so that the rest is looked for where it would be"
	assert not heard(page, CANARY)
	assert not heard(page, tasks.case.report.case_number)
	assert told == []


def test_hr_finds_no_way_to_the_rest_of_the_case(page, tasks):
	case = tasks.case
	minutes = frappe.db.get_value("SV Minutes", {"decision_table": case.table.name})
	rows = [
		(row.doctype, row.name) for row in (case.report, case.reporter, case.message, case.note, case.table)
	]
	for doctype, name in (*rows, ("SV Minutes", minutes), ("SV Action", tasks.of_another)):
		page.goto(f"/app/{frappe.scrub(doctype).replace('_', '-')}/{name}")
		page.locator(".msgprint, .page-card-container, .page-card").first.wait_for()
		assert not heard(page, CANARY)
