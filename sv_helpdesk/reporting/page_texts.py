"""The pages next to the reporting page: advice for managers, the escalation ladder, the desks.

Each has a text that comes with the app in two languages, and another one where the institution wrote one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from werkzeug.wrappers import Response

import frappe
from frappe.utils import md_to_html

from sv_helpdesk.crypto.quiet import PAGE
from sv_helpdesk.helpdesk import clean_html
from sv_helpdesk.reporting import rendering, switch
from sv_helpdesk.reporting.telephone import callable_numbers

FOLDER = Path(__file__).parent / "shipped_texts"


@dataclass(frozen=True)
class TextPage:
	"""One of these pages.

	Attributes:
	        name: as SV Page Text names it.
	        path: its address.
	        file: of the text that comes with the app, without language.
	        lists_desks: whether the desks stand below the text.
	"""

	name: str
	path: str
	file: str
	lists_desks: bool = False

	def answer(self) -> Response:
		"""Return the page."""
		context = {
			"text": shown(self, frappe.local.lang),
			"desks": switch.desks() if self.lists_desks else [],
		}
		return rendering.answer("text.html", self.path, context, searchable=True)


PAGES = (
	TextPage("Advice for managers", f"{PAGE}/leidinggevenden", "advice"),
	TextPage("Escalation ladder", f"{PAGE}/ladder", "ladder"),
	TextPage("Desks", f"{PAGE}/loketten", "desks", lists_desks=True),
)
ANSWERS: dict[str, Callable[[], Response]] = {page.path: page.answer for page in PAGES}


def shown(page: TextPage, language: str) -> Markup:
	"""Return the text of a page as safe HTML.

	Args:
	        page: one of PAGES.
	        language: "nl" or "en".
	"""
	own = frappe.get_all(
		"SV Page Text",
		{"page": page.name, "language": language},
		pluck="text",
		order_by="creation desc",
		limit=1,
	)
	text = (own[0] if own else "") or (FOLDER / f"{page.file}_{language}.md").read_text()
	# safe because of clean_html, whatever was written
	return callable_numbers(Markup(clean_html.from_html(md_to_html(text) or "")))
