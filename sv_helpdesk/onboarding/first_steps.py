"""The first steps of a coordinator, each with what is still wrong and where it is mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk.deadlines.calendars import BadCalendar
from sv_helpdesk.deadlines.desk_calendars import from_document, usable
from sv_helpdesk.deadlines.working_time import NeverDue
from sv_helpdesk.onboarding import mail
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.reports import head_counts
from sv_helpdesk.self_check import keys, people
from sv_helpdesk.two_persons import notices

# nobody keeps seconds; without them the host's pickers don't show them
DUTCH = {"date_format": "dd-mm-yyyy", "time_format": "HH:mm", "number_format": "#.###,##"}


@dataclass(frozen=True)
class Step:
	"""One thing that a site needs.

	Attributes:
		title: what it is, in English; its Dutch is in the dictionary.
		faults: yields a sentence for each thing that is wrong, and how it is mended.
		doctype: whose list is where that is done; None: on the server.
		quick: whether it asks no other machine and little of ours, so that a workspace may ask it each time.
	"""

	title: str
	faults: Callable[[], Iterator[str]]
	doctype: str | None = None
	quick: bool = True


@frappe.whitelist(methods=["POST"])
def mine() -> list[dict]:
	"""Look at all steps now, mailboxes and mail servers too, and return them.

	Returns:
		Each with `title`, `done`, `faults` in sentences without any secret, and `doctype` of the list in which it
		is mended.

	Raises:
		frappe.PermissionError: the session's user is no coordinator.
	"""
	if COORDINATOR not in acting_roles(frappe.session.user):
		frappe.throw(_("The first steps are the coordinator's. Ask one of them."), frappe.PermissionError)
	return [_looked_at(step) for step in STEPS]


def left() -> int:
	"""Return how many of the quick steps are still to be done."""
	return sum(bool(_faults(step)) for step in STEPS if step.quick)


def _looked_at(step: Step) -> dict:
	faults = _faults(step)
	return {"title": _(step.title), "done": not faults, "faults": faults, "doctype": step.doctype}


def _faults(step: Step) -> list[str]:
	"""Return what is wrong; a step that can't be looked at is wrong itself and hides no other."""
	try:
		return list(dict.fromkeys(step.faults()))
	except Exception as error:
		frappe.clear_messages()
		return [_("This could not be looked at ({0}). Ask who runs the server.").format(type(error).__name__)]


def key_file() -> Iterator[str]:
	"""The key file can be read, by nobody else, and lies outside the site's folder and so its backups."""
	yield from (finding.sentence for finding in keys.key_file())


def key_ring() -> Iterator[str]:
	"""The keys in the file fit the cases of this site."""
	yield from (finding.sentence for finding in keys.key_ring_health())


def desks() -> Iterator[str]:
	"""There is a desk, with people who work there and one who leads them."""
	yield from _no_desk()
	yield from (finding.sentence for finding in people.desks())


def second_person() -> Iterator[str]:
	"""Somebody can approve what one person asks."""
	if len(notices.watchers()) < 2:
		yield _(
			"Nobody can approve what you ask. Have a second coordinator or a privacy officer appointed: "
			"ask for their role in their account."
		)


def calendars() -> Iterator[str]:
	"""Each desk has opening hours of its own that deadlines can be counted by."""
	yield from _no_desk()
	for desk in _desks():
		if not desk.calendar:
			yield _(
				"Desk {0} has no opening hours, so deadlines go by office hours. Choose a calendar in the desk."
			).format(desk.title)
			continue
		try:
			usable(from_document(frappe.get_doc("SV Calendar", desk.calendar)))
		except (BadCalendar, NeverDue):
			frappe.clear_messages()
			yield _("By the opening hours {0} nothing can be counted. Correct them.").format(desk.calendar)


def units() -> Iterator[str]:
	"""The organisation's units are there, with how many people work in them."""
	year = getdate().year
	if not frappe.db.count("SV Unit", {"enabled": 1}):
		yield _("There are no organisation units. Add them, with their head counts.")
	elif not head_counts.employees(year):
		yield _("No unit has a head count of {0}. Without one, figures show no shares of employees.").format(
			year
		)


def days_and_numbers() -> Iterator[str]:
	"""Where Dutch is read, the site writes days, times and numbers the Dutch way; changing that is the site's own."""
	if "nl" not in (frappe.get_system_settings("language"), frappe.local.lang):
		return
	for fieldname, dutch in DUTCH.items():
		if (chosen := frappe.get_system_settings(fieldname)) != dutch:
			label = _(frappe.get_meta("System Settings").get_label(fieldname))
			yield _("{0} is {1}. Choose {2} in System Settings, as it is read in Dutch.").format(
				label, chosen, dutch
			)


def mailboxes() -> Iterator[str]:
	"""A desk has a mailbox."""
	if not any(desk.email_account for desk in _desks()):
		yield _("No desk has a mailbox, so no mail becomes a case. Choose one in the desk.")


def incoming() -> Iterator[str]:
	"""Each mailbox lets us in; without one nothing comes in."""
	yield from mailboxes()
	for desk in _desks():
		if desk.email_account:
			yield from mail.incoming(desk.title, desk.email_account)


def outgoing() -> Iterator[str]:
	"""Answers can leave from each mailbox, and notices from the site."""
	yield from mail.default_outgoing()
	if not any(desk.email_account for desk in _desks()):
		yield _("No desk has a mailbox, so no answer can leave. Choose one in the desk.")
	for desk in _desks():
		if desk.email_account:
			yield from mail.outgoing(desk.title, desk.email_account)


def _no_desk() -> Iterator[str]:
	if not _desks():
		yield _("There is no desk in use. Make one, with its people and one of them as coordinator.")


def _desks() -> list:
	return frappe.get_all(
		"SV Desk",
		filters={"enabled": 1},
		fields=["name", "title", "calendar", "email_account"],
		order_by="title asc",
	)


STEPS = (
	Step("The key file is safe", key_file),
	Step("The keys fit the cases", key_ring, quick=False),
	Step("A desk with its people", desks, "SV Desk", quick=False),
	Step("A second person who approves", second_person, "User"),
	Step("Opening hours", calendars, "SV Calendar"),
	Step("Units and their head counts", units, "SV Unit"),
	Step("Days and numbers as they are read", days_and_numbers, "System Settings"),
	Step("A mailbox for the desk", mailboxes, "SV Desk"),
	Step("Mail comes in", incoming, "Email Account", quick=False),
	Step("Mail goes out", outgoing, "Email Account", quick=False),
)
