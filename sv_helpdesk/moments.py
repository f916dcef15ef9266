"""Moments as they are registered on a case."""

from datetime import datetime

from frappe.utils import now_datetime


def this_minute() -> datetime:
	"""Return the present moment in site time, to the minute."""
	return to_minute(now_datetime())


def to_minute(moment: datetime) -> datetime:
	"""Return a moment without its seconds.

	Where a site shows times without seconds, the Desk's form drops them and takes that for
	a change: a case would be "not saved" as soon as it is opened.
	"""
	return moment.replace(second=0, microsecond=0)
