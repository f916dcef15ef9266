"""How long it is until something is due, or since it was: in words of the reader's language."""

from datetime import datetime

from frappe import _

MINUTE, HOUR, DAY = 60, 3600, 86400


def in_words(due: datetime, now: datetime) -> str:
	"""Return "due in 2 days", "3 hours late" and so on; whole units, the largest of which there are two.

	Args:
		due: when it must be done.
		now: the present moment.
	"""
	seconds = int((due - now).total_seconds())
	return _late(-seconds) if seconds < 0 else _ahead(seconds)


def _ahead(seconds: int) -> str:
	if seconds >= 2 * DAY:
		return _("due in {0} days").format(seconds // DAY)
	if seconds >= 2 * HOUR:
		return _("due in {0} hours").format(seconds // HOUR)
	return _("due in {0} min.").format(seconds // MINUTE)


def _late(seconds: int) -> str:
	if seconds >= 2 * DAY:
		return _("{0} days late").format(seconds // DAY)
	if seconds >= 2 * HOUR:
		return _("{0} hours late").format(seconds // HOUR)
	return _("{0} min. late").format(seconds // MINUTE)
