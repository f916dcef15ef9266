"""In a browser: figures are downloaded from their form, and the logo on them is chosen in the settings."""

import io
from base64 import b64decode

import pytest
from people import make_people
from PIL import Image
from pypdf import PdfReader

import frappe

from sv_helpdesk.permissions.roles import BOARD, COORDINATOR
from sv_helpdesk.test_utils import make_desk

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]
YEAR = 1987


@pytest.fixture(scope="module")
def coordinator():
	user = make_people("yearly", COORDINATOR)[0]
	make_desk(members=[{"user": user, "desk_role": "Coordinator"}])
	return user


@pytest.fixture
def figures(coordinator):
	"""The draft of a year in which nothing happened."""
	found = frappe.get_doc({"doctype": "SV Figures", "year": YEAR}).insert()
	frappe.db.commit()
	yield found
	frappe.db.rollback()
	frappe.db.delete("SV Figures", found.name)
	frappe.db.commit()


def test_the_coordinator_downloads_a_report_from_the_form(page_of, coordinator, figures):
	page = page_of(coordinator)
	page.goto(f"/app/sv-figures/{figures.name}")
	page.get_by_role("button", name="Download the figures").click()
	dialog = page.locator(".modal.show")
	dialog.locator("[data-fieldname=version] select").select_option("working")
	with page.expect_download() as started:
		dialog.get_by_role("button", name="Download").click()
	assert started.value.suggested_filename == f"working-version-not-for-circulation-social-safety-{YEAR}.pdf"
	pdf = PdfReader(started.value.path())
	assert "Working version – not for circulation" in pdf.pages[0].extract_text()


def test_nobody_else_is_offered_a_draft(page_of, figures):
	page = page_of(make_people("board", BOARD)[0])
	page.goto(f"/app/sv-figures/{figures.name}")
	page.wait_for_load_state("networkidle")
	assert page.get_by_role("button", name="Download the figures").count() == 0


def test_the_logo_is_chosen_in_the_settings(page_of, coordinator):
	picture = io.BytesIO()
	Image.new("RGB", (40, 20), "navy").save(picture, "PNG")
	page = page_of(coordinator)
	page.goto("/app/sv-settings")
	page.get_by_role("button", name="Logo").click()
	with page.expect_file_chooser() as chooser:
		page.get_by_role("link", name="Choose the logo").click()
	chooser.value.set_files({"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()})
	page.locator("img[alt='Logo as it is printed']").wait_for()
	page.locator(".primary-action:visible").click()
	page.get_by_text("Saved", exact=True).first.wait_for()
	frappe.db.rollback()
	kept = Image.open(io.BytesIO(b64decode(frappe.get_doc("SV Settings").logo)))
	assert (kept.format, kept.size, kept.getpixel((0, 0))) == ("PNG", (40, 20), (0, 0, 128))
	frappe.db.set_single_value("SV Settings", "logo", "")
	frappe.db.commit()
