"""A person from whom a case is hidden; written by sv_helpdesk.permissions.denied_list."""

from sv_helpdesk.access_log.document import LoggedDocument


class SVDenied(LoggedDocument):
	"""Case and keyed hash of a user id; beats every other right."""
