"""What somebody can have at a desk: which field names them, and while it is in which state."""

from typing import NamedTuple

from frappe import _

from sv_helpdesk.workflows.action import UNFINISHED
from sv_helpdesk.workflows.case import UNDER_WAY
from sv_helpdesk.workflows.subject_request import HANDED_OUT, WITHDRAWN

CLOSED = ("Closed", "Withdrawn")


class Kind(NamedTuple):
	"""One kind of thing that somebody can have.

	Attributes:
		doctype: of the document.
		fieldname: of the field that names who has it.
		open: filters of what isn't finished.
		of_the_desk: whether only who works at the desk can have it.
		rows: the child table in which the field stands, if any.
	"""

	doctype: str
	fieldname: str
	open: dict
	of_the_desk: bool = True
	rows: str | None = None


CASES, CLOSED_CASES = "cases", "closed_cases"
# in this order they are handed over: who writes minutes has to sit at their table first
KINDS = {
	CASES: Kind("SV Report", "handler", {"status": ["not in", CLOSED]}),
	CLOSED_CASES: Kind("SV Report", "handler", {"status": ["in", CLOSED]}),
	# their cases go first: who answers may use each of them
	"requests": Kind("SV Subject Request", "handler", {"status": ["not in", (HANDED_OUT, WITHDRAWN)]}),
	"supported_people": Kind("SV Party", "supported_by", {}),
	"referrals": Kind("SV Referral", "accepted_by", {"status": "Accepted"}),
	"plans": Kind("SV Aftercare", "responsible", {"status": ["!=", "Closed"]}),
	"contacts": Kind("SV Aftercare Contact", "held_by", {"status": "Planned", "held_at": ["is", "not set"]}),
	"actions": Kind("SV Action", "action_owner", {"status": ["in", UNFINISHED]}, of_the_desk=False),
	"tables": Kind("SV Decision Table", "coordinator", {"status": ["in", UNDER_WAY]}),
	"decisions": Kind("SV Decision Table", "manager", {"status": ["in", UNDER_WAY]}, of_the_desk=False),
	"seats": Kind("SV Decision Table", "user", {"status": ["in", UNDER_WAY]}, False, "SV Table Member"),
	"minutes": Kind("SV Minutes", "writer", {"status": "Draft"}, of_the_desk=False),
	"chairs": Kind("SV Minutes", "approver", {"status": ["in", ("Draft", "Submitted")]}, of_the_desk=False),
	"stand_ins": Kind("SV Desk", "stand_in", {}, rows="SV Desk Member"),
}
# closed cases wait for nobody; they are handed over so that somebody can open them when they are needed again
WAITING = tuple(kind for kind in KINDS if kind not in (CLOSED_CASES, "stand_ins"))


def label_of(kind: str) -> str:
	"""Return what a kind is called.

	Args:
		kind: one of KINDS.
	"""
	return {
		CASES: _("Cases under way"),
		CLOSED_CASES: _("Closed cases"),
		"requests": _("Requests about own data"),
		"supported_people": _("People they support"),
		"referrals": _("Hand-overs they accepted"),
		"plans": _("Aftercare plans"),
		"contacts": _("Aftercare contacts"),
		"actions": _("Actions"),
		"tables": _("Decision tables they convene"),
		"decisions": _("Decision tables they decide at"),
		"seats": _("Seats at decision tables"),
		"minutes": _("Minutes they write"),
		"chairs": _("Minutes they chair"),
		"stand_ins": _("Colleagues they stand in for"),
	}[kind]
