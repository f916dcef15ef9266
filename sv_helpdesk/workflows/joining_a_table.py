"""A case of another desk comes to a decision table: by its own case worker, with the reporter's consent (R1, R3).

Each desk puts its own cases on its tables and sees none of another's. Who convenes a table gives its number to
the other desk; who works the case there puts it on. The table learns that there is such a case, and no more than
its people tell there. A consent that is withdrawn takes the case off again; what was written there meanwhile
stays hidden from whom the case is hidden from (R6).
"""

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from sv_helpdesk.permissions import seats, sides
from sv_helpdesk.permissions.capacities import capacities
from sv_helpdesk.permissions.consent import AT_A_TABLE, is_in_force
from sv_helpdesk.permissions.denied_list import is_denied
from sv_helpdesk.workflows import table

# who may share a case; what is shared would outlast a grant
SHARERS = {"desk", "own"}


@frappe.whitelist(methods=["POST"])
def put_on_table(report: str, table_number: str, subject: str, kind: str) -> None:
	"""Put a case of the session user's desk on a table that another desk convened.

	Args:
		report: name of the SV Report.
		table_number: as who convenes the table gave it.
		subject, kind: about whom and what the case is there, options of SV Table Case.

	Raises:
		frappe.PermissionError: the user doesn't work the case; the same whether it exists or not.
		frappe.ValidationError: no such table waits for it, or the reporter hasn't consented to its desk; the
			same for both. Or somebody at the table supports a side of the case or may not see it.
	"""
	exists = frappe.db.exists("SV Report", report)
	case = frappe.get_doc("SV Report", report, for_update=True) if exists else None
	if not case or not capacities(case, frappe.session.user) & SHARERS:
		frappe.throw(_("Only who works the case can put it on a decision table."), frappe.PermissionError)
	joined = _meeting(cstr(table_number).strip(), case)
	if not joined:
		frappe.throw(
			_(
				"No decision table of another desk waits for this case under that number. Check the number, and that the reporter's consent to a decision table names the desk that convenes it."
			)
		)
	if case.name in sides.reports_of(joined.name, now=True):
		frappe.throw(_("This case is on that decision table already."))
	if not _comes_back(case.name, joined):
		_put(case.name, joined.name, subject, kind)
	seats.tell_convener(joined.name)


def _comes_back(report: str, joined) -> bool:
	"""Let a case that has left a table deal with it again; return whether it had."""
	if not (rows := _rows_of(report, joined.name)):
		return False
	frappe.db.set_value("SV Table Case Report", {"name": ["in", rows]}, "left_at", None)
	table.cases_come(joined)
	return True


def _put(report: str, decision_table: str, subject: str, kind: str) -> None:
	on_table = frappe.get_doc(
		{
			"doctype": "SV Table Case",
			"decision_table": decision_table,
			"subject": subject,
			"kind": kind,
			"reports": [{"report": report}],
		}
	)
	# the table isn't theirs, so they have no right to make this by hand
	on_table.flags.with_consent = True
	on_table.insert()


def consent_ended(consent: str) -> None:
	"""Take a case off the other desk's tables that are under way, unless the reporter still consents to that.

	Args:
		consent: name of the SV Consent, withdrawn.
	"""
	ended = frappe.get_doc("SV Consent", consent)
	if ended.scope != AT_A_TABLE or _consents_to(ended.report, ended.to_desk):
		return
	if frappe.db.get_value("SV Report", ended.report, "desk") == ended.to_desk:
		return
	under_way = {"desk": ended.to_desk, "status": ["in", table.UNDER_WAY]}
	for name in frappe.get_all("SV Decision Table", under_way, pluck="name", order_by="creation asc"):
		if rows := _rows_of(ended.report, name):
			if table.was_written(name):
				left = {"left_at": now_datetime()}
				frappe.db.set_value("SV Table Case Report", {"name": ["in", rows]}, left)
			else:
				frappe.db.delete("SV Table Case Report", {"name": ["in", rows]})
			seats.tell_convener(name)
	table.let_go({ended.report})


def _rows_of(report: str, decision_table: str) -> list[str]:
	"""Return the rows of a case on a table, also of one that has left it."""
	on_table = {"decision_table": decision_table}
	cases = frappe.get_all("SV Table Case", on_table, pluck="name", order_by="creation asc")
	rows = {"parent": ["in", [*cases, ""]], "parenttype": "SV Table Case", "report": report}
	return frappe.get_all("SV Table Case Report", rows, pluck="name", order_by="creation asc")


def _meeting(table_number: str, case):
	"""Return the table that another desk convened under this number, if the case may come to it."""
	wanted = {"table_number": table_number, "status": ["in", table.MEETING], "desk": ["!=", case.desk]}
	name = frappe.db.get_value("SV Decision Table", wanted, "name")
	found = frappe.get_doc("SV Decision Table", name) if name else None
	hidden = found and any(is_denied(other, frappe.session.user) for other in sides.reports_of(found.name))
	return found if found and not hidden and _consents_to(case.name, found.desk) else None


def _consents_to(report: str, desk: str) -> bool:
	given = {"report": report, "scope": AT_A_TABLE, "to_desk": desk}
	return any(map(is_in_force, frappe.get_all("SV Consent", given, pluck="name", order_by="creation asc")))
