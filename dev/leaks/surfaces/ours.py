"""Our own functions that a browser can call, all of them, with somebody else's case as argument."""

import json

from dev.leaks.asking import Compare, Request, call
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit, made_up

# argument -> doctypes whose names it may stand for
MEANT = {
	"report": ("SV Report",),
	"case": ("SV Report",),
	"message": ("SV Message",),
	"table": ("SV Decision Table",),
	"decision_table": ("SV Decision Table",),
	"party": ("SV Party",),
	"consent": ("SV Consent",),
	"referral": ("SV Referral",),
	"action": ("SV Action",),
	"attachment": ("SV Attachment",),
	"aftercare": ("SV Aftercare",),
	"ticket": ("HD Ticket",),
}
BY_PATH = {
	"held_mail": ("SV Held Mail",),
	"open_attachment": ("SV Attachment",),
	"outbox": ("SV Message",),
	"consent": ("SV Consent",),
	"grant": ("SV Access Grant",),
	"sight": ("SV Report",),
}
# of all of them at one visit; reading needs somebody among the visitors who may
SOME, MANY = 4, 12
FILLED = {"text": "x", "reason": "x", "kind": "Signal", "scope": "Summary", "ptype": "read", "field": "owner"}
# they change a case of one's own, so they are tried on those of others only
WRITES = ("take_in", "reply", "convert", "retract", "withdraw", "revoke", "grant", "hand_over", "confirm")


def _functions(visit: Visit) -> Steps:
	for function, arguments in _wanted(visit, MANY):
		seen = 0 if any(word in function for word in WRITES) else 1
		doctypes = _doctypes(function, arguments)
		own = visit.documents(*doctypes, hidden=0, seen=seen)
		for _place, doctype, name in (*visit.documents(*doctypes, seen=0), *own):
			yield call(function, **_filled(visit, arguments, doctype, name))


def _oracles(visit: Visit) -> Steps:
	for function, arguments in _wanted(visit, SOME):
		for place, doctype, name in visit.documents(*_doctypes(function, arguments), seen=0):
			control = made_up(name)
			existing, other = (
				_filled(visit, arguments, doctype, name),
				_filled(visit, arguments, doctype, control),
			)
			if existing != other:
				yield Compare(call(function, **existing), name, call(function, **other), control, place)


def _wanted(visit: Visit, number: int) -> list[tuple[str, list[str]]]:
	"""Return functions with the names of their arguments: the one to ask alone, or some in turn."""
	functions = visit.world.functions
	if visit.only:
		return [(visit.only, functions[visit.only])] if visit.only in functions else []
	return visit.some([*functions.items()], number)


def _doctypes(function: str, arguments: list[str]) -> tuple[str, ...]:
	for argument in arguments:
		if argument in MEANT:
			return MEANT[argument]
	return next((doctypes for part, doctypes in BY_PATH.items() if part in function), ())


def _filled(visit: Visit, arguments: list[str], doctype: str, name: str) -> dict:
	"""Arguments of a call about one document; what isn't its name is filled in somehow."""
	values = {}
	for argument in arguments:
		if argument in ("doctype", "document_type", "dt"):
			values[argument] = doctype
		elif argument in FILLED:
			values[argument] = FILLED[argument]
		elif argument in ("user", "to_user"):
			values[argument] = visit.who.user
		elif argument in ("filters", "debug", "cache", "args", "kwargs"):
			values[argument] = {"name": name} if argument == "filters" else None
		elif argument == "current_filters":
			values[argument] = [["name", "=", name]]
		elif argument.endswith("s"):
			values[argument] = [name]
		else:
			values[argument] = name
	return values


def _methods(visit: Visit) -> Steps:
	for doctype, method in visit.some(visit.world.facts["methods"], 1):
		for _place, _doctype, name in visit.documents(doctype, seen=0):
			asked = {"reason": "x", "kind": "Signal"}
			made_up_one = {
				"doctype": doctype,
				"name": name,
				"desk": "ccp",
				"handler": visit.who.user,
				"__islocal": 1,
			}
			yield call("run_doc_method", dt=doctype, dn=name, method=method, args=asked)
			yield call("run_doc_method", docs=json.dumps(made_up_one), method=method, args=asked)
			yield Request(
				"POST", f"/api/resource/{doctype}/{name}", params={"run_method": method}, form=asked
			)


SURFACES = (
	Surface("ours", "whitelisted functions", READ, _functions, writes=True),
	Surface(
		"ours",
		"whitelisted functions about what exists or not",
		ORACLE,
		_oracles,
		unproven="only documents of others are asked for",
		writes=True,
	),
	Surface(
		"ours",
		"whitelisted methods of documents",
		READ,
		_methods,
		unproven="only documents of others are tried",
		writes=True,
	),
)
