"""Who is newly chosen to handle, decide, convene or sit can do it: has the role for it, or works at the desk."""

import pytest

import frappe
from frappe.utils import add_days, today

from sv_helpdesk.permissions import roles
from sv_helpdesk.test_utils import make_decision_table, make_desk, make_report, make_user

NO_MANAGER = "doesn't have the role SV Manager"
NO_SEAT = "has no role for a seat"
NOT_OF_THE_DESK = "somebody who works there today"


class World:
	"""A desk with a case and a table, which its colleague changes."""

	def __init__(self):
		self.staff = make_user(roles.CCP_STAFF)
		self.desk = make_desk(self.staff).name
		self.report = make_report(desk=self.desk).name
		self.table = make_decision_table(desk=self.desk).name

	def choose(self, **people):
		"""Save the table with these people in the colleague's form."""
		return self._save("SV Decision Table", self.table, people)

	def handle(self, user: str):
		"""Save the case with this handler in the colleague's form."""
		return self._save("SV Report", self.report, {"handler": user})

	def _save(self, doctype: str, name: str, values: dict):
		frappe.set_user(self.staff)
		try:
			return frappe.get_doc(doctype, name).update(values).save()
		finally:
			frappe.set_user("Administrator")

	def colleague(self, role: str, **row) -> str:
		"""Return another person who is, or was, a member of the desk."""
		user = make_user(role)
		desk = frappe.get_doc("SV Desk", self.desk)
		desk.append("members", {"user": user, "desk_role": "Member", **row})
		desk.save()
		return user


@pytest.fixture
def world():
	return World()


def refusal(action, *args, **values) -> str:
	with pytest.raises(frappe.ValidationError) as refused:
		action(*args, **values)
	return str(refused.value)


def seat(user: str, capacity: str = "Member") -> dict:
	return {"members": [{"user": user, "capacity": capacity}]}


def test_a_manager_decides(world):
	manager = make_user(roles.MANAGER)
	assert world.choose(manager=manager).manager == manager


@pytest.mark.parametrize("role", [None, roles.BOARD, roles.HR_ADVISOR, roles.TABLE_MEMBER, roles.CCP_STAFF])
def test_nobody_else_decides(world, role):
	assert NO_MANAGER in refusal(world.choose, manager=make_user(role))


def test_a_manager_whose_account_is_closed_doesnt_decide(world):
	manager = make_user(roles.MANAGER)
	frappe.db.set_value("User", manager, "enabled", 0)
	frappe.clear_document_cache("User", manager)
	assert NO_MANAGER in refusal(world.choose, manager=manager)


@pytest.mark.parametrize("role", [roles.TABLE_MEMBER, roles.HR_ADVISOR, roles.MANAGER])
def test_who_has_a_role_at_the_table_takes_a_seat(world, role):
	user = make_user(role)
	assert world.choose(**seat(user)).members[0].user == user


@pytest.mark.parametrize("role", [None, roles.CCP_STAFF, roles.BOARD, roles.PRIVACY_OFFICER])
@pytest.mark.parametrize("capacity", ["Member", "Minutes writer", "Coordinator"])
def test_nobody_else_takes_a_seat(world, role, capacity):
	assert NO_SEAT in refusal(world.choose, **seat(make_user(role), capacity))


@pytest.mark.parametrize("capacity", ["Minutes writer", "Coordinator"])
def test_a_colleague_of_the_desk_writes_or_convenes_and_doesnt_sit_as_a_member(world, capacity):
	assert NO_SEAT in refusal(world.choose, **seat(world.staff))
	assert world.choose(**seat(world.staff, capacity)).members[0].user == world.staff


def test_a_colleague_of_the_desk_convenes(world):
	colleague = world.colleague(roles.CCP_STAFF)
	assert world.choose(coordinator=colleague).coordinator == colleague


@pytest.mark.parametrize("part", ["coordinator", "handler"])
def test_who_works_elsewhere_or_not_any_more_or_without_a_role_neither_convenes_nor_handles(world, part):
	others = (
		make_user(roles.COORDINATOR),
		world.colleague(roles.CCP_STAFF, to_date=add_days(today(), -1)),
		world.colleague(roles.MANAGER),
	)
	for other in others:
		saved = (world.handle, other) if part == "handler" else (world.choose,)
		values = {} if part == "handler" else {part: other}
		assert NOT_OF_THE_DESK in refusal(*saved, **values)


def test_a_colleague_of_the_desk_handles_the_case(world):
	colleague = world.colleague(roles.CCP_STAFF)
	assert world.handle(colleague).handler == colleague


def test_who_was_chosen_before_and_lost_the_role_or_left_the_desk_stays(world):
	manager, member, left = make_user(roles.MANAGER), make_user(roles.TABLE_MEMBER), make_user(None)
	world.choose(manager=manager, **seat(member))
	frappe.db.set_value("SV Decision Table", world.table, "coordinator", left)
	frappe.db.set_value("SV Report", world.report, "handler", left)
	frappe.db.delete("Has Role", {"parent": ["in", [manager, member]]})
	for user in (manager, member):
		frappe.clear_cache(user=user)
	assert world.choose(urgency="Acute danger").coordinator == left
	assert world._save("SV Report", world.report, {"language": "nl"}).handler == left


def test_the_refusal_names_nobody(world):
	stranger = make_user(None, first_name="Zzymphora")
	for action, values in (
		(world.choose, {"manager": stranger}),
		(world.choose, {"coordinator": stranger}),
		(world.choose, seat(stranger)),
		(world.handle, {"user": stranger}),
	):
		words = refusal(action, **values)
		assert stranger not in words and "Zzymphora" not in words
