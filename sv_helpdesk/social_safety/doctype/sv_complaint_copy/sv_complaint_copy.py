"""A numbered copy of the file of a formal complaint, for one reader."""

from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.social_safety import checks


class SVComplaintCopy(LoggedDocument):
	"""Written by sv_helpdesk.complaints.copies alone; it stays as it is."""

	def validate(self):
		checks.refuse_change(self)

	def on_trash(self):
		checks.refuse_deletion()
