"""A leaver's cases go to a colleague; who arranges it reads nothing by it, and no denied case shows in it."""

import pytest
from grant_helpers import acting_as, adviser, advisers_desk, case_of, desk_of, told

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from sv_helpdesk import access_log
from sv_helpdesk.leaving.hand_over import hand_over, not_denied
from sv_helpdesk.leaving.unattended import cases, tell_desks
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.permissions.rules import may_use_report
from sv_helpdesk.test_utils import make_action, make_aftercare, make_party, make_user


@pytest.fixture
def desk():
	"""Advisers who read their own cases only, and who coordinates them."""
	found = advisers_desk(adviser(), adviser(), adviser())
	found.coordinator, found.leaver, found.successor = (row.user for row in found.members)
	return found


def handed_over(desk, successor: str | None = None, by: str | None = None) -> dict:
	with acting_as(by or desk.coordinator):
		return hand_over(desk.name, desk.leaver, successor or desk.successor)


def unattended(desk: str, reader: str) -> list[str]:
	return [part.name for part in not_denied(cases(desk), reader)]


def handler_of(case: str) -> str:
	return frappe.db.get_value("SV Report", case, "handler")


def contact_of(case: str, held_by: str, **values):
	plan = make_aftercare(case)
	contact = {"doctype": "SV Aftercare Contact", "aftercare": plan.name, "report": case, "held_by": held_by}
	return frappe.get_doc({**contact, "planned_on": nowdate(), **values}).insert().name


def test_open_cases_go_to_the_successor_who_is_told_and_reads_them(desk):
	cases = [case_of(desk, desk.leaver) for _ in range(2)]
	assert handed_over(desk) == {"cases": 2, "stayed": 0}
	for case in cases:
		assert may_use_report(case, desk.successor)
		assert not may_use_report(case, desk.leaver)
	assert told(desk.successor) == ["Cases of a colleague were handed over to you."]


def test_who_hands_over_reads_nothing_before_or_after(desk):
	case = case_of(desk, desk.leaver)
	assert not may_use_report(case, desk.coordinator)
	handed_over(desk)
	assert not may_use_report(case, desk.coordinator)


def test_at_a_desk_where_only_handlers_read_nobody_hands_over_to_oneself(desk):
	case_of(desk, desk.leaver)
	with pytest.raises(frappe.ValidationError, match="to yourself"):
		handed_over(desk, successor=desk.coordinator)


def test_at_a_desk_that_reads_everything_the_coordinator_may_take_them(desk):
	coordinator, leaver = make_user(COORDINATOR), make_user(CCP_STAFF)
	whole = desk_of(coordinator, None, leaver)
	case = case_of(whole, leaver)
	with acting_as(coordinator):
		hand_over(whole.name, leaver, coordinator)
	assert handler_of(case) == coordinator


def test_the_stand_in_hands_over_too():
	stand_in, leaver, successor = adviser(), adviser(), adviser()
	desk = desk_of(None, stand_in, leaver, successor, visibility="Handler only")
	case = case_of(desk, leaver)
	with acting_as(stand_in):
		hand_over(desk.name, leaver, successor)
	assert handler_of(case) == successor


def test_members_and_people_of_other_desks_hand_over_nothing(desk):
	case = case_of(desk, desk.leaver)
	elsewhere = advisers_desk(adviser())
	for user in (
		desk.leaver,
		desk.successor,
		elsewhere.members[0].user,
		make_user(COORDINATOR),
		"Administrator",
	):
		with pytest.raises(frappe.PermissionError):
			handed_over(desk, by=user)
	assert handler_of(case) == desk.leaver


def test_cases_stay_within_the_desk(desk):
	for stranger in (adviser(), make_user(COORDINATOR), make_user(None), desk.leaver):
		with pytest.raises(frappe.ValidationError, match="member of the same desk"):
			handed_over(desk, successor=stranger)


def test_closed_cases_other_desks_and_other_handlers_are_left_alone(desk):
	closed = case_of(desk, desk.leaver, status="Withdrawn")
	others = case_of(desk, desk.successor)
	elsewhere = case_of(advisers_desk(adviser(), desk.leaver), desk.leaver)
	assert handed_over(desk) == {"cases": 0, "stayed": 0}
	assert [handler_of(case) for case in (closed, others, elsewhere)] == [
		desk.leaver,
		desk.successor,
		desk.leaver,
	]


def test_open_actions_contacts_and_supported_people_go_over_too(desk):
	case = case_of(desk, desk.successor)
	action = make_action(report=case, action_owner=desk.leaver).name
	contact = contact_of(case, desk.leaver)
	party = make_party(case, "Witness", supported_by=desk.leaver).name
	assert handed_over(desk) == {"cases": 1, "stayed": 0}
	assert frappe.db.get_value("SV Action", action, "action_owner") == desk.successor
	assert frappe.db.get_value("SV Aftercare Contact", contact, "held_by") == desk.successor
	assert frappe.db.get_value("SV Party", party, "supported_by") == desk.successor


def test_what_was_done_already_stays_with_who_did_it(desk):
	case = case_of(desk, desk.successor)
	done = make_action(report=case, action_owner=desk.leaver, status="Done").name
	held = contact_of(case, desk.leaver, held_at=add_days(now_datetime(), -1))
	handed_over(desk)
	assert frappe.db.get_value("SV Action", done, "action_owner") == desk.leaver
	assert frappe.db.get_value("SV Aftercare Contact", held, "held_by") == desk.leaver


def test_somebody_whom_this_desk_supports_in_another_desks_case_goes_over(desk):
	case = case_of(desk_of(make_user(COORDINATOR)))
	party = make_party(case, supported_by=desk.leaver, support_desk=desk.name).name
	handed_over(desk)
	assert frappe.db.get_value("SV Party", party, "supported_by") == desk.successor


def test_a_case_on_which_the_successor_is_denied_stays_and_is_counted(desk):
	case, other = case_of(desk, desk.leaver), case_of(desk, desk.leaver)
	make_party(case, "Accused", account=desk.successor)
	assert handed_over(desk) == {"cases": 1, "stayed": 1}
	assert (handler_of(case), handler_of(other)) == (desk.leaver, desk.successor)


def test_a_case_in_which_the_successor_supports_the_accused_stays_and_is_counted(desk):
	case = case_of(desk, desk.leaver)
	make_party(case, "Accused", supported_by=desk.successor)
	assert handed_over(desk) == {"cases": 0, "stayed": 1}
	assert handler_of(case) == desk.leaver


def test_an_accused_is_not_handed_to_who_handles_the_reporters_case(desk):
	case = case_of(desk, desk.successor)
	party = make_party(case, "Accused", supported_by=desk.leaver).name
	assert handed_over(desk) == {"cases": 0, "stayed": 1}
	assert frappe.db.get_value("SV Party", party, "supported_by") == desk.leaver


def test_a_case_that_is_denied_to_who_hands_over_is_not_touched_counted_or_mentioned(desk):
	case, other = case_of(desk, desk.leaver), case_of(desk, desk.leaver)
	make_action(report=case, action_owner=desk.leaver)
	make_party(case, "Accused", account=desk.coordinator)
	assert handed_over(desk) == {"cases": 1, "stayed": 0}
	assert (handler_of(case), handler_of(other)) == (desk.leaver, desk.successor)


def test_the_self_check_tells_it_to_somebody_to_whom_it_is_not_denied(desk):
	case, other = case_of(desk, desk.leaver), case_of(desk, desk.successor)
	make_party(case, "Accused", account=desk.coordinator)
	stand_in = adviser()
	frappe.db.set_value("User", desk.leaver, "enabled", 0)
	frappe.clear_document_cache("User", desk.leaver)
	assert unattended(desk.name, desk.coordinator) == []
	assert unattended(desk.name, stand_in) == [case]
	assert other not in unattended(desk.name, stand_in)


def test_each_day_the_coordinator_is_told_and_the_stand_in_of_what_the_coordinator_may_not_know(desk):
	stand_in = adviser()
	desk.append("members", {"user": stand_in, "desk_role": "Stand-in"})
	desk.members[1].to_date = add_days(nowdate(), -1)
	desk.save()
	case_of(desk, desk.leaver)
	hidden = case_of(desk, desk.leaver)
	make_party(hidden, "Accused", account=desk.coordinator)
	tell_desks()
	sentence = "1 cases of your desk have no handler who works there. Hand them over in the form of the desk."
	assert told(desk.coordinator) == told(stand_in) == [sentence]


def test_who_is_no_member_any_more_leaves_cases_unattended(desk):
	case = case_of(desk, desk.leaver)
	assert unattended(desk.name, desk.coordinator) == []
	desk.members[1].to_date = add_days(nowdate(), -1)
	desk.save()
	assert unattended(desk.name, desk.coordinator) == [case]


def test_each_case_stands_in_the_access_log_and_for_the_privacy_officer(desk):
	case = case_of(desk, desk.leaver)
	handed_over(desk)
	access_log.write_now()
	rows = {"report": case, "action": "Granted", "user": desk.coordinator, "document_type": "SV Report"}
	assert frappe.db.count("SV Access Log", rows) == 1
	grant = frappe.get_doc("SV Access Grant", {"report": case, "kind": "Hand-over"})
	assert (grant.user, grant.asked_by) == (desk.successor, desk.coordinator)
	assert grant.ended_at, "the record opens nothing by itself"
