"""Shows that several reports are about one person or one unit, in numbers and never in people (UM 3.7, CAOP).

Each desk is told of its own case. Of other desks it learns how many cases there are, and which desks only
when reporters on both sides have consented to be joined (R1, R3). A case that is denied to somebody doesn't
count for them (R6), and one reporter with several reports is one reporter.
"""

import frappe
from frappe import _

from sv_helpdesk.permissions import alike, denied_list, desk_people
from sv_helpdesk.permissions.consent import JOINING, in_force_among
from sv_helpdesk.permissions.decision import condition, rights_on


@frappe.whitelist(methods=["POST"])
def numbers(report: str) -> list[dict]:
	"""Return the signals that concern a case, for who may know of repetition there; for its other readers none.

	Args:
		report: name of the SV Report.

	Returns:
		As `standing`; `here` is the desk of this case.

	Raises:
		frappe.PermissionError: the user doesn't work on this case; in the same words when it isn't there.
	"""
	user = frappe.session.user
	if not rights_on("SV Report", report, user):
		frappe.throw(_("You don't work on this case."), frappe.PermissionError)
	case = frappe.db.get_value("SV Report", report, ["handler", "desk"], as_dict=True)
	return _shown({report}, {case.desk}, user) if desk_people.knows_of_repetition(user, case) else []


def standing(user: str) -> list[dict]:
	"""Return every signal in which a case takes part that the user may see, of a desk that they run.

	Takes a number of queries that doesn't grow with the cases.

	Args:
		user: for whom; who runs no desk is told of none.

	Returns:
		For each person and for each unit, the latest first: `about` ("Person" or "Unit"), the `unit`, the number
		of cases `here` (at the desks of the user) and `elsewhere`, of different `reporters`, of cases `waiting`
		(registered only in case it happens again) and `joined` (a reporter consents to be joined); `desks` of
		the joined cases, once one of here is among them; `own`: name and number of the cases of here that the
		user works on.
	"""
	desks = desk_people.run_by(user)
	return _shown(_visible(user, "desk", desks), desks, user) if desks else []


def _shown(reports: set[str], desks: set[str], user: str) -> list[dict]:
	if not reports:
		return []
	cases = alike.Cases(reports)
	names = sorted(cases.rows)
	signals = cases.signals(denied_list.denied_among(names, user)) if names else []
	if not signals:
		return []
	joined = in_force_among(names, JOINING)
	titles = _titles({cases.rows[name].desk for name in joined})
	visible = _visible(user, "name", names)

	def shown(signal: alike.Signal) -> dict:
		rows = sorted((cases.rows[name] for name in signal.cases), key=lambda row: row.case_number)
		here = [row for row in rows if row.desk in desks]
		agreed = [row for row in rows if row.name in joined]
		return {
			"about": signal.about,
			"unit": signal.unit,
			"here": len(here),
			"elsewhere": len(rows) - len(here),
			"reporters": signal.reporters,
			"waiting": sum(row.only_if_repeated for row in rows),
			"joined": len(agreed),
			"desks": sorted({titles[row.desk] for row in agreed})
			if any(row in here for row in agreed)
			else [],
			"own": [{"name": row.name, "number": row.case_number} for row in here if row.name in visible],
		}

	def latest(signal: alike.Signal) -> tuple:
		return max(cases.rows[name].received_at for name in signal.cases), signal.about, sorted(signal.cases)

	return [shown(signal) for signal in sorted(signals, key=latest, reverse=True)]


def _visible(user: str, column: str, values) -> set[str]:
	"""Return the cases that the user may see among those with one of these names, or at one of these desks."""
	# the condition is made of escaped values by the rules; the column is named above
	rows = frappe.db.sql(
		f"select `name` from `tabSV Report` where `{column}` in %s and {condition(user, 'SV Report')}",
		(sorted(values),),
	)
	return {row[0] for row in rows}


def _titles(desks: set[str]) -> dict[str, str]:
	if not desks:
		return {}
	rows = frappe.get_all("SV Desk", {"name": ["in", sorted(desks)]}, ["name", "title"], order_by="title asc")
	return {row.name: row.title for row in rows}
