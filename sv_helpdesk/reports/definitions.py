"""All tables of the annual report: what each counts, by what, and how it is shown.

A figure is a cell, named by its population and values of classifications; however many tables show it, it is
one number. Words are English here and translated where they are shown, with the context "SV Figures".
"""

from dataclasses import dataclass

from frappe import _

from sv_helpdesk.reports.classifications import (
	AND,
	CLASSIFICATIONS,
	FIGURES,
	NOT_FILLED_IN,
	NOT_FILLED_IN_TITLE,
)

COUNTS, PERCENT = "counts", "percent"
BARS, STACKED, DOUGHNUT = "bars", "stacked", "doughnut"

CHAPTERS = {
	"numbers": "Reports and reporters",
	"profile": "Profile of reporters",
	"nature": "Nature of the reports",
	"accused": "Position of the accused",
	"referrals": "Referrals",
	"follow_up": "Follow-up",
	"advice": "Advice requests",
	"tables": "Decision tables",
	"confidants": "PhD confidants of faculties",
	"delivered": "Delivered by others",
}
POPULATIONS = {
	"reporters": "Reporters",
	"reports": "Reports",
	"referrals": "Referrals and hand-overs",
	"advice_requests": "Advice requests",
	"tables": "Decision tables",
	"table_cases": "Cases of decision tables",
	"confidant_reports": "Reports to PhD confidants",
	"confidants": "PhD confidants who received reports",
	"delivered_reports": "Reports that others received",
	"delivered_reporters": "Reporters who came to others",
	"delivered_advice_requests": "Advice requests that others received",
	"delivered_confidants": "Confidants and advisers of others who received reports",
}
EXPLAINS = {
	"reporters": "Counts reporters of reports and formal complaints that came in during the period.",
	"reports": "Counts reports and formal complaints that came in during the period.",
	"referrals": "Counts referrals and hand-overs of the period; drafts and those declined or withdrawn aren't counted.",
	"advice_requests": "Counts advice requests that came in during the period.",
	"tables": "Counts decision tables that were open on any day of the period; those called off aren't counted.",
	"table_cases": "Counts cases of the decision tables that were open on any day of the period.",
	"confidant_reports": "Counts what the faculties' PhD confidants received in the period, apart from all other figures.",
	"confidants": "Counts the faculties' PhD confidants who received reports in the period.",
	"delivered_reports": "Adds up the reports that others counted in the year and delivered as numbers only, apart from all other figures.",
	"delivered_reporters": "Adds up the reporters that others counted in the year and delivered as numbers only, apart from all other figures.",
	"delivered_advice_requests": "Adds up the advice requests that others counted in the year and delivered as numbers only, apart from all other figures.",
	"delivered_confidants": "Adds up the confidants and advisers of others who received reports in the year, as they were delivered.",
}


@dataclass(frozen=True)
class Definition:
	"""One table.

	Attributes:
		code: its name.
		chapter: of the annual report.
		title: what its heading says.
		population: what one row of it counts, of POPULATIONS.
		by: by which classifications: of the lines, and of the columns if there are two; none for a figure that
			stands alone.
		within: the value of another classification that it is limited to, as a part of a cell's name.
		shows: counts, or percentages of the base.
		chart: bars, stacked or doughnut; None for a table alone.
		per_unit: whether the report of one unit has it, too.
	"""

	code: str
	chapter: str
	title: str
	population: str
	by: tuple[str, ...]
	within: str | None = None
	shows: str = COUNTS
	chart: str | None = None
	per_unit: bool = False

	@property
	def explains(self) -> str:
		"""What it counts, in one English sentence."""
		return EXPLAINS[self.population]


def _percent(*values, **named) -> Definition:
	return Definition(*values, **{"shows": PERCENT, **named})


def _delivered(population: str, title: str, by: str) -> Definition:
	return Definition(f"{population}_by_{by}", "delivered", title, population, (by,))


CCP, FROM_CCP = "first_desk_type=ccp", "from_desk_type=ccp"
TABLES = (
	Definition(
		"first_desk",
		"numbers",
		"Reporters by desk first chosen",
		"reporters",
		("first_desk",),
		chart=DOUGHNUT,
	),
	Definition("units", "numbers", "Reporters by unit", "reporters", ("unit",), chart=BARS),
	_percent(
		*("staff_group", "profile", "Reporters by staff group", "reporters", ("staff_group",)),
		chart=STACKED,
		per_unit=True,
	),
	_percent("contract", "profile", "Reporters by contract", "reporters", ("contract",), chart=DOUGHNUT),
	_percent("gender", "profile", "Reporters by gender", "reporters", ("gender",), chart=DOUGHNUT),
	_percent(
		*("nature", "nature", "Reporters by nature of what they reported", "reporters", ("nature",)),
		chart=BARS,
		per_unit=True,
	),
	Definition("nature_of_reports", "nature", "Reports by nature", "reports", ("nature",)),
	_percent(
		"criminal_offence", "nature", "Reporters of a criminal offence", "reporters", ("criminal_offence",)
	),
	_percent(
		*("harassment_gender", "nature", "Reporters of harassment by gender", "reporters", ("gender",)),
		within="nature=harassment",
	),
	_percent(
		*(
			"accused_position",
			"accused",
			"Reports by position of the accused",
			"reports",
			("accused_position",),
		),
		chart=BARS,
		per_unit=True,
	),
	_percent(
		"leading_position", "accused", "Accused in a leading position", "reports", ("leading_position",)
	),
	_percent(
		*("conflict_position", "accused", "Employment conflicts by position of the accused", "reports"),
		("accused_position",),
		within="nature=employment_conflict",
	),
	Definition(
		*("referred_to", "referrals", "Referrals by the concerns and complaints point", "referrals"),
		("referred_to",),
		within=FROM_CCP,
		chart=DOUGHNUT,
	),
	Definition(
		"referral_types",
		"referrals",
		"Hand-overs and referrals of all desks",
		"referrals",
		("referral_type",),
	),
	Definition("referral_lines", "referrals", "Referrals of all desks by line", "referrals", ("line",)),
	_percent(
		*("follow_up", "follow_up", "Reporters by follow-up", "reporters", ("follow_up",)),
		chart=BARS,
		per_unit=True,
	),
	Definition(
		*("advice_desks", "advice", "Advice requests by kind of desk", "advice_requests"),
		("first_desk_type",),
	),
	Definition(
		*("asked_by", "advice", "Who asked the concerns and complaints point for advice", "advice_requests"),
		("asked_by",),
		within=CCP,
		chart=BARS,
	),
	Definition(
		*("advice_topics", "advice", "About what the concerns and complaints point was asked for advice"),
		*("advice_requests", ("advice_topic",)),
		within=CCP,
		chart=BARS,
	),
	Definition(
		"led_to_table",
		"advice",
		"Advice requests that led to a decision table",
		"advice_requests",
		("led_to_table",),
	),
	Definition("table_subjects", "tables", "Cases by whom they are about", "table_cases", ("subject",)),
	Definition("table_kinds", "tables", "Cases by kind", "table_cases", ("kind",)),
	Definition("table_outcomes", "tables", "Decision tables by outcome", "tables", ("outcome",)),
	Definition(
		"tables_started", "tables", "Decision tables by when they were opened", "tables", ("started",)
	),
	Definition(
		*("tables_several", "tables", "Decision tables after several reports about one person", "tables"),
		("several_reports",),
	),
	_percent(
		*("confidant_reports", "confidants", "Reports to PhD confidants by position of the accused"),
		*("confidant_reports", ("about",)),
	),
	Definition("confidants", "confidants", "PhD confidants who received reports", "confidants", ()),
	_delivered("delivered_reports", "Reports that others received, by who delivered them", "source"),
	_delivered("delivered_reports", "Reports that others received, by nature", "nature"),
	_delivered(
		"delivered_reports",
		"Reports that others received, by position of the accused",
		"accused_position",
	),
	_delivered("delivered_reporters", "Reporters who came to others, by who delivered them", "source"),
	_delivered(
		"delivered_advice_requests", "Advice requests that others received, by who delivered them", "source"
	),
	_delivered("delivered_confidants", "Confidants and advisers of others", "source"),
)
BY_CODE = {table.code: table for table in TABLES}
# shown to nobody, and counted for the suppression: where a referral goes to says of which type and line it is
LINKS = tuple(
	Definition(f"referred_to_by_{by}", "referrals", "", "referrals", ("referred_to", by), within=FROM_CCP)
	for by in ("referral_type", "line")
)


def in_words(text: str, language: str | None = None) -> str:
	"""Return a title or sentence of this module in a language; that of the session when left out."""
	return _(text, language, context=FIGURES)


def value_in_words(classification: str, code: str, language: str | None = None) -> str:
	"""Return a value of a classification in a language, for a row or column that has no title of its own.

	Args:
		classification: its code.
		code: the code of the value.
		language: that of the session when left out.
	"""
	found = CLASSIFICATIONS[classification]
	if code == NOT_FILLED_IN:
		return in_words(NOT_FILLED_IN_TITLE, language)
	return _(found.values[code], language, context=found.context) if code in (found.values or {}) else code


def row_in_words(classification: str, code: str, title: str | None, language: str | None = None) -> str:
	"""Return what a row or column says in a language.

	Args:
		classification: what it is a value of.
		code: the code of the value.
		title: what the version has: the title of a record, or of several that figures count as one.
		language: that of the session when left out.
	"""
	if title is None:
		return value_in_words(classification, code, language)
	return AND.join(_(part, language) for part in title.split(AND))
