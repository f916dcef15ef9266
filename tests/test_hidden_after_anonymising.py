"""From whom a case is hidden sees nothing that outlives it either: no table it was on, no request in which it was found (R6)."""

import pytest
from ended_cases import confirm, end
from grant_helpers import acting_as, case_of, desk_of
from subject_world import ADDRESS, NAME, collected, register
from test_anonymised_records import own_figures
from test_rows_of_a_case import of_table, table_on

import frappe
from frappe.utils import getdate, now_datetime

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.leaving.hand_over import held_for, not_denied
from sv_helpdesk.permissions import denied_list, outliving, rules, sides
from sv_helpdesk.permissions.decision import rights_on
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.retention import destroying
from sv_helpdesk.subject_access import forgetting
from sv_helpdesk.subject_access.registering import REQUEST
from sv_helpdesk.test_utils import make_deadline, make_party, make_user


@pytest.fixture
def colleague():
	return make_user(CCP_STAFF)


@pytest.fixture
def staff():
	return make_user(CCP_STAFF)


@pytest.fixture
def desk(staff, colleague):
	return desk_of(make_user(COORDINATOR), None, staff, colleague)


@pytest.fixture
def case(desk, staff, colleague):
	"""An ended case in which a colleague of its desk is the accused."""
	case = case_of(desk, staff, main_category="bullying")
	make_party(case, "Accused", account=colleague)
	return case


def go(case: str, user: str) -> None:
	end(case)
	confirm(user, case)
	assert destroying.anonymise(case, getdate())


def listed(user: str, doctype: str) -> set[str]:
	condition = rules.query_condition(user, doctype)
	return set(frappe.db.sql(f"select name from `tab{doctype}` where {condition}", pluck=True))


def denials(*names: str) -> int:
	return frappe.db.count("SV Denied", {"report": ["in", names]})


def test_a_table_stays_hidden_when_the_case_for_which_it_is_was_anonymised(desk, staff, colleague, case):
	other = case_of(desk, staff, main_category="bullying")
	table = table_on(desk, case, other)
	documents = of_table(table)
	table.db_set("status", "Settled")
	assert not rights_on("SV Decision Table", table.name, colleague)
	go(case, staff)
	assert rights_on("SV Decision Table", table.name, staff)
	for doc in documents:
		assert doc.name not in listed(colleague, doc.doctype), doc.doctype
		assert not frappe.has_permission(doc.doctype, "read", doc=doc, user=colleague), doc.doctype


def test_nobody_of_them_is_chosen_for_it_afterwards(desk, staff, colleague, case):
	table = table_on(desk, case, case_of(desk, staff, main_category="bullying"))
	table.db_set("status", "Settled")
	go(case, staff)
	table.reload()
	table.append("members", {"user": colleague, "capacity": "Member"})
	table.load_doc_before_save()
	with acting_as(staff), pytest.raises(frappe.ValidationError, match="can't be chosen here"):
		sides.check_table(table)


def test_the_keyed_hashes_go_with_the_last_that_needs_them_and_name_no_person_before(
	desk, staff, colleague, case
):
	last = case_of(desk, staff, main_category="bullying")
	table = table_on(desk, case, last)
	table.db_set("status", "Settled")
	go(case, staff)
	kept = frappe.get_all("SV Denied", {"report": case}, ["party", "owner"], order_by="name asc")
	assert kept and {(row.party, row.owner) for row in kept} == {(None, "Administrator")}
	frappe.db.delete("Has Role", {"parent": colleague})
	go(last, staff)
	assert frappe.db.get_value("SV Decision Table", table.name, "anonymised_at")
	assert denials(case, last) == 0


def test_of_a_case_that_was_on_no_table_none_is_kept_but_of_who_reads_figures(staff, colleague, case):
	make_party(case, "Accused", account=make_user(None))
	assert denials(case) == 2
	go(case, staff)
	kept = frappe.get_all("SV Denied", {"report": case}, ["user_index", "origin", "party"])
	assert [tuple(row.values()) for row in kept] == [(blind_index("account", colleague), "By hand", None)]


def test_nor_of_them_once_they_read_none(staff, colleague, case):
	go(case, staff)
	frappe.db.delete("Has Role", {"parent": colleague})
	outliving.tidy()
	assert denials(case) == 0


def test_no_exact_figure_of_theirs_tells_that_there_was_a_case(desk, staff, colleague, case):
	case_of(desk, staff)
	make_deadline(report=case, desk=desk.name, status="Met", met_at=now_datetime())
	before = {user: own_figures(user) for user in (staff, colleague)}
	assert before[staff] != before[colleague]
	go(case, staff)
	assert {user: own_figures(user) for user in (staff, colleague)} == before


def asked_for(desk, user: str, case: str, **values) -> str:
	make_party(case, person_name=NAME, email_address=ADDRESS)
	return register(desk.name, user, **{"kind": "Erasure", **values})


@pytest.mark.parametrize(("kind", "status"), [("Erasure", "Released"), ("Correction", "Handed out")])
def test_a_request_in_which_it_was_found_stays_hidden(desk, staff, colleague, case, kind, status):
	name = asked_for(desk, staff, case, kind=kind)
	frappe.db.set_value(REQUEST, name, "status", status)
	assert not rights_on(REQUEST, name, colleague)
	go(case, staff)
	assert frappe.get_doc(REQUEST, name).cases == [] and rights_on(REQUEST, name, staff)
	assert not rights_on(REQUEST, name, colleague) and name not in listed(colleague, REQUEST)


def test_nor_is_it_handed_over_to_them_or_counted_for_them(desk, staff, colleague, case):
	name = asked_for(desk, staff, case)
	go(case, staff)
	held = held_for(staff, desk.name, staff, ("requests",))
	assert [part.name for part in held] == [name] and not not_denied(held, colleague)
	request = frappe.get_doc(REQUEST, name)
	request.handler = colleague
	with acting_as(staff), pytest.raises(frappe.ValidationError, match="can't be chosen here"):
		request.save()


def test_nor_are_they_the_second_person_of_it(desk, staff, colleague, case):
	from sv_helpdesk.subject_access import second_person

	name = collected(desk.name, staff)
	case_found = asked_for(desk, staff, case)
	go(case, staff)
	for request, can_be in ((name, True), (case_found, False)):
		doc = frappe.get_doc(REQUEST, request)
		with acting_as(staff):
			assert second_person._can_be(doc, colleague) is can_be


def test_the_hashes_of_a_request_go_with_it(desk, staff, case):
	name = asked_for(desk, staff, case)
	go(case, staff)
	assert denials(name)
	forgetting.destroy(name, getdate())
	assert not denials(name)


def test_an_account_that_gets_another_name_is_still_kept_from_it(desk, staff, colleague, case):
	name = asked_for(desk, staff, case)
	go(case, staff)
	renamed = f"other.{colleague}"
	frappe.rename_doc("User", colleague, renamed, force=True)
	assert denied_list.is_denied(name, renamed)
	assert frappe.db.exists("SV Denied", {"report": name, "user_index": blind_index("account", renamed)})
