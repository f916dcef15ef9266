"""A whole year goes through the steps, and its figures are those that were published about it."""

from pathlib import Path

import pytest
from year_through_steps import YearThroughSteps

import frappe

from dev import figures as make_figures
from sv_helpdesk.reports import flat
from sv_helpdesk.reports.case_file import read_json

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@pytest.fixture
def year():
	"""The cases of 2024 on a site without others."""
	for doctype in ("SV Report", "SV Party", "SV Referral", "SV Decision Table", "SV Table Case", "SV Step"):
		frappe.db.delete(doctype)
	loading = YearThroughSteps(read_json(FIXTURES / "um2024_cases.json"))
	loading.load()
	return loading


def test_the_cases_of_2024_go_through_their_steps_and_give_the_same_figures(year):
	compared = make_figures.compare(read_json(FIXTURES / "um2024_expected.json"), flat.figures(2024))
	assert len(compared) == 66
	assert [row for row in compared if row[1] != row[2]] == []
	# nothing has a state that no step led to
	for doctype, at_most in (("SV Report", "Settled"), ("SV Referral", "Completed")):
		names = frappe.get_all(doctype, {"status": at_most}, pluck="name", order_by="name asc")
		taken = frappe.get_all(
			"SV Step",
			{"document_type": doctype, "to_status": at_most},
			pluck="document_name",
			order_by="creation asc",
		)
		assert names and set(names) == set(taken)
	statuses = frappe.get_all("SV Decision Table", pluck="status", order_by="name asc")
	assert sorted(statuses) == ["Running"] + ["Settled"] * 6
