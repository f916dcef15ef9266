"""The invented time of the pictures, and the people who do something in it."""

from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

import frappe

from sv_helpdesk.workflows.moving import move

NOW = "2025-03-11 10:30"
PLACE = ZoneInfo("Europe/Amsterdam")


def moment(text: str) -> datetime:
	"""Return a moment as a clock in the Netherlands tells it, such as "2025-03-11 10:30"."""
	return datetime.fromisoformat(text).replace(tzinfo=PLACE)


@contextmanager
def at(text: str):
	"""Let it be this moment of the invented time, running on; see `moment`."""
	with time_machine.travel(moment(text), tick=True) as clock:
		yield clock


@contextmanager
def acting_as(user: str):
	"""Do something as this person."""
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user("Administrator")


def new(user: str, doctype: str, **values) -> str:
	"""Return the name of a document that this person makes."""
	with acting_as(user):
		return frappe.get_doc({"doctype": doctype, **values}).insert().name


def take(user: str, doctype: str, name: str, step: str, **values) -> None:
	"""Take a step of a document as this person."""
	with acting_as(user):
		move(doctype, name, step, values)
