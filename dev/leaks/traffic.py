"""An ordinary day's work on the case `quiet`: what it leaves in the host is there to be found afterwards."""

import json

from dev.leaks.asking import Request, call, get, send
from dev.leaks.canaries import SECRET
from dev.leaks.surface import QUIET
from dev.leaks.world import World

WORKER = "ccp colleague"


def work(world: World, session) -> None:
	"""Open, print, write, fail, search, try to share and tag; every text that is written is a canary.

	Args:
		world: what was planted; new canaries are added.
		session: of the colleague who handles the case.
	"""
	for request in _requests(world):
		send(session, world.base_url, request, {})


def _requests(world: World) -> list[Request]:
	def text(field: str) -> str:
		return f"{world.registry.new(f'{QUIET}/SV Note/written/{field}', SECRET)} schreef de medewerker"

	report = world.name(f"{QUIET}/SV Report/case")
	note = {
		"doctype": "SV Note",
		"name": "new-sv-note-1",
		"__islocal": 1,
		"report": report,
		"note_type": "Working note",
	}
	here = {"doctype": "SV Report", "name": report}
	opened = [
		get("/api/method/frappe.desk.form.load.getdoc", doctype=doctype, name=name)
		for place, (doctype, name) in world.documents.items()
		if place.startswith(f"{QUIET}/SV")
	]
	return [
		*opened,
		call("sv_helpdesk.helpdesk.conversation.of_case", report=report),
		call(
			"sv_helpdesk.helpdesk.conversation.open_attachment",
			name=world.name(f"{QUIET}/SV Attachment/letter"),
		),
		call("frappe.www.printview.get_html_and_style", doc="SV Report", name=report),
		call("frappe.desk.form.save.savedocs", doc={**note, "body": text("body")}, action="Save"),
		# these fail, each in a place of its own
		call(
			"frappe.desk.form.save.savedocs", doc={**note, "report": "", "body": text("lost")}, action="Save"
		),
		Request(
			"POST",
			"/api/resource/SV Note",
			body={"report": report, "talk_at": text("moment"), "body": text("refused")},
		),
		Request(
			"PUT",
			f"/api/resource/SV Report/{report}",
			body={"received_at": text("wrong"), "narrative": text("told")},
		),
		call(
			"frappe.client.set_value",
			doctype="SV Report",
			name=report,
			fieldname={"received_at": text("set")},
		),
		call("sv_helpdesk.helpdesk.conversation.of_case", report={"x": text("argument")}),
		call("frappe.desk.search.search_link", doctype="SV Report", txt=text("searched")),
		call(
			"frappe.desk.form.assign_to.add",
			**here,
			assign_to=json.dumps(["b.okafor@uni.example"]),
			description=text("task"),
		),
		call("frappe.share.add", **here, user="s.kuiper@uni.example", read=1, notify=1),
		call("frappe.desk.doctype.tag.tag.add_tag", tag=text("tag"), dt="SV Report", dn=report),
		call(
			"frappe.desk.form.utils.add_comment",
			reference_doctype="SV Report",
			reference_name=report,
			content=text("comment"),
			comment_email="l.hendriks@uni.example",
			comment_by="x",
		),
		call(
			"frappe.desk.form.document_follow.update_follow",
			doctype="SV Report",
			doc_name=report,
			following=1,
		),
		call("frappe.desk.like.toggle_like", **here, add="Yes"),
	]
