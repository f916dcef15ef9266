"""Every function of the host that takes a doctype and a name, also those nobody thought of."""

from functools import partial

from dev.leaks.asking import Request, call
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit

SOME = 4


def _functions(visit: Visit) -> Steps:
	functions = visit.world.facts["about_documents"]
	wanted = [f for f in functions if f[0] == visit.only] if visit.only else visit.some(functions, SOME)
	for function in wanted:
		yield from visit.compare(partial(_asked, function), seen=0)


def _asked(function: tuple[str, str, str, list[str]], doctype: str, name: str) -> Request:
	path, doctype_argument, name_argument, others = function
	named = [name] if name_argument.endswith("s") else name
	return call(path, **{doctype_argument: doctype, name_argument: named}, **dict.fromkeys(others, "x"))


def _written_today(visit: Visit) -> Steps:
	"""Staff write into a case of theirs; everybody then asks for the newest texts."""
	for place, _doctype, report in visit.documents("SV Report", hidden=0):
		text = visit.world.registry.new(f"{place.partition('/')[0]}/SV Note/today/body")
		note = {"report": report, "note_type": "Working note", "body": f"{text} is van vandaag"}
		yield Request("POST", "/api/resource/SV Note", body=note)
	yield call(
		"frappe.client.get_list", doctype="SV Note", fields=["name", "body"], order_by="creation desc",
		limit_page_length=20,
	)  # fmt: skip


def _on_sealed_ticket(visit: Visit) -> Steps:
	"""Staff write words on a sealed ticket; everybody then asks for the newest comments."""
	for _place, _doctype, _report in visit.documents("SV Report", hidden=0):
		for doctype, field in (("HD Ticket Comment", "reference_ticket"), ("Comment", "reference_name")):
			text = visit.world.registry.new(f"ccp2/{doctype}/written/content")
			words = {field: visit.sealed_ticket, "content": text, "commented_by": visit.who.user}
			if doctype == "Comment":
				words |= {"reference_doctype": "HD Ticket", "comment_type": "Comment"}
			yield Request("POST", f"/api/resource/{doctype}", body=words)
	for doctype in ("HD Ticket Comment", "Comment"):
		yield call(
			"frappe.client.get_list",
			doctype=doctype,
			fields=["*"],
			order_by="creation desc",
			limit_page_length=50,
		)


CLOSED = "asks for documents of others only"
SURFACES = (
	Surface(
		"6.40", "any function with a doctype and a name", ORACLE, _functions, unproven=CLOSED, writes=True
	),
	Surface(
		"6.1", "texts written today", READ, _written_today, unproven="lists show ciphertext, to everybody"
	),
	Surface("L-04", "words written on a sealed ticket", READ, _on_sealed_ticket),
)
