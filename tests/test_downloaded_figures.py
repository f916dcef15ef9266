"""A version of a year's figures is downloaded by who may read it; of 2024 it says what was published."""

import io
import json
import re

import pytest
from figure_pages import page_of_heading, pages_of
from grant_helpers import acting_as, case_of
from pypdf import PdfReader
from reportlab.lib.colors import HexColor
from test_figures import CASES, EXPECTED, LOADED
from test_working_figures import desk  # noqa: F401 - a fixture
from year_helpers import take

import frappe

from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.annual_report import document, downloads, shape
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.pdf import colours
from sv_helpdesk.pdf.house import House
from sv_helpdesk.permissions.roles import BOARD, CCP_STAFF, CONFIDENTIAL_ADVISER, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.reports import flat, year_figures
from sv_helpdesk.reports.case_file import read_json
from sv_helpdesk.reports.definitions import BY_CODE, PERCENT, TABLES
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.taking_over import take_over
from sv_helpdesk.reports.version import INTERNAL, PUBLISHED, WORKING, from_json
from sv_helpdesk.social_safety.doctype.sv_unit_priority.test_sv_unit_priority import make_priority
from sv_helpdesk.test_utils import make_party, make_unit, make_user
from sv_helpdesk.two_persons import rows
from sv_helpdesk.two_persons.approvals import ASKED
from sv_helpdesk.workflows.moving import move

HOUSE = House(HexColor(colours.MAIN), HexColor(colours.SECOND))
ENGLISH = Words("en")
# as a table shows it
VALUE = r"(?:[+−]?[\d.,]+%?|–|n/a)"


@pytest.fixture
def figures(desk):  # noqa: F811
	"""The figures of this year, as a draft."""
	frappe.db.delete("SV Figures")
	with acting_as(desk.coordinator):
		return frappe.get_doc({"doctype": "SV Figures", "year": frappe.utils.getdate().year}).insert()


def download(
	figures, version: str, user: str, file_format: str = "pdf", language: str = "en", unit: str = ""
) -> bytes:
	with acting_as(user):
		downloads.download(figures.name, version, file_format, language, unit)
	return frappe.local.response.filecontent


def readable(figures, user: str) -> list[str]:
	with acting_as(user):
		return downloads.readable(figures.name)


# Who reads which


def test_the_coordinator_reads_all_versions_as_draft_and_frozen(desk, figures):  # noqa: F811
	for state in ("Draft", "Frozen"):
		assert readable(figures, desk.coordinator) == [PUBLISHED, INTERNAL, WORKING]
		for name in (PUBLISHED, INTERNAL, WORKING):
			assert json.loads(download(figures, name, desk.coordinator, "json"))["name"] == name
		if state == "Draft":
			take(figures, "freeze", by=desk.coordinator)


def test_the_board_downloads_what_is_published_and_nothing_else(desk, figures):  # noqa: F811
	board = make_user(BOARD)
	take(figures, "freeze", "approve", by=desk.coordinator)
	assert readable(figures, board) == []
	take(figures, "publish", by=desk.coordinator)
	assert readable(figures, board) == [PUBLISHED]
	download(figures, PUBLISHED, board)
	for name in (INTERNAL, WORKING, "anything"):
		with pytest.raises(frappe.PermissionError):
			download(figures, name, board)


@pytest.mark.parametrize(
	("role", "versions"), [(CONFIDENTIAL_ADVISER, [PUBLISHED, INTERNAL]), (PRIVACY_OFFICER, []), (None, [])]
)
def test_others_read_no_more_than_their_role_lets_them(desk, figures, role, versions):  # noqa: F811
	user = make_user(role)
	assert readable(figures, user) == []
	take(figures, "freeze", "approve", "publish", by=desk.coordinator)
	assert readable(figures, user) == versions


def test_whom_a_case_of_the_year_is_denied_gets_none_until_they_are_published(desk, figures):  # noqa: F811
	make_party(case_of(desk), "Accused", account=desk.coordinator)
	assert readable(figures, desk.coordinator) == []
	stand_in = desk.stand_in
	frappe.get_doc("User", stand_in).add_roles(COORDINATOR)
	take(figures, "freeze", "approve", by=stand_in)
	assert readable(figures, desk.coordinator) == []
	with pytest.raises(frappe.PermissionError):
		download(figures, PUBLISHED, desk.coordinator)
	take(figures, "publish", by=stand_in)
	assert readable(figures, desk.coordinator) == [PUBLISHED, INTERNAL]


def test_who_may_not_read_learns_nothing_of_what_there_is(figures):
	said = set()
	for name in (figures.name, "0123456789"):
		with acting_as(make_user(CCP_STAFF)), pytest.raises(frappe.PermissionError):
			downloads.download(name, WORKING)
		said.add(str(frappe.local.message_log[-1]))
	assert readable(frappe._dict(name="0123456789"), make_user(CCP_STAFF)) == []


def test_a_download_stands_in_the_access_log(desk, figures):  # noqa: F811
	download(figures, WORKING, desk.coordinator)
	assert of_this_transaction().has("Downloaded", "SV Figures", figures.name)


def test_the_name_of_the_file_says_which_version_it_is(desk, figures):  # noqa: F811
	unit = make_unit(unit_name="Faculté d'Invention = 1/2")
	year = figures.year
	download(figures, WORKING, desk.coordinator, "xlsx", "nl", unit.name)
	assert (
		frappe.local.response.filename
		== f"werkversie-niet-verspreiden-sociale-veiligheid-faculte-d-invention-1-2-{year}.xlsx"
	)
	for step, begins in (
		("freeze", "preview-not-published-yet"),
		("approve", "preview-not-published-yet"),
		("publish", "published"),
	):
		take(figures, step, by=desk.coordinator)
		download(figures, PUBLISHED, desk.coordinator)
		assert frappe.local.response.filename == f"{begins}-social-safety-{year}.pdf"


def test_what_isnt_published_yet_says_so_on_every_page_and_in_every_file(desk, figures):  # noqa: F811
	mark = "Preview – not published yet"
	for steps in ([], ["freeze"], ["approve"]):
		take(figures, *steps, by=desk.coordinator)
		pages = pages_of(PdfReader(io.BytesIO(download(figures, PUBLISHED, desk.coordinator))))
		assert all(mark in page for page in pages)
		lines = download(figures, PUBLISHED, desk.coordinator, "csv").decode().splitlines()[1:]
		assert all(line.startswith(mark) for line in lines)
		assert json.loads(download(figures, PUBLISHED, desk.coordinator, "json"))["preview"]
	take(figures, "publish", by=desk.coordinator)
	for file_format in ("pdf", "csv"):
		found = download(figures, PUBLISHED, desk.coordinator, file_format)
		text = " ".join(pages_of(PdfReader(io.BytesIO(found)))) if file_format == "pdf" else found.decode()
		assert mark not in text


def test_who_is_asked_to_approve_figures_reads_what_would_be_published(desk, figures):  # noqa: F811
	officer = make_user(PRIVACY_OFFICER)
	take(figures, "freeze", by=desk.coordinator)
	assert readable(figures, officer) == []
	asked = asked_to_publish(figures, desk.coordinator)
	assert readable(figures, officer) == [PUBLISHED]
	assert json.loads(download(figures, PUBLISHED, officer, "json"))["name"] == PUBLISHED
	for name in (INTERNAL, WORKING):
		with pytest.raises(frappe.PermissionError):
			download(figures, name, officer)
	assert readable(figures, make_user(BOARD)) == []
	with acting_as(desk.coordinator):
		move("SV Figures", figures.name, "thaw", reason="To count again")
	assert readable(figures, officer) == []
	take(figures, "freeze", by=desk.coordinator)
	asked.db_set("status", "Approved")
	assert readable(figures, officer) == []


def test_a_privacy_officer_to_whom_a_case_is_denied_reads_nothing_to_approve(desk, figures):  # noqa: F811
	officer = make_user(PRIVACY_OFFICER)
	make_party(case_of(desk), "Accused", account=officer)
	take(figures, "freeze", by=desk.coordinator)
	asked_to_publish(figures, desk.coordinator)
	assert readable(figures, officer) == []


def asked_to_publish(figures, by: str):
	"""What somebody asks who publishes figures, as it stands after the request."""
	row = rows.row(ASKED, "Publishing figures", "SV Figures", figures.name, fingerprint="any")
	return frappe.get_doc("SV Approval", rows.write({**row, "asked_by": by}))


def test_the_report_of_a_unit_is_about_that_unit(desk, figures):  # noqa: F811
	unit = make_unit()
	for other, subject in ((unit.name, "Policy of theirs"), (make_unit().name, "Policy of others")):
		make_priority(unit=other, year=figures.year, subject=subject)
	take(figures, "freeze", by=desk.coordinator)
	found = from_json(download(figures, INTERNAL, desk.coordinator, "json", unit=unit.name).decode())
	assert found.unit == (unit.name, unit.unit_name)
	pdf = PdfReader(io.BytesIO(download(figures, INTERNAL, desk.coordinator, unit=unit.name)))
	assert pdf.metadata.title.startswith(f"Social safety at {unit.unit_name}")
	text = " ".join(pages_of(pdf))
	assert "Policy of theirs" in text and "Policy of others" not in text
	with pytest.raises(frappe.PermissionError):
		download(figures, INTERNAL, desk.coordinator, unit="No such unit")


def test_the_coordinators_texts_stand_in_the_report_of_their_language(desk, figures):  # noqa: F811
	with acting_as(desk.coordinator):
		figures.update({"nature_nl": "Woord vooraf", "nature_en": "First word"})
		figures.save()
	texts = {
		language: " ".join(
			pages_of(PdfReader(io.BytesIO(download(figures, WORKING, desk.coordinator, language=language))))
		)
		for language in ("nl", "en")
	}
	assert "Woord vooraf" in texts["nl"] and "First word" in texts["en"]
	assert "First word" not in texts["nl"]


# The year 2024


@pytest.fixture
def of_2024() -> dict:
	"""All versions of the cases of 2024."""
	for doctype in LOADED:
		frappe.db.delete(doctype)
	take_over(CASES)
	return {name: found[None] for name, found in year_figures.versions(year_figures.count(2024)).items()}


def test_the_working_version_of_2024_says_every_published_figure(of_2024):
	pdf = PdfReader(io.BytesIO(document.pdf(of_2024[WORKING], "en", {}, HOUSE)))
	published = dict(leaves(read_json(EXPECTED)))
	read = {path: in_report(path, of_2024[WORKING], pdf) for path in published}
	assert len(read) == 66
	assert {path: number_in(text) for path, text in read.items()} == published


def leaves(tree: dict, path: tuple = ()):
	for name, part in tree.items():
		yield from leaves(part, (*path, name)) if isinstance(part, dict) else [((*path, name), part)]


def in_report(path: tuple[str, ...], version, pdf: PdfReader) -> str:
	"""Return what the report says of a figure, by the name under which it was published."""
	changes = path[0] == "change_from_2023"
	if changes:
		path = (path[1].replace("_percentage_points", flat.OF_REPORTERS), *path[2:])
	figure = flat.names(Records())
	for name in path:
		figure = figure[name]
	figure = figure["total"] if isinstance(figure, dict) else figure
	value = shape.CHANGE if changes else shape.SHARE if figure.base else shape.COUNT
	years = {flat.REPORTERS: "reporters", flat.REPORTS: "reports"}
	if figure.base == flat.EMPLOYEES or (not figure.base and figure.cell in years):
		column = shape.YEARS.index("of_employees" if figure.base else years[figure.cell])
		title = "Change from 2023" if changes else "2024"
		heading = "Reporters and reports over the years"
		return line_of(pdf, heading, title, 3, " ".join(shape.years_headings(ENGLISH)))[column]
	table, title = table_and_line(figure, version)
	shown = shape.values(table)
	blank = {
		value
		for value in shown
		if title == "In all" and value != shape.COUNT and getattr(table.base, value) is None
	}
	shown = [value for value in shown if value not in blank]
	headings = " ".join(shape.headings(table, ENGLISH))
	return line_of(pdf, BY_CODE[table.code].title, title, len(shown), headings)[shown.index(value)]


def table_and_line(figure, version):
	"""Return the table that shows a figure, and the title of its line."""
	population, *conditions = figure.cell
	for definition in TABLES:
		within = {definition.within} - {None}
		rest = set(conditions) - within
		if definition.population != population or not within <= set(conditions) or len(rest) > 1:
			continue
		if figure.base and (definition.shows != PERCENT or set(figure.base[1:]) != within):
			continue
		table = version.table(definition.code)
		if not rest:
			return table, "In all"
		by, code = rest.pop().split("=")
		found = [row for row in table.rows if row.code == code] if definition.by == (by,) else []
		if found:
			return table, ENGLISH.row(table, found[0])
	raise AssertionError(figure)


def line_of(pdf: PdfReader, heading: str, title: str, number: int, headings: str) -> list[str]:
	"""Return the values of a line of the table under a heading, past its chart."""
	text = pages_of(pdf)[page_of_heading(pdf, heading)].split(f"{heading} ", 1)[1].split(headings, 1)[1]
	found = re.search(rf" {re.escape(title)}((?: {VALUE}){{{number}}})(?= |$)", text)
	assert found, (heading, title, text)
	return found[1].split()


def number_in(text: str) -> int | float | None:
	plain = text.removesuffix("%").replace("−", "-").replace(",", "")
	if plain == "–":
		return None
	return float(plain) if "." in plain else int(plain)
