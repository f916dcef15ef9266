"""Anonymising destroys whatever says or finds out who somebody is, here and in the host; every figure stays as it was."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from ended_cases import confirm, end, full_case
from grant_helpers import acting_as, adviser, advisers_desk, case_of, desk_of
from people import make_people
from test_rows_of_a_case import table_on
from test_working_figures import desk as ccp  # noqa: F401 - a fixture

import frappe
from frappe.utils import add_days, add_years, getdate, now_datetime
from frappe.utils.global_search import sync_global_search

from dev import leak_search
from sv_helpdesk.crypto import data_keys
from sv_helpdesk.crypto.errors import KeyMissingError
from sv_helpdesk.helpdesk import held_mail
from sv_helpdesk.permissions.field_groups import CHILD_TABLES, GROUPS
from sv_helpdesk.permissions.hidden import BY_REPORT, BY_TABLE
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, PRIVACY_OFFICER, TABLE_MEMBER
from sv_helpdesk.reports import deadline_figures, quarters, year_figures
from sv_helpdesk.reports.flat import figures
from sv_helpdesk.retention import destroying, due, fates, job, rows
from sv_helpdesk.social_safety.report.follow_up.follow_up import execute as follow_up
from sv_helpdesk.social_safety.report.referrals.referrals import execute as referrals
from sv_helpdesk.test_utils import (
	make_aftercare,
	make_deadline,
	make_decision_table,
	make_note,
	make_party,
	make_referral,
	make_table_case,
	make_unit,
	make_user,
)

TODAY = getdate()
YEARS = (2021, 2022, 2023)
LAYOUT = ("Section Break", "Column Break", "Tab Break", "HTML", "Button")
BY_ITSELF = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")


def fields_of(doctype: str) -> set[str]:
	return {field.fieldname for field in frappe.get_meta(doctype).fields if field.fieldtype not in LAYOUT}


def go(case: str, user: str) -> bool:
	"""Confirm a case whose term is over and anonymise it."""
	confirm(user, case)
	return destroying.anonymise(case, TODAY)


def ended(desk, handler: str, **values) -> str:
	"""Return a case whose term is over."""
	case = case_of(desk, handler, main_category="bullying", **values)
	end(case)
	return case


def values(doctype: str, **filters) -> list[dict]:
	return frappe.get_all(doctype, filters, ["*"], order_by="name asc", limit_page_length=0)


@pytest.fixture
def staff():
	return make_user(CCP_STAFF)


@pytest.fixture
def desk(staff):
	return desk_of(make_user(COORDINATOR), None, staff)


def test_of_every_document_and_row_of_ours_it_is_decided_what_becomes_of_it():
	decided = [*fates.FATES, *fates.ROWS, *fates.STANDS]
	assert sorted(decided) == sorted({*GROUPS, *CHILD_TABLES})


@pytest.mark.parametrize("doctype", [*fates.FATES, *fates.ROWS])
def test_of_a_row_that_stays_every_field_is_decided_and_no_other(doctype):
	fate = (fates.FATES | fates.ROWS)[doctype]
	if not fate.goes:
		assert sorted([*fate.keeps, *fate.empties]) == sorted(fields_of(doctype))


@pytest.mark.parametrize("doctype", fates.FATES)
def test_no_field_that_stays_is_sealed_names_a_user_or_finds_somebody_out(doctype):
	from test_matrix import sealed_fields

	for fieldname in fates.FATES[doctype].keeps:
		field = frappe.get_meta(doctype).get_field(fieldname)
		assert fieldname not in sealed_fields(doctype)
		assert field.options != "User" and field.fieldtype not in ("Small Text", "Text", "Dynamic Link")
		assert not fieldname.endswith("_index") or fieldname == "held_index"


def test_every_document_of_a_case_or_table_is_found():
	assert {*BY_REPORT, *BY_TABLE, *rows.NAMING_REPORT} <= set(fates.FATES)


def test_only_coded_facts_of_a_case_and_its_table_are_left(desk, staff):
	accused, member = make_user(None), make_user(TABLE_MEMBER)
	case, table, documents = full_case(desk, staff, accused, member)
	before = {(doc.doctype, doc.name) for doc in documents}
	assert go(case, staff)
	left = {place for place in before if frappe.db.exists(*place)}
	assert {doctype for doctype, _name in left} == {
		*("SV Report", "SV Party", "SV Referral", "SV Deadline", "SV Decision Table", "SV Table Case"),
	}
	[report] = values("SV Report", name=case)
	assert report.received_at == datetime.combine(report.received_at.date(), datetime.min.time())
	for doctype, name in left:
		[row] = values(doctype, name=name)
		filled = {fieldname for fieldname, value in row.items() if value not in (None, "", 0)}
		assert filled <= {*fates.FATES[doctype].keeps, *BY_ITSELF}, doctype
		assert row.owner == row.modified_by == "Administrator" and row.creation == row.modified
	assert {row.party_role for row in values("SV Party", report=case)} == {"Reporter"}
	for doctype in fates.FATES:
		if fates.FATES[doctype].goes and "report" in fields_of(doctype):
			assert values(doctype, report=case) == [], doctype
	for child in ("SV Table Member", "SV Deadline Event", "SV Kind Change"):
		assert not frappe.db.exists(child, {"parent": ["in", sorted(name for _doctype, name in before)]})
	assert frappe.db.get_value("SV Decision Table", table, "anonymised_at")
	assert values("Route History", user=staff) == []


def test_the_keys_are_gone_for_good(desk, staff):
	case, table, _documents = full_case(desk, staff, make_user(), make_user(TABLE_MEMBER))
	held = frappe.db.get_value("SV Held Mail", {"report": case, "file": ["is", "set"]})
	complaint = frappe.db.get_value("SV Complaint", {"report": case})
	references = (case, table, held, complaint)
	for reference in references:
		data_keys.for_writing(reference)
	go(case, staff)
	for reference in references:
		for use in (data_keys.for_reading, data_keys.for_writing):
			with pytest.raises(KeyMissingError):
				use(reference)


def test_a_table_goes_with_the_last_of_its_cases(desk, staff):
	first, last = ended(desk, staff), ended(desk, staff)
	table = table_on(desk, first, last)
	table.db_set({"status": "Settled", "closed_on": TODAY})
	assert go(first, staff)
	assert not frappe.db.get_value("SV Decision Table", table.name, "anonymised_at")
	assert go(last, staff)
	assert frappe.db.get_value("SV Decision Table", table.name, "anonymised_at")


@pytest.mark.parametrize("own_goes_first", [True, False])
def test_a_table_with_cases_of_two_desks_waits_for_the_word_of_both(desk, staff, own_goes_first):
	another = make_user(CCP_STAFF)
	own, joined = (ended(desk, staff), staff), (ended(desk_of(None, None, another), another), another)
	table = table_on(desk, own[0], joined[0])
	table.db_set({"status": "Settled", "closed_on": add_years(TODAY, -9)})
	first, last = (own, joined) if own_goes_first else (joined, own)
	assert go(*first)
	# its term is long over, and the other desk hasn't said anything
	assert not due.tables_left(TODAY) and not destroying.anonymise_table(table.name, TODAY)
	assert not destroying.anonymise(last[0], TODAY)
	assert not frappe.db.get_value("SV Decision Table", table.name, "anonymised_at")
	assert go(*last)
	assert frappe.db.get_value("SV Decision Table", table.name, "anonymised_at")


def test_a_table_that_no_case_takes_along_any_more_has_a_term_of_its_own(desk, staff):
	case, left = ended(desk, staff), ended(desk, staff)
	table = table_on(desk, case, left)
	closed_on = add_years(TODAY, -2)
	table.db_set({"status": "Settled", "closed_on": closed_on})
	assert go(case, staff)
	assert table.name not in due.tables_left(TODAY)
	frappe.db.delete("SV Table Case Report", {"report": left})
	assert table.name not in due.tables_left(add_days(TODAY, -1))
	assert table.name in due.tables_left(TODAY) and destroying.anonymise_table(table.name, TODAY)
	assert frappe.db.get_value("SV Decision Table", table.name, "anonymised_at")
	assert not destroying.anonymise_table(table.name, TODAY)
	assert not frappe.db.get_value("SV Report", left, "anonymised_at")


@pytest.mark.parametrize(
	("status", "years", "goes"),
	[("Set aside", 2, True), ("Set aside", 1, False), ("Held", 9, False)],
)
def test_a_held_mail_of_no_case_goes_when_somebody_has_looked_at_it_and_its_term_is_over(
	desk, status, years, goes
):
	mail = held_mail.hold(b"Subject: Away\n\nUntil Monday", desk.name, None, held_mail.AUTOMATIC_REPLY)
	long_ago = add_days(add_years(now_datetime(), -years), -1)
	frappe.db.set_value("SV Held Mail", mail, {"status": status, "modified": long_ago}, update_modified=False)
	[file] = frappe.get_all("File", {"attached_to_name": mail}, pluck="file_name")
	frappe.db.delete("SV Retention Log")
	assert (mail in due.mails_left(TODAY)) is goes
	assert destroying.destroy_mail(mail, TODAY) is goes
	assert bool(frappe.db.exists("SV Held Mail", mail)) is not goes
	if goes:
		[row] = values("SV Retention Log")
		assert (row.record, row.files_left) == ("Held mail", file)
		assert not frappe.db.exists("File", {"attached_to_name": mail})
		with pytest.raises(KeyMissingError):
			data_keys.for_reading(mail)


@pytest.mark.commits
def test_what_is_decided_while_the_job_runs_is_seen_by_it(monkeypatch):
	staff = make_user(CCP_STAFF)
	case = ended(desk_of(make_user(COORDINATOR), None, staff), staff)
	plan = make_aftercare(case)
	plan.db_set("status", "Closed")
	confirm(staff, case)
	frappe.db.commit()

	def then_the_plan_runs_again(cases: list[str]):
		other = frappe.db.get_connection()
		other.cursor().execute(
			"update `tabSV Aftercare` set `status` = 'Running' where `name` = %s", (plan.name,)
		)
		other.commit()
		other.close()
		yield from cases

	found = due.confirmed
	monkeypatch.setattr(due, "confirmed", lambda today: then_the_plan_runs_again(found(today)))
	job.run()
	assert frappe.db.get_value("SV Aftercare", plan.name, "status") == "Running"
	assert not frappe.db.get_value("SV Report", case, "anonymised_at")


def test_a_case_with_thousands_of_documents_goes_like_any_other(desk, staff):
	case = ended(desk, staff)
	first = make_note(case)
	columns = [column for column in frappe.db.get_table_columns("SV Note") if column != "name"]
	listed = ", ".join(f"`{column}`" for column in columns)
	for _number in range(11):
		frappe.db.sql(
			f"insert into `tabSV Note` (`name`, {listed})"
			f" select left(sha1(concat(`name`, rand())), 10), {listed} from `tabSV Note` where `report` = %s",
			case,
		)
	last = frappe.get_all("SV Note", {"report": case}, pluck="name", order_by="name desc", limit=1)[0]
	for name in (first.name, last):
		seen = frappe.new_doc("Route History")
		seen.update({"user": staff, "route": f"Form/SV Note/{name}"})
		seen.set_new_name()
		seen.db_insert()
	assert go(case, staff)
	assert not frappe.db.exists("SV Note", {"report": case})
	assert not frappe.db.exists("Route History", {"user": staff})


def test_a_case_that_was_put_on_hold_meanwhile_or_is_needed_elsewhere_stays(desk, staff):
	held, needed = ended(desk, staff), ended(desk, staff)
	for case in (held, needed):
		confirm(staff, case)
	frappe.db.set_value("SV Report", held, "legal_hold", 1)
	make_referral(frappe.get_doc("SV Report", needed), status="Accepted")
	for case in (held, needed):
		assert not destroying.anonymise(case, TODAY)
		assert frappe.db.get_value("SV Report", case, ["anonymised_at", "case_number"])[0] is None


def test_other_cases_lose_nothing_and_no_link_leads_from_or_to_it(desk, staff):
	case, other = ended(desk, staff), ended(desk, staff, subject="Another one")
	referral = make_referral(frappe.get_doc("SV Report", other), status="Completed")
	frappe.db.set_value("SV Report", case, "handed_over_from", referral.name)
	frappe.db.set_value("SV Report", other, "repeats", case)
	before = {doctype: len(values(doctype, report=other)) for doctype in BY_REPORT}
	assert go(case, staff)
	assert {doctype: len(values(doctype, report=other)) for doctype in BY_REPORT} == before
	assert frappe.db.get_value("SV Report", other, "repeats") is None
	# that it came by a hand-over is counted, from which isn't told
	assert frappe.db.get_value("SV Report", case, "handed_over_from") not in (None, "", referral.name)
	with acting_as(staff):
		assert frappe.get_doc("SV Report", other).opened("subject") == "Another one"


def test_the_log_says_what_when_and_by_what_rule_and_nothing_else(desk, staff):
	case, _table, _documents = full_case(desk, staff, make_user(), make_user(TABLE_MEMBER))
	number = frappe.db.get_value("SV Report", case, "case_number")
	frappe.db.delete("SV Retention Log")
	go(case, staff)
	of_case, of_table = sorted(values("SV Retention Log"), key=lambda row: row.record)
	assert (of_case.record, of_table.record) == ("Case", "Decision table")
	assert (of_case.retention, of_case.years, of_case.due_on) == ("Standard", 2, TODAY)
	assert of_case.confirmed_by == staff
	assert of_case.rows_destroyed > 15 and of_case.rows_kept > 3 and of_case.files_destroyed == 2
	said = json.dumps([of_case, of_table], default=str)
	assert case not in said and number not in said and desk.name not in said
	officer = make_user(PRIVACY_OFFICER)
	with acting_as(officer):
		assert len(frappe.get_list("SV Retention Log", order_by="name asc")) == 2
	with acting_as(staff), pytest.raises(frappe.PermissionError):
		frappe.get_list("SV Retention Log", order_by="name asc")
	row = frappe.get_doc("SV Retention Log", of_case.name)
	for change in (row.save, row.delete):
		with pytest.raises(frappe.ValidationError, match="can't be changed"):
			change()


def secrets_of(case: str, table: str, documents: list) -> dict[str, str]:
	"""Return every value that must be found nowhere afterwards, with where it stood."""
	ticket, number = frappe.db.get_value("SV Report", case, ["ticket", "case_number"])
	found = {number: "case number", frappe.db.get_value("SV Decision Table", table, "table_number"): "table"}
	found[f"Social safety {number}"] = f"ticket {ticket}"
	for name in (case, table):
		found[frappe.db.get_value("SV Data Key", {"reference": name}, "wrapped_key")] = "data key"
	for doctype in fates.FATES:
		for field in ("report", "decision_table"):
			for row in (
				values(doctype, **{field: {"report": case}.get(field, table)})
				if field in fields_of(doctype)
				else ()
			):
				for fieldname, value in row.items():
					if isinstance(value, str) and (value.startswith("sv1:") or fieldname.endswith("_index")):
						found[value] = f"{doctype} {fieldname}"
	owners = [doc.name for doc in documents]
	for file in values("File", attached_to_name=["in", owners]):
		found[file.name] = "file"
	return {value: place for value, place in found.items() if value and len(value) >= leak_search.SHORTEST}


@pytest.mark.commits
def test_nothing_of_it_is_found_in_any_table_file_or_in_redis():
	# nobody of them is in another case
	staff, accused, member = (make_user(role) for role in (CCP_STAFF, None, TABLE_MEMBER))
	desk = desk_of(make_user(COORDINATOR), None, staff)
	case, table, documents = full_case(desk, staff, accused, member)
	documents = [
		*documents,
		*(frappe.get_doc("SV Attachment", row.name) for row in values("SV Attachment", report=case)),
	]
	documents += [frappe.get_doc("SV Held Mail", row.name) for row in values("SV Held Mail", report=case)]
	confirm(staff, case)
	for name in (case, table):
		data_keys.for_writing(name)
	# as the host does every few minutes
	sync_global_search()
	frappe.db.commit()
	secrets = secrets_of(case, table, documents)
	ticket = frappe.db.get_value("SV Report", case, "ticket")
	search = leak_search.Search(secrets)
	before = {text for _place, text in search.found(everywhere())}
	assert before == set(secrets)
	assert job.run() >= 1
	left = [(place, secrets[text], text) for place, text in search.found(everywhere())]
	assert left == [], left
	assert not frappe.db.exists("HD Ticket", ticket)


def everywhere():
	yield from leak_search.database_dump()
	yield from leak_search.site_files()
	yield from leak_search.redis_values()


def all_figures(readers: list[str]) -> dict:
	"""Return every figure of three years there is: of all desks and units, of each reader, quarters and deadlines."""
	found: dict = {}
	frappe.db.delete("SV Quarter Figures")
	quarters.freeze_finished()
	found["quarters"] = [
		(row.quarter, row.figures)
		for row in sorted(values("SV Quarter Figures"), key=lambda row: row.quarter)
	]
	for year in YEARS:
		counted = year_figures.count(year)
		found[year, "cells"], found[year, "flat"] = counted.cells, figures(year)
		for name, versions in year_figures.versions(counted).items():
			shown = json.loads(year_figures.as_text(versions))
			found[year, name] = {unit: {**one, "counted_at": ""} for unit, one in shown.items()}
		period = {"from_date": f"{year}-01-01", "to_date": f"{year}-12-31"}
		for reader in readers:
			with acting_as(reader):
				found[year, reader] = (
					follow_up(period)[1],
					referrals(period)[1],
					deadline_figures.of_own_desks(reader, date(year, 1, 1), date(year, 12, 31)),
				)
	return found


def a_year(year: int, desks: list, units: list) -> list[str]:
	"""Make the cases of a year at several desks, ended and without an open end elsewhere."""
	made = []
	categories = frappe.get_all("SV Category", pluck="name", order_by="name asc", limit_page_length=4)
	for number in range(8):
		desk, handler = desks[number % len(desks)]
		at = datetime(year, 1 + number, 3 + number, 14, 31)
		kind = ("Report", "Formal complaint", "Report", "Advice request")[number % 4]
		case = case_of(
			desk,
			handler,
			kind=kind,
			unit=units[number % len(units)],
			main_category=categories[number % len(categories)],
			accused_position="Direct manager",
			asked_by="Manager",
			advice_topic="Other",
		)
		report = frappe.get_doc("SV Report", case)
		for reporter in range(1 + number % 2):
			make_party(case, staff_group="PhD candidate", gender="Female", person_name=f"Person {reporter}")
		make_party(case, "Accused", person_name="The same accused", email_address="same@uni.example")
		make_referral(report, status="Completed", referred_on=at.date())
		frappe.db.set_value("SV Deadline", {"report": case}, {"status": "Cancelled", "cancelled_at": at})
		for late in (-1, 2):
			met = at.replace(day=at.day + 5 + late)
			make_deadline(
				report=case,
				desk=desk.name,
				started_at=at,
				due_at=at.replace(day=at.day + 5),
				status="Met",
				met_at=met,
			)
		opened = {
			"opened_on": at.date(),
			"closed_on": at.date(),
			"status": "Settled",
			"outcome": "Police report",
		}
		if number % 4 == 3:
			make_decision_table(desk=desk.name, started_from="Advice request", advice_request=case, **opened)
		elif number == 4:
			table = make_decision_table(desk=desk.name, coordinator=handler, **opened)
			make_table_case(table.name, made[0], case)
		end(case, received_at=at, intervention="Mediation", anonymise_confirmed_at=now_datetime())
		made.append(case)
	received, referral = made[2], frappe.db.get_value("SV Referral", {"report": made[1]})
	frappe.db.set_value("SV Report", received, "handed_over_from", referral)
	return made


def test_all_figures_of_three_years_are_equal_before_and_after(ccp):  # noqa: F811
	for doctype in (
		"SV Report",
		"SV Party",
		"SV Referral",
		"SV Deadline",
		"SV Decision Table",
		"SV Table Case",
	):
		frappe.db.delete(doctype)
	handler, leader = adviser(), adviser()
	desks = [(ccp, ccp.coordinator), (advisers_desk(leader, handler), handler)]
	units = [make_unit().name, make_unit().name]
	made = [case for year in YEARS for case in a_year(year, desks, units)]
	readers = [ccp.coordinator, ccp.stand_in, handler, leader]
	before = all_figures(readers)
	assert before[2022, "flat"]["reports"] and before[2022, handler][2] and before["quarters"]
	for case in made:
		assert destroying.anonymise(case, TODAY), case
	assert not frappe.db.exists("SV Decision Table", {"anonymised_at": ["is", "not set"]})
	after = all_figures(readers)
	assert {place for place in before if before[place] != after[place]} == set()


POINTS = (
	"after:sv_helpdesk.retention.traces!forget",
	"after:sv_helpdesk.retention.destroying!anonymise",
	"before:sv_helpdesk.retention.destroying!_remove",
	"before:sv_helpdesk.retention.log!are_removed",
)


def run_that_dies(point: str) -> None:
	"""Do a day's work in a process that dies at a point."""
	process = subprocess.run(
		[sys.executable, str(Path(__file__).with_name("doomed_anonymising.py"))],
		env={
			**os.environ,
			"DOOM_POINT": point,
			"DOOM_HOW": "killed",
			"PYTHONPATH": os.pathsep.join(sys.path),
		},
		capture_output=True,
		text=True,
		timeout=120,
		check=False,
	)
	assert "reached" in process.stdout, process.stderr[-2000:]


@pytest.mark.commits
def test_a_run_that_dies_leaves_no_case_half_and_the_next_one_finishes():
	staff, accused, member = make_people("anonymising", CCP_STAFF, CCP_STAFF, TABLE_MEMBER)
	desk = desk_of(make_user(COORDINATOR), None, staff)
	for point in POINTS:
		case, _table, _documents = full_case(desk, staff, accused, member)
		names = frappe.get_all(
			"File", {"attached_to_doctype": "SV Held Mail"}, pluck="file_name", order_by="creation desc"
		)
		path = Path(frappe.get_site_path("private", "files", names[0]))
		confirm(staff, case)
		frappe.db.commit()
		rows_before = {doctype: len(values(doctype, report=case)) for doctype in BY_REPORT}
		run_that_dies(point)
		frappe.db.rollback()
		if not frappe.db.get_value("SV Report", case, "anonymised_at"):
			assert {doctype: len(values(doctype, report=case)) for doctype in BY_REPORT} == rows_before
			assert path.exists()
		job.run()
		assert frappe.db.get_value("SV Report", case, "anonymised_at") and not path.exists(), point
		assert not frappe.db.exists("SV Retention Log", {"files_left": ["is", "set"]})
		assert job.run() == 0
