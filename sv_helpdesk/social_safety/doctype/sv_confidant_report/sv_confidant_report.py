"""A coded count of a report to a faculty's PhD confidant."""

from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.social_safety import checks


class SVConfidantReport(LoggedDocument):
	"""Counted apart from the cases; holds no content and no names."""

	def validate(self):
		checks.not_in_future(self, "received_on")
		checks.in_use(self, "unit")
