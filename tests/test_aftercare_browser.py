"""In a browser: a case shows its signal of repetition; who handles it begins aftercare and holds a contact.

Who runs the desk finds the signal in their agenda.
"""

import pytest
from people import make_people

import frappe

from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_consent,
	make_desk,
	make_party,
	make_referral,
	make_report,
)
from sv_helpdesk.workflows.moving import move

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]
OUTCOME = {"outcome": "Founded", "settlement_text": "Agreed"}


class Settled:
	"""A settled case with a signal; its handler's plan for the reporter."""

	def __init__(self):
		frappe.set_user("Administrator")
		self.handler, self.coordinator = make_people("caring", CCP_STAFF, COORDINATOR)
		runs_it = {"user": self.coordinator, "desk_role": "Coordinator"}
		desk = make_desk(members=[{"user": self.handler}, runs_it]).name
		accused = {"person_name": f"Sam {frappe.generate_hash()}"}
		values = {"status": "Handling", "main_category": "bullying", "desk": desk, "handler": self.handler}
		self.cases = [make_report(**values).name for _times in range(2)]
		for case in self.cases:
			make_party(case, person_name=frappe.generate_hash())
			make_party(case, "Accused", **accused)
		frappe.set_user(self.handler)
		move("SV Report", self.cases[0], "settle", {**OUTCOME})
		frappe.set_user("Administrator")
		self.plan = frappe.db.get_value("SV Aftercare", {"report": self.cases[0], "meant_for": "Reporter"})
		self.contact = frappe.db.get_value("SV Aftercare Contact", {"aftercare": self.plan})
		self.action = make_action(report=self.cases[0], action_owner=self.handler).name
		frappe.db.commit()


def open_form(page, doctype: str, name: str) -> None:
	page.goto(f"/app/{doctype}/{name}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=name)


def take(page, step: str) -> None:
	page.get_by_role("button", name=step, exact=True).click()
	asked = page.locator(".modal-dialog:visible", has_text=step)
	if step == "Held":
		asked.locator("textarea[data-fieldname=how_it_goes]").fill("Better")
	asked.get_by_role("button", name=step, exact=True).click()


@pytest.fixture
def settled():
	return Settled()


def test_a_signal_is_shown_and_aftercare_is_begun_and_held(page_of, settled):
	page = page_of(settled.coordinator)
	open_form(page, "sv-report", settled.cases[0])
	page.get_by_text("Perhaps about the same person: 2 cases at this desk and 0 at other desks").wait_for()
	page.get_by_role("button", name="More", exact=True).click()
	page.get_by_role("link", name="Ask the reporter to be joined").wait_for()
	page = page_of(settled.handler)
	open_form(page, "sv-aftercare", settled.plan)
	take(page, "Begin")
	page.wait_for_function("() => cur_frm.doc.status === 'Running'")
	assert page.locator("[data-fieldname=measures] .grid-row[data-idx='1']").is_visible()
	open_form(page, "sv-aftercare-contact", settled.contact)
	take(page, "Held")
	page.wait_for_function("() => cur_frm.doc.status === 'Held' && cur_frm.doc.how_it_goes === 'Better'")


def test_who_runs_the_desk_goes_from_a_signal_in_their_agenda_to_a_case(page_of, settled):
	page = page_of(settled.coordinator)
	page.goto("/app/agenda")
	page.get_by_text("Signals of repetition").wait_for()
	told = "2 cases at this desk and 0 at other desks, by 2 different reporters"
	number = frappe.db.get_value("SV Report", settled.cases[1], "case_number")
	signal = page.get_by_role("listitem").filter(has_text=told).filter(has_text=number)
	signal.get_by_role("link", name=number, exact=True).click()
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=settled.cases[1])


def test_the_severity_guide_is_at_hand_where_a_measure_is_chosen(page_of, settled):
	page = page_of(settled.handler)
	open_form(page, "sv-action", settled.action)
	page.get_by_role("button", name="Severity guide").click()
	guide = page.locator(".modal-dialog:visible")
	guide.get_by_text("Power weighs heavier").wait_for()
	assert guide.locator("h4").count() >= 6
	assert "Report to the police" in guide.inner_text()


def test_each_letter_is_two_clicks_away(page_of, settled):
	case = make_report(
		desk=frappe.db.get_value("SV Report", settled.cases[0], "desk"),
		handler=settled.handler,
		**{"status": "Settled", "outcome": "Unfounded", "main_category": "bullying"},
	)
	frappe.db.set_value("SV Desk", case.desk, "acknowledgement_en", "Call 112 in an emergency.")
	reporter = make_party(case.name, person_name="Robin Bakker").name
	accused = make_party(case.name, "Accused", person_name="Sam Visser").name
	plan = make_aftercare(case.name, "Accused", party=accused, informed=1, unfounded_path=1)
	referral = make_referral(
		case,
		target="Lawyer",
		target_details="A lawyer",
		party=reporter,
		shared="Contact details",
		consent=make_consent(case.name, reporter, scope="Contact details", recipient="A lawyer").name,
		status="Offered",
	)
	frappe.clear_cache()
	frappe.db.commit()
	page = page_of(settled.handler)
	for doctype, name, title, number in (
		("sv-party", reporter, "Acknowledgement of receipt", case.case_number),
		("sv-referral", referral.name, "Letter", case.case_number),
		("sv-aftercare", plan.name, "Letter: unfounded", plan.plan_number),
	):
		open_form(page, doctype, name)
		page.locator(".page-head:visible").get_by_role("button", name=title).click()
		with page.expect_download() as download:
			page.locator(".dropdown-item:visible", has_text="In English").click()
		assert download.value.suggested_filename == f"{number}.pdf", title
	# one that is refused leads nowhere: the sentence stands above the form
	frappe.db.set_value("SV Report", case.name, "outcome", "Founded")
	frappe.db.commit()
	page.locator(".page-head:visible").get_by_role("button", name=title).click()
	page.locator(".dropdown-item:visible", has_text="In English").click()
	page.locator(".msgprint").get_by_text("isn't settled as unfounded").wait_for()
	assert page.url.endswith(f"/app/sv-aftercare/{plan.name}")


def test_a_plan_goes_on_paper_as_ours_and_never_by_the_hosts_own_print(page_of, settled):
	page = page_of(settled.handler)
	open_form(page, "sv-aftercare", settled.plan)
	page.get_by_role("button", name="Plan on paper").click()
	with page.expect_download() as download:
		page.locator(".dropdown-item:visible", has_text="In Dutch").click()
	number = frappe.db.get_value("SV Aftercare", settled.plan, "plan_number")
	assert download.value.suggested_filename == f"{number}.pdf"
	page.locator(".menu-btn-group:visible button").first.click()
	page.locator(".menu-btn-group .dropdown-item:visible").first.wait_for()
	assert (
		page.locator(".dropdown-item:visible, .btn:visible, [title]:visible").filter(has_text="Print").count()
		== 0
	)
	assert page.locator("[data-original-title=Print]:visible, [title=Print]:visible").count() == 0
