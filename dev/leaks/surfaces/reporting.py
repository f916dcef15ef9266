"""The reporting page, asked by people who have no code for what they would like to read."""

from dev.leaks.asking import Request, get
from dev.leaks.surface import READ, Steps, Surface, Visit

PATHS = ("/melden", "/melden/code", "/melden/leidinggevenden", "/melden/ladder", "/melden/loketten")


def _pages(visit: Visit) -> Steps:
	for path in PATHS:
		yield get(path)
		yield get(path, lang="en")


def _without_code(visit: Visit) -> Steps:
	for _place, _doctype, name in visit.documents(
		"SV Report", "SV Message", "SV Attachment", hidden=3, seen=0
	):
		asked = {"report": name, "receipt": name, "message": name, "name": name, "lang": "en"}
		yield get("/melden/code", code=name, visit=name, **asked)
		yield Request("POST", "/melden/code", form={"code": name, **asked})
		yield Request("POST", "/melden/code", form={"visit": name, "text": "x", **asked})
		yield Request(
			"POST", "/melden", form={"desk": name, "unit": name, "story": "x", "token": name, **asked}
		)


NOTHING = "nobody finds anything there without a code"
SURFACES = (
	Surface("ours", "reporting page", READ, _pages, unproven=NOTHING),
	Surface("ours", "reporting page without a code", READ, _without_code, unproven=NOTHING),
)
