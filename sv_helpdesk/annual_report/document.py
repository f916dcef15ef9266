"""The annual report on paper: one version of a year's figures with the coordinator's texts."""

from collections.abc import Mapping

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer

from sv_helpdesk.annual_report import charts, notes, shape, tables, unit_pages
from sv_helpdesk.annual_report.titles import title_of
from sv_helpdesk.annual_report.unit_plan import Plan
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.pdf.front import cover
from sv_helpdesk.pdf.house import House
from sv_helpdesk.pdf.pages import PAGES, Contents, Heading, Pages
from sv_helpdesk.pdf.styles import BODY, HEADING, SMALL, TITLE, paragraph
from sv_helpdesk.reports.definitions import BY_CODE, CHAPTERS, EXPLAINS
from sv_helpdesk.reports.version import Table, Version

# the chapter that begins with all years
YEARS = "numbers"
TEXT = ParagraphStyle("text", parent=BODY, spaceAfter=2 * mm)


def pdf(
	version: Version,
	language: str,
	texts: Mapping[str, str],
	house: House,
	plan: Plan | None = None,
) -> bytes:
	"""Return the report; the same arguments give the same bytes.

	Args:
		version: what may be shown.
		language: "nl" or "en".
		texts: what the coordinator wrote, by chapter of reports.definitions.CHAPTERS.
		house: the institution's colours and logo.
		plan: of the unit that the version is about.
	"""
	return _Report(version, Words(language), house).build(texts, plan)


class _Report:
	"""One report while it is written."""

	def __init__(self, version: Version, words: Words, house: House):
		self.version, self.words, self.house = version, words, house
		self.chapter_style = ParagraphStyle("chapter", parent=TITLE, textColor=house.main)
		self.story: list[Flowable] = []

	def build(self, texts: Mapping[str, str], plan: Plan | None) -> bytes:
		say, version = self.words.say, self.version
		title = title_of(version, self.words)
		mark = notes.mark(version, self.words)
		self.story += cover(title, [mark], version.institution, self.house)
		self.story += [
			NextPageTemplate(PAGES),
			PageBreak(),
			paragraph(say("Contents"), self.chapter_style),
			Contents(),
		]
		if plan:
			self.plan(plan)
		for code, chapter in CHAPTERS.items():
			found = [table for table in version.tables if BY_CODE[table.code].chapter == code]
			if found or texts.get(code) or code == YEARS:
				self.chapter(self.words.say(chapter), texts.get(code) or "")
				if code == YEARS:
					self.years()
				for table in found:
					self.table(table)
		self.reading_guide()
		page = say("Page {0} of {1}")
		pages = Pages(title, version.institution, self.words.language, mark, page, has_cover=True)
		return pages.bytes_of(self.story)

	def chapter(self, title: str, text: str) -> None:
		self.story += [PageBreak(), Heading(title, self.chapter_style, 0)]
		self.story += [paragraph(part, TEXT) for part in text.split("\n") if part.strip()]

	def plan(self, plan: Plan) -> None:
		"""What a unit wants to reach, before its figures."""
		for title, pages in (
			("Priorities", unit_pages.priorities(plan, self.words)),
			("Signals", unit_pages.signals(plan, self.words)),
		):
			if pages:
				self.chapter(self.words.say(title), "")
				self.story += pages

	def years(self) -> None:
		"""Bars of reporters over the years (figure 1 of UM 2024), and the numbers of all years beside each other."""
		drawing = charts.of_years(self.version, self.words, self.house)
		laid_out = tables.of_years(self.version, self.words, self.house)
		title = self.words.say("Reporters and reports over the years")
		self.block(title, EXPLAINS["reporters"], [part for part in (drawing, laid_out) if part], [])

	def table(self, table: Table) -> None:
		definition = BY_CODE[table.code]
		drawing = charts.of_table(table, self.words, self.house)
		laid_out = tables.table(table, self.words, self.house)
		notes_under = list(
			filter(None, (shape.base(table, self.words), *shape.deliveries(table, self.words)))
		)
		self.block(
			self.words.say(definition.title),
			definition.explains,
			[part for part in (drawing, laid_out) if part],
			notes_under,
		)

	def block(self, title: str, explains: str, parts: list[Flowable], notes_under: list[str]) -> None:
		"""Keep a heading, what is counted, chart, table and note on one page where one page is enough."""
		content: list[Flowable] = [
			Heading(title, HEADING, 1),
			paragraph(self.words.say(explains), SMALL),
		]
		for part in parts:
			content += [part, Spacer(1, 3 * mm)]
		content += [paragraph(note, SMALL) for note in notes_under]
		self.story.append(KeepTogether(content))

	def reading_guide(self) -> None:
		say = self.words.say
		self.chapter(say("How to read these figures"), "")
		self.story += [paragraph(note, TEXT) for note in notes.of_version(self.version, self.words)]
		self.story.append(tables.pairs(notes.signs(self.words)))
