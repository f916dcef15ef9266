"""In a browser: the coordinator reads a report, freezes a year, asks a second person to approve it and downloads it."""

import pytest
from browser_fixtures import console_errors, open_workspace
from journey_helpers import shows, take
from people import make_people
from pypdf import PdfReader

import frappe

from sv_helpdesk.permissions.roles import COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.test_utils import make_desk, make_report

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]
YEAR = 1988


@pytest.fixture
def coordinator():
	"""Who runs a desk with a case, in a year of which nothing is frozen; taken away afterwards."""
	user, _officer = make_people("yearend", COORDINATOR, PRIVACY_OFFICER)
	desk = make_desk(members=[{"user": user, "desk_role": "Coordinator"}])
	make_report(desk=desk.name, main_category="bullying")
	frappe.db.commit()
	yield user
	frappe.db.rollback()
	made = frappe.db.get_value("SV Figures", {"year": YEAR})
	frappe.db.delete("SV Approval", {"target_name": made})
	frappe.db.delete("SV Figures", {"name": made})
	frappe.db.commit()


def downloaded(page, version: str) -> str:
	"""Return the first page of the report that the coordinator downloads."""
	page.get_by_role("button", name="Download the figures").click()
	dialog = page.locator(".modal.show")
	dialog.locator("[data-fieldname=version] select").select_option(version)
	with page.expect_download() as started:
		dialog.get_by_role("button", name="Download").click()
	dialog.wait_for(state="hidden")
	return PdfReader(started.value.path()).pages[0].extract_text()


def test_from_a_report_to_figures_that_wait_for_a_second_person(page_of, coordinator):
	page = page_of(coordinator)
	told = console_errors(page)
	open_workspace(page, "Coordinator")
	page.get_by_role("link", name="Reports by nature and year").click()
	page.locator(".dt-cell", has_text="Bullying").first.wait_for()
	open_workspace(page, "Coordinator")
	page.get_by_role("link", name="Figures and annual report").click()
	page.get_by_role("button", name="Add Figures").first.click()
	page.wait_for_function("() => window.cur_frm?.doctype === 'SV Figures' && cur_frm.is_new()")
	page.evaluate("year => cur_frm.set_value('year', year)", YEAR)
	page.get_by_role("button", name="Save", exact=True).click()
	shows(page, "SV Figures")
	assert "not for circulation" in downloaded(page, "working")
	take(page, "Freeze the figures", "Frozen")
	assert str(YEAR) in downloaded(page, "internal")
	assert told == []
	# a refusal that is meant is an error to the browser
	page.locator(".page-head:visible").get_by_role("button", name="Approve", exact=True).click()
	page.locator(".modal.show .btn-modal-primary:visible").click()
	page.locator(".msgprint", has_text="This takes two persons").wait_for()
	frappe.db.rollback()
	asked = {"target_doctype": "SV Figures", "target_name": frappe.db.get_value("SV Figures", {"year": YEAR})}
	assert frappe.db.get_value("SV Approval", asked, ["asked_by", "status"]) == (coordinator, "Asked")
