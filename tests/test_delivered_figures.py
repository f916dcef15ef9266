"""What others count and deliver as numbers only: checked, counted apart, frozen and suppressed like everything else."""

import json
from base64 import b64encode
from io import BytesIO
from zipfile import ZipFile

import pytest
from grant_helpers import acting_as
from openpyxl import Workbook, load_workbook
from test_annual_report import pages_of, pdf_of
from test_figures import LOADED

import frappe
from frappe.utils import today

from sv_helpdesk.annual_report import shape, sheets
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.permissions.roles import BOARD, CCP_STAFF, COORDINATOR
from sv_helpdesk.reports import delivery_file, version, year_figures
from sv_helpdesk.reports.flat import figures
from sv_helpdesk.reports.version import HIDDEN, PUBLISHED, SHOWN, WORKING
from sv_helpdesk.social_safety.doctype.sv_figures.test_sv_figures import make_figures
from sv_helpdesk.test_utils import make_unit, make_user

YEAR = 2024
TOTAL = {"counts": "Reports", "number": 40}
CONFIDANTS = {"counts": "Confidants and advisers", "number": 12}


@pytest.fixture(autouse=True)
def empty():
	frappe.set_user("Administrator")
	for doctype in LOADED:
		frappe.db.delete(doctype)


@pytest.fixture
def coordinator():
	return make_user(COORDINATOR)


def deliver(*numbers: dict, **values):
	row = {
		"doctype": "SV Delivered Figures",
		"year": YEAR,
		"source": "PhD confidants of faculties",
		"body": "Faculty of Invention",
		"delivered_on": today(),
		"numbers": list(numbers) or [TOTAL],
	}
	return frappe.get_doc({**row, **values}).insert()


def of_nature(number: int, category: str = "bullying", **values) -> dict:
	return {"counts": "Reports", "category": category, "number": number, **values}


def of_position(number: int, position: str = "Colleague") -> dict:
	return {"counts": "Reports", "accused_position": position, "number": number}


def made(name: str) -> version.Version:
	return year_figures.versions(year_figures.count(YEAR))[name][None]


def numbers(name: str, table: str) -> dict[str, int | None]:
	return {row.code: row.cells[0].count for row in made(name).table(table).rows}


def refused(words: str, *rows: dict, **values) -> None:
	with pytest.raises(frappe.ValidationError, match=words):
		deliver(*rows, **values)


# What is entered


def test_it_says_who_entered_it_and_when_it_came(coordinator):
	with acting_as(coordinator):
		made = deliver()
	assert made.entered_by == coordinator and made.delivered_on


def test_only_coordinators_enter_and_read_what_was_delivered(coordinator):
	name = deliver().name
	for user in (make_user(CCP_STAFF), make_user(BOARD)):
		assert not frappe.has_permission("SV Delivered Figures", doc=name, user=user)
		with acting_as(user), pytest.raises(frappe.PermissionError):
			deliver(body="Another faculty")
	assert frappe.has_permission("SV Delivered Figures", doc=name, user=coordinator)


def test_a_number_below_zero_is_refused():
	refused(r"below zero|negative", {**TOTAL, "number": -1})


def test_parts_are_never_more_than_their_total():
	refused("41 together, more than the total of 40", TOTAL, of_nature(30), of_nature(11, "harassment"))
	refused("by Position of the accused are 41", TOTAL, of_position(41))
	assert deliver(TOTAL, of_nature(40), of_position(40)).name


def test_a_part_without_its_total_is_refused():
	refused("Reports: the total is missing", of_nature(3), CONFIDANTS)


def test_the_same_thing_is_not_counted_twice():
	refused("Row 3 counts the same as row 1", TOTAL, of_nature(3), {**TOTAL, "number": 2})


def test_a_part_is_by_nature_or_by_position():
	refused("Row 2: a part is by nature or", TOTAL, of_nature(3, accused_position="Student"))


def test_all_that_is_wrong_is_said_at_once():
	refused("(?s)Row 2.*more than the total", TOTAL, of_nature(41, accused_position="Student"))


def test_a_body_delivers_once_a_year():
	deliver()
	refused("entered already")
	unit = make_unit().name
	assert deliver(unit=unit) and deliver(year=2023) and deliver(source="External advisers")
	refused("entered already", unit=unit)


def test_a_day_to_come_and_a_year_of_two_digits_are_refused():
	refused("in the future", delivered_on="2999-01-01")
	refused("four digits", year=24)


@pytest.mark.parametrize("status", ["Frozen", "Approved", "Published"])
def test_what_is_in_frozen_figures_stays_as_it_is(status):
	delivered, other_year = deliver(), deliver(year=2023, body="Moved here")
	make_figures(year=YEAR, status=status)
	for change in ({"numbers": [CONFIDANTS]}, {"year": 2022}):
		delivered.reload()
		delivered.update(change)
		with pytest.raises(frappe.ValidationError, match="frozen"):
			delivered.save()
	refused("frozen", body="Too late")
	other_year.year = YEAR
	with pytest.raises(frappe.ValidationError, match="frozen"):
		other_year.save()


def test_until_then_it_is_corrected():
	delivered = deliver()
	make_figures(year=YEAR)
	delivered.numbers[0].number = 41
	delivered.save()
	assert numbers(WORKING, "delivered_reports_by_source")["phd_confidants"] == 41


# How it is counted


def test_it_is_never_added_to_what_the_desks_counted():
	before = figures(YEAR)
	deliver(TOTAL, of_nature(40), CONFIDANTS)
	assert figures(YEAR) == before
	assert made(WORKING).years[0][1]["reports"].count == 0


def test_bodies_are_added_up_by_their_kind_and_what_is_no_part_is_not_filled_in():
	deliver(TOTAL, of_nature(30), of_position(25), CONFIDANTS)
	deliver(TOTAL, body="Faculty of Law")
	deliver({**TOTAL, "number": 5}, of_nature(5), source="External advisers", body="Agency")
	assert numbers(WORKING, "delivered_reports_by_source") == {
		"phd_confidants": 80,
		"external_advisers": 5,
		"other": 0,
	}
	by_nature = numbers(WORKING, "delivered_reports_by_nature")
	assert (by_nature["bullying"], by_nature["not_filled_in"], sum(by_nature.values())) == (35, 50, 85)
	by_position = numbers(WORKING, "delivered_reports_by_accused_position")
	assert (by_position["colleague"], by_position["not_filled_in"]) == (25, 60)
	assert numbers(WORKING, "delivered_confidants_by_source")["phd_confidants"] == 12
	assert made(WORKING).table("delivered_reports_by_source").base.count == 85


def test_other_years_are_not_in_it_and_nothing_delivered_is_no_table():
	deliver(year=2023)
	assert not [table.code for table in made(WORKING).tables if table.code.startswith("delivered")]


def test_small_numbers_are_hidden_and_nothing_tells_them():
	deliver({**TOTAL, "number": 43}, of_nature(40), of_nature(3, "harassment"))
	deliver({**TOTAL, "number": 30}, source="External advisers", body="Agency")
	found = made(PUBLISHED)
	states = {row.code: row.cells[0].state for row in found.table("delivered_reports_by_nature").rows}
	assert states["harassment"] == HIDDEN
	assert (
		list(states.values()).count(HIDDEN) > 1
		or found.table("delivered_reports_by_nature").base.state == HIDDEN
	)
	assert found.table("delivered_reports_by_source").rows[0].cells[0].state in (SHOWN, HIDDEN)


def test_the_report_says_from_whom_the_numbers_came_and_when():
	deliver(TOTAL, CONFIDANTS, unit=make_unit(unit_name="Invention").name, delivered_on="2025-01-20")
	table = made(PUBLISHED).table("delivered_confidants_by_source")
	assert shape.deliveries(table, Words("en")) == [
		"Delivered by Faculty of Invention, Invention (PhD confidants of faculties) on 2025-01-20."
	]
	assert "Aangeleverd door" in shape.deliveries(table, Words("nl"))[0]
	found = made(PUBLISHED)
	assert "Delivered by Faculty of Invention" in " ".join(pages_of(pdf_of(found)))
	sheet = load_workbook(BytesIO(sheets.xlsx(found, "en")))["Delivered by others"]
	assert any("Delivered by Faculty" in str(row[0]) for row in sheet.iter_rows(values_only=True))
	assert version.from_json(found.as_json()) == found


def test_it_is_frozen_with_the_year():
	deliver()
	frozen = year_figures.as_text(year_figures.versions(year_figures.count(YEAR))[WORKING])
	table = next(
		row for row in json.loads(frozen)[""]["tables"] if row["code"] == "delivered_reports_by_source"
	)
	assert table["deliveries"][0]["body"] == "Faculty of Invention"


# Read from a file


def read(content: bytes, name: str = "numbers.csv") -> dict:
	return delivery_file.read(name, b64encode(content).decode())


def lines(*rows: str) -> bytes:
	return "\r\n".join(("What is counted;Nature;Position of the accused;Number", *rows)).encode()


def test_a_file_is_read_as_it_is_written(coordinator):
	with acting_as(coordinator):
		found = read(lines("Reports;;;40", "reports;Bullying;;30", "Reports;;Colleague;0", "Reporters;;;"))
	assert found["faults"] == []
	assert [tuple(row.values()) for row in found["rows"]] == [
		("Reports", None, None, 40),
		("Reports", "bullying", None, 30),
		("Reports", None, "Colleague", 0),
	]


def test_each_fault_is_named_by_its_row_and_nothing_is_read(coordinator):
	with acting_as(coordinator):
		found = read(lines("Reports;;;40", "Visits;;;3", "Reports;Rudeness;;x", "Reports;;Colleague;-1"))
	assert found["rows"] == []
	assert [fault.split(":")[0] for fault in found["faults"]] == ["Row 3", "Row 4", "Row 4", "Row 5"]


def test_parts_beyond_the_total_are_found_before_anything_is_saved(coordinator):
	with acting_as(coordinator):
		found = read(lines("Reports;;;40", "Reports;Bullying;;41"))
	assert found["rows"] == [] and "more than the total" in found["faults"][0]
	assert not frappe.db.exists("SV Delivered Figures", {})


def test_a_workbook_is_read_like_a_text(coordinator):
	book, out = Workbook(), BytesIO()
	book.active.append(["What is counted", "Number"])
	book.active.append(["Reports", 40])
	book.active.append(["Reporters", 38.0])
	book.active.append(["Advice requests", 1.5])
	book.save(out)
	with acting_as(coordinator):
		found = read(out.getvalue(), "numbers.XLSX")
	assert [fault.split(":")[0] for fault in found["faults"]] == ["Row 4"]


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"PK\x03\x04", b"a;b\r\n1;2"])
@pytest.mark.parametrize("name", ["numbers.csv", "numbers.xlsx"])
def test_what_is_no_table_is_refused_in_a_sentence(coordinator, content, name):
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match=r"template|workbook"):
		read(content, name)


def broken_workbook(part: str, text: bytes = b"<nothing") -> bytes:
	"""Return a workbook one part of which holds something else."""
	out, broken = BytesIO(), BytesIO()
	Workbook().save(out)
	with ZipFile(out) as before, ZipFile(broken, "w") as after:
		for name in before.namelist():
			after.writestr(name, text if name == part else before.read(name))
	return broken.getvalue()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_workbook_that_is_broken_inside_is_refused_in_a_sentence(coordinator, part):
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match=r"template|workbook"):
		read(broken_workbook(part), "numbers.xlsx")


def test_what_was_never_a_file_is_refused_in_a_sentence(coordinator):
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match="workbook"):
		delivery_file.read("numbers.csv", "={1}")
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match="workbook"):
		read(lines("x" * 200_000))


def test_the_template_is_read_once_it_is_filled_in_dutch_too(coordinator, monkeypatch):
	for language, reports in (("en", "Reports"), ("nl", "Meldingen")):
		monkeypatch.setattr(frappe.local, "lang", language)
		with acting_as(coordinator):
			empty = delivery_file.template()
			filled = empty.replace(";;;\r\n", ";;;9\r\n")
			assert len(read(filled.encode())["rows"]) == 4
			assert read(empty.encode())["faults"], "an empty template has no numbers"
		assert empty.splitlines()[1] == f"{reports};;;"


def test_nobody_else_reads_a_file_or_gets_the_template():
	for user in (make_user(CCP_STAFF), make_user(BOARD), "Administrator"):
		with acting_as(user), pytest.raises(frappe.PermissionError):
			delivery_file.template()
		with acting_as(user), pytest.raises(frappe.PermissionError):
			read(lines("Reports;;;40"))
