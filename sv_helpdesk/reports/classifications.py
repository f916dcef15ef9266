"""By what is counted: each classification, its values in the order of a table, and what the documents call them.

Every row of a population has exactly one value of each of its classifications, so that the parts of a total add
up to it: what nobody filled in has a value of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sv_helpdesk.reports import codes

# between the titles of categories that figures count as one
AND = " / "
NOT_FILLED_IN = "not_filled_in"
NOT_FILLED_IN_TITLE = "Not filled in"
UNKNOWN = "unknown"
YES_NO = {"yes": "Yes", "no": "No"}
FIGURES = "SV Figures"


@dataclass(frozen=True)
class Classification:
	"""One way to divide a population.

	Attributes:
		title: what it says about somebody or something.
		values: titles by code, in the order of a table; None for values that are records, with titles of their own
			(records.py reads them).
		raw: codes by what the database has, where that isn't the title; what is in neither is not filled in.
		context: the context of the translations of titles: the doctype whose options they are.
		rest: the value of what isn't in raw.
	"""

	title: str
	values: Mapping[str, str] | None
	raw: Mapping | None = None
	context: str = FIGURES
	rest: str = NOT_FILLED_IN

	def code_of(self, raw: object) -> str:
		"""Return the code of what the database has."""
		by_raw = self.raw if self.raw is not None else {title: code for code, title in self.values.items()}
		return by_raw.get(raw, self.rest)


DESK_TYPES = {code: desk.desk_type for code, desk in codes.DESKS.items()} | {"other": "Other"}
FOLLOW_UP_TITLES = {
	"report_only": "Report only",
	"advice": "Advice",
	"guidance": "Guidance",
	"referral": "Referral",
	"mediation": "Mediation",
	"investigation": "Investigation",
	"other_or_running": "Other or running",
}
FOLLOW_UP_RAW = {option: code for code, options in codes.FOLLOW_UP_IN_FIGURES.items() for option in options}
LEADING = {
	option: "yes" if code in codes.LEADING_POSITIONS else "no"
	for code, option in codes.ACCUSED_POSITION.items()
	if code != UNKNOWN
}
REFERRED_TO = {
	**{code: codes.REFERRED_TO[code].target for code in codes.TARGETS_NAMED_IN_FIGURES},
	"other": "Other",
}
REFERRED_TO_RAW = {
	target.target: code if code in codes.TARGETS_NAMED_IN_FIGURES else "other"
	for code, target in codes.REFERRED_TO.items()
} | {"Concerns and complaints point": "other"}
LINES = {"zeroth": "Zeroth", "first": "First", "second": "Second", "outside": "Outside"}
BOOLEAN = {1: "yes"}
# of a table that isn't closed by the end of the year
STILL_RUNNING = "still_running"
SOURCES = {
	"phd_confidants": "PhD confidants of faculties",
	"external_advisers": "External advisers",
	"other": "Other bodies",
}
STARTED = {"this_year": "Opened in the year", "earlier": "Carried over from the year before"}

CLASSIFICATIONS = {
	"nature": Classification("Nature", None),
	"unit": Classification("Unit", None),
	"first_desk": Classification("Desk first chosen", None),
	"first_desk_type": Classification("Kind of desk", DESK_TYPES, context="SV Desk"),
	"from_desk_type": Classification("Kind of desk", DESK_TYPES, context="SV Desk"),
	"staff_group": Classification("Staff group", codes.STAFF_GROUP, context="SV Party"),
	"contract": Classification("Contract", codes.CONTRACT, context="SV Party"),
	"gender": Classification("Gender", codes.GENDER, context="SV Party"),
	"criminal_offence": Classification("Criminal offence reported", YES_NO, BOOLEAN, rest="no"),
	"accused_position": Classification(
		"Position of the accused", codes.ACCUSED_POSITION, context="SV Report"
	),
	"leading_position": Classification(
		"Accused in a leading position", YES_NO | {UNKNOWN: "Unknown"}, LEADING, rest=UNKNOWN
	),
	"follow_up": Classification(
		"Follow-up", FOLLOW_UP_TITLES, FOLLOW_UP_RAW, "SV Figures", "other_or_running"
	),
	"referral_type": Classification(
		"Hand-over or referral", {"hand_over": "Hand-over", "referral": "Referral"}, context="SV Referral"
	),
	"referred_to": Classification("Referred to", REFERRED_TO, REFERRED_TO_RAW, "SV Referral"),
	"line": Classification("Line", LINES, context="SV Referral"),
	"asked_by": Classification("Asked by", codes.ASKED_BY, context="SV Report"),
	"advice_topic": Classification("Topic", codes.ADVICE_TOPIC, context="SV Report"),
	"led_to_table": Classification("Led to a decision table", YES_NO, BOOLEAN, rest="no"),
	"subject": Classification("About whom", codes.TABLE_SUBJECT, context="SV Table Case"),
	"kind": Classification("Kind", codes.TABLE_KIND, context="SV Table Case"),
	"outcome": Classification(
		"Outcome", codes.TABLE_OUTCOME | {STILL_RUNNING: "Still running"}, context="SV Decision Table"
	),
	"started": Classification("Opened", STARTED, {code: code for code in STARTED}, rest="this_year"),
	"several_reports": Classification("After several reports about one person", YES_NO, BOOLEAN, rest="no"),
	"source": Classification("Delivered by", SOURCES, context="SV Delivered Figures"),
	"about": Classification("Position of the accused", codes.ACCUSED_POSITION, context="SV Confidant Report"),
}
# which value of the first each value of the second belongs to
COARSER = {
	("leading_position", "accused_position"): {
		**{code: LEADING.get(option, UNKNOWN) for code, option in codes.ACCUSED_POSITION.items()},
		NOT_FILLED_IN: UNKNOWN,
	}
}
