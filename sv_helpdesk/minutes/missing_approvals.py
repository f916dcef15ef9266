"""Whose approval of minutes is missing, for many of them at once; approvals.missing says it of one."""

from collections.abc import Collection

import frappe


def missing_of(names: Collection[str]) -> dict[str, set[str]]:
	"""Return who hasn't approved each of these minutes as they were last handed in.

	From whom a case of the table is hidden is among them: whoever tells somebody asks for their rights.

	Args:
		names: of SV Minutes.

	Returns:
		Names of users by minutes that wait for approval.
	"""
	minutes, table = frappe.qb.DocType("SV Minutes"), frappe.qb.DocType("SV Decision Table")
	query = frappe.qb.from_(minutes).inner_join(table).on(table.name == minutes.decision_table)
	query = query.select(minutes.name, minutes.writer, minutes.submission, minutes.decision_table)
	query = query.select(table.manager, table.coordinator)
	query = query.where(minutes.name.isin([*names, ""]) & (minutes.status == "Submitted"))
	submitted = query.run(as_dict=True)
	if not submitted:
		return {}
	seated = _seated({row.decision_table for row in submitted})
	given = _given([row.name for row in submitted])
	return {
		row.name: {row.manager, row.coordinator, *seated.get(row.decision_table, ())}
		- {row.writer, None, "", *given.get((row.name, row.submission), ())}
		for row in submitted
	}


def _seated(tables: set[str]) -> dict[str, set[str]]:
	seats = {"parent": ["in", sorted(tables)], "parenttype": "SV Decision Table"}
	accepted = {**seats, "accepted_at": ["is", "set"]}
	found: dict[str, set[str]] = {}
	for row in frappe.get_all("SV Table Member", accepted, ["parent", "user"], order_by="idx asc"):
		found.setdefault(row.parent, set()).add(row.user)
	return found


def _given(names: list[str]) -> dict[tuple[str, int], set[str]]:
	wanted, fields = {"minutes": ["in", names]}, ["minutes", "submission", "member"]
	found: dict[tuple[str, int], set[str]] = {}
	for row in frappe.get_all("SV Minutes Approval", wanted, fields, order_by="creation asc"):
		found.setdefault((row.minutes, row.submission), set()).add(row.member)
	return found
