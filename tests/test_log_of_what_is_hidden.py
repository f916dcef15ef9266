"""The access log tells a privacy officer of nothing that is kept from them, nor of what was destroyed since (R6)."""

import pytest
from ended_cases import confirm, end
from grant_helpers import case_of, desk_of
from subject_world import ADDRESS, NAME, register
from test_rows_of_a_case import of_table, put, seen_by, table_on

import frappe
from frappe.utils import getdate

from sv_helpdesk import access_log
from sv_helpdesk.access_log import refusals
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.retention import destroying
from sv_helpdesk.subject_access import forgetting
from sv_helpdesk.subject_access.registering import REQUEST
from sv_helpdesk.test_utils import make_party, make_user


@pytest.fixture
def staff():
	return make_user(CCP_STAFF)


@pytest.fixture
def desk(staff):
	return desk_of(make_user(COORDINATOR), None, staff)


@pytest.fixture
def accused():
	"""A privacy officer from whom a case is hidden."""
	return make_user(PRIVACY_OFFICER)


@pytest.fixture
def officer():
	return make_user(PRIVACY_OFFICER)


def hide(case: str, user: str) -> None:
	denied_list.add(case, blind_index("account", user), denied_list.BY_HAND)


def log(documents: list) -> None:
	for doc in documents:
		access_log.record("Granted", doc.doctype, doc.name)
	access_log.write_now()


def anonymise(case: str, user: str) -> None:
	end(case)
	confirm(user, case)
	assert destroying.anonymise(case, getdate())


def test_of_a_table_whose_cases_have_all_gone_no_row_comes_into_sight(desk, staff, accused, officer):
	cases = [case_of(desk, staff, main_category="bullying") for _number in range(2)]
	hide(cases[0], accused)
	table = table_on(desk, *cases)
	documents = of_table(table)
	log(documents)
	assert seen_by(accused, documents) == set()
	assert len(seen_by(officer, documents)) == len(documents)
	table.db_set("status", "Settled")
	for case in cases:
		anonymise(case, staff)
	assert not frappe.db.exists("SV Minutes", {"decision_table": table.name})
	assert seen_by(accused, documents) == set()
	assert seen_by(officer, documents) == set()


def test_nor_of_a_request_that_was_forgotten(desk, staff, accused, officer):
	case = case_of(desk, staff)
	make_party(case, person_name=NAME, email_address=ADDRESS)
	hide(case, accused)
	request = frappe.get_doc(REQUEST, register(desk.name, staff))
	log([request])
	assert seen_by(accused, [request]) == set()
	assert seen_by(officer, [request])
	forgetting.destroy(request.name, getdate())
	access_log.write_now()
	assert seen_by(accused, [request]) == set()


def test_an_approval_that_is_kept_from_somebody_is_in_no_row_of_theirs(desk, staff, accused, officer):
	concerned = {"concerns": denied_list.unnamed(accused)}
	approval = put("SV Approval", target_doctype="SV Report", target_name=case_of(desk, staff), **concerned)
	log([approval])
	assert seen_by(accused, [approval]) == set()
	assert seen_by(officer, [approval])


def test_nor_are_figures_of_a_year_in_which_a_case_is_hidden_from_them(desk, staff, accused, officer):
	hide(case_of(desk, staff, received_at="2019-03-01 10:00:00"), accused)
	figures = put("SV Figures", year=2019, status="Frozen")
	log([figures])
	assert seen_by(accused, [figures]) == set()
	assert seen_by(officer, [figures])


def test_rows_about_many_at_once_or_about_more_refusals_are_still_seen(officer):
	rows = [frappe._dict(doctype="SV Minutes", name=name) for name in ("", refusals.MORE)]
	log(rows)
	assert len(seen_by(officer, rows)) == 2
