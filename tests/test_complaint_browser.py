"""In a browser: who works at the desk goes from a case to its complaint, puts a file into it and hands it over."""

import pytest
from complaint_world import COMMITTEE
from people import make_people

import frappe

from sv_helpdesk.permissions.roles import CCP_STAFF
from sv_helpdesk.test_utils import make_desk, make_party, make_report

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture
def staff():
	frappe.set_user("Administrator")
	return make_people("complaining", CCP_STAFF)[0]


@pytest.fixture
def case(staff):
	"""A case of the kind formal complaint with its two sides."""
	case = make_report(
		kind="Formal complaint", desk=make_desk(staff).name, handler=staff, status="Handling"
	).name
	make_party(case, person_name="Robin Bakker")
	make_party(case, "Accused", person_name="Sam Visser")
	frappe.db.commit()
	return case


def fill_in(page, **values) -> str:
	"""Fill in the form that is open, save it, and return its name."""
	page.evaluate("values => cur_frm.set_value(values)", values)
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => !cur_frm.is_new() && !cur_frm.is_dirty()")
	return page.evaluate("() => cur_frm.docname")


def begin(page) -> None:
	page.get_by_role("button", name="More", exact=True).click()
	page.get_by_role("link", name="Complaints committee", exact=True).click()
	page.wait_for_function("() => cur_frm?.doctype === 'SV Complaint'")


def test_from_a_case_to_the_committee(page_of, staff, case):
	page = page_of(staff)
	page.goto(f"/app/sv-report/{case}")
	begin(page)
	sides = {
		fieldname: frappe.db.get_value("SV Party", {"report": case, "party_role": party_role})
		for fieldname, party_role in {"complainant": "Reporter", "accused": "Accused"}.items()
	}
	assert page.evaluate("() => cur_frm.doc.report") == case
	complaint = fill_in(page, committee=COMMITTEE, advice_status="Advisory", **sides)
	page.locator(".sv-lacking", has_text="no part of the kind Complaint").wait_for()

	page.evaluate("complaint => frappe.new_doc('SV Complaint Part', { complaint })", complaint)
	page.wait_for_function("() => cur_frm?.doctype === 'SV Complaint Part'")
	made = {"kind": "Complaint", "origin": "Made for the complaint", "for_committee": 1}
	part = fill_in(page, body="What happened", **made)
	with page.expect_file_chooser() as chooser:
		page.get_by_role("button", name="Add a file", exact=True).click()
	chooser.value.set_files({"name": "odd", "mimeType": "text/plain", "buffer": b"plain"})
	page.get_by_text("is of a kind that we don't take").wait_for()
	page.locator(".modal.show .btn-modal-close").click()
	page.locator(".modal.show").wait_for(state="hidden")
	with page.expect_file_chooser() as chooser:
		page.get_by_role("button", name="Add a file", exact=True).click()
	letter = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
	chooser.value.set_files(letter)
	page.get_by_role("button", name="Open this file", exact=True).wait_for()

	page.goto(f"/app/sv-report/{case}")
	begin(page)
	page.wait_for_function("name => cur_frm.docname === name", arg=complaint)
	page.get_by_role("button", name="Hand over to the committee", exact=True).click()
	asked = page.locator(".modal-dialog:visible", has_text="Hand over to the committee")
	asked.get_by_role("button", name="Hand over to the committee", exact=True).click()
	page.wait_for_function("() => cur_frm.doc.status === 'Handed over'")
	page.get_by_role("button", name="For the committee", exact=True).click()
	with page.expect_download() as download:
		page.locator(".dropdown-item:visible", has_text="In English").click()
	assert download.value.suggested_filename.endswith("-1.pdf")
	frappe.db.rollback()
	assert frappe.db.get_value("SV Complaint Part", part, "given_out_at")


def a_pdf() -> bytes:
	"""Return a small PDF."""
	from sv_helpdesk.pdf.paper import Paper

	return Paper("Letter", "en", "You").build()
