"""The queue in Helpdesk shows when a case's first response and settlement are due, and nothing undoes that."""

import importlib
from datetime import datetime, timedelta

import pytest

import frappe
from frappe.utils import cstr, get_datetime, now_datetime

from sv_helpdesk.deadlines import sweep
from sv_helpdesk.helpdesk import sealed_ticket, ticket_dates
from sv_helpdesk.test_utils import (
	make_deadline,
	make_desk,
	make_report,
	make_report_without_clocks,
	make_term,
)
from sv_helpdesk.workflows.moving import follow

TICKET = "HD Ticket"
HOURLY = "update_sla_status_in_ticket"
AUTO_CLOSE = {"auto_close_tickets": 1, "auto_close_after_days": 3, "auto_close_status": "Replied"}
NOW = now_datetime().replace(microsecond=0)
FIELDS = ("response_by", "resolution_by", "agreement_status")


def days(number: float) -> datetime:
	return NOW + timedelta(days=number)


def sealed_case(**clocks: tuple[float, dict]):
	"""Return a case with a ticket; each clock is what must be done, in how many days, and how it stands."""
	report = make_report_without_clocks()
	report.db_set("ticket", sealed_ticket.create(report.case_number, None))
	for kind, (due, values) in clocks.items():
		make_deadline(
			report=report.name, kind=kind.replace("_", " "), started_at=days(-9), due_at=days(due), **values
		)
	ticket_dates.show([report.name])
	return report


def ticket_of_it():
	values = {"subject": "Wifi", "raised_by": "piet@uni.example", "via_customer_portal": 1}
	return frappe.get_doc({"doctype": TICKET, **values}).insert()


def on_ticket(report) -> tuple:
	shown = frappe.db.get_value(TICKET, report.ticket, FIELDS, as_dict=True)
	return tuple(shown[field] for field in FIELDS)


def test_a_ticket_shows_when_first_response_and_settlement_are_due():
	report = sealed_case(Acknowledgement=(1, {}), First_talk=(2, {}), Settlement=(9, {}))
	assert on_ticket(report) == (days(1), days(9), "First Response Due")


def test_a_desk_without_a_term_of_settlement_shows_what_is_due_first():
	met = {"status": "Met", "met_at": days(-8)}
	report = sealed_case(Acknowledgement=(-7, met), Triage=(5, {}), First_talk=(2, {}))
	assert on_ticket(report) == (days(-7), days(2), "Resolution Due")
	assert frappe.db.get_value(TICKET, report.ticket, "first_responded_on") == days(-8)


def test_a_clock_that_waits_or_was_called_off_is_not_due_before_one_that_runs():
	waits = {"status": "Paused", "paused_at": days(-1)}
	report = sealed_case(Triage=(1, waits), Settlement=(2, {"status": "Cancelled"}), First_talk=(3, {}))
	assert on_ticket(report) == (None, days(3), "Resolution Due")
	assert on_ticket(sealed_case(Triage=(1, waits)))[1:] == (days(1), "Paused")


def test_what_is_late_or_was_answered_late_has_failed():
	assert on_ticket(sealed_case(Triage=(-1, {"status": "Breached"})))[2] == "Failed"
	assert on_ticket(sealed_case(Triage=(-1, {})))[2] == "Failed"
	late = {"status": "Met", "met_at": days(-1), "breached_at": days(-2)}
	assert on_ticket(sealed_case(Acknowledgement=(-2, late), Triage=(3, {})))[2] == "Failed"


def test_a_settled_case_of_a_desk_without_a_term_of_settlement_shows_what_was_done_last():
	met = {"status": "Met", "met_at": days(-3)}
	cancelled = {"status": "Cancelled"}
	report = sealed_case(Acknowledgement=(-7, met), Triage=(-2, met), First_talk=(2, cancelled))
	shown = ("resolution_by", "resolution_date", "agreement_status")
	assert frappe.db.get_value(TICKET, report.ticket, shown) == (days(-2), days(-3), "Failed")
	in_time = sealed_case(Acknowledgement=(-2, met), Triage=(-1, met))
	assert frappe.db.get_value(TICKET, in_time.ticket, shown) == (days(-1), days(-3), "Fulfilled")


def test_a_case_of_which_all_was_in_time_is_fulfilled_and_one_without_clocks_shows_nothing():
	in_time = {"status": "Met", "met_at": days(-3)}
	settled = sealed_case(Acknowledgement=(-2, in_time), Settlement=(4, in_time))
	assert on_ticket(settled) == (days(-2), days(4), "Fulfilled")
	assert on_ticket(sealed_case()) == (None, None, None)


def test_a_sealed_ticket_has_no_agreement_of_helpdesks_from_its_first_moment():
	report = make_report_without_clocks()
	ticket = frappe.get_doc(TICKET, sealed_ticket.create(report.case_number, None))
	assert [ticket.get(field) for field in ("sla", *FIELDS)] == [None] * 4


def test_a_form_somebody_has_open_can_still_be_saved():
	report = sealed_case(Triage=(1, {}))
	opened = frappe.get_doc(TICKET, report.ticket)
	make_deadline(report=report.name, kind="First talk", due_at=days(0.5))
	ticket_dates.show([report.name])
	opened.priority = "High"
	opened.save()
	assert on_ticket(report)[1] == days(0.5)


def test_saving_a_ticket_puts_no_agreement_of_helpdesks_on_it_and_none_in_its_history():
	report = sealed_case(Acknowledgement=(1, {}), Settlement=(9, {}))
	ticket = frappe.get_doc(TICKET, report.ticket)
	ticket.priority = "High"
	ticket.save()
	assert (ticket.sla, *on_ticket(report)) == (None, days(1), days(9), "First Response Due")
	history = frappe.get_all("HD Ticket Activity", filters={"ticket": ticket.name}, pluck="action")
	assert history and not any("SLA" in action for action in history)


def test_the_hourly_job_of_helpdesk_leaves_a_sealed_ticket_as_it_is(monkeypatch):
	tickets = importlib.import_module("helpdesk.helpdesk.doctype.hd_ticket.hd_ticket")
	if not hasattr(tickets, HOURLY):
		pytest.skip("this Helpdesk has no hourly job")
	# the job commits after every ticket
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	report = sealed_case(Settlement=(9, {}))
	of_it = ticket_of_it()
	frappe.db.set_value(TICKET, of_it.name, "response_by", days(-1))
	getattr(tickets, HOURLY)()
	assert frappe.db.get_value(TICKET, of_it.name, "agreement_status") == "Failed"
	assert on_ticket(report) == (None, days(9), "Resolution Due")


def test_a_ticket_follows_the_clocks_of_its_case_step_by_step():
	desk = make_desk().name
	make_term("Settlement", 40, desk=desk)
	report = make_report(desk=desk)
	report.db_set("ticket", sealed_ticket.create(report.case_number, None))
	due = dict(frappe.get_all("SV Deadline", {"report": report.name}, ["kind", "due_at"], as_list=True))
	follow("SV Report", report.name, "acknowledge")
	assert on_ticket(report) == (due["Acknowledgement"], due["Settlement"], "Resolution Due")
	assert frappe.db.get_value(TICKET, report.ticket, "first_responded_on")
	for step in ("triage", "handle", "settle"):
		follow("SV Report", report.name, step)
	assert on_ticket(report)[1:] == (due["Settlement"], "Fulfilled")


def test_what_the_sweep_finds_late_has_failed_in_the_queue():
	report = sealed_case(Triage=(1, {}))
	frappe.db.set_value("SV Deadline", {"report": report.name}, {"warn_at": days(0.5), "next_at": days(0.5)})
	sweep.batch(days(1.5))
	assert on_ticket(report)[1:] == (days(1), "Failed")


def test_the_daily_job_of_helpdesk_closes_no_sealed_ticket(monkeypatch):
	tickets = importlib.import_module("helpdesk.helpdesk.doctype.hd_ticket.hd_ticket")
	if not frappe.get_meta("HD Settings").has_field("auto_close_tickets"):
		pytest.skip("this Helpdesk closes no tickets by itself")
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	for fieldname, value in AUTO_CLOSE.items():
		if frappe.get_meta("HD Settings").has_field(fieldname):
			frappe.db.set_single_value("HD Settings", fieldname, value)
	report, of_it = sealed_case(Triage=(1, {})), ticket_of_it()
	frappe.get_doc(
		{
			"doctype": "Communication",
			"subject": "Wifi",
			"communication_date": days(-9),
			"reference_doctype": TICKET,
			"reference_name": of_it.name,
		}
	).insert()
	for ticket in (of_it.name, report.ticket):
		frappe.db.set_value(TICKET, ticket, "status", "Replied")
	tickets.close_tickets_after_n_days()
	assert frappe.db.get_value(TICKET, of_it.name, "status") == "Closed"
	assert frappe.db.get_value(TICKET, report.ticket, "status") == "Replied"


def test_no_term_of_the_law_and_nothing_that_belongs_to_a_case_shows_in_the_queue():
	report = sealed_case(Statutory_feedback=(1, {}), Triage=(3, {}))
	action = {"document_type": "SV Action", "document_name": "0123456789"}
	make_deadline(report=report.name, kind="Action", due_at=days(2), **action)
	ticket_dates.show([report.name])
	assert frappe.db.get_value(TICKET, report.ticket, "resolution_by") == days(3)


def test_a_ticket_of_it_keeps_its_own_agreement():
	ticket = ticket_of_it()
	# Helpdesk saves it again itself while it comes in
	ticket.reload()
	ticket.priority = "High"
	ticket.save()
	assert ticket.sla and get_datetime(ticket.response_by) and ticket.agreement_status


def test_a_helpdesk_without_some_of_the_fields_gets_the_others(monkeypatch):
	report = sealed_case(Triage=(1, {}))
	make_deadline(report=report.name, kind="Settlement", due_at=days(3))
	meta = type(frappe.get_meta(TICKET))
	known = meta.has_field
	unknown = (TICKET, "sla")
	monkeypatch.setattr(
		meta, "has_field", lambda self, field: (self.name, field) != unknown and known(self, field)
	)
	frappe.db.set_value(TICKET, report.ticket, "sla", "Default", update_modified=False)
	ticket_dates.show([report.name])
	monkeypatch.undo()
	assert on_ticket(report)[1] == days(3)
	assert frappe.db.get_value(TICKET, report.ticket, "sla") == "Default"


def test_many_cases_take_one_statement_and_cases_without_a_ticket_none():
	reports = [sealed_case(Triage=(number, {})) for number in (1, 2, 3)]
	without = make_report_without_clocks()
	written = []
	run = frappe.db.sql

	def noted(query, *args, **kwargs):
		if cstr(query).lstrip().lower().startswith("update"):
			written.append(query)
		return run(query, *args, **kwargs)

	frappe.db.sql = noted
	try:
		ticket_dates.show([*(report.name for report in reports), without.name])
	finally:
		frappe.db.sql = run
	assert len(written) == 1
	assert [on_ticket(report)[1] for report in reports] == [days(1), days(2), days(3)]


def test_sites_that_had_cases_before_show_their_dates_after_the_update():
	report = sealed_case(Triage=(1, {}))
	frappe.db.set_value(TICKET, report.ticket, {"sla": "Default", "resolution_by": None})
	ticket_dates.show_all()
	assert frappe.db.get_value(TICKET, report.ticket, ["sla", "resolution_by"]) == (None, days(1))
