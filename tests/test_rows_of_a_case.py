"""Rows of the access log say which case they belong to, so an accused privacy officer sees none of theirs (R6)."""

import pytest
from grant_helpers import acting_as, case_of, desk_of

import frappe
from frappe.model.base_document import BaseDocument

from sv_helpdesk import access_log
from sv_helpdesk.access_log.pending import row_of
from sv_helpdesk.permissions.roles import COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_consent,
	make_decision_table,
	make_message,
	make_minutes,
	make_note,
	make_party,
	make_referral,
	make_user,
)


def inserted(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def put(doctype: str, **values):
	"""Put a row in the database as the system does."""
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.name = frappe.generate_hash(length=10)
	BaseDocument.db_insert(doc)
	return doc


@pytest.fixture
def desk():
	return desk_of(make_user(COORDINATOR))


@pytest.fixture
def case(desk):
	return case_of(desk)


def table_on(desk, *cases: str):
	table = make_decision_table(desk=desk.name)
	inserted(
		"SV Table Case",
		decision_table=table.name,
		subject="Employee",
		kind="Employment conflict",
		reports=[{"report": case} for case in cases],
	)
	return table


def of_case(case: str) -> list:
	"""Return one of every document that belongs to a case directly or through its plan."""
	person = make_party(case)
	plan = make_aftercare(case, plan="What is planned")
	clock = {"kind": "Triage", "started_at": "2026-01-01 10:00:00", "due_at": "2026-01-08 10:00:00"}
	return [
		frappe.get_doc("SV Report", case),
		person,
		make_consent(case, person.name),
		make_message(case),
		make_note(case, body="What was said"),
		make_referral(frappe.get_doc("SV Report", case)),
		plan,
		inserted("SV Aftercare Contact", aftercare=plan.name, report=case, planned_on="2026-01-01"),
		put("SV Aftercare Contact", aftercare=plan.name),
		make_action(report=case),
		make_action(aftercare=plan.name),
		inserted("SV Deadline", report=case, **clock),
		put("SV Attachment", report=case),
		put("SV Complaint", report=case),
		put("SV Complaint Part", report=case),
		put("SV Complaint Copy", report=case),
		put("SV Access Grant", report=case, kind="Temporary access"),
		put("SV Held Mail", report=case),
		put("SV Denied", report=case, user_index="x"),
		put("SV Approval", target_doctype="SV Report", target_name=case),
		put("SV Approval", target_doctype="SV Party", target_name=person.name),
	]


def of_table(table) -> list:
	"""Return one of every document of a decision table, and itself."""
	on_table = {"decision_table": table.name}
	return [
		table,
		frappe.get_doc("SV Table Case", on_table),
		make_minutes(table.name),
		inserted("SV Communication Line", addressed_to=make_user(), **on_table),
		make_action(**on_table),
	]


def logged(documents: list) -> dict[tuple[str, str], str]:
	"""Note a refusal of each, as the log does from a name alone, and return which case each row says."""
	return {(doc.doctype, doc.name): row_of("Refused", doc.doctype, doc.name)["report"] for doc in documents}


def seen_by(officer: str, documents: list) -> set[tuple[str, str]]:
	"""Return which of these documents a privacy officer finds rows about."""
	names = {(doc.doctype, doc.name) for doc in documents}
	with acting_as(officer):
		rows = frappe.get_list(
			"SV Access Log",
			fields=["document_type", "document_name"],
			order_by="position asc",
			limit_page_length=0,
		)
	return names & {(row.document_type, row.document_name) for row in rows}


def test_every_row_about_a_document_of_a_case_says_which_case(case):
	documents = of_case(case)
	assert set(logged(documents).values()) == {case}, logged(documents)


def test_a_row_about_a_table_on_one_case_says_which(desk, case):
	documents = of_table(table_on(desk, case))
	assert set(logged(documents).values()) == {case}, logged(documents)


def test_a_row_about_a_table_on_several_cases_names_none(desk, case):
	documents = of_table(table_on(desk, case, case_of(desk)))
	assert set(logged(documents).values()) == {""}


def test_what_belongs_to_no_case_or_is_not_there_names_none(desk):
	assert row_of("Refused", "SV Desk", desk.name)["report"] == ""
	assert row_of("Refused", "SV Party", "nobody")["report"] == ""
	assert row_of("Exported", "SV Report", "")["report"] == ""
	assert row_of("Refused", "Report", "Who opened what")["report"] == ""


def test_an_accused_privacy_officer_sees_no_row_of_the_case_and_another_sees_all(desk, case):
	accused, officer = make_user(PRIVACY_OFFICER), make_user(PRIVACY_OFFICER)
	documents = of_case(case) + of_table(table_on(desk, case)) + of_table(table_on(desk, case_of(desk), case))
	others = of_case(case_of(desk)) + of_table(table_on(desk, case_of(desk), case_of(desk)))
	for doc in documents + others:
		access_log.record("Granted", doc.doctype, doc.name)
	access_log.write_now()
	everything = {(doc.doctype, doc.name) for doc in documents + others}
	assert seen_by(accused, documents + others) == seen_by(officer, documents + others) == everything
	make_party(case, "Accused", account=accused)
	assert seen_by(accused, documents + others) == {(doc.doctype, doc.name) for doc in others}
	assert seen_by(officer, documents + others) == everything


def test_a_row_that_was_written_without_its_case_is_hidden_through_its_plan(desk, case):
	accused = make_user(PRIVACY_OFFICER)
	make_party(case, "Accused", account=accused)
	plan = make_aftercare(case)
	contact = put("SV Aftercare Contact", aftercare=plan.name)
	put(
		"SV Access Log",
		action="Opened",
		document_type=contact.doctype,
		document_name=contact.name,
		position=10**9,
	)
	assert seen_by(accused, [contact]) == set()
