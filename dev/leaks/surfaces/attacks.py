"""What several surfaces do: make a document of the attacker's own, use it, take it away again."""

import json
from collections.abc import Generator

from dev.leaks.asking import Request
from dev.leaks.judge import Answer
from dev.leaks.surface import Visit

# server-side texts that hosts render: all that a template can ask of a table
TEMPLATE = (
	'{{ frappe.db.sql("select * from `tabSV Report`") }}'
	'{{ frappe.get_all("SV Report", fields=["*"]) }} {{ frappe.get_all("SV Note", fields=["*"]) }}'
	'{{ frappe.get_doc("SV Report", "%s").as_dict() }}'
)


def template(visit: Visit) -> str:
	"""A text with Jinja that reads cases, if it is rendered."""
	reports = visit.documents("SV Report", seen=0)
	return TEMPLATE % (reports[0][2] if reports else "")


def inserted(doctype: str, **values) -> Generator[Request, Answer, str]:
	"""Steps that make a document by REST; their value is its name, or "" when that was refused."""
	answer = yield Request("POST", f"/api/resource/{doctype}", body=values)
	return name_in(answer)


def removed(doctype: str, name: str) -> Generator[Request, Answer, None]:
	"""Steps that take it away again."""
	yield Request("DELETE", f"/api/resource/{doctype}/{name}")


def name_in(answer: Answer) -> str:
	"""Name of the document that an answer shows, or ""."""
	return str(value_in(answer).get("name", ""))


def said_in(answer: Answer) -> str:
	"""What a function returned, as text; "" if it returned nothing or was refused."""
	try:
		return str(json.loads(answer.body).get("message") or "")
	except (ValueError, AttributeError):
		return ""


def value_in(answer: Answer) -> dict:
	"""The document that an answer shows, or {}."""
	try:
		said = json.loads(answer.body)
		return dict(said.get("data") or said.get("message"))
	except (ValueError, TypeError, AttributeError):
		return {}
