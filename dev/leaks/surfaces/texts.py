"""Texts that the host renders on the server, written by whoever may write them."""

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import READ, Steps, Surface, Visit
from dev.leaks.surfaces.attacks import inserted, removed, template, value_in

CODE = "a System Manager who writes templates or code reads plain columns; clear text is in none"
NOBODY = "who may write such a text must see nothing of ours"


def _email_template(visit: Visit) -> Steps:
	name = yield from inserted(
		"Email Template", name=f"Proef {visit.turn}", subject="x", response=template(visit), enabled=1
	)
	if name:
		yield call("frappe.email.doctype.email_template.email_template.get_email_template", template_name=name, doc={"name": "x"})  # fmt: skip
		yield from removed("Email Template", name)


def _saved_reply(visit: Visit) -> Steps:
	name = yield from inserted(
		"HD Saved Reply", title=f"Proef {visit.turn}", message=template(visit), scope="Global"
	)
	if name:
		for ticket in visit.tickets():
			yield call(
				"helpdesk.api.saved_replies.get_rendered_saved_reply", ticket_id=ticket, saved_reply_id=name
			)
		yield from removed("HD Saved Reply", name)


def _plain_saved_reply(visit: Visit) -> Steps:
	name = yield from inserted(
		"HD Saved Reply", title=f"Kaal {visit.turn}", message="{{ subject }} {{ raised_by }}", scope="Global"
	)
	if name:
		for ticket in visit.tickets():
			yield call(
				"helpdesk.api.saved_replies.get_rendered_saved_reply", ticket_id=ticket, saved_reply_id=name
			)
		yield from removed("HD Saved Reply", name)


def _auto_repeat_preview(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents(seen=0):
		yield call(
			"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview", reference_dt=doctype,
			reference_doc=name, message="{{ doc.as_dict() }}" + template(visit), subject="x",
		)  # fmt: skip


def _notification(visit: Visit) -> Steps:
	name = yield from inserted(
		"Notification", name=f"Proef {visit.turn}", subject="x", document_type="SV Report", event="New",
		channel="System Notification", message=template(visit), recipients=[{"receiver_by_role": "Agent"}],
	)  # fmt: skip
	if name:
		yield call(
			"frappe.email.doctype.notification.notification.get_documents_for_today", notification=name
		)
		for _place, _doctype, case in visit.documents("SV Report", seen=0):
			for method in ("preview_message", "preview_subject", "preview_meets_condition"):
				yield call(
					"run_doc_method",
					dt="Notification",
					dn=name,
					method=method,
					args={"preview_document": case},
				)
		yield from removed("Notification", name)


def _webhook(visit: Visit) -> Steps:
	for _place, _doctype, case in visit.documents("SV Report", seen=0):
		hook = {
			"name": f"Proef {visit.turn}", "webhook_doctype": "SV Report", "webhook_docevent": "on_update",
			"request_url": "http://127.0.0.1:9/", "request_structure": "JSON", "preview_document": case,
			"webhook_json": '{"x": "{{ doc.narrative }} {{ doc.case_number }}"}',
		}  # fmt: skip
		name = yield from inserted("Webhook", **hook)
		if name:
			yield call("run_doc_method", dt="Webhook", dn=name, method="generate_preview")
			stored = value_in((yield get(f"/api/resource/Webhook/{name}")))
			yield call("run_doc_method", docs={**stored, "preview_document": case}, method="generate_preview")
			# since Frappe 16
			for method in ("preview_request_body", "preview_meets_condition"):
				yield call(
					"run_doc_method", dt="Webhook", dn=name, method=method, args={"preview_document": case}
				)
			yield from removed("Webhook", name)


def _server_script(visit: Visit) -> Steps:
	script = 'frappe.response["message"] = frappe.get_all("SV Report", fields=["*"])'
	name = yield from inserted(
		"Server Script", name=f"Proef {visit.turn}", script_type="API", api_method=f"proef{visit.turn}",
		allow_guest=1, script=script,
	)  # fmt: skip
	if name:
		yield call(f"proef{visit.turn}")
		yield from removed("Server Script", name)


def _console(visit: Visit) -> Steps:
	for console in (
		{"type": "SQL", "console": "select name, case_number, narrative from `tabSV Report`"},
		{"type": "Python", "console": 'for row in frappe.get_all("SV Report"): doc = frappe.get_doc("SV Report", row.name); doc.run_method("onload"); log(doc.as_dict()); log(doc.opened("narrative"))'},
	):  # fmt: skip
		yield call(
			"frappe.desk.doctype.system_console.system_console.execute_code",
			doc={"doctype": "System Console", **console},
		)
	yield get("/api/resource/Console Log", fields=["*"], limit_page_length=0)


def _web_page(visit: Visit) -> Steps:
	name = yield from inserted(
		"Web Page", title=f"Proef {visit.turn}", route=f"proef-{visit.turn}", published=1, dynamic_template=1,
		content_type="HTML", main_section_html=template(visit),
	)  # fmt: skip
	if name:
		yield get(f"/proef-{visit.turn}")
		yield from removed("Web Page", name)


def _letter_head(visit: Visit) -> Steps:
	name = yield from inserted(
		"Letter Head", letter_head_name=f"Proef {visit.turn}", source="HTML", content=template(visit)
	)
	if name:
		yield get("/printview", doctype="User", name=visit.who.user, letterhead=name)
		yield from removed("Letter Head", name)


def _assignment_rule(visit: Visit) -> Steps:
	name = yield from inserted(
		"Assignment Rule", name=f"Proef {visit.turn}", document_type="SV Report", description=template(visit),
		assign_condition="1", users=[{"user": visit.who.user}], rule="Round Robin",
		assignment_days=[{"day": "Monday"}],
	)  # fmt: skip
	for _place, doctype, case in visit.documents("SV Report", seen=0):
		yield call(
			"frappe.automation.doctype.assignment_rule.assignment_rule.bulk_apply",
			doctype=doctype,
			docnames=[case],
		)
	if name:
		yield get("/api/resource/ToDo", fields=["*"], limit_page_length=0)
		yield from removed("Assignment Rule", name)


def _email(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents():
		answer = yield Request(
			"POST", "/api/method/frappe.core.doctype.communication.email.make",
			form={
				"doctype": doctype, "name": name, "content": template(visit), "subject": "{{ doc.narrative }}",
				"recipients": "x@buiten.example", "send_email": 0, "print_html": "", "attachments": "[]",
			},
		)  # fmt: skip
		del answer


HELPDESK = ("helpdesk.api.saved_replies.get_rendered_saved_reply",)
SURFACES = (
	Surface("6.21", "email template", READ, _email_template, unproven=NOBODY, only_secrets=CODE, writes=True),
	Surface(
		"L-01", "saved reply with a program in it", READ, _saved_reply, HELPDESK, unproven=NOBODY, writes=True
	),
	Surface("L-01", "saved reply on tickets", READ, _plain_saved_reply, HELPDESK),
	Surface(
		"6.20",
		"preview of an auto repeat",
		READ,
		_auto_repeat_preview,
		unproven=NOBODY,
		only_secrets=CODE,
		writes=True,
	),
	Surface("6.20", "own notification", READ, _notification, unproven=NOBODY, only_secrets=CODE, writes=True),
	Surface("6.20", "own webhook", READ, _webhook, unproven=NOBODY, writes=True),
	Surface("6.20", "own assignment rule", READ, _assignment_rule, unproven=NOBODY, writes=True),
	Surface("6.44", "own server script", READ, _server_script, unproven=NOBODY, only_secrets=CODE),
	Surface("6.44", "system console", READ, _console, unproven=NOBODY),
	Surface("6.35", "own web page", READ, _web_page, unproven=NOBODY, only_secrets=CODE, writes=True),
	Surface("6.21", "own letter head", READ, _letter_head, unproven=NOBODY, only_secrets=CODE, writes=True),
	Surface(
		"6.18", "mail from a form", READ, _email, unproven="nobody mails a case from its form", writes=True
	),
)
