"""What figures would tell to whom they must not (R3, R6, R8): by an error, a list, a notice, a file, or the year after."""

import json

import pytest
from grant_helpers import acting_as, case_of
from test_built_in_reports import ALL, MARK, PERIOD, YEAR, numbers
from test_working_figures import desk  # noqa: F401 - a fixture
from year_helpers import take

import frappe
from frappe.desk.query_report import export_query

from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.social_safety.report.reports_by_nature_and_year.reports_by_nature_and_year import (
	execute as by_year,
)
from sv_helpdesk.test_utils import make_party, make_user
from sv_helpdesk.two_persons import rows


@pytest.fixture(autouse=True)
def nothing():
	for doctype in ("SV Report", "SV Party", "SV Figures", "SV Approval"):
		frappe.db.delete(doctype)


@pytest.fixture
def denied(desk):  # noqa: F811
	"""A coordinator to whom a case of the year is denied, beside one to whom nothing is."""
	user = make_user(COORDINATOR)
	make_party(case_of(desk, main_category="bullying"))
	name = case_of(desk, main_category="bullying")
	make_party(name)
	make_party(name, "Accused", account=user)
	return user


def draft_of(year: int, user: str, **values):
	with acting_as(user):
		return frappe.get_doc({"doctype": "SV Figures", "year": year, **values}).insert()


# Whom a case of the year is denied


def test_who_is_denied_a_case_reads_no_exact_figures_to_put_beside_the_published_ones(desk, denied):  # noqa: F811
	assert numbers(desk.coordinator, ALL)["Reporters by desk first chosen"] == "2"
	with acting_as(denied):
		with pytest.raises(frappe.ValidationError, match="have been published yet"):
			numbers(denied, ALL)
		with pytest.raises(frappe.ValidationError, match="have been published yet"):
			by_year(ALL)


def test_who_is_denied_a_case_is_not_told_whether_there_are_figures_of_the_year(desk, denied):  # noqa: F811
	with pytest.raises(frappe.PermissionError) as before:
		draft_of(YEAR, denied)
	draft_of(YEAR, desk.coordinator)
	with pytest.raises(frappe.PermissionError) as after:
		draft_of(YEAR, denied)
	assert str(before.value) == str(after.value) and "Somebody else" in str(after.value)
	assert draft_of(YEAR - 1, denied).name


def test_who_is_denied_a_case_is_asked_for_no_approval_of_its_years_figures(desk, denied, monkeypatch):  # noqa: F811
	monkeypatch.setattr("sv_helpdesk.two_persons.approvals.from_outside", lambda: True)
	second, figures = make_user(COORDINATOR), draft_of(YEAR, desk.coordinator)
	take(figures, "freeze", by=desk.coordinator)
	with pytest.raises(frappe.PermissionError, match="takes two persons"):
		take(figures, "approve", by=desk.coordinator)
	with acting_as(desk.coordinator):
		approval = rows.write(getattr(frappe.local, rows.COLLECTED).pop())
	seen = {}
	for user in (second, denied):
		with acting_as(user):
			notice = {"document_name": approval, "for_user": user}
			listed = frappe.get_list("SV Approval", {"name": approval}, pluck="name", order_by="name")
			seen[user] = (bool(listed), bool(frappe.db.exists("Notification Log", notice)))
	assert seen == {second: (True, True), denied: (False, False)}


def test_who_is_denied_a_case_still_decides_on_what_is_about_no_document(desk, denied):  # noqa: F811
	draft_of(YEAR, desk.coordinator)
	approval = frappe.new_doc("SV Approval")
	approval.update({"kind": "Role", "status": "Asked", "target_doctype": "User"})
	approval.set_new_name()
	approval.db_insert()
	assert frappe.db.get_value("SV Approval", approval.name, "target_name") is None
	with acting_as(denied):
		assert frappe.get_list("SV Approval", {"name": approval.name}, pluck="name", order_by="name")


# What leaves the site


def test_an_earlier_year_that_is_not_published_marks_the_whole_report(desk):  # noqa: F811
	make_party(case_of(desk, received_at=f"{YEAR - 1}-03-03 10:00:00", main_category="bullying"))
	take(draft_of(YEAR, desk.coordinator), "freeze", "approve", "publish", by=desk.coordinator)
	with acting_as(desk.coordinator):
		columns, lines, message, _chart = by_year(ALL)
	assert lines[-1][str(YEAR - 1)] == "1"
	assert MARK in columns[0]["label"] and lines[0]["value"] == MARK and message.startswith(MARK)


def test_a_line_of_an_earlier_year_is_not_left_out(desk):  # noqa: F811
	make_party(case_of(desk, received_at=f"{YEAR - 1}-03-03 10:00:00", main_category=None))
	with acting_as(desk.coordinator):
		lines = by_year(PERIOD)[1]
	assert "Not filled in" in [line["value"].strip() for line in lines if line.get(str(YEAR - 1)) == "1"]


def exported(name: str, filters: dict, visible: list[int], file_format: str = "CSV") -> bytes:
	asked = {"report_name": name, "filters": json.dumps(filters), "visible_idx": json.dumps(visible)}
	frappe.local.form_dict = frappe._dict({**asked, "file_format_type": file_format})
	export_query()
	return frappe.local.response.filecontent


@pytest.mark.parametrize("name", ["Reports by nature and year", "Desk first chosen"])
@pytest.mark.parametrize("filters", [PERIOD, ALL])
def test_exact_figures_are_exported_with_their_mark_whatever_was_filtered_on_the_screen(desk, name, filters):  # noqa: F811
	make_party(case_of(desk))
	with acting_as(desk.coordinator):
		found = exported(name, filters, visible=[1])
	text = found if isinstance(found, str) else found.decode()
	assert MARK in text
