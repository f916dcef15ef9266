"""Who is newly chosen for a part can take it: has the role for it, or works at the desk (DOMAIN, table of roles).

Otherwise a table or a case would wait for somebody who can't even see it. What a document already has stays,
so that it can still be saved.
"""

import frappe
from frappe import _

from sv_helpdesk.permissions import desk_people
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.matrix import AT_THE_TABLE
from sv_helpdesk.permissions.roles import MANAGER
from sv_helpdesk.social_safety import checks

# seats that the desk which convenes the table may take itself: it reads the table anyway
OF_THE_DESK = ("Coordinator", "Minutes writer")


def check_handler(case) -> None:
	"""Refuse a handler who doesn't work at the desk of the case today (R3).

	Args:
		case: the SV Report, while it is saved.

	Raises:
		frappe.ValidationError: says whom to choose.
	"""
	if _is_chosen(case, "handler") and not desk_people.works_at(case.handler, case.desk):
		frappe.throw(
			_(
				"A case is handled at its desk. Choose as handler somebody who works there today, or hand the case over with a referral."
			)
		)


def check_table(table) -> None:
	"""Refuse people of a decision table who couldn't decide, convene or sit there.

	Args:
		table: the SV Decision Table, while it is saved.

	Raises:
		frappe.ValidationError: says for which part, and whom to choose.
	"""
	if _is_chosen(table, "manager") and MANAGER not in acting_roles(table.manager):
		frappe.throw(
			_(
				"Who is chosen as deciding manager doesn't have the role {0}. Choose somebody who has it, or have it given first."
			).format(_(MANAGER))
		)
	if _is_chosen(table, "coordinator") and not desk_people.works_at(table.coordinator, table.desk):
		frappe.throw(
			_(
				"A decision table is convened by its desk. Choose as coordinator somebody who works there today."
			)
		)
	_check_members(table)


def _check_members(table) -> None:
	if table.flags.status_as_given:
		return
	before = table.get_doc_before_save()
	known = {(row.user, row.capacity) for row in before.members} if before else set()
	for row in table.members:
		if (row.user, row.capacity) in known or acting_roles(row.user) & set(AT_THE_TABLE):
			continue
		if row.capacity not in OF_THE_DESK or not desk_people.works_at(row.user, table.desk):
			frappe.throw(
				_(
					"The person in row {0} of {1} has no role for a seat at a decision table. Choose somebody with one of these, or have it given first: {2}."
				).format(row.idx, checks.label_of(table, "members"), ", ".join(map(_, AT_THE_TABLE)))
			)


def _is_chosen(doc, fieldname: str) -> bool:
	return bool(doc.get(fieldname) and not doc.flags.status_as_given and checks.is_changed(doc, fieldname))
