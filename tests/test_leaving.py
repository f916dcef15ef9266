"""Whoever leaves, nothing becomes unreachable: who is left is told, and somebody can take it over (issue 8, 3)."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from grant_helpers import acting_as, adviser, advisers_desk, case_of, desk_of, told
from table_world import SeatedTable

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from sv_helpdesk import access_log
from sv_helpdesk.crypto import data_keys
from sv_helpdesk.leaving import accounts, appointing
from sv_helpdesk.leaving.hand_over import hand_over, overview
from sv_helpdesk.leaving.kinds import KINDS
from sv_helpdesk.leaving.unattended import tell_desks
from sv_helpdesk.permissions import temporary_access
from sv_helpdesk.permissions.roles import (
	CCP_STAFF,
	COMPANION,
	COORDINATOR,
	HR_ADVISOR,
	MANAGER,
	PRIVACY_OFFICER,
)
from sv_helpdesk.sessions import factor, gate
from sv_helpdesk.subject_access import registering
from sv_helpdesk.subject_access.searching import Known
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_decision_table,
	make_minutes,
	make_note,
	make_party,
	make_referral,
	make_report,
	make_table_case,
	make_user,
)
from sv_helpdesk.two_persons import decide, rows
from sv_helpdesk.two_persons.approvals import USED_NOW

ACCOUNT_CLOSED = (
	"A colleague's account was closed or changed. See in the form of the desk what they leave behind."
)
NOBODY_RUNS_IT = "Nobody runs this desk any more. Appoint somebody in the form of the desk."
HANDED_OVER = {"cases": 1, "stayed": 0}


@pytest.fixture(autouse=True)
def nothing_asked_stays(monkeypatch):
	monkeypatch.setattr(frappe.local, rows.COLLECTED, [], raising=False)
	monkeypatch.setattr(frappe.local, USED_NOW, {}, raising=False)


@pytest.fixture
def watchers():
	"""Who can be one of two persons, at no desk of these tests."""
	return frappe._dict(coordinator=make_user(COORDINATOR), officer=make_user(PRIVACY_OFFICER))


def reads(user: str, doctype: str, name: str) -> bool:
	return frappe.has_permission(doctype, "read", doc=name, user=user)


def close(user: str) -> None:
	account = frappe.get_doc("User", user)
	account.enabled = 0
	account.save()


@contextmanager
def in_a_request():
	frappe.local.request = frappe._dict(method="POST", path="/", cookies={}, headers={})
	try:
		yield
	finally:
		frappe.local.request = None


def by_two_persons(asking: str, approving: str, action: Callable) -> None:
	"""One asks, another one approves, the first does it."""
	for _attempt in range(2):
		with acting_as(asking), in_a_request():
			try:
				return action()
			except frappe.PermissionError:
				asked = rows.write(getattr(frappe.local, rows.COLLECTED).pop())
		with acting_as(approving):
			decide.approve(asked)
	raise AssertionError("approving didn't help")


def appointed(desk, watchers, user: str | None = None) -> str:
	user = user or adviser()
	by_two_persons(watchers.coordinator, watchers.officer, lambda: appointing.appoint(desk.name, user))
	return user


class Lost(NamedTuple):
	"""What only one person reaches.

	Attributes:
		leaver: who that is.
		doctype, name: what.
		hears: who is told when the account is closed, and by what sentence.
		take_over: lets somebody take it over, and returns who reads it then.
		arranges: who takes part in that and reads nothing by it.
	"""

	leaver: str
	doctype: str
	name: str
	hears: tuple[str, str]
	take_over: Callable[[], str]
	arranges: tuple[str, ...]


def of_a_desk_of_handlers(watchers, make: Callable[[str], tuple[str, str]], **values) -> Lost:
	coordinator, leaver, successor = adviser(), adviser(), adviser()
	desk = advisers_desk(coordinator, leaver, successor)
	doctype, name = make(case_of(desk, leaver, **values))
	kinds = ["closed_cases"] if values else None

	def take_over() -> str:
		with acting_as(coordinator):
			assert hand_over(desk.name, leaver, successor, kinds) == HANDED_OVER
		return successor

	return Lost(leaver, doctype, name, (coordinator, ACCOUNT_CLOSED), take_over, (coordinator,))


def open_case(watchers) -> Lost:
	return of_a_desk_of_handlers(watchers, lambda case: ("SV Report", case))


def closed_case(watchers) -> Lost:
	return of_a_desk_of_handlers(watchers, lambda case: ("SV Report", case), status="Withdrawn")


def note_of_a_case(watchers) -> Lost:
	return of_a_desk_of_handlers(watchers, lambda case: ("SV Note", make_note(case).name))


def only_adviser(watchers) -> Lost:
	leaver = adviser()
	desk = advisers_desk(leaver)
	case = case_of(desk, leaver)

	def take_over() -> str:
		new = appointed(desk, watchers)
		assert not reads(new, "SV Report", case)
		by_two_persons(new, watchers.officer, lambda: hand_over(desk.name, leaver, new))
		return new

	return _of_a_desk_without_a_lead(watchers, leaver, ("SV Report", case), take_over)


def case_that_nobody_handles_yet(watchers) -> Lost:
	leaver = adviser()
	desk = advisers_desk(leaver, adviser())
	case = case_of(desk)
	return _of_a_desk_without_a_lead(
		watchers, leaver, ("SV Report", case), lambda: appointed(desk, watchers, desk.members[1].user)
	)


def case_of_a_whole_desk(watchers) -> Lost:
	leaver = make_user(CCP_STAFF)
	desk = desk_of(leaver)
	case = case_of(desk, leaver)
	new = make_user(CCP_STAFF)
	return _of_a_desk_without_a_lead(
		watchers, leaver, ("SV Report", case), lambda: appointed(desk, watchers, new)
	)


def mail_that_is_held(watchers) -> Lost:
	leaver = adviser()
	desk = advisers_desk(leaver, adviser())
	mail = frappe.get_doc({"doctype": "SV Held Mail", "desk": desk.name, "received_at": now_datetime()})
	mail.set_new_name()
	mail.db_insert()
	return _of_a_desk_without_a_lead(
		watchers, leaver, ("SV Held Mail", mail.name), lambda: appointed(desk, watchers)
	)


def decision_table(watchers) -> Lost:
	coordinator, leaver, successor = (make_user(CCP_STAFF) for _ in range(3))
	desk = desk_of(coordinator, None, leaver, successor, visibility="Handler only")
	table = make_decision_table(desk=desk.name, coordinator=leaver)
	make_table_case(table.name, case_of(desk, leaver))

	def take_over() -> str:
		with acting_as(coordinator):
			hand_over(desk.name, leaver, successor)
		return successor

	hears = (coordinator, ACCOUNT_CLOSED)
	return Lost(leaver, "SV Decision Table", table.name, hears, take_over, (coordinator,))


def person_handed_over(watchers) -> Lost:
	"""What a desk received is its members' to read; the one who sent it isn't asked."""
	leaver, handler = adviser(), make_user(CCP_STAFF)
	desk, sending = advisers_desk(leaver), desk_of(handler, None)
	sent = frappe.get_doc("SV Report", case_of(sending, handler))
	accepted = {"target_desk": desk.name, "status": "Accepted", "accepted_by": leaver}
	referral = make_referral(sent, target="Confidential adviser", **accepted)
	case = case_of(desk, leaver)

	def take_over() -> str:
		new = appointed(desk, watchers)
		by_two_persons(new, watchers.officer, lambda: hand_over(desk.name, leaver, new))
		assert frappe.db.get_value("SV Referral", referral.name, "accepted_by") == new
		return new

	return _of_a_desk_without_a_lead(watchers, leaver, ("SV Report", case), take_over)


def _of_a_desk_without_a_lead(watchers, leaver, what, take_over) -> Lost:
	hears = (watchers.officer, NOBODY_RUNS_IT)
	return Lost(leaver, *what, hears, take_over, (watchers.coordinator, watchers.officer))


# every kind of record that one person alone may reach; documents of a case or table go with it
UNREACHABLE = (
	open_case,
	closed_case,
	note_of_a_case,
	only_adviser,
	case_that_nobody_handles_yet,
	case_of_a_whole_desk,
	mail_that_is_held,
	decision_table,
	person_handed_over,
)


@pytest.mark.parametrize("make", UNREACHABLE, ids=lambda make: make.__name__)
def test_what_only_a_leaver_reaches_is_told_and_taken_over_by_somebody_else(make, watchers):
	lost = make(watchers)
	assert reads(lost.leaver, lost.doctype, lost.name)
	close(lost.leaver)
	assert not reads(lost.leaver, lost.doctype, lost.name)
	who, sentence = lost.hears
	assert told(who).count(sentence) == 1
	new = lost.take_over()
	assert reads(new, lost.doctype, lost.name)
	for other in lost.arranges:
		assert not reads(other, lost.doctype, lost.name), "who arranges it reads nothing by it"


def lose_the_role(desk, user: str) -> None:
	frappe.get_doc("User", user).remove_roles("SV Confidential Adviser")


def leave_the_desk(desk, user: str) -> None:
	next(row for row in desk.members if row.user == user).to_date = add_days(nowdate(), -1)
	desk.save()


def be_deleted(desk, user: str) -> None:
	frappe.db.delete("Has Role", {"parent": user})
	frappe.db.delete("User", {"name": user})
	frappe.clear_cache(user=user)
	frappe.clear_document_cache("User", user)


@pytest.mark.parametrize(
	"leave",
	[lambda desk, user: close(user), lose_the_role, leave_the_desk, be_deleted],
	ids=["account closed", "role lost", "no member", "account deleted"],
)
def test_however_somebody_leaves_their_case_opens_to_who_takes_it_over(leave):
	coordinator, leaver, successor = adviser(), adviser(), adviser()
	desk = advisers_desk(coordinator, leaver, successor)
	with acting_as(leaver):
		case = make_report(desk=desk.name, handler=leaver, narrative="What only they knew").name
	leave(desk, leaver)
	tell_desks()
	sentence = "1 cases of your desk have no handler who works there. Hand them over in the form of the desk."
	assert sentence in told(coordinator)
	with acting_as(coordinator):
		assert hand_over(desk.name, leaver, successor) == HANDED_OVER
	with acting_as(successor):
		# keys hang on cases, not on accounts
		assert frappe.get_doc("SV Report", case).opened("narrative") == "What only they knew"


def test_no_key_hangs_on_an_account():
	named = [
		field.fieldname for field in frappe.get_meta(data_keys.DOCTYPE).fields if field.options == "User"
	]
	assert not named
	accounts_with_keys = frappe.get_all("User", {"name": ["in", _references()]}, order_by="name asc")
	assert not accounts_with_keys


def _references() -> list[str]:
	return frappe.get_all(data_keys.DOCTYPE, pluck="reference", order_by="creation asc")


def everything_at_a_desk():
	"""A desk at which one person has something of every kind."""
	world = frappe._dict(coordinator=make_user(CCP_STAFF), leaver=make_user(CCP_STAFF))
	world.successor, manager = make_user(CCP_STAFF), make_user(MANAGER)
	for user in (world.leaver, world.successor):
		frappe.get_doc("User", user).add_roles(MANAGER, HR_ADVISOR)
	desk = world.desk = desk_of(world.coordinator, None, world.leaver, world.successor)
	next(row for row in desk.members if row.user == world.coordinator).stand_in = world.leaver
	desk.save()
	case = world.case = case_of(desk, world.leaver)
	case_of(desk, world.leaver, status="Withdrawn")
	quiet = case_of(desk, world.coordinator)
	make_party(quiet, "Witness", supported_by=world.leaver)
	elsewhere = make_report()
	accepted = {"target_desk": desk.name, "status": "Accepted", "accepted_by": world.leaver}
	make_referral(elsewhere, target="Ombuds officer", **accepted)
	plan = make_aftercare(quiet, responsible=world.leaver)
	make_aftercare_contact(plan.name, world.leaver)
	make_action(report=case, action_owner=world.leaver)
	seat = {"user": world.leaver, "capacity": "HR adviser", "accepted_at": now_datetime()}
	first = make_decision_table(desk=desk.name, coordinator=world.leaver, manager=manager)
	second = make_decision_table(desk=desk.name, coordinator=world.coordinator, manager=world.leaver)
	third = world.table = make_decision_table(
		desk=desk.name, coordinator=world.coordinator, manager=manager, members=[seat]
	)
	for table in (first, second, third):
		make_table_case(table.name, quiet)
	make_minutes(first.name, writer=world.leaver)
	make_minutes(second.name, writer=world.coordinator, approver=world.leaver)
	asked = {"kind": "Access", "received_on": nowdate(), "person_name": "Robin", "language": "nl"}
	registering.make(desk.name, world.leaver, [], asked, Known.by("Robin", "", ""))
	return world


def test_who_runs_a_desk_sees_in_one_place_what_a_leaver_still_has_and_nobody_else_does():
	world = everything_at_a_desk()
	with acting_as(world.coordinator):
		found = {row["kind"]: row for row in overview(world.desk.name, world.leaver)}
		for kinds in ("[]", '["cases", "keys"]', '{"cases": 1}', [["cases"]]):
			with pytest.raises(frappe.ValidationError, match="Nothing was chosen"):
				hand_over(world.desk.name, world.leaver, world.successor, kinds)
	assert {kind: row["number"] for kind, row in found.items()} == dict.fromkeys(KINDS, 1)
	(record,) = found["cases"]["records"]
	number = frappe.db.get_value("SV Report", world.case, "case_number")
	assert record["name"] == world.case and number in record["title"]
	for user in (world.leaver, world.successor, "Administrator"):
		with acting_as(user):
			with pytest.raises(frappe.PermissionError):
				overview(world.desk.name, world.leaver)
			with pytest.raises(frappe.PermissionError):
				hand_over(world.desk.name, world.leaver, world.successor, ["cases"])
	make_party(world.case, "Accused", account=world.coordinator)
	with acting_as(world.coordinator):
		left = {row["kind"] for row in overview(world.desk.name, world.leaver)}
	assert set(found) - left == {"cases", "actions"}, "what is hidden from them is in no number of theirs"


def test_all_of_it_goes_over_in_one_go_and_each_thing_stands_in_the_access_log():
	world = everything_at_a_desk()
	with acting_as(world.coordinator):
		hand_over(world.desk.name, world.leaver, world.successor, list(KINDS))
		assert overview(world.desk.name, world.leaver) == []
	(seat,) = frappe.get_doc("SV Decision Table", world.table.name).members
	assert (seat.user, seat.accepted_at) == (world.successor, None), "a seat is accepted anew"
	access_log.write_now()
	logged = frappe.get_all(
		"SV Access Log",
		{"user": world.coordinator, "action": "Granted"},
		pluck="document_type",
		order_by="position asc",
	)
	assert set(logged) == {kind.doctype for kind in KINDS.values()}


def test_a_deciding_manager_who_leaves_is_followed_by_another_manager_and_by_nobody_else():
	seated = SeatedTable()
	desk = frappe.get_doc("SV Decision Table", seated.name).desk
	desk = frappe.get_doc("SV Desk", desk)
	desk.members[0].desk_role = "Coordinator"
	desk.save()
	close(seated.manager)
	manager, other = make_user(MANAGER), make_user(HR_ADVISOR)
	with acting_as(seated.staff):
		for successor in (other, manager):
			hand_over(desk.name, seated.manager, successor, ["decisions"])
	decides, stated_at = frappe.db.get_value(
		"SV Decision Table", seated.name, ["manager", "manager_stated_at"]
	)
	assert (decides, stated_at) == (manager, None)


def test_what_the_successor_cannot_be_chosen_for_stays_and_it_is_not_said_why():
	coordinator, leaver, companion = adviser(), adviser(), adviser()
	desk = advisers_desk(coordinator, leaver, companion)
	case = case_of(desk, leaver)
	make_party(case, "Accused", supported_by=companion)
	frappe.clear_messages()
	with acting_as(coordinator):
		assert hand_over(desk.name, leaver, companion) == {"cases": 0, "stayed": 1}
		assert [row["kind"] for row in overview(desk.name, leaver)] == ["cases"]
	assert frappe.db.get_value("SV Report", case, "handler") == leaver
	assert not frappe.local.message_log


def test_contacts_with_a_reporter_do_not_go_to_who_supports_the_accused():
	coordinator, leaver, companion = adviser(), adviser(), adviser()
	desk = advisers_desk(coordinator, leaver, companion)
	case = case_of(desk, coordinator)
	contact = make_aftercare_contact(make_aftercare(case).name, leaver).name
	make_party(case, "Accused", supported_by=companion)
	with acting_as(coordinator):
		assert hand_over(desk.name, leaver, companion) == {"cases": 0, "stayed": 1}
	assert frappe.db.get_value("SV Aftercare Contact", contact, "held_by") == leaver


def test_other_things_than_cases_that_wait_for_a_leaver_are_told_each_day():
	coordinator, companion = make_user(CCP_STAFF), make_user(COMPANION)
	desk = desk_of(coordinator)
	make_party(case_of(desk, coordinator), "Accused", supported_by=companion)
	tell_desks()
	assert told(coordinator) == []
	close(companion)
	tell_desks()
	assert told(coordinator) == [
		"1 other things of your desk wait for somebody who left. Hand them over in the form of the desk."
	]


def test_a_leaver_loses_second_factor_passes_grants_and_what_they_asked_for():
	coordinator, leaver = make_user(CCP_STAFF), make_user(CCP_STAFF)
	desk = desk_of(coordinator, None, make_user(CCP_STAFF))
	with acting_as(coordinator):
		colleague = desk.members[1].user
		grant = temporary_access.give(case_of(desk, coordinator), colleague, "Absence")
	asked = rows.write(
		{**rows.row("Asked", "Script", "Client Script", "One"), "asked_by": colleague}, tell=False
	)
	key = factor.new_row(colleague).name
	data_keys.for_writing(key)
	close(colleague)
	assert frappe.db.get_value("SV Access Grant", grant, "ended_at")
	assert frappe.db.get_value("SV Approval", asked, "status") == "Expired"
	assert not frappe.db.exists(gate.FACTOR, {"user": colleague})
	assert not frappe.db.exists(data_keys.DOCTYPE, {"reference": key})
	assert factor.row_of(leaver) is None


def test_the_second_factor_of_an_account_that_was_closed_in_the_database_goes_by_the_next_day():
	staying, leaver = make_user(CCP_STAFF), make_user(CCP_STAFF)
	for user in (staying, leaver):
		factor.new_row(user)
	frappe.db.set_value("User", leaver, "enabled", 0)
	accounts.tidy()
	assert (bool(factor.row_of(staying)), factor.row_of(leaver)) == (True, None)


def test_an_account_that_keeps_its_roles_is_followed_by_nobody(watchers):
	desk = desk_of(make_user(CCP_STAFF), None, make_user(CCP_STAFF))
	account = frappe.get_doc("User", desk.members[1].user)
	account.first_name = "Else"
	account.save()
	assert told(desk.members[0].user) == told(watchers.officer) == []


def test_nobody_appoints_where_somebody_leads_or_themselves_or_who_works_on_no_cases(watchers):
	led, unled = advisers_desk(adviser()), advisers_desk(adviser())
	close(unled.members[0].user)
	companions = desk_of(make_user(COMPANION), desk_type="Companions")
	with acting_as(watchers.coordinator):
		assert not appointing.may_appoint(watchers.coordinator, companions.name)
		assert not appointing.may_appoint(watchers.coordinator, led.name)
		with pytest.raises(frappe.PermissionError):
			appointing.appoint(led.name, adviser())
		with pytest.raises(frappe.ValidationError, match="appoint yourself"):
			appointing.appoint(unled.name, watchers.coordinator)
		with pytest.raises(frappe.ValidationError, match="works on cases"):
			appointing.appoint(unled.name, watchers.officer)
	with acting_as(adviser()), pytest.raises(frappe.PermissionError):
		appointing.appoint(unled.name, adviser())


def test_one_person_alone_appoints_nobody_and_who_is_appointed_does_not_approve(watchers):
	desk = advisers_desk(adviser())
	close(desk.members[0].user)
	second = make_user(COORDINATOR)
	with acting_as(watchers.coordinator), in_a_request(), pytest.raises(frappe.PermissionError):
		appointing.appoint(desk.name, second)
	asked = rows.write(getattr(frappe.local, rows.COLLECTED).pop())
	for user in (watchers.coordinator, second):
		with acting_as(user), pytest.raises(frappe.PermissionError, match="Somebody else has to decide"):
			decide.approve(asked)


def test_where_a_colleague_is_left_nobody_takes_cases_over_themselves():
	coordinator, leaver = adviser(), adviser()
	desk = advisers_desk(coordinator, leaver, adviser())
	case_of(desk, leaver)
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match="to yourself"):
		hand_over(desk.name, leaver, coordinator)
