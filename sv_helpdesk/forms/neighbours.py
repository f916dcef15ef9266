"""What a form leads to and begins with: the tables of a case, the cases of a table, the one desk of whoever fills it in."""

import frappe

from sv_helpdesk.permissions import recipients, rules, sides

CASE, TABLE = "SV Report", "SV Decision Table"
MOST = 20


@frappe.whitelist(methods=["POST"])
def of_case(report: str) -> list[dict]:
	"""Return the decision tables of a case that the session's user may see, the latest first: name and number.

	Args:
		report: name of the SV Report; none come back of one that is hidden or isn't there.
	"""
	return _seen(TABLE, "table_number", sides.tables_about(report), (CASE, report))


@frappe.whitelist(methods=["POST"])
def of_table(decision_table: str) -> list[dict]:
	"""Return the cases of a decision table that the session's user may see, the latest first: name and number.

	Args:
		decision_table: name of the SV Decision Table; none come back of one that is hidden or isn't there.
	"""
	return _seen(CASE, "case_number", sides.reports_of(decision_table), (TABLE, decision_table))


@frappe.whitelist(methods=["POST"])
def own_desk() -> str | None:
	"""Return the desk at which the session's user works, if it is the only one: a new case is at that."""
	desks = recipients.desks_of(frappe.session.user)
	return desks.pop() if len(desks) == 1 else None


def _seen(doctype: str, number: str, names: set[str], holder: tuple[str, str]) -> list[dict]:
	"""Return those that the user may see, if they may see what they belong to, too."""
	shown, held = (rules.query_condition(None, one) or "1=1" for one in (doctype, holder[0]))
	# the conditions are made of escaped values by the builders of the rules; no document is called nothing
	return frappe.db.sql(
		f"""
		select `name`, `{number}` as `number` from `tab{doctype}` where `name` in %(names)s and {shown}
			and exists (select 1 from `tab{holder[0]}` where `name` = %(holder)s and {held})
		order by `creation` desc limit {MOST}
		""",
		{"names": [*sorted(names), ""], "holder": holder[1]},
		as_dict=True,
	)
