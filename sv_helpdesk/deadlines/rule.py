"""What a rule of a clock is: which kind on which document, and what moves it; kinds.py has all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from frappe.utils import get_datetime, now_datetime

INSERTED, FILLED_IN, TALK, ASKED, RECEIVED = (
	*("inserted", "filled in", "talk held"),
	*("question sent", "message received"),
)
Since = Callable[[object], datetime]


@dataclass(frozen=True)
class Rule:
	"""One kind of clock on one kind of document.

	Attributes:
		kind: what must be done, an option of SV Deadline.
		states: of the document in which it is still to be done, unless it was done already.
		starts: the event or step that starts it, and from which moment of the document it counts.
		meets, cancels, pauses, resumes: events and steps; FILLED_IN: somebody fills in `done`, in whatever way.
		where: the documents it is for. It is followed: a document that comes to fit starts the clock from its
			insertion's moment, one that no longer fits cancels it.
		done: field that holds when it was done, which may be before it is registered; none: when that happens.
		due: field that holds the day until which it runs; none: the term of its kind.
		moves_with: fields by which its start or end is set again when they change.
		owner: field that names who has to be in time; none: whoever handles the case.
	"""

	kind: str
	states: tuple[str, ...]
	starts: dict[str, Since]
	meets: tuple[str, ...] = ()
	cancels: tuple[str, ...] = ()
	pauses: tuple[str, ...] = ()
	resumes: tuple[str, ...] = ()
	where: Callable[[object], bool] | None = None
	done: str | None = None
	due: str | None = None
	moves_with: tuple[str, ...] = ()
	owner: str | None = None


def at(fieldname: str) -> Since:
	"""Return what reads a moment from a field of a document."""
	return lambda doc: get_datetime(doc.get(fieldname))


def present(_doc) -> datetime:
	"""Return the present moment, in site time."""
	return now_datetime()
