"""People, desks and notices for the tests of grants, hand-over and the denied list."""

from contextlib import contextmanager

import frappe

from sv_helpdesk.permissions.roles import CONFIDENTIAL_ADVISER
from sv_helpdesk.test_utils import make_desk, make_report, make_user


@contextmanager
def acting_as(user: str):
	"""Do something as this person."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def desk_of(coordinator: str | None = None, stand_in: str | None = None, *members: str, **values):
	"""Return a new desk run by these people, with further members."""
	people = [(coordinator, "Coordinator"), (stand_in, "Stand-in"), *((user, "Member") for user in members)]
	rows = [{"user": user, "desk_role": desk_role} for user, desk_role in people if user]
	return make_desk(members=rows, **values)


def advisers_desk(coordinator: str, *members: str, **values):
	"""Return a desk of confidential advisers, each of whom reads only their own cases."""
	kind = {"desk_type": "Confidential advisers", "visibility": "Handler only"}
	return desk_of(coordinator, None, *members, **{**kind, **values})


def adviser() -> str:
	"""Return a new confidential adviser."""
	return make_user(CONFIDENTIAL_ADVISER)


def case_of(desk, handler: str | None = None, **values) -> str:
	"""Return the name of a new case at a desk."""
	return make_report(desk=desk.name, handler=handler, **values).name


def number_of(report: str) -> str:
	"""Return the number that people know a case by."""
	return frappe.db.get_value("SV Report", report, "case_number")


def told(user: str) -> list[str]:
	"""Return the sentences that this person was told, the latest last."""
	return frappe.get_all(
		"Notification Log", filters={"for_user": user}, pluck="subject", order_by="creation asc"
	)
