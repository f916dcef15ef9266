"""Letters, minutes and reports on paper are of one house: the institution's name, logo and colours, page for page."""

import re
from base64 import b64encode
from dataclasses import replace
from io import BytesIO

import figure_versions
import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.colors import HexColor

import frappe

from sv_helpdesk.annual_report import document
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.pdf import house, written
from sv_helpdesk.pdf.paper import Paper

NAME = "University of Invention"
MAIN, SECOND = "#123456", "#a02020"
LONG = "\n".join(f"Line {number}" for number in range(120))


def logo() -> str:
	out = BytesIO()
	Image.new("RGB", (40, 20), "navy").save(out, "PNG")
	return b64encode(out.getvalue()).decode()


@pytest.fixture
def settings():
	settings = frappe.get_doc("SV Settings")
	settings.update({"institution_name": NAME, "main_colour": MAIN, "second_colour": SECOND, "logo": logo()})
	return settings.save()


def a_letter(text: str = LONG, for_whom: str = "For Noor") -> PdfReader:
	paper = Paper("Letter", "nl", for_whom)
	paper.section("Heading", text)
	return PdfReader(BytesIO(paper.build()))


def a_report() -> PdfReader:
	version = replace(figure_versions.made_up(), institution=NAME)
	return PdfReader(BytesIO(document.pdf(version, "nl", {}, house.of_settings())))


def pictures(page) -> list:
	drawn = page["/Resources"].get("/XObject", {})
	return [name for name in drawn if drawn[name]["/Subtype"] == "/Image"]


def drawn_in(page, colour: str) -> bool:
	asked = HexColor(colour)
	used = re.findall(
		r"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", page.get_contents().get_data().decode("latin-1")
	)
	return any(
		[float(part) for part in parts] == pytest.approx([asked.red, asked.green, asked.blue], abs=1e-3)
		for parts in used
	)


@pytest.mark.parametrize("made", [a_letter, a_report])
def test_name_logo_and_colours_are_those_of_the_settings(settings, made):
	pdf = made()
	first = pdf.pages[0]
	assert NAME in first.extract_text()
	assert len(pictures(first)) == 1
	assert drawn_in(first, MAIN) and drawn_in(first, SECOND)
	assert pdf.metadata.author == NAME and pdf.metadata.title.endswith(f", {NAME}")
	assert pdf.trailer["/Root"]["/Lang"] == "nl"
	assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize("made", [a_letter, a_report])
def test_every_page_says_whose_it_is_which_one_and_of_how_many(settings, made):
	pages = made().pages
	assert len(pages) > 2
	for number, page in enumerate(pages, start=1):
		text = page.extract_text()
		assert NAME in text
		# a title page has no number
		assert f"Bladzijde {number} van {len(pages)}" in text or (made is a_report and number == 1)


def test_every_page_of_a_letter_is_confidential_and_says_for_whom():
	for page in a_letter().pages:
		assert "VERTROUWELIJK" in page.extract_text() and "For Noor" in page.extract_text()


def test_a_letter_needs_neither_name_nor_logo():
	frappe.get_doc("SV Settings").update({"institution_name": "", "logo": ""}).save()
	pdf = a_letter("Text")
	assert pdf.metadata.title == "Letter" and not pictures(pdf.pages[0])
	assert "Bladzijde 1 van 1" in pdf.pages[0].extract_text()


def test_days_and_numbers_on_paper_are_of_its_language_whatever_the_site_writes(monkeypatch):
	site = {
		"language": "en",
		"date_format": "mm/dd/yyyy",
		"number_format": "#,###.##",
		"time_format": "HH:mm:ss",
	}
	monkeypatch.setattr(frappe, "get_system_settings", site.get)
	moment = "2026-11-23 09:05:30"
	assert (written.day(moment, "nl"), written.moment(moment, "nl")) == ("23-11-2026", "23-11-2026 09:05")
	assert (written.day(moment, "en"), written.moment(moment, "en")) == ("2026-11-23", "2026-11-23 09:05")
	assert (Words("nl").percentage(1234.5), Words("en").percentage(1234.5)) == ("1.234,5%", "1,234.5%")
