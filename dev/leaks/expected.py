"""Who may see what of the planted cases, written out by hand from the domain's table of roles and R1-R8.

A place is case or table / doctype / label / field, see plant_cases.py; `*` stands for anything, "=" before a
place for the existence of a document alone: its name or number, never what it says. Who isn't named, and what
isn't named, may see nothing. Nothing here asks the code under test.
"""

from fnmatch import fnmatchcase

from dev.leaks.canaries import EXISTENCE, HOST, Canary

# cases and tables of the CCP's own desk; the case "accused" is about the people in people.ACCUSED
CCP = ("ccp1/*", "ccp2/*", "table1/*", "quiet/*")
TABLE_OF_CCP1 = ("table1/*", "=ccp1/SV Report/case/name")
# a hand-over shows its case, the person and the consent by name, and what is shared with it
RECEIVED = (
	"ccp1/SV Referral/received/*",
	"=ccp1/SV Report/case/name",
	"=ccp1/SV Party/reporter/name",
	"=ccp1/SV Consent/open/name",
	"ccp1/SV Consent/open/purpose",
)
# a dossier opened by consent: who consented, what the case says and its messages with their files
DOSSIER = (
	"ccp1/SV Party/reporter/person_name",
	"ccp1/SV Party/reporter/email_address",
	"ccp1/SV Party/reporter/phone",
	"ccp1/SV Report/case/subject",
	"ccp1/SV Report/case/narrative",
	"ccp1/SV Report/case/wishes",
	"ccp1/SV Message/by telephone/subject",
	"ccp1/SV Message/by telephone/body",
	"ccp1/SV Attachment/letter/original_name",
	"ccp1/SV Attachment/letter/content",
	"=ccp1/SV Attachment/letter/name",
	"=ccp1/SV Consent/to a person/name",
	"ccp1/SV Consent/to a person/purpose",
)
# that there are published figures; what they say to the board is no secret
PUBLISHED = ("=figures published/*",)
# everybody who works on cases reads the internal version of what is published
INSIDE = ("figures published/*",)
# who makes them reads all of them, and what others delivered
ALL_FIGURES = ("figures *",)
NOTHING: tuple[str, ...] = ()

MAY_SEE: dict[str, tuple[str, ...]] = {
	# tickets and reports of the CCP desk (and its tables); of other desks nothing
	"coordinator": (*ALL_FIGURES, *CCP, "accused/*", "table of accused/*"),
	"ccp staff": (*INSIDE, *CCP, "accused/*", "table of accused/*"),
	"ccp colleague": (*INSIDE, *CCP, "accused/*", "table of accused/*"),
	"left the desk": INSIDE,
	# only what is their own
	# (as the lead of a desk they are told when naming the accused has left a case without a handler)
	"adviser": (*INSIDE, "adv1/*", "=accused at advisers/SV Report/case/name", *RECEIVED),
	"other adviser": (*INSIDE, "adv2/*", *RECEIVED),
	"ombuds officer": (*INSIDE, "omb1/*", "bait at ombuds/*", "=accused at ombuds/SV Report/case/name"),
	"phd confidant": (*INSIDE, "phd1/*", "bait at phd/*"),
	"granted": (*INSIDE, "adv2/*", *RECEIVED),
	"grant expired": (*RECEIVED, *INSIDE),
	"consent open": (*INSIDE, *DOSSIER, *RECEIVED),
	"consent withdrawn": (*RECEIVED, *INSIDE),
	# the accused's party they support, never the reporter
	"companion": ("ccp1/SV Party/accused/*", "=ccp1/SV Report/case/name"),
	# the tables they sit at, the tables they decide at
	"table member": TABLE_OF_CCP1,
	"hr at the table": TABLE_OF_CCP1,
	"manager": TABLE_OF_CCP1,
	# an action is assigned to them; the table's minutes are not theirs before they accept the seat
	"seat not accepted": (
		"table1/SV Action/of seat not accepted/*",
		"=table1/SV Decision Table/table/*",
	),
	# permitted fields: what is assigned to them, and which table, plan or case that belongs to
	"hr carrying out": (
		"table1/SV Action/hr/*",
		"ccp1/SV Action/hr/*",
		"ccp1/SV Aftercare Contact/hr/*",
		"=table1/SV Decision Table/table/*",
		"table1/SV Communication Line/hr/*",
		"=ccp1/SV Aftercare/plan/*",
		"=ccp1/SV Report/case/name",
	),
	"hr in general": NOTHING,
	# published figures only
	"board": PUBLISHED,
	# who saw what and when; no content
	"privacy officer": ("=*",),
	"it agent": NOTHING,
	"agent manager": NOTHING,
	"agent of the team": NOTHING,
	"system manager": NOTHING,
	"system manager with an API key": NOTHING,
	"portal user": NOTHING,
	"guest": NOTHING,
	# every door of Frappe is open to Administrator; content isn't
	"administrator": ("=*", "*/left over/*"),
	# the accused never reads a report about them, whatever role they hold
	"accused ccp staff": (*CCP, *INSIDE),
	"accused coordinator": (*CCP, *ALL_FIGURES),
	"accused adviser": (*RECEIVED, *INSIDE),
	"accused ombuds officer": INSIDE,
	"accused companion": NOTHING,
	"accused table member": NOTHING,
	"accused hr": NOTHING,
	"accused manager": NOTHING,
	"accused board": PUBLISHED,
	"accused privacy officer": (
		"=figures *",
		"=ccp*",
		"=quiet*",
		"=table1*",
		"=accused at *",
		"=bait*",
		"=adv*",
		"=omb*",
		"=phd*",
	),
}


def may_see(identity: str, canary: Canary) -> bool:
	"""Whether this person may find this canary."""
	return canary.kind == HOST or _named(identity, canary.place, canary.kind == EXISTENCE)


def may_know(identity: str, document: str) -> bool:
	"""Whether this person may know that a document exists.

	Args:
		identity: key of the person.
		document: case / doctype / label.
	"""
	return document.startswith("helpdesk/") or _named(identity, f"{document}/name", existence=True)


def _named(identity: str, place: str, existence: bool) -> bool:
	for pattern in MAY_SEE[identity]:
		if pattern.startswith("="):
			if existence and fnmatchcase(place, pattern[1:]):
				return True
		elif fnmatchcase(place, pattern):
			return True
	return False
