"""A letter or another document about a case on paper: the institution's letterhead, facts, texts under headings.

It is made in memory and handed to who asked for it; nothing of it is stored in clear.
"""

from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.platypus import Spacer, Table

from frappe import _

from sv_helpdesk.pdf import house
from sv_helpdesk.pdf.front import letterhead
from sv_helpdesk.pdf.letters import REGULAR
from sv_helpdesk.pdf.pages import Pages
from sv_helpdesk.pdf.styles import BODY, CHAPTER, HEADING, LABEL, SMALL, WIDTH, paragraph

NAMES = 45 * mm


@dataclass
class Paper:
	"""What is written on it, from top to bottom; every page says that it is confidential.

	Attributes:
		title: its title, also the document's.
		language: "nl" or "en"; what a screen reader reads it in.
		for_whom: at the top of every page, such as the copy's number and its recipient.
	"""

	title: str
	language: str
	for_whom: str
	story: list = field(default_factory=list)

	def __post_init__(self):
		self.house = house.of_settings()
		self.story += letterhead(self.title, self.house)

	def facts(self, rows: list[tuple[str, str | None]]) -> None:
		"""Add names of facts with what they are, in two columns; what isn't known is left out."""
		cells = [[paragraph(name, SMALL), paragraph(value, BODY)] for name, value in rows if value]
		if not cells:
			return
		table = Table(cells, colWidths=[NAMES, WIDTH - NAMES], hAlign="LEFT")
		table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)])
		table.setStyle([("FONTNAME", (0, 0), (-1, -1), REGULAR)])
		table.setStyle([("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)])
		self.story += [table, Spacer(1, 2 * mm)]

	def section(self, heading: str, text: str, note: str = "") -> None:
		"""Add a text under its heading, with a small line under it if there is one."""
		self.heading(heading)
		self.text(text)
		if note:
			self.story.append(paragraph(note, SMALL))

	def chapter(self, title: str) -> None:
		"""Add the title of several sections that belong together."""
		self.story.append(paragraph(title, CHAPTER))

	def heading(self, heading: str) -> None:
		"""Add a heading; what is under it follows."""
		self.story.append(paragraph(heading, HEADING))

	def labelled(self, label: str, text: str) -> None:
		"""Add a text under a small line that says what it is."""
		self.story.append(paragraph(label, LABEL))
		self.text(text)

	def text(self, text: str) -> None:
		"""Add a text; each line is a paragraph, so that a long one can go on on the next page."""
		self.story += [paragraph(line, BODY) for line in text.split("\n")]

	def build(self) -> bytes:
		"""Return the PDF."""
		pages = Pages(
			self.title,
			self.house.institution,
			self.language,
			_("CONFIDENTIAL", self.language),
			_("Page {0} of {1}", self.language, "SV Minutes Copy"),
			self.for_whom,
		)
		return pages.bytes_of(self.story)
