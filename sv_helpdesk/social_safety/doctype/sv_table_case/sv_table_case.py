"""One case that a decision table deals with."""

from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.permissions import sides
from sv_helpdesk.social_safety import checks


class SVTableCase(LoggedDocument):
	"""Coded facts only; several reports about one person are one case here."""

	def validate(self):
		checks.no_row_twice(self, "reports", "report")
		sides.check_table_case(self)
