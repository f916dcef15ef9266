"""When a desk is open."""

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from sv_helpdesk.deadlines import applying, desk_calendars
from sv_helpdesk.social_safety import checks

TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:00)?|24:00(:00)?")
# nobody closes for longer
LONGEST_CLOSURE = 366


class SVCalendar(Document):
	"""Deadlines in working time count by it, so it has to open."""

	def validate(self):
		self.write_hours_alike()
		self.check_closing_days()
		self.check_that_it_opens()

	def on_update(self):
		if self.get_doc_before_save():
			applying.say_that_none_moved()

	def write_hours_alike(self) -> None:
		"""Times of the day as 09:00.

		They are Data: a Time field always starts at the present time.
		"""
		for row in self.hours:
			for fieldname in ("opens_at", "closes_at"):
				text = str(row.get(fieldname) or "").strip()
				if not TIME_OF_DAY.fullmatch(text):
					frappe.throw(
						_(
							"The opening hours in row {0} are not times of the day. Write them as 09:00 and 17:00."
						).format(row.idx)
					)
				row.set(fieldname, text.rjust(5, "0") if text.count(":") == 1 else text[:-3].rjust(5, "0"))

	def check_closing_days(self) -> None:
		"""Refuse a closure that ends before it begins or lasts for years."""
		for row in self.closing_days:
			checks.are_days(row, "from_date", "to_date")
			days = (getdate(row.to_date or row.from_date) - getdate(row.from_date)).days
			if not 0 <= days <= LONGEST_CLOSURE:
				frappe.throw(
					_(
						"The closing days in row {0} end before they begin, or last longer than a year. Correct them."
					).format(row.idx)
				)

	def check_that_it_opens(self) -> None:
		"""Refuse hours that overlap or never come."""
		desk_calendars.usable(desk_calendars.from_document(self))
