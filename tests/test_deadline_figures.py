"""How promises were kept: exact at one's own desks, of other desks only figures that tell of nobody (R3, R8)."""

from datetime import date, datetime, timedelta

import pytest
from grant_helpers import acting_as

import frappe
from frappe.desk.query_report import run

from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.reports import deadline_figures, quarters
from sv_helpdesk.reports.small_counts import suppressed
from sv_helpdesk.social_safety.report.deadlines.deadlines import execute
from sv_helpdesk.test_utils import make_deadline, make_desk, make_party, make_report_without_clocks, make_user

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
QUARTER = {"from_date": str(FIRST), "to_date": str(LAST)}
HIDDEN = "–"


@pytest.fixture
def coordinator():
	return make_user(COORDINATOR)


@pytest.fixture
def own(coordinator):
	return make_desk(coordinator, title="Own desk").name


@pytest.fixture
def other():
	return make_desk(title="Other desk").name


def ended(desk: str, *days_late: float, kind: str = "Triage", **values) -> str:
	"""Make clocks of one case at a desk that were met so many days late (below nought: early); return the case."""
	due = datetime(2026, 5, 12, 12)
	case = make_report_without_clocks(desk=desk).name
	for late in days_late:
		met = {"status": "Met", "met_at": due + timedelta(days=late)}
		make_deadline(
			kind=kind,
			desk=desk,
			report=case,
			started_at=datetime(2026, 3, 1),
			due_at=due,
			**{**met, **values},
		)
	return case


def each_ended(desk: str, *days_late: float, **values) -> None:
	"""Make a case for each of these clocks."""
	for late in days_late:
		ended(desk, late, **values)


def counted_anew() -> None:
	frappe.db.delete("SV Quarter Figures")
	quarters.freeze_finished()


def rows(user: str, **period) -> list[dict]:
	counted_anew()
	with acting_as(user):
		return execute({**QUARTER, **period})[1]


def of(desk: str, found: list[dict]) -> dict[str, tuple]:
	fields = ("ended", "in_time", "late", "in_time_percent", "median_days", "longest_days")
	return {row["kind"]: tuple(row[name] for name in fields) for row in found if row["desk"] == desk}


def test_at_ones_own_desk_everything_is_counted_exactly(coordinator, own):
	ended(own, -1, 0, 0.5, 3, 4.04)
	ended(own, -2, kind="First talk")
	assert of("Own desk", rows(coordinator)) == {
		"First talk": (1, 1, 0, 100, None, None),
		"Triage": (5, 2, 3, 40, 3.0, 4.0),
	}


def test_an_answer_of_the_reporter_is_no_promise_of_the_desk(coordinator, own):
	ended(own, -1, 3, kind="Answer of the reporter")
	assert of("Own desk", rows(coordinator)) == {}


def test_only_what_ended_in_the_period_counts(coordinator, own):
	for ended_at in (datetime(2026, 3, 31, 23, 59), datetime(2026, 7, 1)):
		ended(own, 1, met_at=ended_at)
	ended(own, 1, met_at=datetime(2026, 6, 30, 23, 59, 59))
	ended(own, 1, status="Cancelled")
	assert of("Own desk", rows(coordinator))["Triage"][0] == 1


def test_what_was_late_when_it_was_cancelled_was_not_kept(coordinator, own):
	cancelled = {"status": "Cancelled", "met_at": None, "breached_at": "2026-05-12 12:00:00"}
	ended(own, 0, cancelled_at="2026-05-14 12:00:00", **cancelled)
	ended(own, 0, cancelled_at="2026-07-01 00:00:00", **cancelled)
	ended(own, 0, cancelled_at="2026-05-10 12:00:00", **{**cancelled, "breached_at": None})
	ended(own, -1)
	assert of("Own desk", rows(coordinator)) == {"Triage": (2, 1, 1, 50, 2.0, 2.0)}


def test_a_coordinator_of_no_desk_has_no_figures_of_what_belongs_to_none():
	frappe.db.set_value("SV Deadline", {"report": ended(make_desk().name, 1)}, "desk", None)
	assert deadline_figures.of_own_desks(make_user(COORDINATOR), FIRST, LAST) == []


def test_what_runs_and_is_late_stands_at_ones_own_desk(coordinator, own, other):
	for desk in (own, other):
		ended(desk, 1, 1, status="Breached", met_at=None)
		each_ended(desk, *[-1] * 5)
	assert {row["desk"]: row["late_now"] for row in rows(coordinator) if "desk" in row["desk"]} == {
		"Own desk": 2,
		"Other desk": HIDDEN,
	}


def test_what_is_denied_to_a_coordinator_is_in_no_exact_figure(coordinator, own):
	ended(own, 1)
	make_party(ended(own, 1), "Accused", account=coordinator)
	assert of("Own desk", rows(coordinator))["Triage"][0] == 1


def test_of_another_desk_there_are_figures_without_small_counts(coordinator, own, other):
	each_ended(other, *[-1] * 20, *[1, 2, 3, 4, 9])
	each_ended(other, *[-1] * 20, *[1, 2], kind="First talk")
	each_ended(other, -1, 1, kind="Settlement")
	each_ended(other, *[-1] * 6, kind="Acknowledgement")
	# many clocks of one case are one case
	ended(other, *[-1] * 9, kind="Aftercare contact")
	assert of("Other desk", rows(coordinator)) == {
		"Acknowledgement": (6, 6, 0, 100, None, HIDDEN),
		"Triage": (25, 20, 5, 80, 3.0, HIDDEN),
		"First talk": (HIDDEN, HIDDEN, "<5", HIDDEN, HIDDEN, HIDDEN),
	}


def test_of_another_desk_nothing_shows_that_there_was_a_case_at_all(coordinator, own, other):
	ended(other, -1, kind="Statutory feedback")
	assert of("Other desk", rows(coordinator)) == {}


@pytest.mark.parametrize(
	("counts", "shown"),
	[
		({"ended": 12, "late": 5, "in_time": 7}, [12, 5, 7]),
		({"ended": 12, "late": 0, "in_time": 12}, [12, 0, 12]),
		({"ended": 6, "late": 1, "in_time": 5}, [HIDDEN, "<5", HIDDEN]),
		({"ended": 8, "late": 4, "in_time": 4}, [HIDDEN, "<5", "<5"]),
		({"ended": 3, "late": 0, "in_time": 3}, ["<5", HIDDEN, "<5"]),
		({"ended": 0, "late": 0, "in_time": 0}, [0, 0, 0]),
	],
)
def test_a_small_count_takes_along_what_would_give_it_away(counts, shown):
	assert list(suppressed(counts, 5).values()) == shown


def test_the_lowest_count_is_the_one_of_the_settings(coordinator, own, other):
	frappe.db.set_single_value("SV Settings", "threshold_internal", 7)
	each_ended(other, *[-1] * 6)
	assert of("Other desk", rows(coordinator)) == {}
	ended(other, -1)
	assert of("Other desk", rows(coordinator))["Triage"][0] == 7


@pytest.mark.parametrize(
	"period",
	[
		{"from_date": "2026-04-02"},
		{"to_date": "2026-06-29"},
		{"from_date": "2026-05-01", "to_date": "2026-07-31"},
		{"from_date": "2026-01-01"},
		{"from_date": "2099-01-01", "to_date": "2099-03-31"},
	],
)
def test_periods_that_could_be_subtracted_show_no_other_desk(coordinator, own, other, period):
	ended(other, *[-1] * 20)
	assert of("Other desk", rows(coordinator, **period)) == {}
	with acting_as(coordinator):
		assert "whole quarter" in execute({**QUARTER, **period})[2]
		assert "whole quarter" not in (execute(QUARTER)[2] or "")


def test_a_quarter_is_counted_two_weeks_after_its_end(coordinator, own, other, monkeypatch):
	ended(other, *[-1])
	each_ended(other, *[-1] * 5)
	for moment, told in (("2026-07-14 23:00:00", False), ("2026-07-15 00:00:00", True)):
		monkeypatch.setattr(quarters, "now_datetime", lambda moment=moment: datetime.fromisoformat(moment))
		assert bool(of("Other desk", rows(coordinator))) is told


def test_what_is_registered_late_moves_no_figure_that_was_told(coordinator, own, other):
	each_ended(other, *[-1] * 6)
	before = rows(coordinator)
	each_ended(other, *[-1] * 6)
	quarters.freeze_finished()
	with acting_as(coordinator):
		assert of("Other desk", before) == of("Other desk", execute(QUARTER)[1]) != {}


def test_each_quarter_since_the_first_promise_is_counted_once():
	frappe.db.delete("SV Deadline")
	counted_anew()
	assert frappe.db.count("SV Quarter Figures") == 0
	ended(make_desk().name, 1, met_at=datetime(2025, 12, 31, 23))
	for _time in range(2):
		quarters.freeze_finished()
		assert frappe.get_all("SV Quarter Figures", pluck="quarter", order_by="quarter asc")[:2] == [
			date(2025, 10, 1),
			date(2026, 1, 1),
		]


def test_where_there_is_nothing_it_is_said_where_figures_are(coordinator, own):
	ended(make_desk().name, 1)
	counted_anew()
	with acting_as(coordinator):
		assert "No deadline of your desks ended" in execute(QUARTER)[2]
		assert "No deadline of your desks ended" in execute({**QUARTER, "to_date": "2026-05-31"})[2]
	ended(own, -1)
	with acting_as(coordinator):
		assert execute(QUARTER)[2] is None


def test_other_desks_figures_are_the_same_for_every_reader(coordinator, own, other):
	each_ended(other, *[-1] * 4)
	case = ended(other, -1)
	make_party(case, "Accused", account=coordinator)
	another = make_user(COORDINATOR)
	make_desk(another)
	assert of("Other desk", rows(coordinator)) == of("Other desk", rows(another)) != {}


def test_nobody_but_a_coordinator_sees_it_whoever_the_request_names(coordinator, own):
	staff = make_user(CCP_STAFF)
	with acting_as(staff), pytest.raises(frappe.PermissionError, match="Only a coordinator"):
		execute(QUARTER)
	with acting_as(staff), pytest.raises(frappe.PermissionError):
		run("Deadlines", filters=QUARTER, user=coordinator)
	with pytest.raises(frappe.PermissionError):
		execute(QUARTER)


def test_a_coordinator_runs_it_in_the_desk(coordinator, own):
	ended(own, 1)
	with acting_as(coordinator):
		answer = run("Deadlines", filters=QUARTER)
	assert [row["desk"] for row in answer["result"] if row["desk"] == "Own desk"] == ["Own desk"]


def test_without_a_period_it_asks_for_one(coordinator):
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match="from which day"):
		execute({"from_date": "2026-01-01"})
