"""A site that was installed earlier is brought up to date, and nothing that somebody chose is changed."""

from importlib import import_module
from pathlib import Path

import pytest
from deadline_helpers import told
from test_clocks import at, clocks, question_in

import frappe
from frappe.utils import now_datetime

import sv_helpdesk
from sv_helpdesk.deadlines import answers, sweep, with_reporter
from sv_helpdesk.deadlines.desk_calendars import from_document
from sv_helpdesk.patches import (
	clocks_of_open_documents,
	desk_calendars,
	held_contacts,
	outcomes_of_measures,
	roles_before_two_persons,
)
from sv_helpdesk.permissions.roles import CCP_STAFF
from sv_helpdesk.social_safety import catalogue, masters
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_decision_table,
	make_desk,
	make_minutes,
	make_note,
	make_referral,
	make_report,
	make_user,
)
from sv_helpdesk.two_persons import staff
from sv_helpdesk.workflows.moving import follow

PATCHES = Path(sv_helpdesk.__file__).parent / "patches.txt"


def outcomes() -> dict[str, str]:
	rows = frappe.get_all("SV Measure", fields=["name", "fits_outcome"], order_by="name asc")
	return {row.name: row.fits_outcome or "" for row in rows}


def test_every_patch_can_be_run_and_says_what_for():
	names = [line for line in PATCHES.read_text().splitlines() if line and not line.startswith("[")]
	assert names
	for name in names:
		patch = import_module(name)
		assert callable(patch.execute) and patch.__doc__, name


def test_measures_of_an_older_site_learn_after_which_outcome_they_fit():
	for empty in ("", None):
		frappe.db.sql("update `tabSV Measure` set fits_outcome = %s", (empty,))
		unfounded = catalogue.proposed("Accused", catalogue.AFTERWARDS, "Unfounded")
		assert "after_accused_plan" in unfounded
		outcomes_of_measures.execute()
		assert outcomes() == {row["code"]: row["fits_outcome"] for row in masters.shipped("SV Measure")}
		unfounded = catalogue.proposed("Accused", catalogue.AFTERWARDS, "Unfounded")
		assert "after_accused_plan" not in unfounded and "unfounded_file_letter" in unfounded


def test_what_an_institution_chose_or_made_itself_stays():
	frappe.db.set_value("SV Measure", "unfounded_talk", "fits_outcome", "Not unfounded")
	own = {"doctype": "SV Measure", "code": "our_own", "title": "Ours", "phase": "Aftercare", "enabled": 1}
	frappe.get_doc({**own, "meant_for": "Team"}).insert()
	frappe.db.delete("SV Measure", {"name": "unfounded_tasks"})
	before = outcomes()
	for _times in range(2):
		outcomes_of_measures.execute()
		assert outcomes() == before


@pytest.fixture
def older_site(monkeypatch):
	"""What a site had open before there were clocks, by a name of its own; each from a moment of its own."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	docs = frappe._dict()
	with at("2026-11-24 15:00"):
		handler = make_user()
		docs.case = make_report(received_at=now_datetime(), desk=make_desk(handler).name, handler=handler)
		docs.settled = make_report(
			received_at=now_datetime(), status="Settled", whistleblower_report=1, main_category="bullying"
		)
		docs.imported = make_report(received_at=now_datetime(), import_key="2024-1")
		docs.withdrawn = make_report(received_at=now_datetime(), status="Withdrawn", whistleblower_report=1)
		docs.spoken = make_report(received_at=now_datetime(), status="Handling")
		make_note(docs.spoken.name)
		docs.referral = make_referral(docs.spoken)
		follow("SV Referral", docs.referral.name, "offer")
		docs.table = make_decision_table()
		docs.action = make_action(report=docs.case.name, due_on="2026-12-24")
	with at("2026-11-25 10:00"):
		docs.minutes = make_minutes(docs.table.name, meeting_at="2026-11-25 09:00:00")
		follow("SV Minutes", docs.minutes.name, "submit", approve_by="2026-12-09")
		docs.contact = make_aftercare_contact(
			make_aftercare(docs.case.name).name, make_user(), planned_on="2026-12-24"
		)
	frappe.db.delete("SV Deadline")
	frappe.db.delete("SV Deadline Event")
	return docs


def running(docs) -> dict[str, dict[str, str]]:
	found = {}
	for label, doc in docs.items():
		rows = clocks(doc).items()
		found[label] = {
			kind: f"{row.status} {row.started_at:%d %H:%M} {row.due_at:%d %H:%M}" for kind, row in rows
		}
	return {label: rows for label, rows in found.items() if rows}


def test_what_was_open_before_there_were_clocks_gets_them_from_when_it_began(older_site):
	with at("2026-11-25 12:00"):
		clocks_of_open_documents.execute()
		found = running(older_site)
	case = {
		"Acknowledgement": "Running 24 15:00 25 15:00",
		"First talk": "Running 24 15:00 01 15:00",
		"Triage": "Running 24 15:00 01 15:00",
	}
	assert found == {
		"case": case,
		"settled": {
			"Statutory acknowledgement": "Running 24 15:00 01 23:59",
			"Statutory feedback": "Running 01 15:00 01 23:59",
		},
		"referral": {
			"Hand-over accepted": "Running 24 15:00 27 15:00",
			"Hand-over completed": "Running 24 15:00 08 15:00",
		},
		"table": {"Decision table convened": "Running 24 15:00 01 15:00"},
		"minutes": {"Minutes approved": "Running 25 10:00 09 23:59"},
		"action": {"Action": "Running 24 15:00 24 23:59"},
		"contact": {"Aftercare contact": "Running 25 10:00 24 23:59"},
	}
	clock = clocks(older_site.case)["Triage"]
	rows = frappe.get_doc("SV Deadline", clock.name).history
	assert [(row.event, row.cause) for row in rows] == [("Started", "Deadlines introduced")]


def test_the_clocks_of_an_older_site_are_started_once(older_site):
	with at("2026-11-25 12:00"):
		clocks_of_open_documents.execute()
		before = frappe.get_all("SV Deadline", fields=["*"], order_by="name asc")
		clocks_of_open_documents.execute()
		assert frappe.get_all("SV Deadline", fields=["*"], order_by="name asc") == before


def test_what_is_late_already_is_told_with_a_digest_and_to_nobody_at_once(older_site):
	case = older_site.case
	with at("2026-12-14 12:00"):
		clocks_of_open_documents.execute()
		late = clocks(case, "Breached")
		assert set(late) == {"Acknowledgement", "First talk", "Triage"}
		assert late["Triage"].breached_at == late["Triage"].due_at
		while sweep.batch(now_datetime()):
			pass
		assert {notice for clock in late.values() for notice in told(clock.name)} == {(case.handler, 5, 0)}


def test_what_waits_for_an_answer_from_before_there_was_a_term_for_it_goes_on_after_it(older_site):
	case = older_site.case
	with at("2026-11-25 15:00"):
		clocks_of_open_documents.execute()
		with_reporter.message_went(question_in(case))
		frappe.db.delete("SV Deadline", {"kind": "Answer of the reporter"})
	with at("2026-12-14 12:00"):
		for _again in range(2):
			clocks_of_open_documents.execute()
		assert f"{clocks(case, 'Running')['Answer of the reporter'].due_at:%m-%d %H:%M}" == "12-09 15:00"
		answers.batch(now_datetime(), 100)
	assert (clocks(case)["First talk"].status, len(clocks(case, "Lapsed"))) == ("Running", 1)


def test_a_case_that_was_reopened_before_counts_from_then(older_site):
	case = older_site.case
	for when, steps in (("2026-11-25 12:00", ("handle", "settle")), ("2026-12-01 10:00", ("reopen",))):
		with at(when):
			for step in steps:
				follow("SV Report", case.name, step)
	frappe.db.delete("SV Deadline")
	with at("2026-12-01 12:00"):
		clocks_of_open_documents.execute()
	assert running({"case": case}) == {
		"case": {
			"Acknowledgement": "Running 01 10:00 02 10:00",
			"First talk": "Running 01 10:00 08 10:00",
		}
	}


def test_a_desk_keeps_the_opening_hours_it_had():
	# a site that never had them has nothing to bring over
	desk_calendars.execute()
	old = frappe._dict(name="ccp", opens_at="08:30", closes_at="16:00", holiday_list="not there")
	calendar = frappe.get_doc("SV Calendar", desk_calendars._calendar(old))
	assert from_document(calendar).hours == (((30600, 57600),),) * 5 + ((), ())
	assert calendar.calendar_name == "ccp (08:30-16:00)" and not calendar.holiday_list


def test_contacts_that_were_held_before_they_had_states_count_as_held_and_what_came_up_waits():
	plan = make_aftercare(make_report().name, status="Running").name
	held, raised, planned = (make_aftercare_contact(plan, make_user()).name for _ in range(3))
	frappe.db.set_value("SV Aftercare Contact", held, "held_at", now_datetime())
	frappe.db.set_value("SV Aftercare Contact", raised, {"held_at": now_datetime(), "disadvantage": 1})
	held_contacts.execute()
	states = [frappe.db.get_value("SV Aftercare Contact", name, "status") for name in (held, raised, planned)]
	assert states == ["Held", "Raised", "Planned"]


def test_roles_from_before_two_persons_count_as_given_and_later_ones_do_not():
	early, late = make_user(), make_user()
	frappe.db.delete("SV Approval", {"kind": staff.GRANTED})
	frappe.db.delete("Has Role", {"parent": late})
	for _again in range(2):
		roles_before_two_persons.execute()
		put_in_by_hand = frappe.new_doc("Has Role")
		put_in_by_hand.update({"parent": late, "parenttype": "User", "role": CCP_STAFF})
		put_in_by_hand.set_new_name()
		put_in_by_hand.db_insert()
	assert (staff.came_by_approval(early, CCP_STAFF), staff.came_by_approval(late, CCP_STAFF)) == (
		True,
		False,
	)
