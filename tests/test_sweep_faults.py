"""Whatever dies during a sweep, and whoever sweeps at once: no warning is lost, none is told twice."""

from collections import Counter
from pathlib import Path

import pytest
from deadline_helpers import DAY, HOUR, NOW, bell, make_clock, make_outgoing_account
from grant_helpers import desk_of
from people import make_people
from sweep_processes import doomed, start, until_one_waits

import frappe
from frappe.utils import now_datetime

from dev import services
from dev.layout import SITES, TEST_SITE
from dev.steps import Steps
from sv_helpdesk import notices
from sv_helpdesk.deadlines import delivery, sweep
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.test_utils import make_report

pytestmark = [pytest.mark.commits, pytest.mark.usefixtures("without_clocks")]

CLOCKS = 7
SIZE = 3
POINTS = (
	"before:sv_helpdesk.deadlines.sweep!_due",
	"after:sv_helpdesk.deadlines.sweep!_due",
	"after:sv_helpdesk.deadlines.sweep!_move",
	"after:sv_helpdesk.deadlines.history!note",
	"before:sv_helpdesk.deadlines.telling!write",
	"after:sv_helpdesk.deadlines.telling!write",
	"after:sv_helpdesk.deadlines.sweep!batch",
	"before:sv_helpdesk.deadlines.delivery!deliver",
	"after:sv_helpdesk.notices!_show",
	"after:sv_helpdesk.notices!_mail",
	"after:sv_helpdesk.deadlines.delivery!deliver",
)


@pytest.fixture
def world():
	"""A desk with a coordinator and a handler, who has clocks that are due; nothing of earlier tests."""
	for doctype in (
		"SV Deadline",
		"SV Deadline Event",
		"SV Deadline Notice",
		"Notification Log",
		"Email Queue",
		"Email Queue Recipient",
	):
		frappe.db.delete(doctype)
	make_outgoing_account()
	coordinator, handler = make_people("sweeping", COORDINATOR, CCP_STAFF)
	desk = desk_of(coordinator, None, handler)
	cases = [make_report(desk=desk.name, handler=handler) for _number in range(CLOCKS)]
	clocks = [
		make_clock(case, handler, NOW + (number + 1) * HOUR / 60, next_at=NOW)
		for number, case in enumerate(cases)
	]
	frappe.db.commit()
	yield frappe._dict(coordinator=coordinator, handler=handler, clocks=clocks)
	frappe.db.rollback()
	for doctype in ("SV Deadline", "SV Deadline Event", "SV Deadline Notice"):
		frappe.db.delete(doctype)
	frappe.db.commit()


def swept(moment) -> None:
	"""Sweep as the next job does."""
	frappe.db.rollback()
	sweep.run(moment, SIZE)
	frappe.db.rollback()


def assert_told_once(world, moment) -> None:
	"""Every clock was told once to each: in the notices, among their notifications and by mail."""
	rows = frappe.get_all("SV Deadline Notice", fields=["deadline", "user", "stage", "told_at"])
	told = Counter((row.deadline, row.user) for row in rows)
	expected = {(clock, user) for clock in world.clocks for user in (world.handler, world.coordinator)}
	assert told == Counter(expected)
	assert {row.stage for row in rows} == {3}
	events = frappe.get_all("SV Deadline Event", fields=["parent", "event"])
	assert Counter((row.parent, row.event) for row in events) == Counter(
		(clock, "Breached") for clock in world.clocks
	)
	assert all(row.told_at for row in rows)
	for user in (world.handler, world.coordinator):
		shown = frappe.get_all("Notification Log", {"for_user": user}, pluck="subject")
		assert sum(number_in(subject) for subject in shown) == CLOCKS, shown
		assert frappe.db.count("Email Queue Recipient", {"recipient": user}) == len(shown)
	assert not frappe.db.count("SV Deadline", {"next_at": ["<=", moment]})
	assert frappe.db.count("SV Deadline", {"stage": 3, "status": "Breached"}) == CLOCKS


def number_in(sentence: str) -> int:
	first = sentence.split()[0]
	return 1 if first == "One" else int(first)


@pytest.mark.parametrize("how", ["killed", "database"])
@pytest.mark.parametrize("point", POINTS)
def test_a_sweep_that_dies_or_loses_its_database_loses_no_warning_and_tells_none_twice(world, point, how):
	moment = NOW + HOUR
	doomed(moment, SIZE, point, how)
	for _again in range(2):
		swept(moment)
	assert_told_once(world, moment)


def test_two_sweeps_at_once_pass_over_each_others_rows(world):
	moment = NOW + HOUR
	processes = [start(moment, SIZE, SWEEP_WAITS="sweep._due") for _number in range(2)]
	try:
		assert [process.stdout.readline() for process in processes] == [f"holds {SIZE}\n"] * 2
		# both go on with rows in hand; the end of their input keeps neither waiting again
		ended = [process.communicate("\n", timeout=120) for process in processes]
	finally:
		for process in processes:
			process.kill()
	assert [process.returncode for process in processes] == [0, 0], ended
	assert sum(int(output.split()[-1]) for output, _errors in ended) == CLOCKS
	swept(moment)
	assert_told_once(world, moment)


def test_two_that_tell_at_once_tell_one_digest(world):
	while sweep.batch(NOW, SIZE):
		frappe.db.commit()
	processes = [start(NOW, SIZE, SWEEP_WAITS="delivery._waiting")]
	try:
		assert processes[0].stdout.readline() == "holds 1\n"
		processes.append(start(NOW, SIZE))
		until_one_waits()
		ended = [process.communicate("\n", timeout=120) for process in processes]
	finally:
		for process in processes:
			process.kill()
	assert [process.returncode for process in processes] == [0, 0], ended
	frappe.db.rollback()
	assert bell(world.handler) == [f"{CLOCKS} things wait for you. Look at your agenda."]
	assert frappe.db.count("Email Queue Recipient", {"recipient": world.handler}) == 1


def test_a_clock_that_is_set_back_tells_nothing_twice(world):
	moment = NOW + HOUR
	for at in (moment, NOW, NOW - 30 * DAY, moment):
		swept(at)
	assert_told_once(world, moment)


def test_many_sweeps_one_after_another_tell_once(world):
	for _again in range(4):
		swept(NOW + HOUR)
	assert_told_once(world, NOW + HOUR)


def test_the_job_is_queued_once_and_again_after_redis_was_flushed(world, worker):
	frappe.db.sql("update `tabSV Deadline` set `due_at` = '2020-01-01', `next_at` = '2020-01-01'")
	# some are told of in the database when Redis forgets, and nobody has heard
	assert sweep.batch(now_datetime(), SIZE) == SIZE
	frappe.db.commit()
	for _again in range(2):
		sweep.enqueue()
		frappe.db.commit()
	assert len(waiting()) == 1
	flush_queues()
	assert waiting() == []
	sweep.enqueue()
	frappe.db.commit()
	assert len(waiting()) == 1
	worker()
	frappe.db.rollback()
	assert_told_once(world, now_datetime())


def flush_queues() -> None:
	"""Empty the Redis of the queues; on a bench that isn't ours only of the sweeps of this site."""
	from frappe.utils.background_jobs import get_redis_conn

	if Path(frappe.local.sites_path).resolve() == SITES.resolve():
		get_redis_conn().flushdb()
		return
	for job in waiting():
		get_redis_conn().delete(job.key)
		get_redis_conn().lrem("rq:queue:" + job.origin, 0, job.id)


def waiting() -> list:
	"""The sweeps that wait in the site's queues."""
	from frappe.utils.background_jobs import get_queues

	jobs = [
		job
		for queue in get_queues()
		for job in queue.get_jobs()
		if job.kwargs.get("site") == frappe.local.site
	]
	return [job for job in jobs if str(job.kwargs.get("method")).endswith("sweep.run")]


def test_one_person_who_can_not_be_told_keeps_nothing_from_the_others_and_is_told_later(world, monkeypatch):
	moment, show = NOW + HOUR, notices._show

	def show_to_others(user, *args, **about):
		if user == world.handler:
			raise RuntimeError("The corridor at night")
		return show(user, *args, **about)

	with monkeypatch.context() as broken:
		# more of theirs wait than are told at once
		broken.setattr(delivery, "MOST", SIZE)
		broken.setattr(notices, "_show", show_to_others)
		swept(moment)
	assert bell(world.handler) == []
	assert sum(map(number_in, bell(world.coordinator))) == CLOCKS
	logged = frappe.get_all("Error Log", fields=["method", "error"], order_by="creation desc", limit=1)[0]
	assert "tell_number" in str(logged.error) and "RuntimeError" in str(logged.error)
	assert "corridor" not in f"{logged.method} {logged.error}"
	swept(moment)
	assert_told_once(world, moment)


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_a_database_server_that_is_killed_costs_no_warning(world, point):
	if frappe.local.site != TEST_SITE:
		pytest.skip("kills the database server, which only our own bench survives")
	moment = NOW + HOUR
	frappe.db.close()
	doomed(moment, SIZE, point, "server")
	services.start_storage(Steps("test"))
	frappe.connect()
	swept(moment)
	assert_told_once(world, moment)
