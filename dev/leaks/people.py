"""Who signs in: every role of the domain, everybody else of a shared site, and each role once as the accused."""

from dataclasses import dataclass

from dev.institution import DOMAIN, PEOPLE, Person

GUEST = "guest"
ADMINISTRATOR = "administrator"
API_KEY = "system manager with an API key"


@dataclass(frozen=True)
class Identity:
	"""Somebody who asks.

	Attributes:
		key: what they are, as expected.py names them.
		user: login; "Guest" for nobody.
	"""

	key: str
	user: str


def _person(key: str, name: str, *roles: str, desk: str = "", desk_role: str = "Member") -> Person:
	return Person(key, name, f"{name.lower().replace(' ', '.')}@{DOMAIN}", roles, desk, desk_role)


# besides those of the demo institution
NEWCOMERS = (
	_person("hr carrying out", "Tineke Vos", "SV HR Advisor"),
	_person("hr at the table", "Pim Jansma", "SV HR Advisor"),
	_person("granted", "Olaf Brink", "SV Confidential Adviser", desk="confidential_adviser"),
	_person("grant expired", "Sanne Kok", "SV Confidential Adviser", desk="confidential_adviser"),
	_person("consent open", "Rachid Alaoui", "SV Confidential Adviser", desk="confidential_adviser"),
	_person("consent withdrawn", "Vera Maas", "SV Confidential Adviser", desk="confidential_adviser"),
	_person("seat not accepted", "Koos Blom", "SV Decision Table Member"),
	_person("left the desk", "Elly Prins", "SV CCP Staff", "Agent"),
	_person("agent manager", "Dirk Hoek", "Agent", "Agent Manager"),
	_person("agent of the team", "Yara Smit", "Agent"),
	_person("portal user", "Noor Bakker"),
)
ACCUSED = (
	_person("accused ccp staff", "Arie Stam", "SV CCP Staff", "Agent", desk="ccp"),
	_person(
		"accused coordinator", "Bea Loos", "SV Coordinator", "Agent", desk="ccp", desk_role="Coordinator"
	),
	_person("accused adviser", "Cor Mol", "SV Confidential Adviser", desk="confidential_adviser"),
	_person("accused ombuds officer", "Dora Pels", "SV Ombuds Officer", desk="ombuds_officer"),
	_person("accused companion", "Evert Ros", "SV Companion", desk="companion"),
	_person("accused table member", "Fleur Tas", "SV Decision Table Member"),
	_person("accused hr", "Gijs Vlot", "SV HR Advisor"),
	_person("accused manager", "Hilde Wit", "SV Manager"),
	_person("accused board", "Igor Zand", "SV Board"),
	_person("accused privacy officer", "Jet Aker", "SV Privacy Officer"),
)
# the demo institution's people under the names of expected.py
OF_THE_DEMO = {
	"m.terpstra": "coordinator",
	"b.okafor": "ccp staff",
	"l.hendriks": "ccp colleague",
	"n.elamrani": "adviser",
	"j.wiersma": "other adviser",
	"f.lubbers": "ombuds officer",
	"r.scholten": "companion",
	"i.bouwman": "table member",
	"k.vandoorn": "hr in general",
	"h.prakash": "manager",
	"w.steenbergen": "board",
	"a.demir": "privacy officer",
	"t.adeyemi": "phd confidant",
	"s.kuiper": "it agent",
	"p.lammers": "system manager",
}
# they may see nothing or next to nothing, each for another reason: on a walk over everything they share the work
TAKING_TURNS = (
	*("hr in general", "board", "seat not accepted", "left the desk", "grant expired", "agent of the team"),
	*("consent withdrawn", "phd confidant", "other adviser", "accused companion", "accused board"),
	*("accused ombuds officer", "accused hr", "accused table member", "system manager with an API key"),
)
USERS = {
	**{key: f"{local}@{DOMAIN}" for local, key in OF_THE_DEMO.items()},
	**{person.function: person.user for person in (*NEWCOMERS, *ACCUSED)},
	ADMINISTRATOR: "Administrator",
	GUEST: "Guest",
}
IDENTITIES = (
	*(Identity(key, user) for key, user in USERS.items()),
	Identity(API_KEY, USERS["system manager"]),
)
assert {person.user for person in PEOPLE} == {USERS[key] for key in OF_THE_DEMO.values()}
