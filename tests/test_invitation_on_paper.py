"""The invitation to a decision table on paper: when it meets and what is spoken of, nothing of the case or its people."""

import io

import pypdf
import pytest
from grant_helpers import acting_as
from table_world import SeatedTable

import frappe

from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.minutes import invitation
from sv_helpdesk.permissions.roles import CCP_STAFF
from sv_helpdesk.test_utils import make_desk, make_user


@pytest.fixture
def table():
	frappe.set_user("Administrator")
	made = SeatedTable(*(make_user(role) for role in SeatedTable.ROLES))
	frappe.db.set_value("SV Decision Table", made.name, "first_meeting_at", "2026-12-01 10:30:00")
	made.number = frappe.db.get_value("SV Decision Table", made.name, "table_number")
	return made


def text_of(table, user: str, language: str = "en") -> str:
	with acting_as(user):
		invitation.download(table.name, language)
	assert frappe.local.response.filename == f"{table.number}.pdf"
	pdf = pypdf.PdfReader(io.BytesIO(frappe.local.response.filecontent))
	return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_it_says_when_and_what_is_spoken_of_and_nothing_of_the_case_or_who_else_comes(table):
	case = frappe.db.get_value("SV Report", table.report, "case_number")
	for user in (table.staff, table.member, table.manager):
		text = text_of(table, user)
		assert table.number in text and "2026-12-01 10:30" in text and "1. Facts" in text
		assert case not in text and table.member not in text and table.manager not in text
	assert of_this_transaction().has("Printed", "SV Decision Table", table.name)


def test_a_dutch_one_is_dutch(table):
	text = text_of(table, table.staff, "nl")
	assert "Uitnodiging" in text and "01-12-2026 10:30" in text and "1. Feiten" in text


def test_before_the_table_is_convened_there_is_none(table):
	frappe.db.set_value("SV Decision Table", table.name, "status", "Decided on")
	with pytest.raises(frappe.ValidationError, match="Convene the table first"):
		text_of(table, table.staff)


def test_who_has_no_part_in_the_table_gets_none_and_learns_nothing(table):
	other = make_user(CCP_STAFF)
	make_desk(other)
	said = set()
	for user in (other, table.outsider):
		for name in (table.name, "0123456789"):
			with acting_as(user), pytest.raises(frappe.PermissionError) as refused:
				invitation.download(name)
			said.add(str(refused.value))
	assert len(said) == 1
