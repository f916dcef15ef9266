"""HD Service Level Agreement: working time, targets and whether they were met."""

from datetime import datetime, time, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime, to_timedelta

LONGEST_SEARCH = 3650


class HDServiceLevelAgreement(Document):
	"""Targets per priority, counted in the working time of a week minus the days of a holiday list."""

	def validate(self):
		"""Refuse a table of priorities or working days that can't be counted with."""
		self.validate_priorities()
		self.validate_workdays()
		self.validate_default()

	def validate_priorities(self):
		"""Priorities come once, one of them is the default, answering takes no longer than solving."""
		names = [row.priority for row in self.priorities]
		defaults = [row.priority for row in self.priorities if row.default_priority]
		if len(names) != len(set(names)):
			frappe.throw(_("A priority is named twice; keep one row per priority."))
		if len(defaults) != 1:
			frappe.throw(_("Mark exactly one priority as the default."))
		for row in self.priorities:
			if self.apply_sla_for_resolution and (row.response_time or 0) > (row.resolution_time or 0):
				frappe.throw(_("The response time must not be longer than the resolution time."))
		self.default_priority = defaults[0]

	def validate_workdays(self):
		"""A weekday comes once and ends after it begins."""
		days = [row.workday for row in self.support_and_resolution]
		if len(days) != len(set(days)):
			frappe.throw(_("A weekday is named twice; keep one row per weekday."))
		if any(
			to_timedelta(row.start_time) >= to_timedelta(row.end_time) for row in self.support_and_resolution
		):
			frappe.throw(_("A working day must end after it begins."))

	def validate_default(self):
		"""There is always exactly one default agreement."""
		others = frappe.get_all(
			self.doctype, filters={"default_sla": 1, "name": ("!=", self.name)}, pluck="name"
		)
		if self.default_sla:
			for other in others:
				frappe.db.set_value(self.doctype, other, "default_sla", 0)
		elif not others:
			frappe.throw(_("One agreement must be the default; mark this one or another."))

	def get_workdays(self):
		"""Return the working hours: a dict from weekday name to its row, with start_time and end_time."""
		return {row.workday: row for row in self.support_and_resolution}

	def get_holidays(self):
		"""Return the dates on which nobody works."""
		rows = frappe.get_all(
			"HD Holiday",
			filters={"parent": self.holiday_list, "parenttype": "HD Service Holiday List"},
			order_by="holiday_date",
			pluck="holiday_date",
		)
		return [getdate(row) for row in rows]

	def windows(self, begin):
		"""Yield the working windows from a moment on, for ten years at most.

		Args:
			begin: a datetime; the first window starts no earlier.

		Yields:
			tuple[datetime, datetime]: begin and end of a window.
		"""
		workdays, holidays = self.get_workdays(), set(self.get_holidays())
		for number in range(LONGEST_SEARCH):
			day = begin.date() + timedelta(days=number)
			hours = workdays.get(day.strftime("%A"))
			if not hours or day in holidays:
				continue
			midnight = datetime.combine(day, time())
			opens = max(begin, midnight + to_timedelta(hours.start_time))
			closes = midnight + to_timedelta(hours.end_time)
			if opens < closes:
				yield opens, closes

	def calc_time(self, start_at, priority, target, hold_time=0):
		"""Return when a target is due.

		Args:
			start_at: when the clock started.
			priority: name of the priority.
			target: "response_time" or "resolution_time".
			hold_time: working seconds that the clock stood still.

		Returns:
			datetime: when the working time is used up.

		Raises:
			frappe.ValidationError: when the agreement doesn't name the priority or has no working time.
		"""
		row = next((row for row in self.priorities if row.priority == priority), None)
		if not row:
			frappe.throw(
				_("The agreement {0} has no targets for this priority; add a row.").format(self.name)
			)
		left = timedelta(seconds=(row.get(target) or 0) + (hold_time or 0))
		for opens, closes in self.windows(get_datetime(start_at)):
			if closes - opens >= left:
				return opens + left
			left -= closes - opens
		frappe.throw(_("The agreement {0} has no working time; add working days.").format(self.name))

	def calc_elapsed_time(self, start_time, end_time):
		"""Return the working seconds between two moments."""
		start_time, end_time = get_datetime(start_time), get_datetime(end_time)
		total = timedelta()
		for opens, closes in self.windows(start_time):
			if opens >= end_time:
				break
			total += min(closes, end_time) - opens
		return total.total_seconds()

	def apply(self, ticket):
		"""Write the clocks of this agreement into a ticket that is being saved.

		Args:
			ticket: the HD Ticket; changed, not saved.
		"""
		if ticket.is_new():
			ticket.service_level_agreement_creation = (
				ticket.service_level_agreement_creation or now_datetime()
			)
			ticket.priority = ticket.priority or self.default_priority
		elif ticket.has_value_changed("status"):
			self._status_changed(ticket)
		started = ticket.service_level_agreement_creation
		ticket.response_by = self.calc_time(started, ticket.priority, "response_time")
		ticket.resolution_by = self.calc_time(
			started, ticket.priority, "resolution_time", hold_time=ticket.total_hold_time
		)
		ticket.agreement_status = self.status_of(ticket)

	def _status_changed(self, ticket):
		before = ticket.get_doc_before_save()
		if before.status_category == "Resolved" and ticket.status == "Closed":
			return
		started, now = ticket.service_level_agreement_creation, now_datetime()
		if ticket.first_responded_on:
			ticket.first_response_time = self.calc_elapsed_time(started, ticket.first_responded_on)
			if get_datetime(ticket.first_responded_on) > get_datetime(ticket.response_by):
				ticket.first_response_failed_by = self.calc_elapsed_time(
					ticket.response_by, ticket.first_responded_on
				)
		if before.status_category == "Paused" and ticket.on_hold_since:
			held = self.calc_elapsed_time(ticket.on_hold_since, now)
			ticket.total_hold_time = (ticket.total_hold_time or 0) + held
			ticket.on_hold_since = None
		if ticket.status_category == "Paused":
			ticket.on_hold_since = ticket.on_hold_since or now
		if ticket.status_category != "Resolved":
			ticket.resolution_date = ticket.resolution_time = None
		elif not ticket.resolution_date:
			ticket.resolution_date = now
			took = self.calc_elapsed_time(started, now) - (ticket.total_hold_time or 0)
			ticket.resolution_time = max(took, 0)
			if ticket.resolution_by and now > get_datetime(ticket.resolution_by):
				ticket.resolution_failed_by = self.calc_elapsed_time(ticket.resolution_by, now)

	def status_of(self, ticket):
		"""Return how a ticket stands at this moment, by the targets that are written in it."""

		def late(due, done):
			return get_datetime(due) < (get_datetime(done) if done else now_datetime())

		if late(ticket.response_by, ticket.first_responded_on):
			return "Failed"
		if self.apply_sla_for_resolution and late(ticket.resolution_by, ticket.resolution_date):
			return "Failed"
		if ticket.on_hold_since:
			return "Paused"
		if not ticket.first_responded_on:
			return "First Response Due"
		if self.apply_sla_for_resolution and not ticket.resolution_date:
			return "Resolution Due"
		return "Fulfilled"
