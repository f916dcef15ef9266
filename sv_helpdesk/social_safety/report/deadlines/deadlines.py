"""Deadlines: how promises were kept, for the coordinator; of other desks only figures without small counts.

The `user` that the host's report runner takes from a request plays no part: the rights are those of the
session's user.
"""

import frappe
from frappe import _

from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.reports import deadline_figures, quarters
from sv_helpdesk.reports.asked_for import period


def execute(filters: dict | None = None) -> tuple:
	"""Return columns, rows and a message for the report.

	Raises:
		frappe.PermissionError: the session's user is no coordinator.
	"""
	user = frappe.session.user
	if COORDINATOR not in acting_roles(user):
		frappe.throw(_("Only a coordinator may see how deadlines were kept."), frappe.PermissionError)
	first, last = period(filters or {})
	own = _sorted(deadline_figures.of_own_desks(user, first, last))
	others = quarters.of_other_desks(user, first, last)
	messages = _messages(bool(own), others is not None)
	return _columns(), [*own, *_sorted(others or [])], " ".join(messages) or None


def _messages(has_own: bool, has_others: bool) -> list[str]:
	"""Return where other figures are than those shown."""
	messages = []
	if not has_own:
		messages.append(
			_(
				"No deadline of your desks ended in this period and none is late now. Choose a period until today to see what ended lately."
			)
		)
	if not has_others:
		messages.append(
			_("Choose a whole quarter that ended more than two weeks ago, to see the figures of other desks.")
		)
	return messages


def _columns() -> list[dict]:
	named = (
		("desk", _("Desk", context="SV Deadline"), 200),
		("kind", _("What must be done"), 200),
		("ended", _("Ended"), 90),
		("in_time", _("In time"), 90),
		("in_time_percent", _("In time (%)"), 100),
		("late", _("Too late"), 90),
		("median_days", _("Days late, median"), 180),
		("longest_days", _("Days late, longest"), 180),
		("late_now", _("Late now"), 110),
	)
	return [
		{"fieldname": name, "label": label, "fieldtype": "Data", "width": width, "align": "left"}
		for name, label, width in named
	]


def _sorted(rows: list[dict]) -> list[dict]:
	"""Put titles in the place of names, and the rows of a desk together."""
	titles = dict(
		frappe.get_list(
			"SV Desk", fields=["name", "title"], as_list=True, order_by="name", limit_page_length=0
		)
	)
	kinds = frappe.get_meta("SV Deadline").get_field("kind").options.split("\n")
	rows = sorted(rows, key=lambda row: (titles.get(row["desk"], ""), row["desk"], kinds.index(row["kind"])))
	return [
		{**row, "desk": titles.get(row["desk"], ""), "kind": _(row["kind"], context="SV Deadline")}
		for row in rows
	]
