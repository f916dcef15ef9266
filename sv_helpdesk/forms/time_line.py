"""The time line of a case: conversation, talks, referrals, tables, steps and deadlines in one order, newest first.

Each row is asked of the rules of its own doctype, for whoever looks: who sees part of a case sees that part of its
time line. It is one statement beside those that find its tables and the names of the people; nothing encrypted is
opened.
"""

from dataclasses import dataclass

import frappe
from frappe import _

from sv_helpdesk.forms.wording import SEPARATOR, kind_of
from sv_helpdesk.permissions import rules, sides
from sv_helpdesk.permissions.relations import Relations
from sv_helpdesk.workflows.machines import machines

MOST = 200
# each by its index: one condition for both would read all clocks and steps there are
OF_CASE, OF_TABLE = "`report` = %(report)s", "`decision_table` in %(tables)s"


@dataclass(frozen=True)
class Kind:
	"""What one kind of document puts on the line.

	Attributes:
		doctype: of the documents.
		moment: SQL: when it happened, or is due.
		words: columns that say what it is, in this order; the values of Select fields.
		who: the column with the user who did it.
		belongs: SQL: the rows of the case; more than one is joined.
	"""

	doctype: str
	moment: str
	words: tuple[str, ...]
	who: str = ""
	belongs: tuple[str, ...] = (OF_CASE,)


KINDS = (
	Kind("SV Message", "`message_at`", ("direction", "channel"), "author"),
	Kind("SV Note", "coalesce(`talk_at`, `creation`)", ("note_type",), "author"),
	Kind(
		"SV Referral", "coalesce(`referred_on`, `creation`)", ("referral_type", "target", "status"), "owner"
	),
	Kind(
		"SV Decision Table",
		"coalesce(`first_meeting_at`, `opened_on`)",
		("table_number", "status"),
		"coordinator",
		("`name` in %(tables)s",),
	),
	Kind("SV Complaint Copy", "`given_at`", ("recipient",), "given_by"),
	Kind("SV Step", "`taken_at`", ("document_type", "step"), "taken_by", (OF_CASE, OF_TABLE)),
	Kind(
		"SV Deadline",
		"coalesce(`met_at`, `cancelled_at`, `due_at`)",
		("kind", "status"),
		"deadline_owner",
		(OF_CASE, OF_TABLE),
	),
)
COLUMNS = max(len(kind.words) for kind in KINDS)


@frappe.whitelist(methods=["POST"])
def of_case(report: str) -> list[dict]:
	"""Return the time line of a case, newest first, as far as the session's user may see it.

	Args:
		report: name of the SV Report.

	Returns:
		MOST rows at most, each with doctype and name of the document, `at` (a moment as the database has it),
		`is` (what kind of thing it is), `what` (in words) and `who` (the full name of a colleague, or "").
		None for a case that is hidden and for one that isn't there.
	"""
	relations = Relations(frappe.session.user)
	arms = [_arm(kind, belongs, relations) for kind in KINDS for belongs in kind.belongs]
	# no table is called nothing: a list without anything in it is no SQL
	values = {"report": report, "tables": [*sorted(sides.tables_about(report)), ""]}
	# the conditions are made of escaped values by the builders of the rules, all else stands above
	rows = frappe.db.sql(
		f"{' union '.join(arms)} order by `at` desc, `name` limit {MOST}", values, as_dict=True
	)
	names = _names({row.who for row in rows if row.who})
	return [
		{
			"doctype": row.doctype,
			"name": row.name,
			"at": str(row.at),
			"is": kind_of(row.doctype),
			"what": _in_words(row),
			"who": names.get(row.who, ""),
		}
		for row in rows
	]


def _arm(kind: Kind, belongs: str, relations: Relations) -> str:
	words = [f"`{fieldname}`" for fieldname in kind.words] + ["null"] * (COLUMNS - len(kind.words))
	columns = ", ".join(f"{word} as `word_{number}`" for number, word in enumerate(words))
	allowed = rules.query_condition(relations.user, kind.doctype, relations) or "1=1"
	return (
		f"(select '{kind.doctype}' as `doctype`, `name`, cast({kind.moment} as datetime) as `at`, `{kind.who}` as `who`,"
		f" {columns} from `tab{kind.doctype}` where {belongs} and {allowed})"
	)


def _in_words(row) -> str:
	words = [row[f"word_{number}"] for number in range(COLUMNS)]
	if row.doctype == "SV Step":
		return SEPARATOR.join((kind_of(words[0]), _step_in_words(*words[:2])))
	return SEPARATOR.join(_(word, context=row.doctype) for word in words if word)


def _step_in_words(doctype: str, name: str) -> str:
	"""Return the title of a step; one that an earlier version of the app knew keeps its name."""
	machine = machines().get(doctype)
	return next((step.title for step in machine.steps if step.name == name), name) if machine else name


def _names(users: set[str]) -> dict[str, str]:
	if not users:
		return {}
	rows = frappe.get_all("User", {"name": ["in", sorted(users)]}, ["name", "full_name"], order_by="name asc")
	return {row.name: row.full_name for row in rows}
