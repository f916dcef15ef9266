"""What people were told of deadlines is forgotten a year later, but not while it keeps a clock from telling twice."""

import pytest
from deadline_helpers import DAY, HOUR, NOW, make_clock, state, swept, told

import frappe

from sv_helpdesk.deadlines import forgetting
from sv_helpdesk.test_utils import make_report

pytest_plugins = ["deadline_fixtures"]
pytestmark = pytest.mark.usefixtures("without_clocks", "outgoing")


def forgotten(before) -> int:
	"""Forget as the job does, without its commits; a notice at a time."""
	number = 0
	while forgetting.forget_some(before, 1):
		number += 1
	return number


def test_what_was_told_of_a_clock_that_has_stopped_or_is_gone_is_forgotten(people, case):
	met, cancelled, gone = (make_clock(case, people.handler) for _each in range(3))
	swept()
	frappe.db.set_value("SV Deadline", met, "status", "Met")
	frappe.db.set_value("SV Deadline", cancelled, "status", "Cancelled")
	frappe.db.delete("SV Deadline", {"name": gone})
	assert forgotten(NOW) == 0
	assert forgotten(NOW + HOUR) == 3
	assert told(met) == told(cancelled) == told(gone) == set()


@pytest.mark.parametrize("status", ["Running", "Paused", "Breached"])
def test_what_a_clock_told_is_kept_while_it_can_tell_more(people, case, status):
	clock = make_clock(case, people.handler)
	swept()
	frappe.db.set_value("SV Deadline", clock, "status", status)
	assert forgotten(NOW + 999 * DAY) == 0
	assert told(clock)


def test_what_nobody_was_told_yet_is_kept(people, case):
	clock = make_clock(case, people.handler)
	swept()
	frappe.db.set_value("SV Deadline", clock, "status", "Met")
	frappe.db.set_value("SV Deadline Notice", {"deadline": clock}, "told_at", None)
	assert forgotten(NOW + 999 * DAY) == 0


def test_a_clock_that_is_late_for_years_is_not_told_anew_after_forgetting(people):
	clock = make_clock(make_report(desk=people.desk.name, handler=people.handler), people.handler, NOW)
	swept()
	before = told(clock)
	forgotten(NOW + 999 * DAY)
	frappe.db.set_value("SV Deadline", clock, {"stage": 0, "next_at": NOW})
	swept()
	assert state(clock)[0] == 3
	assert told(clock) == before
	assert frappe.db.count("SV Deadline Notice", {"deadline": clock, "told_at": ["is", "not set"]}) == 0


def test_it_happens_every_day():
	assert f"{forgetting.__name__}.forget" in frappe.get_hooks("scheduler_events")["daily"]


def test_no_two_jobs_have_the_same_name_for_the_host_which_would_run_one_of_them_only():
	events = frappe.get_hooks("scheduler_events", app_name="sv_helpdesk")
	jobs = [job for event, jobs in events.items() if event != "cron" for job in jobs]
	jobs += [job for several in events["cron"].values() for job in several]
	# as Scheduled Job Type makes it
	names = [".".join(job.split(".")[-2:]) for job in jobs]
	assert len(names) == len(set(names)) > 5
