"""What is told of a clock at which moment, without a database."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest import TestCase

from sv_helpdesk.deadlines import stages

WARN = datetime(2026, 3, 4, 12)
DUE = datetime(2026, 3, 4, 15)
TOMORROW = datetime(2026, 3, 5, 9)
HOUR = timedelta(hours=1)


def clock(**values):
	return SimpleNamespace(
		**{"status": "Running", "stage": 0, "desk": "ccp", "warn_at": WARN, "due_at": DUE, **values}
	)


class EveryDayFromNine:
	"""A desk that opens every day."""

	def an_hour_before(self, desk, due):
		return due - HOUR

	def next_working_day(self, desk, moment):
		return datetime.combine(moment.date() + timedelta(days=1), TOMORROW.time())


def at(moment: datetime, **values):
	return stages.stage_at(clock(**values), moment, EveryDayFromNine())


class TestStages(TestCase):
	def test_a_clock_goes_from_stage_to_stage_at_its_moments(self):
		self.assertEqual(at(WARN - HOUR), (0, WARN))
		self.assertEqual(at(WARN), (1, DUE - HOUR))
		self.assertEqual(at(DUE - HOUR, stage=1), (2, DUE))
		self.assertEqual(at(DUE, stage=2), (3, TOMORROW))
		self.assertEqual(at(TOMORROW, stage=3), (4, TOMORROW + timedelta(days=1)))

	def test_a_clock_that_was_missed_for_days_has_its_present_stage_at_once(self):
		self.assertEqual(at(DUE - HOUR / 2).stage, stages.LAST_HOUR)
		self.assertEqual(at(DUE + timedelta(days=9)).stage, stages.BREACHED)

	def test_a_clock_without_a_warning_of_its_own_is_warned_about_in_its_last_hour(self):
		self.assertEqual(at(DUE - HOUR, warn_at=None), (2, DUE))

	def test_a_clock_that_waits_or_has_stopped_is_not_looked_at_again(self):
		for status in ("Paused", "Met", "Cancelled"):
			self.assertEqual(at(TOMORROW, status=status, stage=1), (1, None))

	def test_a_stage_never_goes_back(self):
		self.assertEqual(at(WARN, stage=2).stage, 2)
		self.assertEqual(at(WARN - HOUR, stage=1), (1, WARN))

	def test_the_next_look_is_always_later(self):
		moment = WARN - timedelta(days=1)
		while moment < DUE + timedelta(days=3):
			for stage in range(7):
				self.assertGreater(at(moment, stage=stage).next_at, moment)
			moment += HOUR / 4

	def test_who_is_told_grows_from_the_owner_to_the_stand_in(self):
		self.assertEqual(stages.reached(2), ("owner",))
		self.assertEqual(stages.reached(3), ("owner", "coordinator"))
		self.assertEqual(stages.reached(4), stages.reached(9))
		self.assertEqual(stages.reached(4), ("owner", "coordinator", "stand-in"))

	def test_only_who_hears_of_a_breach_for_the_first_time_hears_it_at_once(self):
		urgent = [
			(stage, level)
			for stage in range(1, 7)
			for level in stages.reached(stage)
			if stages.is_urgent(stage, level)
		]
		self.assertEqual(urgent, [(3, "owner"), (3, "coordinator"), (4, "stand-in")])
