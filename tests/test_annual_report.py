"""The annual report on paper shows what its version shows, can be read in grey, and is laid out decently."""

import io
from dataclasses import replace

import figure_versions
import pytest
from figure_pages import flat, page_of_heading, pages_of, values_after
from pypdf import PdfReader
from reportlab.graphics.shapes import Rect, String, Wedge
from reportlab.lib.colors import HexColor

import frappe

from sv_helpdesk.annual_report import charts, document, lights, notes, shape
from sv_helpdesk.annual_report.lights import Light
from sv_helpdesk.annual_report.unit_plan import Plan, Signal, signals
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.pdf import colours
from sv_helpdesk.pdf.house import House
from sv_helpdesk.reports.definitions import BY_CODE, CHAPTERS, TABLES
from sv_helpdesk.reports.version import HIDDEN, SHOWN, UNKNOWN, Cell, Row

HOUSE = House(HexColor(colours.MAIN), HexColor(colours.SECOND))
DUTCH, ENGLISH = Words("nl"), Words("en")
EVERY_KIND = {
	"working": figure_versions.made_up,
	"internal": lambda: figure_versions.made_up("internal", 5),
	"published": lambda: figure_versions.made_up("published", 10),
	"all hidden": figure_versions.all_hidden,
	"empty": figure_versions.empty_year,
}
every_kind = pytest.mark.parametrize("kind", EVERY_KIND)
every_language = pytest.mark.parametrize("words", (DUTCH, ENGLISH), ids=lambda words: words.language)


def pdf_of(version, language: str = "en", texts: dict | None = None, logo: str | None = None) -> PdfReader:
	return PdfReader(io.BytesIO(document.pdf(version, language, texts or {}, replace(HOUSE, logo=logo))))


@every_kind
@every_language
def test_every_table_shows_each_cell_of_the_version_under_its_heading(kind, words):
	version = EVERY_KIND[kind]()
	pdf = pdf_of(version, words.language)
	pages = pages_of(pdf)
	for table in version.tables:
		title = words.say(BY_CODE[table.code].title)
		text = pages[page_of_heading(pdf, title)].split(f"{title} ", 1)[1]
		# past the chart, whose titles are the same
		text = text.split(" ".join(shape.headings(table, words)), 1)[1]
		for line in shape.lines(table, words):
			shown = [shape.written(*cell, words) for cell in line.cells if cell]
			assert values_after(text, line.title, len(shown)) == shown, (table.code, line.title)


@every_kind
def test_the_same_version_gives_the_same_bytes(kind):
	made = [document.pdf(EVERY_KIND[kind](), "nl", {"nature": "Text"}, HOUSE) for _time in range(2)]
	assert made[0] == made[1]


@every_language
def test_it_has_language_title_outline_and_embedded_fonts_only(words):
	pdf = pdf_of(figure_versions.made_up(), words.language)
	root = pdf.trailer["/Root"]
	assert root["/Lang"] == words.language
	assert root["/ViewerPreferences"]["/DisplayDocTitle"]
	title = words.say("Annual report on social safety {0}").format(2024)
	assert pdf.metadata.title == f"{title}, University of Invention"
	chapters = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
	assert chapters == [*map(words.say, CHAPTERS.values()), words.say("How to read these figures")]
	fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
	assert {font["/BaseFont"].split("+")[1] for font in fonts} == {
		"BitstreamVeraSans-Roman",
		"BitstreamVeraSans-Bold",
	}
	assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_the_contents_name_the_page_on_which_each_heading_stands():
	pdf = pdf_of(figure_versions.made_up())
	first, last = (flat(pdf.outline)[place] for place in (0, -1))
	contents = " . ".join(pages_of(pdf)[1 : pdf.get_destination_page_number(first)])
	for entry in flat(pdf.outline):
		# in the page's text a number stands before what it is of
		before = (
			contents.split(f" {entry.title} .", 1)[0] if entry != last else contents.removesuffix(last.title)
		)
		assert before.split()[-1] == str(pdf.get_destination_page_number(entry) + 1), entry.title


@pytest.mark.parametrize(
	("kind", "mark"),
	[("working", "Working version – not for circulation"), ("internal", "Internal – not for publication")],
)
def test_what_is_not_published_says_so_on_every_page(kind, mark):
	assert all(mark in page for page in pages_of(pdf_of(EVERY_KIND[kind]())))
	assert not any(mark in page for page in pages_of(pdf_of(EVERY_KIND["published"]())))


def test_a_long_title_leaves_the_number_of_the_page_its_place():
	name = "Interfaculty Institute for the Study of Very Long Names of Organisational Units"
	pages = pages_of(pdf_of(figure_versions.made_up(unit=("u", name))))
	assert name in pages[0] and "Units in 2024" not in pages[1]
	assert " … Page 2 of" in pages[1]


def test_pages_are_counted():
	pages = pages_of(pdf_of(figure_versions.made_up()))
	assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages[1:], start=2))


def test_so_many_bars_that_the_table_says_it_better_are_left_out():
	assert chart_of("units", [3] * 15) and not chart_of("units", [3] * 40)


def test_a_long_table_repeats_its_heading_and_leaves_no_lone_line():
	version = figure_versions.made_up()
	for number in (42, 43, 44, 80):
		rows = tuple(
			Row(f"u{place}", f"Unit number {place}.", place % 3, (Cell(SHOWN, place),))
			for place in range(number)
		)
		long = tuple(
			replace(table, rows=rows) if table.code == "units" else table for table in version.tables
		)
		pdf = pdf_of(replace(version, tables=long))
		counts = [page.count("Unit number") for page in pages_of(pdf) if "Unit number" in page]
		headed = ["Number" in page for page in pages_of(pdf) if "Unit number" in page]
		assert sum(counts) == number
		# the last page has the total as well
		assert min(counts) >= 2 and all(headed), counts


def test_headings_charts_and_notes_stay_with_their_table():
	version = figure_versions.made_up("published", 10)
	for length in range(0, 1200, 200):
		pdf = pdf_of(version, texts=dict.fromkeys(CHAPTERS, "Word " * length))
		pages = pages_of(pdf)
		for table in version.tables:
			page = pages[page_of_heading(pdf, BY_CODE[table.code].title)]
			rest = page.split(f"{BY_CODE[table.code].title} ", 1)[1]
			wanted = [line.title for line in shape.lines(table, ENGLISH)] + [shape.base(table, ENGLISH)]
			assert all(text in rest for text in wanted), (length, table.code)


def test_the_coordinators_text_stands_in_its_chapter_and_is_no_markup():
	pdf = pdf_of(figure_versions.made_up(), texts={"nature": "First <b>bold</b>\n\n& second"})
	page = pages_of(pdf)[page_of_heading(pdf, "Nature of the reports")]
	assert "First <b>bold</b> & second" in page


def test_it_says_how_many_cells_are_hidden_and_from_which_number():
	text = " ".join(pages_of(pdf_of(figure_versions.made_up("published", 10, hidden=17))))
	assert "Numbers from 1 to 9 are hidden. In this version 17 cells are hidden." in text
	assert "Nothing is hidden in this version" in " ".join(pages_of(pdf_of(figure_versions.made_up())))


def test_dutch_numbers_have_a_decimal_comma():
	assert [DUTCH.percentage(2.6), ENGLISH.percentage(2.6)] == ["2,6%", "2.6%"]
	assert [DUTCH.number(1234), ENGLISH.number(1234)] == ["1.234", "1,234"]
	assert [DUTCH.difference(-0.8), DUTCH.difference(9), DUTCH.difference(0)] == ["−0,8", "+9", "0"]


# Of a unit

PLAN = Plan(
	(
		frappe._dict(
			subject="Policy", situation="No policy yet.", goal="", progress="Partly", outcome="A draft."
		),
		frappe._dict(subject="Awareness", situation="", goal="Train & talk", progress=None, outcome=None),
	),
	(Signal("Reporters per thousand employees", 26, Light.AMBER, 20, 40),),
)


@every_language
def test_a_units_report_begins_with_its_priorities_and_signals_each_with_word_and_shape(words):
	version = figure_versions.made_up("internal", 5, unit=("u", "Library <1>"))
	pdf = PdfReader(io.BytesIO(document.pdf(version, words.language, {}, HOUSE, PLAN)))
	pages = pages_of(pdf)
	assert "Library <1>" in pages[0]
	priorities = pages[page_of_heading(pdf, words.say("Priorities"))]
	assert f"Policy {words.say('Partly')} {words.say('Situation')} No policy yet." in priorities
	assert f"Awareness {words.say('Goal and actions')} Train & talk" in priorities
	signals = pages[page_of_heading(pdf, words.say("Signals"))]
	assert f"{words.say('Amber')} {words.say('Reporters per thousand employees')}: 26" in signals


def test_a_light_is_known_by_its_shape_alone():
	assert len({type(lights.drawing(light).contents[0]) for light in Light}) == 3


@pytest.mark.parametrize(
	("value", "light"),
	[(0, Light.GREEN), (19.9, Light.GREEN), (20, Light.AMBER), (39, Light.AMBER), (40, Light.RED)],
)
def test_a_light_turns_amber_and_red_where_it_was_chosen(value, light):
	assert lights.light_of(value, 20, 40) is light
	assert lights.light_of(value, 0, 0) is None


def test_what_is_hidden_has_no_light_that_would_tell_of_it():
	chosen = {
		"amber_per_thousand": 20,
		"red_per_thousand": 40,
		"amber_only_report": 10,
		"red_only_report": 30,
	}
	shown = signals(figure_versions.made_up(), chosen)
	assert [(signal.value, signal.light) for signal in shown] == [(26, Light.AMBER), (2, Light.GREEN)]
	assert signals(figure_versions.all_hidden(), chosen) == []
	assert signals(figure_versions.made_up(), {}) == []


# Charts


def shapes_of(code: str, counts: list[int | None], kind=Rect) -> list:
	"""The surfaces of the chart of a table with these counts; None is hidden."""
	drawing = chart_of(code, counts)
	return [part for part in drawing.contents if isinstance(part, kind)]


def chart_of(code: str, counts: list[int | None]):
	version = figure_versions.made_up()
	rows = tuple(
		Row(f"r{place}", f"Row {place}", 0, (Cell(HIDDEN) if count is None else Cell(SHOWN, count, count),))
		for place, count in enumerate(counts)
	)
	return charts.of_table(replace(version.table(code), rows=rows), ENGLISH, HOUSE)


def test_a_bar_is_as_long_as_its_value_and_a_hidden_one_has_its_sign_only():
	bars = shapes_of("units", [10, 20, None, 0])
	assert len(bars) == 2 and bars[1].width == pytest.approx(2 * bars[0].width)
	assert "·" in [part.text for part in shapes_of("units", [10, 20, None, 0], String)]


def test_a_doughnut_with_a_hidden_part_becomes_bars_so_that_no_gap_tells_its_size():
	assert len(shapes_of("first_desk", [10, 20, 30], Wedge)) == 3
	assert shapes_of("first_desk", [10, 20, None], Wedge) == []
	assert len(shapes_of("first_desk", [10, 20, None])) == 2


def test_a_part_that_is_everything_is_a_whole_ring():
	(ring,) = shapes_of("first_desk", [10, 0], Wedge)
	assert ring.endangledegrees - ring.startangledegrees == 360


@pytest.mark.parametrize("counts", [[], [0, 0], [None, None]])
def test_nothing_to_draw_is_no_chart(counts):
	assert chart_of("units", counts) is None


def test_neighbours_can_be_told_apart_in_grey_and_without_any_colour():
	for number in range(2, 12):
		shades = HOUSE.shades(number)
		for one, other in zip(shades, [*shades[1:], shades[0]], strict=True):
			assert colours.contrast(one, other) >= 1.7
	# parts of nothing aren't drawn, so that those beside them meet
	for counts in ([35, 0, 59, 45, 0], [1, 0, 0, 2], [1, 2, 0, 0, 3, 4]):
		shades = [part.fillColor for part in shapes_of("first_desk", counts, Wedge)]
		for one, other in zip(shades, [*shades[1:], shades[0]], strict=True):
			assert colours.contrast(one, other) >= 1.7
	texts = [part.text for part in shapes_of("first_desk", [10, 20, 30], String)]
	# each part's number stands at the ring and in the list
	assert [texts.count(number) for number in "123"] == [2, 2, 2]


def test_every_number_in_a_chart_can_be_read_on_its_surface():
	for shade in HOUSE.shades(3):
		assert colours.contrast(colours.ink_on(shade), shade) >= 4.5


def test_a_year_of_which_nothing_is_known_has_no_line_but_the_year_itself_has():
	unknown = dict.fromkeys(shape.YEARS, Cell(UNKNOWN))
	told = {**unknown, "of_employees": Cell(SHOWN, percent=3.4)}
	version = replace(figure_versions.made_up(), years=((2024, unknown), (2023, told), (2022, unknown)))
	assert [line.title for line in shape.years_lines(version, ENGLISH)] == ["2023", "2024"]


def test_days_are_written_as_readers_of_the_language_write_them():
	version = figure_versions.made_up()
	notes_of = {words: " ".join(notes.of_version(version, words)) for words in (DUTCH, ENGLISH)}
	assert "20-01-2025 09:30" in notes_of[DUTCH] and "2025-01-20 09:30" in notes_of[ENGLISH]
	assert (DUTCH.day("2025-02-01"), ENGLISH.day("2025-02-01")) == ("01-02-2025", "2025-02-01")


def test_every_table_of_the_report_belongs_to_a_chapter():
	assert {table.chapter for table in TABLES} == set(CHAPTERS)
