"""A case of another desk comes to a table by its own worker, with the reporter's consent, and leaves with it."""

import pytest
from table_world import refusal

import frappe

from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER, MANAGER
from sv_helpdesk.social_safety.doctype.sv_consent.sv_consent import withdraw
from sv_helpdesk.test_utils import (
	make_consent,
	make_decision_table,
	make_desk,
	make_minutes,
	make_party,
	make_report,
	make_table_case,
	make_user,
)
from sv_helpdesk.workflows.joining_a_table import put_on_table

ABOUT = ("Employee", "Undesirable behaviour")


class TwoDesks:
	"""A table that the CCP convened on its own case, and an adviser with a case whose reporter agrees to it."""

	def __init__(self):
		self.staff, self.manager = make_user(CCP_STAFF), make_user(MANAGER)
		self.adviser, self.colleague = make_user(CONFIDENTIAL_ADVISER), make_user(CONFIDENTIAL_ADVISER)
		self.ccp = make_desk(self.staff).name
		self.advisers = make_desk(self.adviser, self.colleague, visibility="Handler only").name
		self.table = make_decision_table(
			desk=self.ccp, status="Convened", manager=self.manager, coordinator=self.staff
		)
		self.number = self.table.table_number
		self.own = make_report(desk=self.ccp, status="Handling").name
		make_table_case(self.table.name, self.own)
		self.report = make_report(desk=self.advisers, handler=self.adviser, status="Handling").name
		self.reporter = make_party(self.report, person_name="Robin Bakker").name
		self.consent = self.consents(self.ccp)
		frappe.set_user(self.adviser)

	def consents(self, desk: str) -> str:
		at_table = {"scope": "Decision table", "to_desk": desk, "recipient": "", "purpose": ""}
		return make_consent(self.report, self.reporter, **at_table).name

	@property
	def status(self) -> str:
		return frappe.db.get_value("SV Report", self.report, "status")

	def join(self) -> None:
		put_on_table(self.report, self.number, *ABOUT)


@pytest.fixture
def desks():
	return TwoDesks()


def test_who_works_the_case_puts_it_on_another_desks_table_and_it_waits_for_it(desks):
	desks.join()
	assert desks.status == "Decision table"
	frappe.set_user(desks.staff)
	on_table = frappe.get_list("SV Table Case", {"decision_table": desks.table.name}, pluck="name")
	assert len(on_table) == 2
	assert frappe.db.exists("Notification Log", {"for_user": desks.staff, "document_name": desks.table.name})


def test_the_table_and_its_desk_see_nothing_of_the_case_and_the_case_worker_nothing_of_the_table(desks):
	desks.join()
	for user in (desks.staff, desks.manager):
		frappe.set_user(user)
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("SV Report", desks.report).check_permission("read")
	frappe.set_user(desks.adviser)
	with pytest.raises(frappe.PermissionError):
		desks.table.check_permission("read")


def test_the_desks_own_people_still_change_what_is_on_their_table(desks):
	desks.join()
	frappe.set_user(desks.staff)
	rows = frappe.get_all("SV Table Case Report", {"report": desks.report}, pluck="parent")
	on_table = frappe.get_doc("SV Table Case", rows[0])
	on_table.kind = "Employment conflict"
	on_table.save()


def test_without_the_reporters_consent_to_that_desk_it_is_refused_in_the_words_of_a_wrong_number(desks):
	said = {refusal(put_on_table, desks.report, "BT-0000", *ABOUT)}
	withdraw(desks.consent, "Spoken")
	said.add(refusal(desks.join))
	desks.consents(desks.advisers)
	said.add(refusal(desks.join))
	assert len(said) == 1 and "consent" in said.pop()
	desks.consents(desks.ccp)
	desks.join()


@pytest.mark.parametrize("status", ["Decided on", "Settled", "Called off"])
def test_a_table_that_doesnt_meet_takes_no_case_of_another_desk(desks, status):
	frappe.db.set_value("SV Decision Table", desks.table.name, "status", status)
	assert "No decision table" in refusal(desks.join)


def test_nobody_else_puts_the_case_there_not_even_who_convenes_the_table(desks):
	said = set()
	for user, report in (
		(desks.colleague, desks.report),
		(desks.staff, desks.report),
		(desks.staff, "0123456789"),
	):
		frappe.set_user(user)
		with pytest.raises(frappe.PermissionError) as refused:
			put_on_table(report, desks.number, *ABOUT)
		said.add(str(refused.value))
	assert len(said) == 1
	frappe.set_user(desks.staff)
	by_hand = {"decision_table": desks.table.name, "subject": ABOUT[0], "kind": ABOUT[1]}
	for user in (desks.staff, desks.adviser):
		frappe.set_user(user)
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(
				{"doctype": "SV Table Case", **by_hand, "reports": [{"report": desks.report}]}
			).insert()


def test_a_case_is_put_on_a_table_once(desks):
	desks.join()
	assert "already" in refusal(desks.join)


def test_nobody_at_the_table_may_be_the_accused_of_the_case_that_comes(desks):
	frappe.set_user("Administrator")
	make_party(desks.report, "Accused", account=desks.manager)
	frappe.set_user(desks.adviser)
	assert "can't be chosen" in refusal(desks.join)
	assert desks.status == "Handling"


def test_a_table_on_a_case_that_is_hidden_from_the_case_worker_isnt_there_for_them(desks):
	frappe.set_user("Administrator")
	make_party(desks.own, "Accused", account=desks.adviser)
	frappe.set_user(desks.adviser)
	assert "No decision table" in refusal(desks.join)


def test_a_withdrawn_consent_takes_the_case_off_the_table_and_back_to_its_handler(desks):
	desks.join()
	withdraw(desks.consent, "Spoken")
	assert desks.status == "Handling"
	assert not frappe.db.exists("SV Table Case Report", {"report": desks.report})
	assert frappe.db.exists("SV Table Case Report", {"report": desks.own})
	told = {"for_user": desks.staff, "document_name": desks.table.name}
	assert frappe.db.count("Notification Log", told) == 2


def test_what_was_written_stays_hidden_from_the_accused_of_a_case_that_left(desks):
	frappe.set_user("Administrator")
	accused = make_user(CCP_STAFF)
	ccp = frappe.get_doc("SV Desk", desks.ccp)
	ccp.append("members", {"user": accused, "desk_role": "Member"})
	ccp.save()
	make_party(desks.report, "Accused", account=accused)
	frappe.set_user(desks.adviser)
	desks.join()
	frappe.set_user("Administrator")
	minutes = make_minutes(desks.table.name, facts="What the accused did").name
	frappe.set_user(desks.adviser)
	withdraw(desks.consent, "In writing")
	assert desks.status == "Handling"
	for doctype, name in (("SV Minutes", minutes), ("SV Decision Table", desks.table.name)):
		assert frappe.has_permission(doctype, doc=name, user=desks.staff)
		assert not frappe.has_permission(doctype, doc=name, user=accused)
	# the table deals with it no more, whatever happens there next, until the reporter agrees again
	frappe.set_user(desks.staff)
	on_table = frappe.get_doc("SV Table Case", row_of(desks.report, "parent"))
	on_table.reports[0].left_at = None
	on_table.save()
	assert desks.status == "Handling" and row_of(desks.report, "left_at")
	frappe.set_user(desks.adviser)
	desks.consents(desks.ccp)
	desks.join()
	assert desks.status == "Decision table" and not row_of(desks.report, "left_at")


def row_of(report: str, fieldname: str):
	return frappe.db.get_value("SV Table Case Report", {"report": report}, fieldname)


def test_what_was_decided_with_consent_stays_when_it_is_withdrawn_afterwards_or_was_given_twice(desks):
	again = desks.consents(desks.ccp)
	desks.join()
	withdraw(desks.consent, "Spoken")
	assert desks.status == "Decision table"
	frappe.db.set_value("SV Decision Table", desks.table.name, "status", "Settled")
	withdraw(again, "Spoken")
	assert frappe.db.exists("SV Table Case Report", {"report": desks.report})


def test_consent_to_a_table_names_the_desk_that_convenes_it_and_opens_nothing(desks):
	frappe.set_user("Administrator")
	assert "Shared with desk is empty" in refusal(desks.consents, None)
	assert not frappe.get_doc("SV Consent", desks.consent).state()["opens"]
