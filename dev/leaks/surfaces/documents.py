"""Single documents: reading one, and the echo of writing one."""

import json

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit
from dev.leaks.surfaces.attacks import inserted, removed, value_in


def _rest(visit: Visit) -> Steps:
	yield from visit.compare(lambda doctype, name: get(f"/api/resource/{doctype}/{name}"))


def _rest_v2(visit: Visit) -> Steps:
	yield from visit.compare(lambda doctype, name: get(f"/api/v2/document/{doctype}/{name}"))


def _client_get(visit: Visit) -> Steps:
	yield from visit.compare(lambda doctype, name: call("frappe.client.get", doctype=doctype, name=name))


def _client_get_filters(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call("frappe.client.get", doctype=doctype, filters={"name": name})
	)


def _form(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return get("/api/method/frappe.desk.form.load.getdoc", doctype=doctype, name=name)

	yield from visit.compare(ask, seen=2)
	for ticket in visit.tickets():
		yield ask("HD Ticket", ticket)


def _docinfo(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return call("frappe.desk.form.load.get_docinfo", doctype=doctype, name=name)

	yield from visit.compare(ask)
	for ticket in visit.tickets():
		yield ask("HD Ticket", ticket)


def _put(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: Request("PUT", f"/api/resource/{doctype}/{name}", body={"owner": "x"})
	)


def _put_v2(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: Request("PATCH", f"/api/v2/document/{doctype}/{name}", body={"owner": "x"})
	)


def _delete(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: Request("DELETE", f"/api/resource/{doctype}/{name}"), seen=0
	)


def _set_value(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call(
			"frappe.client.set_value", doctype=doctype, name=name, fieldname={"import_key": ""}
		)
	)


def _made_up(doctype: str, name: str, **values) -> str:
	"""A document as a client may make it up, with everything a rule could look for in it."""
	mine = {
		"doctype": doctype, "name": name, "desk": "ccp", "report": "", "owner": "Guest", "__islocal": 1,
		"docstatus": 0, **values,
	}  # fmt: skip
	return json.dumps(mine)


def _save(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call("frappe.client.save", doc={"doctype": doctype, "name": name}), seen=0
	)
	for _place, doctype, name in visit.documents("SV Report", "SV Action", hidden=0):
		answer = yield call("frappe.client.get", doctype=doctype, name=name)
		if answer.status == 200:
			yield call("frappe.client.save", doc=json.loads(answer.body)["message"])


def _savedocs(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call(
			"frappe.desk.form.save.savedocs", doc={"doctype": doctype, "name": name}, action="Save"
		),
		seen=0,
	)


def _insert_twice(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call("frappe.client.insert", doc={"doctype": doctype, "name": name}), seen=0
	)


def _bulk_update(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call(
			"frappe.client.bulk_update", docs=[{"doctype": doctype, "docname": name, "import_key": ""}]
		),
		seen=0,
	)


def _run_doc_method(visit: Visit) -> Steps:
	for method in visit.some(["get_signature", "add_comment", "onload", "opened", "as_dict"], 1):
		for _place, doctype, name in visit.documents():
			arguments = {"fieldname": "narrative"} if method == "opened" else {}
			docs = _made_up(doctype, name, handler=visit.who.user, action_owner=visit.who.user)
			yield call("run_doc_method", docs=docs, method=method, args=arguments)
			yield call("run_doc_method", dt=doctype, dn=name, method=method, args=arguments)
	for ticket in visit.tickets():
		docs = _made_up("HD Ticket", ticket, raised_by=visit.who.user, contact=visit.who.user)
		yield call("run_doc_method", docs=docs, method="get_last_communication")
		yield call("run_doc_method", dt="HD Ticket", dn=ticket, method="get_signature")


def _run_method(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: get(f"/api/resource/{doctype}/{name}", run_method="get_signature")
	)
	for ticket in visit.tickets():
		yield get(f"/api/resource/HD Ticket/{ticket}", run_method="get_last_communication")


def _v2_method(visit: Visit) -> Steps:
	for method in ("get_signature", "onload"):
		yield from visit.compare(
			lambda doctype, name, method=method: get(f"/api/v2/document/{doctype}/{name}/method/{method}/")
		)
	for ticket in visit.tickets():
		yield get(f"/api/v2/document/HD Ticket/{ticket}/method/get_last_communication/")


def _v2_run_doc_method(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents():
		# an outdated document is refused, so whoever may read it sends it as it is
		read = value_in((yield get(f"/api/v2/document/{doctype}/{name}")))
		document = read or json.loads(_made_up(doctype, name))
		yield Request(
			"POST", "/api/v2/method/run_doc_method",
			body={"method": "onload", "document": document},
		)  # fmt: skip


def _v2_copy(visit: Visit) -> Steps:
	yield from visit.compare(lambda doctype, name: get(f"/api/v2/document/{doctype}/{name}/copy"))


def _expand_links(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents(seen=0):
		own = yield from inserted("ToDo", description="x", reference_type=doctype, reference_name=name)
		if own:
			yield get(f"/api/resource/ToDo/{own}", expand_links=1)
			yield from removed("ToDo", own)
	yield get(f"/api/resource/HD Ticket/{visit.ticket}", expand_links=1)


def _permissions(visit: Visit) -> Steps:
	for function, key in (("has_permission", "docname"), ("get_doc_permissions", "docname")):
		yield from visit.compare(
			lambda doctype, name, function=function, key=key: call(
				f"frappe.client.{function}", doctype=doctype, **{key: name}
			)
		)


def _next(visit: Visit) -> Steps:
	for doctype in ("SV Report", "SV Note", "SV Minutes", "HD Ticket"):
		yield call("frappe.desk.form.utils.get_next", doctype=doctype, value="0", prev=0, sort_order="asc")


SURFACES = (
	Surface("6.3", "REST v1 document", ORACLE, _rest),
	Surface("6.3", "REST v2 document", ORACLE, _rest_v2, ("frappe.api.v2",)),
	Surface("6.3", "client.get", ORACLE, _client_get),
	Surface("6.3", "client.get by filters", ORACLE, _client_get_filters),
	Surface("6.3", "form load", ORACLE, _form),
	Surface("6.9", "docinfo of a form", ORACLE, _docinfo),
	Surface("6.3", "REST v1 write echo", ORACLE, _put, writes=True),
	Surface("6.3", "REST v2 write echo", ORACLE, _put_v2, ("frappe.api.v2",), writes=True),
	Surface("6.3", "REST v1 delete", ORACLE, _delete, unproven="nobody deletes a case", writes=True),
	Surface("6.3", "client.set_value", ORACLE, _set_value, writes=True),
	Surface("6.3", "client.save", ORACLE, _save, writes=True),
	Surface(
		"6.3", "savedocs", ORACLE, _savedocs, unproven="only documents of others are saved here", writes=True
	),
	Surface(
		"6.3",
		"client.insert under a name that is there",
		ORACLE,
		_insert_twice,
		unproven="only names of others are tried",
		writes=True,
	),
	Surface(
		"6.3",
		"client.bulk_update",
		ORACLE,
		_bulk_update,
		unproven="only documents of others are changed",
		writes=True,
	),
	Surface("6.4", "run_doc_method with made-up documents", READ, _run_doc_method),
	Surface("6.36", "REST v1 run_method", ORACLE, _run_method),
	Surface("6.36", "REST v2 document method", ORACLE, _v2_method, ("frappe.api.v2",)),
	Surface("6.36", "REST v2 run_doc_method", READ, _v2_run_doc_method, ("frappe.api.v2",)),
	Surface("6.36", "REST v2 copy", ORACLE, _v2_copy, ("frappe.api.v2.copy_doc",)),
	Surface("L-25", "expand_links", READ, _expand_links, writes=True),
	Surface("6.40", "has_permission and get_doc_permissions", ORACLE, _permissions),
	Surface("6.3", "form's next document", READ, _next),
)
