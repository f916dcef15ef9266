"""Whether somebody can take over a thing: the rules are asked as if they were chosen for it in its form (R5, R6)."""

from operator import methodcaller

import frappe

from sv_helpdesk.deadlines import owners
from sv_helpdesk.leaving.held import Part
from sv_helpdesk.leaving.kinds import CASES, CLOSED_CASES, KINDS
from sv_helpdesk.permissions import denied_list, desk_people, fitting, seats, sides
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.capacities import capacities
from sv_helpdesk.permissions.matrix import AT_THE_TABLE
from sv_helpdesk.workflows.minutes import AT_THE_TABLE as SITTING
from sv_helpdesk.workflows.minutes import chair_sits_at_the_table

# what the last one said at a table is not said by the next
TO_BE_SAID_ANEW = {
	"coordinator": ("coordinator_stated_at",),
	"manager": ("manager_stated_at",),
	"user": seats.OF_A_SEAT,
}


def give(part: Part, desk: str, successor: str) -> bool:
	"""Give one thing to a successor, if the rules let them have it; its clocks follow.

	Args:
		part: what.
		desk: at which desk it is handed over.
		successor: user id.

	Returns:
		Whether it went over; why not is told to nobody (R6).
	"""
	if any(denied_list.is_denied(report, successor) for report in part.hidden_with):
		return False
	kind = KINDS[part.kind]
	doc = frappe.get_doc(part.doctype, part.name)
	doc.load_doc_before_save()
	place = next(row for row in doc.get_all_children() if row.name == part.row) if part.row else doc
	place.set(kind.fieldname, successor)
	try:
		_check(part.kind, doc, desk, successor)
	except frappe.ValidationError:
		# for whoever hands over it is one of several things that stay
		frappe.clear_last_message()
		return False
	anew = TO_BE_SAID_ANEW.get(kind.fieldname, ())
	frappe.db.set_value(place.doctype, place.name, {kind.fieldname: successor, **dict.fromkeys(anew)})
	if part.row:
		# whoever has the form open must not save the old row over this one
		frappe.db.set_value(doc.doctype, doc.name, "modified", frappe.utils.now(), update_modified=False)
	if part.kind == CASES:
		owners.give_case_to(part.name, successor)
	else:
		owners.pass_on(part.doctype, part.name, part.holder, successor)
	return True


def _check(kind: str, doc, desk: str, successor: str) -> None:
	at_desk = desk_people.works_at(successor, desk)
	if KINDS[kind].of_the_desk and not at_desk:
		sides.refuse()
	if kind == "actions" and not at_desk and not acting_roles(successor) & set(AT_THE_TABLE):
		sides.refuse()
	CHECKS[kind](doc)


def _check_action(action) -> None:
	sides.check_chosen_in(action, "action_owner")


def _check_writer(minutes) -> None:
	"""Who writes sits at the table, and doesn't approve what they write."""
	if minutes.writer == minutes.approver or not capacities(minutes, minutes.writer) & set(SITTING):
		sides.refuse()


def _check_chair(minutes) -> None:
	if minutes.approver == minutes.writer:
		sides.refuse()
	chair_sits_at_the_table(minutes)


def _check_case(case) -> None:
	sides.check_handler(case)
	fitting.check_handler(case)


CHECKS = {
	CASES: _check_case,
	CLOSED_CASES: _check_case,
	"requests": methodcaller("check_handler"),
	"supported_people": sides.check_supporter,
	"referrals": sides.check_acceptance,
	"plans": methodcaller("check_responsible"),
	"contacts": methodcaller("check_holder"),
	"actions": _check_action,
	"tables": methodcaller("check_members"),
	"decisions": methodcaller("check_members"),
	"seats": methodcaller("check_members"),
	"minutes": _check_writer,
	"chairs": _check_chair,
	"stand_ins": methodcaller("check_absence"),
}
