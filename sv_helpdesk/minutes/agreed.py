"""The actions of a table as they were when minutes were approved: what the minutes say stays what was agreed (UM 4.2)."""

import frappe

from sv_helpdesk.minutes import system_rows


def keep(minutes) -> None:
	"""Keep the table's actions as they are now, read by the right of whoever gives the last approval.

	Args:
		minutes: the SV Minutes that are being locked.
	"""
	of_table = {"decision_table": minutes.decision_table}
	for name in frappe.get_list("SV Action", of_table, pluck="name", order_by="due_on asc, name asc"):
		action = frappe.get_doc("SV Action", name)
		system_rows.write(
			minutes,
			"SV Agreed Action",
			action=action.name,
			action_owner=action.action_owner,
			due_on=action.due_on,
			action_status=action.status,
			action_text=action.opened("action_text"),
		)


def of(minutes: str) -> list:
	"""Return the actions that belong to approved minutes, in order; their texts are encrypted.

	Args:
		minutes: name of the SV Minutes.
	"""
	row = frappe.qb.DocType("SV Agreed Action")
	query = frappe.qb.from_(row).select(
		row.name, row.action, row.action_owner, row.due_on, row.action_status, row.action_text
	)
	return query.where(row.minutes == minutes).orderby(row.due_on).orderby(row.action).run(as_dict=True)
