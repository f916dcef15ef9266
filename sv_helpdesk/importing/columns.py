"""What stands in each sheet: a column is a field of a case or of a person in it, by the label that forms have."""

from dataclasses import dataclass

import frappe
from frappe import _

LANGUAGES = ("en", "nl")
KEY = "import_key"
LONGEST_KEY, LONGEST_NAME, LONGEST_TEXT = 40, 140, 30_000
# how a cell is read
KEYED, WORD, WORDS, DAY, CHECK, NAME, TEXT = "key", "word", "words", "day", "check", "name", "text"


@dataclass(frozen=True)
class Column:
	"""One column.

	Attributes:
		name: of the field.
		kind: how its cells are read, one of the constants above.
		needed: whether every row fills it in.
		example: what the example of the template has there; of a word its code.
	"""

	name: str
	kind: str
	needed: bool = False
	example: str = ""


@dataclass(frozen=True)
class Sheet:
	"""One sheet.

	Attributes:
		title: in English.
		doctype: what a row of it becomes.
		most: how many rows it may have.
		columns: in their order.
	"""

	title: str
	doctype: str
	most: int
	columns: tuple[Column, ...]

	def titles(self) -> tuple[str, ...]:
		"""Return its title in each language."""
		return tuple(_(self.title, language) for language in LANGUAGES)

	def label(self, column: Column, language: str | None = None) -> str:
		"""Return the heading of a column, in the language of the session unless another one is given."""
		if column.name == KEY:
			return _("Key", language, context="SV Import")
		return _(frappe.get_meta(self.doctype).get_label(column.name), language, context=self.doctype)

	def column(self, name: str) -> Column:
		"""Return a column by the name of its field."""
		return next(column for column in self.columns if column.name == name)


CASES = Sheet(
	"Cases",
	"SV Report",
	2500,
	(
		Column(KEY, KEYED, True),
		Column("kind", WORD, True, "Report"),
		Column("status", WORD, True, "Closed"),
		Column("received_at", DAY, True, "2023-03-01"),
		Column("handler", WORD),
		Column("channel", WORD, example="E-mail"),
		Column("confidentiality", WORD, True, "Confidential"),
		Column("language", WORD, example="nl"),
		Column("first_desk", WORD),
		Column("main_category", WORD),
		Column("further_categories", WORDS),
		Column("criminal_offence", CHECK),
		Column("whistleblower_report", CHECK),
		Column("accused_position", WORD, example="Colleague"),
		Column("power_relation", CHECK),
		Column("unit", WORD),
		Column("asked_by", WORD),
		Column("advice_topic", WORD),
		Column("ladder_step", WORD),
		Column("reached_step", WORD),
		Column("intervention", WORD, example="Advice"),
		Column("outcome", WORD, example="Founded"),
		Column("bad_faith_established", CHECK),
		Column("acknowledged_at", DAY, example="2023-03-02"),
		Column("feedback_given_at", DAY),
		Column("accused_informed_on", DAY),
		Column("settled_at", DAY, example="2023-05-15"),
		Column("closed_at", DAY, example="2023-06-01"),
		Column("only_if_repeated", CHECK),
		Column("subject", TEXT),
		Column("narrative", TEXT),
		Column("wishes", TEXT),
		Column("settlement_text", TEXT),
		Column("withdrawal_text", TEXT),
	),
)
PEOPLE = Sheet(
	"People",
	"SV Party",
	10_000,
	(
		Column(KEY, KEYED, True),
		Column("party_role", WORD, True, "Reporter"),
		Column("anonymous", CHECK),
		Column("person_name", NAME),
		Column("email_address", NAME),
		Column("phone", NAME),
		Column("account", NAME),
		Column("staff_group", WORD, example="Support staff"),
		Column("contract", WORD, example="Permanent"),
		Column("gender", WORD, example="Female"),
		Column("unit", WORD),
		Column("position", WORD),
		Column("vulnerable_dependence", CHECK),
		Column("remarks", TEXT),
	),
)
SHEETS = (CASES, PEOPLE)
# what the template has besides
CODES, EXPLANATION = "Codes", "Explanation"


def titles_besides() -> set[str]:
	"""Return the titles of the sheets that are there to be read only, in each language."""
	return {_(title, language) for title in (CODES, EXPLANATION) for language in LANGUAGES}


def examples() -> tuple[str, ...]:
	"""Return what stands as key in the rows that show how to fill in the others, in each language."""
	return tuple(_("EXAMPLE", language) for language in LANGUAGES)
