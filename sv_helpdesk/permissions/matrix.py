"""The matrix as data: which role may do what with which documents, by what relation to them.

One row reads: a role, a document, the relation that makes a row of it theirs (relations.py says
what each means), the field groups they may read and change there (field_groups.py), and what else.
What no row names is denied. docs/permissions.md and the rights in the doctypes' files are made
from this table by `make permissions`.
"""

from functools import cache

from sv_helpdesk.permissions.field_groups import SYSTEM
from sv_helpdesk.permissions.relations import (
	ALL,
	ASKED,
	ASSIGNED,
	COMMON,
	COORDINATES,
	DECIDES,
	DESK,
	GRANTED,
	OWN,
	PUBLISHED,
	RECEIVED,
	SEAT,
	SECOND,
	SUPPORTS,
)
from sv_helpdesk.permissions.right import EVERYTHING, Right
from sv_helpdesk.permissions.right import rights_for as _rights
from sv_helpdesk.permissions.roles import (
	ALL_ROLES,
	BOARD,
	CASE_ROLES,
	CCP_STAFF,
	COMPANION,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
	HR_ADVISOR,
	MANAGER,
	OMBUDS_OFFICER,
	PRIVACY_OFFICER,
	TABLE_MEMBER,
)

# who works by the desk, and who by what is their own (R3)
BY_DESK = (CCP_STAFF, COORDINATOR)
BY_OWN = (CONFIDENTIAL_ADVISER, OMBUDS_OFFICER)
AT_THE_TABLE = (TABLE_MEMBER, HR_ADVISOR, MANAGER)
# coded facts the Report Builder may list
REPORTED = ("SV Report", "SV Referral", "SV Aftercare", "SV Action", "SV Deadline", "SV Decision Table")
# a formal complaint is kept by the desk that hands it over; who stands beside a reporter doesn't
COMPLAINT_DOCUMENTS = ("SV Complaint", "SV Complaint Part", "SV Complaint Copy")
CASE_DOCUMENTS = (
	*("SV Report", "SV Party", "SV Consent", "SV Message", "SV Attachment", "SV Note", "SV Referral"),
	*("SV Aftercare", "SV Aftercare Contact", "SV Action", "SV Deadline", "SV Step"),
	*COMPLAINT_DOCUMENTS,
)
# about minutes, written by code alone
OF_MINUTES = ("SV Contribution", "SV Agreed Action", "SV Minutes Approval", "SV Minutes Copy")
TABLE_DOCUMENTS = (
	*("SV Decision Table", "SV Table Case", "SV Minutes", *OF_MINUTES),
	"SV Communication Line",
)
MASTERS = ("SV Unit", "SV Unit Priority", "SV Category", "SV Measure")
# when a desk is open and how long it takes is its own affair (R3); what none of them has made its own is common
OF_DESKS = ("SV Calendar", "SV Term")
# what a manager is asked for, before their confidentiality statement
ASKED_FOR = ("place", "table", "seats", "deviation", SYSTEM, "purpose")
ACCUSED_PERSON = ("profile", "support", SYSTEM, "identity")
RECEIVED_REFERRAL = ("referral", SYSTEM, "shared text", "answer")
FULL = {"write": EVERYTHING, "create": EVERYTHING}
# what was said stays as it was said; withdrawing, confirming and retracting are acts of their own
DESKS_MAY = {
	"SV Message": {"create": ("message", "words")},
	"SV Attachment": {"create": ("attachment", "name")},
	"SV Consent": {"create": ("consent", "words")},
	"SV Note": {"write": ("talk", "words"), "create": ("talk", "words")},
	**{doctype: {} for doctype in ("SV Step", "SV Deadline", "SV Complaint Copy", *OF_MINUTES)},
	# a case or a table stays at its desk
	"SV Report": {"write": ("case", "nature", "retention", "story"), "create": EVERYTHING},
	"SV Decision Table": {
		"write": ("table", "seats", "deviation", "purpose", "deviation reason"),
		"create": EVERYTHING,
	},
}
# what is shared would outlast a grant: the desk records it
GRANTEES_MAY = {"SV Consent": {"create": ()}}
# members fill in the minutes as long as nobody has handed them in
DRAFT_MINUTES = {
	"write": ("meeting", "sections"),
	"create": ("meeting", "sections"),
	"only_while": ("status", "Draft"),
}


REQUEST = "SV Subject Request"
# what was prepared is what the second person reads
COLLECTED_REQUEST = {"write": ("request", "person", "words"), "only_while": ("status", "Collected")}


def _case_work() -> list[Right]:
	"""Return what the desks may do with their cases; reports over coded facts at the CCP only."""
	made = []
	for doctype in (*CASE_DOCUMENTS, *TABLE_DOCUMENTS):
		for role, relations in (*((role, (DESK,)) for role in BY_DESK), *((role, (OWN,)) for role in BY_OWN)):
			if doctype in COMPLAINT_DOCUMENTS and role not in BY_DESK:
				continue
			further = {CCP_STAFF: ("report",), COORDINATOR: ("report", "export")}.get(role, ())
			further = further if doctype in REPORTED else ()
			may = DESKS_MAY.get(doctype, FULL)
			if doctype in CASE_DOCUMENTS:
				made += _rights(role, doctype, relations, **may, further=further)
				made += _rights(
					role, doctype, GRANTED, **(may | GRANTEES_MAY.get(doctype, {})), further=further
				)
			elif role in BY_DESK:
				made += _rights(role, doctype, relations, **may, further=further)
	return made


MATRIX: tuple[Right, ...] = tuple(
	_case_work()
	+ _rights(CASE_ROLES, "SV Referral", RECEIVED, RECEIVED_REFERRAL, write=("answer",))
	+ _rights(BY_DESK, "SV Held Mail", DESK, write=EVERYTHING)
	+ _rights(BY_OWN, "SV Held Mail", OWN, write=EVERYTHING)
	# what people ask about their own data: answered at a desk, released by a second person
	+ _rights(BY_DESK, REQUEST, DESK, write=("handling",))
	+ _rights(BY_OWN, REQUEST, OWN, write=("handling",))
	+ _rights(BY_DESK, REQUEST, DESK, **COLLECTED_REQUEST)
	+ _rights(BY_OWN, REQUEST, OWN, **COLLECTED_REQUEST)
	+ _rights(CASE_ROLES, REQUEST, SECOND)
	# the accused's companion: that person and nothing else of the case
	+ _rights(COMPANION, "SV Party", SUPPORTS, ACCUSED_PERSON)
	# at a decision table; HR sits there as any member
	+ _rights(AT_THE_TABLE, (*TABLE_DOCUMENTS, "SV Action", "SV Deadline", "SV Step"), SEAT)
	+ _rights(AT_THE_TABLE, "SV Minutes", SEAT, **DRAFT_MINUTES)
	+ _rights(MANAGER, "SV Decision Table", ASKED, ASKED_FOR)
	+ _rights(MANAGER, "SV Decision Table", DECIDES, write=("deviation", "deviation reason"))
	+ _rights(MANAGER, (*TABLE_DOCUMENTS[1:], "SV Action", "SV Deadline", "SV Step"), DECIDES)
	+ _rights(MANAGER, "SV Minutes", DECIDES, **DRAFT_MINUTES)
	# carrying out
	+ _rights(AT_THE_TABLE, "SV Action", ASSIGNED, write=("progress", "evidence"))
	+ _rights(AT_THE_TABLE, "SV Communication Line", ASSIGNED)
	+ _rights(AT_THE_TABLE, "SV Aftercare Contact", ASSIGNED, write=("contact", "words"))
	# the organisation
	+ _rights(COORDINATOR, MASTERS, ALL, **FULL)
	+ _rights([role for role in ALL_ROLES if role != COORDINATOR], MASTERS, ALL)
	+ _rights(COORDINATOR, "SV Calendar", ALL, create=EVERYTHING)
	+ _rights(COORDINATOR, "SV Calendar", COMMON, write=EVERYTHING)
	+ _rights(CASE_ROLES, "SV Calendar", COORDINATES, write=EVERYTHING)
	+ _rights(COORDINATOR, "SV Term", COMMON, **FULL)
	+ _rights(CASE_ROLES, "SV Term", COORDINATES, **FULL)
	+ _rights(COORDINATOR, "SV Term", ALL)
	+ _rights([role for role in ALL_ROLES if role != COORDINATOR], OF_DESKS, ALL)
	# a desk's people are chosen by who leads it: nobody lets themselves in at another desk (R3)
	+ _rights(COORDINATOR, "SV Desk", ALL, create=EVERYTHING)
	+ _rights((CCP_STAFF, *BY_OWN, PRIVACY_OFFICER), "SV Desk", ALL)
	+ _rights(CASE_ROLES, "SV Desk", COORDINATES, write=EVERYTHING)
	+ _rights(COORDINATOR, "SV Settings", ALL, write=EVERYTHING)
	+ _rights(COORDINATOR, "SV Page Text", ALL, create=EVERYTHING)
	# figures, and who saw what
	+ _rights(BY_DESK, "SV Confidant Report", ALL, **FULL)
	+ _rights(COORDINATOR, "SV Delivered Figures", ALL, **FULL)
	+ _rights(
		*(COORDINATOR, "SV Figures", ALL),
		write=("figures", "texts"),
		create=("figures", "texts"),
		further=("report", "export"),
	)
	+ _rights(
		*(CASE_ROLES, "SV Figures", PUBLISHED),
		(SYSTEM, "figures", "texts", "internal"),
		further=("report",),
	)
	+ _rights(BOARD, "SV Figures", PUBLISHED, (SYSTEM, "figures", "texts"), further=("report",))
	+ _rights(PRIVACY_OFFICER, ("SV Access Log", "SV Retention Log"), ALL, further=("report",))
	+ _rights((COORDINATOR, PRIVACY_OFFICER), ("SV Approval", "SV Self Check"), ALL)
	# coded facts: why somebody got access is the desk's business
	+ _rights(PRIVACY_OFFICER, "SV Access Grant", ALL, (SYSTEM,))
	+ _rights(BY_DESK, "SV Access Grant", (DESK, GRANTED))
	+ _rights(BY_OWN, "SV Access Grant", (OWN, GRANTED))
)


@cache
def rights(roles: frozenset[str], doctype: str) -> tuple[Right, ...]:
	"""Return the rows of the matrix for these roles and this document."""
	return tuple(right for right in MATRIX if right.doctype == doctype and right.role in roles)
