"""What the host's socket tells pages that are open: nothing about documents of a case."""

import pytest

import frappe

from sv_helpdesk.permissions.matrix import CASE_DOCUMENTS, TABLE_DOCUMENTS
from sv_helpdesk.test_utils import make_consent, make_decision_table, make_party, make_report

OF_A_CASE = (*CASE_DOCUMENTS, *TABLE_DOCUMENTS)


@pytest.fixture
def sent(monkeypatch):
	"""What would go to everybody who has a list of that kind open, as events and messages."""
	found = []

	def publish(event=None, message=None, **where):
		found.append((event, message, where))

	monkeypatch.setattr(frappe, "publish_realtime", publish)
	return found


def test_nobody_hears_over_the_socket_that_a_document_of_a_case_was_made_or_changed(sent):
	report = make_report()
	report.save()
	make_consent(party=make_party(report=report.name).name, report=report.name)
	make_decision_table()
	assert [event for event, message, _where in sent if message.get("doctype") in OF_A_CASE] == []


def test_of_other_documents_they_hear_as_ever(sent):
	frappe.get_doc({"doctype": "ToDo", "description": "Water the plants"}).insert()
	assert any(message.get("doctype") == "ToDo" for _event, message, _where in sent)
