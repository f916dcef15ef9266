"""Calendars: hours with breaks, holidays, closing days, the helpdesk's holiday list."""

from datetime import datetime

import frappe

from sv_helpdesk.deadlines import working_time
from sv_helpdesk.deadlines.desk_calendars import calendar_of, from_document
from sv_helpdesk.test_utils import SVTestCase, make_calendar, make_desk

TUESDAY = datetime(2026, 11, 24, 15)


class TestSVCalendar(SVTestCase):
	def test_times_are_written_alike(self):
		calendar = make_calendar(hours=[monday("8:30:00", "24:00:00"), monday("0:00", "7:05")])
		times = [(row.opens_at, row.closes_at) for row in calendar.hours]
		self.assertEqual(times, [("08:30", "24:00"), ("00:00", "07:05")])

	def test_hours_that_nobody_can_keep_are_refused(self):
		self.assert_refused("row 1 are not times", make_calendar, hours=[monday("nine", "17:00")])
		self.assert_refused("row 1 are not times", make_calendar, hours=[monday("09:00", "25:00")])
		self.assert_refused("closes before", make_calendar, hours=[monday("17:00", "09:00")])
		both = [monday("09:00", "13:00"), monday("12:00", "17:00")]
		self.assert_refused("overlap", make_calendar, hours=both)
		self.assert_refused("never opens", make_calendar, hours=[])

	def test_a_calendar_that_is_always_closed_is_refused(self):
		always = [{"from_date": f"{year}-01-01", "to_date": f"{year}-12-31"} for year in range(2020, 2040)]
		self.assert_refused("hardly ever open", make_calendar, closing_days=always)

	def test_closing_days_that_make_no_sense_are_refused(self):
		backwards = [{"from_date": "2026-12-24", "to_date": "2026-12-23"}]
		self.assert_refused("end before they begin", make_calendar, closing_days=backwards)
		for_years = [{"from_date": "2026-12-24", "to_date": "2066-12-23"}]
		self.assert_refused("longer than a year", make_calendar, closing_days=for_years)

	def test_closing_days_that_do_not_exist_are_refused(self):
		never = [{"from_date": "0001-01-01"}]
		self.assert_refused("is not a day that exists", make_calendar, closing_days=never)

	def test_whoever_changes_opening_hours_reads_that_clocks_stay(self):
		frappe.clear_messages()
		calendar = make_calendar()
		self.assertNotIn("Clocks that run stay", str(frappe.get_message_log()))
		calendar.good_friday = 1
		calendar.save()
		self.assertIn("Clocks that run stay", str(frappe.get_message_log()))

	def test_a_desk_goes_by_its_calendar(self):
		week = ("Monday", "Tuesday", "Wednesday", "Thursday")
		hours = [{"weekday": day, "opens_at": "10:00", "closes_at": "16:00"} for day in week]
		closed = [{"from_date": "2026-11-25"}, {"from_date": "2026-11-30", "to_date": "2026-12-01"}]
		desk = make_desk(calendar=make_calendar(hours=hours, closing_days=closed).name)
		self.assertEqual(in_days(desk.name, 1), "2026-11-26 15:00")
		self.assertEqual(in_days(desk.name, 2), "2026-12-02 15:00")

	def test_a_desk_without_a_calendar_is_open_in_office_hours(self):
		self.assertEqual(in_days(make_desk().name, 4), "2026-11-30 15:00")
		self.assertEqual(in_days(None, 4), "2026-11-30 15:00")

	def test_the_public_holidays_that_were_chosen_count(self):
		good_friday, ascension = datetime(2026, 4, 3).date(), datetime(2026, 5, 14).date()
		usual, own = make_calendar(), make_calendar(good_friday=1, ascension_day=0)
		self.assertTrue(from_document(usual).spans(good_friday))
		self.assertFalse(from_document(usual).spans(ascension))
		self.assertFalse(from_document(own).spans(good_friday))
		self.assertTrue(from_document(own).spans(ascension))

	def test_days_off_in_the_helpdesks_list_are_closed_but_not_its_weekly_ones(self):
		days = [
			{"holiday_date": "2026-11-25", "description": "Open day", "weekly_off": 0},
			{"holiday_date": "2026-11-26", "description": "Thursday", "weekly_off": 1},
		]
		name = f"Days off {frappe.generate_hash(length=8)}"
		listed = {"holiday_list_name": name, "from_date": "2026-01-01", "to_date": "2026-12-31"}
		frappe.get_doc({"doctype": "HD Service Holiday List", **listed, "holidays": days}).insert()
		desk = make_desk(calendar=make_calendar(holiday_list=name).name)
		self.assertEqual(in_days(desk.name, 1), "2026-11-26 15:00")

	def test_it_is_the_time_zone_of_the_site(self):
		self.assertEqual(str(from_document(make_calendar()).zone), frappe.utils.get_system_timezone())


def monday(opens_at: str, closes_at: str) -> dict:
	return {"weekday": "Monday", "opens_at": opens_at, "closes_at": closes_at}


def in_days(desk: str | None, days: int) -> str:
	return f"{working_time.add_days(calendar_of(desk), TUESDAY, days):%Y-%m-%d %H:%M}"
