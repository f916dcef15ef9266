"""What was anonymised, and all that belongs to it, is seen by nobody; figures go on counting it."""

import pytest
from grant_helpers import acting_as, adviser, advisers_desk, case_of, desk_of
from test_rows_of_a_case import of_case, of_table, seen_by, table_on

import frappe
from frappe.model.base_document import BaseDocument
from frappe.utils import cstr, getdate, now_datetime

from sv_helpdesk import access_log
from sv_helpdesk.guards import tickets
from sv_helpdesk.helpdesk import sealed_ticket
from sv_helpdesk.permissions import anonymised, case_numbers, rules
from sv_helpdesk.permissions.hidden import BY_REPORT
from sv_helpdesk.permissions.roles import COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.reports import deadline_figures
from sv_helpdesk.social_safety.report.decision_tables_and_their_outcome import (
	decision_tables_and_their_outcome as tables,
)
from sv_helpdesk.social_safety.report.desk_first_chosen.desk_first_chosen import execute as first_chosen
from sv_helpdesk.test_utils import make_deadline, make_user

YEAR = getdate().year
PERIOD = {"from_date": f"{YEAR}-01-01", "to_date": f"{YEAR}-12-31"}


@pytest.fixture
def coordinator():
	return make_user(COORDINATOR)


@pytest.fixture
def desk(coordinator):
	return desk_of(coordinator)


@pytest.fixture
def case(desk):
	return case_of(desk)


def anonymise(doctype: str, name: str) -> None:
	"""Let a record be one of which only coded facts are left, as far as the rules look at it."""
	held_by = anonymised.HELD_BY[doctype]
	holder = frappe.db.get_value(doctype, name, held_by)
	kept = {"anonymised_at": now_datetime(), held_by: None, "held_index": anonymised.held_index(holder)}
	frappe.db.set_value(doctype, name, kept)


def listed(user: str, documents: list) -> set[tuple[str, str]]:
	"""Return which of these documents are in somebody's lists."""
	found = set()
	for doc in documents:
		condition = rules.query_condition(user, doc.doctype)
		query = f"select 1 from `tab{doc.doctype}` where `tab{doc.doctype}`.`name` = %s and {condition}"
		if frappe.db.sql(query, (doc.name,)):
			found.add((doc.doctype, doc.name))
	return found


def opened(user: str, documents: list) -> set[tuple[str, str]]:
	"""Return which of these documents somebody may read one by one."""
	return {
		(doc.doctype, doc.name)
		for doc in documents
		if frappe.has_permission(doc.doctype, "read", doc=doc, user=user)
	}


def names(documents: list) -> set[tuple[str, str]]:
	return {(doc.doctype, doc.name) for doc in documents}


def own_figures(user: str) -> tuple:
	"""Return somebody's exact figures of their own desks: by desk first chosen, and of deadlines."""
	with acting_as(user):
		rows = first_chosen(PERIOD)[1]
		clocks = deadline_figures.of_own_desks(user, getdate(PERIOD["from_date"]), getdate(PERIOD["to_date"]))
	return rows, clocks


def met_clock(desk, case: str) -> None:
	make_deadline(report=case, desk=desk.name, status="Met", met_at=now_datetime())


def test_nobody_sees_an_anonymised_case_nor_anything_that_belongs_to_it(coordinator, desk, case):
	# what was asked about a person names no case, and is destroyed
	documents = [doc for doc in of_case(case) if doc.get("target_doctype") != "SV Party"]
	before = listed(coordinator, documents)
	assert opened(coordinator, documents) == before
	assert {doctype for doctype, _name in before} >= {"SV Report", *BY_REPORT} - {"SV Step"}
	anonymise("SV Report", case)
	assert not listed(coordinator, documents) and not opened(coordinator, documents)
	assert not rules.may_use_report(case, coordinator)


def test_nor_a_table_but_a_table_stands_as_long_as_it_is_not_anonymised_itself(coordinator, desk, case):
	table = table_on(desk, case, case_of(desk))
	documents = of_table(table)
	anonymise("SV Report", case)
	assert listed(coordinator, documents) == opened(coordinator, documents) == names(documents)
	anonymise("SV Decision Table", table.name)
	assert not listed(coordinator, documents) and not opened(coordinator, documents)


def test_the_privacy_officer_sees_no_row_of_the_log_about_it_any_more_nor_its_number(desk, case):
	officer, documents = make_user(PRIVACY_OFFICER), of_case(case)
	for doc in documents:
		access_log.record("Granted", doc.doctype, doc.name)
	access_log.write_now()
	assert seen_by(officer, documents) == names(documents)
	anonymise("SV Report", case)
	assert seen_by(officer, documents) == set()
	with acting_as(officer):
		assert case_numbers.numbers_of(case) == {}


def test_rows_of_the_log_about_nothing_in_particular_are_still_seen(coordinator, desk, case):
	officer, table = make_user(PRIVACY_OFFICER), table_on(desk, case)
	about_nothing = frappe.new_doc("SV Access Log")
	about_nothing.update({"action": "Listed", "document_type": "SV Report", "document_name": None})
	about_nothing.name = frappe.generate_hash(length=10)
	BaseDocument.db_insert(about_nothing)
	anonymise("SV Decision Table", table.name)
	with acting_as(officer):
		assert frappe.get_list("SV Access Log", {"name": about_nothing.name}, pluck="name")


def test_its_queue_entry_is_seen_by_nobody(coordinator, desk, case):
	ticket = sealed_ticket.create("MS-ANON", None)
	frappe.db.set_value("SV Report", case, "ticket", ticket)
	assert tickets.may_see(ticket, coordinator)
	anonymise("SV Report", case)
	assert not tickets.may_see(ticket, coordinator)


def test_who_gets_another_user_id_keeps_it_in_their_exact_figures():
	user = adviser()
	desk = advisers_desk(adviser(), user)
	case = case_of(desk, user)
	met_clock(desk, case)
	before = own_figures(user)
	anonymise("SV Report", case)
	renamed = frappe.rename_doc("User", user, f"other.{user}", force=True)
	assert own_figures(renamed) == before != own_figures(adviser())


def test_the_exact_figures_of_a_whole_desk_go_on_counting_it(coordinator, desk, case):
	met_clock(desk, case)
	before = own_figures(coordinator)
	assert "1" in cstr(before[0]) and before[1]
	anonymise("SV Report", case)
	assert own_figures(coordinator) == before


def test_so_do_those_of_who_handled_it_where_everybody_works_on_their_own_and_nobody_elses():
	handler, leader = adviser(), adviser()
	desk = advisers_desk(leader, handler)
	case = case_of(desk, handler)
	met_clock(desk, case)
	before = [own_figures(user) for user in (handler, leader)]
	assert before[0] != before[1]
	anonymise("SV Report", case)
	assert [own_figures(user) for user in (handler, leader)] == before


def test_figures_of_a_table_go_on_counting_it(coordinator, desk, case):
	table = table_on(desk, case)
	with acting_as(coordinator):
		before = tables.execute(PERIOD)[1]
		anonymise("SV Decision Table", table.name)
		anonymise("SV Report", case)
		assert tables.execute(PERIOD)[1] == before
