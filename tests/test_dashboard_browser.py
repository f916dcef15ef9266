"""In a browser: the workspace shows a desk its numbers, each leads to its list; delivered numbers are read from a file."""

import pytest
from people import make_people

import frappe

from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.test_utils import make_action, make_desk, make_report

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture
def coordinator():
	frappe.set_user("Administrator")
	coordinator, handler = make_people(frappe.generate_hash(length=6), COORDINATOR, CCP_STAFF)
	desk = make_desk(members=[{"user": coordinator, "desk_role": "Coordinator"}, {"user": handler}]).name
	for status in ("New", "Triage", "Triage"):
		case = make_report(desk=desk, handler=handler, status=status, main_category="bullying").name
	make_action(report=case, action_owner=coordinator)
	frappe.db.commit()
	return coordinator


def test_a_number_in_the_workspace_leads_to_its_list(page_of, coordinator):
	page = page_of(coordinator)
	page.goto("/app/ccp-desk")
	number = page.get_by_role("button", name="Open cases")
	number.wait_for()
	assert number.inner_text().split()[0] == "3"
	assert page.get_by_role("figure", name="").count() == 1
	page.get_by_role("row", name="Triage 2").wait_for()
	number.click()
	page.wait_for_url("**/sv-report/view/list*")
	page.wait_for_function("() => window.cur_list?.data?.length === 3")


def test_numbers_are_read_from_a_file_and_saved_by_hand(page_of, coordinator, tmp_path):
	good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
	heading = "What is counted;Nature;Position of the accused;Number"
	good.write_text(f"{heading}\nReports;;;40\nReports;Bullying;;30\n")
	bad.write_text(f"{heading}\nReports;;;40\nReports;Rudeness;;30\n")
	page = page_of(coordinator)
	# the host marks what is in a number field a moment after it got the focus, wherever that is by then
	page.add_init_script("HTMLElement.prototype.select ??= () => {}")
	page.goto("/app/sv-delivered-figures")
	page.wait_for_function("() => window.cur_list")
	page.evaluate("frappe.new_doc('SV Delivered Figures')")
	page.wait_for_function("() => window.cur_frm?.doctype === 'SV Delivered Figures'")
	for file in (bad, good):
		with page.expect_file_chooser() as chooser:
			page.get_by_role("button", name="Fill in from a file").click()
		chooser.value.set_files(file)
		if file == bad:
			page.get_by_text("Row 3: what stands under Nature isn't known").wait_for()
			# clicked once it stands still: a key that comes while it opens closes nothing
			page.locator(".modal.show .btn-modal-close").click()
			page.locator(".modal.show").wait_for(state="hidden")
	page.wait_for_function("() => cur_frm.doc.numbers?.length === 2")
	page.evaluate(
		"cur_frm.set_value({year: 2023, source: 'External advisers', body: frappe.utils.get_random(8)})"
	)
	page.evaluate("cur_frm.set_value('delivered_on', frappe.datetime.get_today())")
	page.evaluate("cur_frm.save()")
	page.wait_for_function("() => !cur_frm.is_new() && cur_frm.doc.entered_by")
