"""Which of many documents which of many people may read: one query per doctype, for what is told to people."""

from collections.abc import Collection, Mapping

import frappe

from sv_helpdesk.permissions import decision
from sv_helpdesk.permissions.relations import NOTHING, Relations


def readable(wanted: Mapping[str, Mapping[str, Collection[str]]]) -> set[tuple[str, str, str]]:
	"""Return which of these documents these people have a right to: matrix, relation, denied list.

	Args:
		wanted: names of documents by doctype and user.

	Returns:
		(user, doctype, name) of each that may be read.
	"""
	people = Relations.of_many({user for users in wanted.values() for user in users})
	found: set[tuple[str, str, str]] = set()
	for doctype, users in wanted.items():
		found |= _of_doctype(doctype, users, people)
	return found


def _of_doctype(
	doctype: str, users: Mapping[str, Collection[str]], people: dict[str, Relations]
) -> set[tuple[str, str, str]]:
	questions, values = [], []
	for user, names in users.items():
		allowed = decision.condition(user, doctype, relations=people[user])
		if names and allowed != NOTHING:
			questions.append(f"(select %s, `name` from `tab{doctype}` where `name` in %s and {allowed})")
			values += [user, tuple(names)]
	# the conditions are made of escaped values by the builders
	rows = frappe.db.sql(" union all ".join(questions), values) if questions else ()
	return {(user, doctype, name) for user, name in rows}
