"""The first steps of a coordinator, each with what is still wrong and where it is mended."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

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


DESK, CALENDAR, UNIT = "SV Desk", "SV Calendar", "SV Unit"
MAILBOX, SETTINGS = "Email Account", "System Settings"


@dataclass(frozen=True)
class Fault:
	"""One thing that is wrong.

	Attributes:
		sentence: what it is, and how it is mended; without any secret.
		doctype: whose form or list is where that is done; None: on the server.
		name: of the one document that is to be changed, if it is one.
		title: by what people know that document.
	"""

	sentence: str
	doctype: str | None = None
	name: str | None = None
	title: str | None = None


@dataclass(frozen=True)
class Step:
	"""One thing that a site needs.

	Attributes:
		title: what it is, in English; its Dutch is in the dictionary.
		faults: yields each thing that is wrong.
		quick: whether it asks no other machine and little of ours, so that a workspace may ask it each time.
	"""

	title: str
	faults: Callable[[], Iterator[Fault]]
	quick: bool = True


@frappe.whitelist(methods=["POST"])
def mine() -> list[dict]:
	"""Look at all steps now, mailboxes and mail servers too, and return them.

	Returns:
		Each with `title`, `done` and `faults`, each of those as a Fault has it.

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
	return {"title": _(step.title), "done": not faults, "faults": [asdict(fault) for fault in faults]}


def _faults(step: Step) -> list[Fault]:
	"""Return what is wrong; a step that can't be looked at is wrong itself and hides no other."""
	try:
		return list(dict.fromkeys(step.faults()))
	except Exception as error:
		frappe.clear_messages()
		told = _("This could not be looked at ({0}). Ask who runs the server.").format(type(error).__name__)
		return [Fault(told)]


def key_file() -> Iterator[Fault]:
	"""The key file can be read, by nobody else, and lies outside the site's folder and so its backups."""
	yield from (Fault(finding.sentence) for finding in keys.key_file())


def key_ring() -> Iterator[Fault]:
	"""The keys in the file fit the cases of this site."""
	yield from (Fault(finding.sentence) for finding in keys.key_ring_health())


def desks() -> Iterator[Fault]:
	"""There is a desk, with people who work there and one who leads them."""
	yield from _no_desk()
	yield from (Fault(finding.sentence, DESK) for finding in people.desks())


def second_person() -> Iterator[Fault]:
	"""Somebody can approve what one person asks."""
	if len(notices.watchers()) < 2:
		told = _(
			"Nobody can approve what you ask. Have a second coordinator or a privacy officer appointed: "
			"ask for their role in their account."
		)
		yield Fault(told, "User")


def calendars() -> Iterator[Fault]:
	"""Each desk has opening hours of its own that deadlines can be counted by."""
	yield from _no_desk()
	for desk in _desks():
		if not desk.calendar:
			told = _(
				"Desk {0} has no opening hours, so deadlines go by office hours. Choose a calendar in the desk."
			)
			yield Fault(told.format(desk.title), DESK, desk.name, desk.title)
			continue
		try:
			usable(from_document(frappe.get_doc(CALENDAR, desk.calendar)))
		except (BadCalendar, NeverDue):
			frappe.clear_messages()
			told = _("By the opening hours {0} nothing can be counted. Correct them.").format(desk.calendar)
			yield Fault(told, CALENDAR, desk.calendar, desk.calendar)


def units() -> Iterator[Fault]:
	"""The organisation's units are there, with how many people work in them."""
	year = getdate().year
	if not frappe.db.count(UNIT, {"enabled": 1}):
		yield Fault(_("There are no organisation units. Add them, with their head counts."), UNIT)
	elif not head_counts.employees(year):
		told = _("No unit has a head count of {0}. Without one, figures show no shares of employees.")
		yield Fault(told.format(year), UNIT)


def days_and_numbers() -> Iterator[Fault]:
	"""Where Dutch is read, the site writes days, times and numbers the Dutch way; changing that is the site's own."""
	if "nl" not in (frappe.get_system_settings("language"), frappe.local.lang):
		return
	for fieldname, dutch in DUTCH.items():
		if (chosen := frappe.get_system_settings(fieldname)) != dutch:
			label = _(frappe.get_meta(SETTINGS).get_label(fieldname))
			told = _("{0} is {1}. Choose {2} in System Settings, as it is read in Dutch.")
			yield Fault(told.format(label, chosen, dutch), SETTINGS)


def mailboxes() -> Iterator[Fault]:
	"""A desk has a mailbox."""
	if not any(desk.email_account for desk in _desks()):
		yield Fault(_("No desk has a mailbox, so no mail becomes a case. Choose one in the desk."), DESK)


def incoming() -> Iterator[Fault]:
	"""Each mailbox lets us in; without one nothing comes in."""
	yield from mailboxes()
	for desk in _desks():
		if desk.email_account:
			yield from _of_mailbox(desk, mail.incoming(desk.title, desk.email_account))


def outgoing() -> Iterator[Fault]:
	"""Answers can leave from each mailbox, and notices from the site."""
	yield from (Fault(told, MAILBOX) for told in mail.default_outgoing())
	if not any(desk.email_account for desk in _desks()):
		yield Fault(_("No desk has a mailbox, so no answer can leave. Choose one in the desk."), DESK)
	for desk in _desks():
		if desk.email_account:
			yield from _of_mailbox(desk, mail.outgoing(desk.title, desk.email_account))


def _of_mailbox(desk, sentences: Iterator[str]) -> Iterator[Fault]:
	yield from (Fault(told, MAILBOX, desk.email_account, desk.email_account) for told in sentences)


def _no_desk() -> Iterator[Fault]:
	if not _desks():
		yield Fault(
			_("There is no desk in use. Make one, with its people and one of them as coordinator."), DESK
		)


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
	Step("A desk with its people", desks, quick=False),
	Step("A second person who approves", second_person),
	Step("Opening hours", calendars),
	Step("Units and their head counts", units),
	Step("Days and numbers as they are read", days_and_numbers),
	Step("A mailbox for the desk", mailboxes),
	Step("Mail comes in", incoming, quick=False),
	Step("Mail goes out", outgoing, quick=False),
)
