"""Who is denied a case has no part in it, by whatever way they would come in, and nobody can read the list."""

import json

import pytest
from grant_helpers import acting_as, adviser, advisers_desk, case_of, desk_of, told

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.denied_by_hand import allow_again, deny, entries
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, MANAGER, PRIVACY_OFFICER, TABLE_MEMBER
from sv_helpdesk.permissions.rules import condition, may_use_report
from sv_helpdesk.permissions.temporary_access import give
from sv_helpdesk.test_utils import (
	make_action,
	make_consent,
	make_decision_table,
	make_party,
	make_user,
)

NEUTRAL = "Something in a case of your desk needs another colleague."


@pytest.fixture
def desk():
	"""A desk in which everybody sees every case."""
	found = desk_of(make_user(COORDINATOR), make_user(CCP_STAFF), make_user(CCP_STAFF))
	found.coordinator, found.stand_in, found.member = (row.user for row in found.members)
	return found


@pytest.fixture
def case(desk):
	return case_of(desk)


def denied_by(user: str, case: str, whom: str) -> None:
	with acting_as(user):
		deny(case, whom)


# By hand


def test_a_colleague_keeps_a_case_from_another_one_who_is_not_told(desk, case):
	denied_by(desk.member, case, desk.coordinator)
	assert not may_use_report(case, desk.coordinator)
	assert may_use_report(case, desk.member)
	assert told(desk.coordinator) == []


def test_it_can_be_taken_back(desk, case):
	denied_by(desk.member, case, desk.coordinator)
	with acting_as(desk.stand_in):
		allow_again(case, desk.coordinator)
	assert may_use_report(case, desk.coordinator)


def test_what_comes_from_the_accused_is_never_taken_back_by_hand(desk, case):
	make_party(case, "Accused", account=desk.coordinator)
	denied_by(desk.member, case, desk.coordinator)
	with acting_as(desk.member):
		allow_again(case, desk.coordinator)
	assert not may_use_report(case, desk.coordinator)


def test_somebody_may_keep_a_case_from_oneself(desk, case):
	denied_by(desk.member, case, desk.member)
	assert not may_use_report(case, desk.member)


def test_the_last_who_can_work_the_case_is_not_shut_out(desk, case):
	denied_by(desk.member, case, desk.coordinator)
	denied_by(desk.member, case, desk.stand_in)
	with pytest.raises(frappe.ValidationError, match="Nobody would be left"):
		denied_by(desk.member, case, desk.member)
	assert may_use_report(case, desk.member)


def test_at_a_desk_of_handlers_who_runs_it_is_left_to_find_another(desk):
	coordinator, handler, other = adviser(), adviser(), adviser()
	advisers = advisers_desk(coordinator, handler, other)
	case = case_of(advisers, handler)
	denied_by(handler, case, coordinator)
	with pytest.raises(frappe.ValidationError, match="Nobody would be left"):
		denied_by(handler, case, handler)


def test_an_accused_is_shut_out_even_if_nobody_is_left():
	alone = make_user(CCP_STAFF)
	case = case_of(desk_of(None, None, alone))
	make_party(case, "Accused", account=alone)
	assert not may_use_report(case, alone)


def test_only_who_may_write_the_case_uses_the_list(desk, case):
	outsiders = [make_user(COORDINATOR), make_user(PRIVACY_OFFICER), make_user(None), "Administrator"]
	for user in outsiders:
		with acting_as(user):
			for act in (
				lambda: deny(case, desk.member),
				lambda: allow_again(case, desk.member),
				lambda: entries(case),
			):
				with pytest.raises(frappe.PermissionError):
					act()
	assert may_use_report(case, desk.member)


def test_who_is_denied_is_refused_like_somebody_from_elsewhere(desk, case):
	denied_by(desk.member, case, desk.coordinator)
	refusals = set()
	for report in (case, "nothing"):
		with acting_as(desk.coordinator), pytest.raises(frappe.PermissionError) as refused:
			allow_again(report, desk.coordinator)
		refusals.add(str(refused.value))
	assert len(refusals) == 1


def test_an_account_that_nobody_has_is_refused(desk, case):
	with pytest.raises(frappe.ValidationError, match="no user with this account"):
		denied_by(desk.member, case, "never-made@uni.example")


def test_who_works_the_case_sees_how_many_entries_there_are_and_no_more(desk, case):
	denied_by(desk.member, case, desk.coordinator)
	with acting_as(desk.member):
		assert entries(case) == 1
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("SV Denied", order_by="creation asc")
		assert condition(desk.member, "SV Denied") == "1=0"
	assert desk.coordinator not in json.dumps(frappe.get_all("SV Denied", fields=["*"]), default=str)


def test_each_use_stands_in_the_access_log_without_whom(desk, case):
	from sv_helpdesk import access_log

	denied_by(desk.member, case, desk.coordinator)
	access_log.write_now()
	row = frappe.get_doc("SV Access Log", {"report": case, "action": "Revoked", "user": desk.member})
	assert desk.coordinator not in row.as_json()


# Denied goes before everything


def test_it_goes_before_handler_creator_seat_grant_and_consent(desk, case):
	everything = make_user(COORDINATOR)
	frappe.get_doc("User", everything).add_roles(MANAGER, TABLE_MEMBER)
	desk.append("members", {"user": everything, "desk_role": "Stand-in"})
	desk.save()
	make_consent(case, make_party(case).name, scope="Dossier", to_user=everything)
	with acting_as(desk.member):
		give(case, everything, "Second opinion")
	table = make_decision_table(desk=desk.name, manager=everything)
	row = {"doctype": "SV Table Case", "decision_table": table.name, "subject": "Employee"}
	frappe.get_doc({**row, "kind": "Undesirable behaviour", "reports": [{"report": case}]}).insert()
	frappe.db.set_value("SV Report", case, {"handler": everything, "owner": everything})
	with acting_as(everything):
		assert may_use_report(case, everything)
		assert table.has_permission("read")
	make_party(case, "Accused", account=everything)
	with acting_as(everything):
		assert not may_use_report(case, everything)
		assert not frappe.get_doc("SV Report", case).has_permission("read")
		assert not table.has_permission("read")
		for doctype in ("SV Report", "SV Party", "SV Decision Table", "SV Table Case", "SV Consent"):
			assert frappe.get_list(doctype, order_by="creation asc") == [], doctype


# The accused under other names


def also_known_as(user: str, address: str) -> None:
	frappe.get_doc(
		{"doctype": "User Email", "parent": user, "parenttype": "User", "parentfield": "user_emails"}
		| {"email_id": address, "email_account": None}
	).db_insert()


def test_an_accused_is_recognised_by_another_address_of_the_account(desk, case):
	also_known_as(desk.coordinator, "Alias@uni.example")
	make_party(case, "Accused", email_address="alias@uni.example")
	assert not may_use_report(case, desk.coordinator)
	assert may_use_report(case, desk.member)


def test_an_accused_is_recognised_by_user_name(desk, case):
	frappe.db.set_value("User", desk.coordinator, "username", "coord.inator")
	make_party(case, "Accused", email_address="coord.inator")
	assert not may_use_report(case, desk.coordinator)


def test_an_address_that_an_account_gets_later_is_followed(desk, case):
	make_party(case, "Accused", email_address="later@uni.example")
	assert may_use_report(case, desk.coordinator)
	also_known_as(desk.coordinator, "later@uni.example")
	denied_list.follow_account(frappe.get_doc("User", desk.coordinator))
	assert not may_use_report(case, desk.coordinator)


def test_an_account_that_gets_another_name_stays_denied(desk, case):
	make_party(case, "Accused", account=desk.coordinator)
	denied_list.follow_rename(frappe.get_doc("User", desk.member), None, desk.coordinator, "new@uni.example")
	assert denied_list.is_denied(case, "new@uni.example")


def test_it_stays_denied_when_the_accused_is_saved_again(desk, case):
	party = make_party(case, "Accused", person_name="Who Is", account=desk.coordinator)
	renamed = frappe.rename_doc("User", desk.coordinator, f"other.{desk.coordinator}", force=True)
	party = frappe.get_doc("SV Party", party.name)
	party.staff_group = "Student"
	party.save()
	assert denied_list.is_denied(case, renamed)
	again = frappe.rename_doc("User", renamed, f"another.{desk.coordinator}", force=True)
	party.reload()
	party.staff_group = None
	party.save()
	assert denied_list.is_denied(case, again)
	# who wasn't it after all gets it back under every name
	party.reload()
	party.party_role = "Witness"
	party.save()
	assert not denied_list.is_denied(case, again)


def test_what_was_denied_before_that_was_kept_stays_so_too(desk, case):
	party = make_party(case, "Accused", person_name="Who Is", account=desk.coordinator)
	frappe.db.set_value("SV Denied", {"party": party.name}, "known_as", None)
	denied_list.follow_all()
	renamed = frappe.rename_doc("User", desk.coordinator, f"other.{desk.coordinator}", force=True)
	party = frappe.get_doc("SV Party", party.name)
	party.staff_group = "Student"
	party.save()
	assert denied_list.is_denied(case, renamed)


def test_nor_does_an_account_come_in_by_giving_up_an_address_of_its_own(desk, case):
	also_known_as(desk.coordinator, "alias@uni.example")
	party = make_party(case, "Accused", email_address="alias@uni.example")
	frappe.db.delete("User Email", {"parent": desk.coordinator})
	party.staff_group = "Student"
	party.save()
	assert denied_list.is_denied(case, desk.coordinator)
	with acting_as(desk.member):
		party.reload()
		party.email_address = "somebody.else@uni.example"
		party.save()
	assert not denied_list.is_denied(case, desk.coordinator)


def test_saving_and_renaming_an_account_is_followed():
	events = frappe.get_hooks("doc_events")["User"]
	assert "sv_helpdesk.permissions.denied_list.follow_account" in events["on_update"]
	assert "sv_helpdesk.permissions.denied_list.follow_rename" in events["after_rename"]


def test_who_turns_out_not_to_be_accused_gets_the_case_back_under_all_names(desk, case):
	also_known_as(desk.coordinator, "alias@uni.example")
	party = make_party(case, "Accused", email_address="alias@uni.example")
	party.party_role = "Witness"
	party.save()
	assert may_use_report(case, desk.coordinator)


# What they held


def test_a_handler_who_becomes_denied_is_taken_off_and_who_runs_the_desk_is_told(desk, case):
	frappe.db.set_value("SV Report", case, "handler", desk.member)
	make_party(case, "Accused", account=desk.member)
	assert not frappe.db.get_value("SV Report", case, "handler")
	assert told(desk.coordinator) == [NEUTRAL]
	assert told(desk.member) == []


def test_if_the_coordinator_is_denied_too_the_stand_in_is_told(desk, case):
	frappe.db.set_value("SV Report", case, "handler", desk.coordinator)
	make_party(case, "Accused", account=desk.coordinator)
	assert NEUTRAL in told(desk.stand_in)
	assert told(desk.coordinator) == []


def test_whoever_held_nothing_leaves_nothing_to_tell(desk, case):
	make_party(case, "Accused", account=desk.member)
	assert told(desk.coordinator) == told(desk.stand_in) == []


def test_an_action_of_somebody_who_becomes_denied_needs_somebody_else(desk, case):
	make_action(report=case, action_owner=desk.member)
	make_party(case, "Accused", account=desk.member)
	assert told(desk.coordinator) == [NEUTRAL]


def test_assignments_follows_and_shares_of_the_ticket_go_without_a_word(desk, case):
	frappe.db.set_value("SV Report", case, "ticket", ticket := new_ticket([desk.member, desk.stand_in]))
	make_party(case, "Accused", account=desk.member)
	for doctype, who, where in (
		("ToDo", "allocated_to", "reference_name"),
		("Document Follow", "user", "ref_docname"),
		("DocShare", "user", "share_name"),
	):
		assert not frappe.db.exists(doctype, {who: desk.member, where: ticket}), doctype
		assert frappe.db.exists(doctype, {who: desk.stand_in, where: ticket}), doctype
	assert json.loads(frappe.db.get_value("HD Ticket", ticket, "_assign")) == [desk.stand_in]
	assert told(desk.member) == []


def new_ticket(users: list[str]) -> str:
	"""Return the name of a sealed ticket that these people are assigned to, follow and share."""
	from sv_helpdesk.helpdesk import sealed_ticket

	ticket = sealed_ticket.create("SV-2222-2222", None)
	frappe.db.set_value("HD Ticket", ticket, "_assign", json.dumps(users))
	for user in users:
		for doctype, who, kind, name in (
			("ToDo", "allocated_to", "reference_type", "reference_name"),
			("Document Follow", "user", "ref_doctype", "ref_docname"),
			("DocShare", "user", "share_doctype", "share_name"),
		):
			row = frappe.new_doc(doctype)
			row.update({who: user, kind: "HD Ticket", name: ticket, "description": "x"})
			row.set_new_name()
			row.db_insert()
	return ticket


# Choosing somebody to whom a case is denied (R6)


def test_a_denied_person_is_chosen_for_nothing_and_the_refusal_is_always_the_same(desk, case):
	accused = make_user(MANAGER)
	make_party(case, "Accused", account=accused)
	advice = case_of(desk, kind="Advice request")
	make_party(advice, "Accused", account=accused)
	at_table = {"started_from": "Advice request", "advice_request": advice, "desk": desk.name}
	plan = frappe.get_doc({"doctype": "SV Aftercare", "report": case, "meant_for": "Reporter"}).insert()
	contact = {"doctype": "SV Aftercare Contact", "aftercare": plan.name, "planned_on": "2026-12-01"}
	report = frappe.get_doc("SV Report", case)
	report.handler = accused
	acts = [
		report.save,
		lambda: make_party(case, supported_by=accused),
		lambda: make_action(report=case, action_owner=accused),
		lambda: make_decision_table(**at_table, manager=accused),
		lambda: make_decision_table(**at_table, coordinator=accused),
		lambda: make_decision_table(**at_table, members=[{"user": accused, "capacity": "Member"}]),
		lambda: frappe.get_doc({**contact, "report": case, "held_by": accused}).insert(),
	]
	with acting_as(desk.member):
		table = make_decision_table(desk=desk.name)
		row = {"doctype": "SV Table Case", "decision_table": table.name, "subject": "Employee"}
		frappe.get_doc({**row, "kind": "Undesirable behaviour", "reports": [{"report": case}]}).insert()
		acts.append(lambda: make_action(decision_table=table.name, action_owner=accused))
		refusals = set()
		for act in acts:
			with pytest.raises(frappe.ValidationError) as refused:
				act()
			refusals.add(str(refused.value))
	assert refusals == {
		"This person can't be chosen here. Choose the next higher manager or ask the coordinator."
	}


def test_a_case_is_not_put_on_a_table_of_somebody_to_whom_it_is_denied(desk, case):
	accused = make_user(MANAGER)
	make_party(case, "Accused", account=accused)
	table = make_decision_table(desk=desk.name, manager=accused)
	row = {"doctype": "SV Table Case", "decision_table": table.name, "subject": "Employee"}
	with pytest.raises(frappe.ValidationError, match="can't be chosen here"):
		frappe.get_doc({**row, "kind": "Undesirable behaviour", "reports": [{"report": case}]}).insert()


def test_a_document_that_already_names_the_denied_person_can_still_be_saved(desk, case):
	owner = make_user(MANAGER)
	action = make_action(report=case, action_owner=owner)
	make_party(case, "Accused", account=owner)
	action.reload()
	action.progress = 10
	action.save()


def test_the_list_keeps_keyed_hashes_only(desk, case):
	make_party(case, "Accused", account=desk.member)
	row = frappe.get_doc("SV Denied", {"report": case})
	assert row.user_index == blind_index("account", desk.member)
	assert desk.member not in row.as_json()


def test_an_account_with_an_accent_too_many_is_refused_and_not_taken_for_the_right_one(desk, case):
	accused = make_user(CCP_STAFF)
	with pytest.raises(frappe.ValidationError, match="no user with this account"):
		make_party(report=case, party_role="Accused", account=accused.replace("e", "é", 1))
	make_party(report=case, party_role="Accused", account=accused.upper())
	assert denied_list.is_denied(case, accused)
