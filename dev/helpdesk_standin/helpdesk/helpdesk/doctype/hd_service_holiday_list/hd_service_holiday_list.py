"""HD Service Holiday List: the days on which the helpdesk is closed."""

from frappe.model.document import Document


class HDServiceHolidayList(Document):
	"""Counts its days."""

	def validate(self):
		"""Keep the number of days."""
		self.total_holidays = len(self.holidays)
