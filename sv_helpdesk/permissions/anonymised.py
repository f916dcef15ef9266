"""Cases and decision tables whose personal data was destroyed: nobody sees them, and figures still count them.

The same holds for whatever belongs to such a record. Who held one isn't kept: a keyed hash takes the place of
the name, so that it stays in the exact figures of the person in whose figures it was. From whom it was hidden
is kept in the same way (permissions.outliving), so that it doesn't come into theirs.
"""

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.hidden import denied_nothing
from sv_helpdesk.permissions.matrix import rights
from sv_helpdesk.permissions.relations import DESK, NOTHING, OWN, Relations

HELD_BY = {"SV Report": "handler", "SV Decision Table": "coordinator"}
# grants, seats and tasks are destroyed with the record
KEPT = (DESK, OWN)


def held_index(user: str | None) -> str:
	"""Return what stands for who held a record; "" where nobody did."""
	return blind_index("content", f"held by {user}") if user else ""


def follow_rename(doc, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""After a User got another name: what they held stays in their exact figures."""
	for doctype in HELD_BY:
		held = {"held_index": held_index(old)}
		frappe.db.set_value(doctype, held, "held_index", held_index(new), update_modified=False)


def counted(user: str, doctype: str) -> str:
	"""Return the SQL condition on `tab{doctype}` for anonymised rows that stay in somebody's exact figures.

	Only for what counts: a row that it lets through is shown to nobody.

	Args:
		user: whose figures.
		doctype: a case, a table or what belongs to one.
	"""
	relations = _Remembered(user)
	arms = {
		relations.arm(right.relation, doctype)
		for right in rights(acting_roles(user), doctype)
		if right.read and right.relation in KEPT
	} - {NOTHING}
	return f"(({' or '.join(sorted(arms))}) and {denied_nothing(user, doctype)})" if arms else NOTHING


class _Remembered(Relations):
	"""Somebody's relations to anonymised records of their desks."""

	def __init__(self, user: str):
		super().__init__(user)
		self.quoted_user = frappe.db.escape(held_index(user))

	def _at_desks(self, relation: str, doctype: str, person: str) -> str:
		condition = super()._at_desks(relation, doctype, "held_index")
		if condition == NOTHING:
			return NOTHING
		return f"(`tab{doctype}`.`anonymised_at` is not null and {condition})"
