"""Looks at a site from inside, in a process of its own: `python -m dev.inside SITE upgraded_site.FUNCTION` prints JSON."""

import json

import frappe

from sv_helpdesk.crypto import files
from sv_helpdesk.permissions.rules import may_use_report
from sv_helpdesk.self_check import run
from sv_helpdesk.workflows.machines import machines

MODULE = "Social Safety"
# what the app brings along, by the field that says it is the app's
BROUGHT = {
	"DocType": "module",
	"Report": "module",
	"Page": "module",
	"Workspace": "module",
	"Web Form": "module",
	"Number Card": "module",
	"Dashboard Chart": "module",
	"Print Format": "module",
}


def texts(_site: str) -> None:
	"""Print every sealed text of the site as its reader opens it, by doctype and field."""
	found = {}
	for doctype in _ours():
		for fieldname in getattr(_controller(doctype), "SEALED_FIELDS", ()):
			for name in frappe.get_all(doctype, pluck="name", order_by="creation asc"):
				if frappe.db.get_value(doctype, name, fieldname):
					text = frappe.get_doc(doctype, name)._opened(fieldname)
					found.setdefault(f"{doctype}.{fieldname}", []).append(text)
	for row in frappe.get_all("SV Attachment", ["file", "report"], order_by="creation asc"):
		found.setdefault("files", []).append(files.read(row.file, row.report).decode())
	for row in frappe.get_all("SV Held Mail", ["file", "name"], order_by="creation asc"):
		found.setdefault("held mails", []).append(files.read(row.file, row.name).decode())
	print(json.dumps(found))


def readers(_site: str) -> None:
	"""Print who may use which case, by the title of its desk and its state."""
	users = frappe.get_all("User", {"name": ["like", "%@uni.example"]}, pluck="name", order_by="name asc")
	cases = frappe.get_all("SV Report", ["name", "desk", "status"], order_by="creation asc")
	print(
		json.dumps(
			[
				[case.desk, case.status, [user for user in users if may_use_report(case.name, user)]]
				for case in cases
			]
		)
	)


def states(_site: str) -> None:
	"""Print of each document with states those that today's machine doesn't know."""
	unknown = {}
	for doctype, machine in machines().items():
		known = {machine.start, *(step.target for step in machine.steps)}
		stored = frappe.get_all(doctype, pluck="status", distinct=True, order_by="status asc")
		unknown[doctype] = sorted(set(stored) - known)
	print(json.dumps(unknown))


def clocks(_site: str) -> None:
	"""Print the clocks by kind and state."""
	rows = frappe.get_all("SV Deadline", ["kind", "status"], order_by="kind asc, status asc")
	print(json.dumps([[row.kind, row.status] for row in rows]))


def contacts(_site: str) -> None:
	"""Print the states of aftercare contacts, by the day they were planned."""
	print(json.dumps(frappe.get_all("SV Aftercare Contact", pluck="status", order_by="planned_on asc")))


def findings(_site: str) -> None:
	"""Print what the self-check finds."""
	print(json.dumps(sorted({finding.code for finding in run.findings()})))


def layout(_site: str) -> None:
	"""Print what the app has in the tables of the host, and how its own tables look."""
	found = {}
	for doctype, fieldname in BROUGHT.items():
		found[doctype] = sorted(
			frappe.get_all(doctype, {fieldname: MODULE}, pluck="name", order_by="name asc")
		)
	ours = found["DocType"]
	for doctype, key in (("DocField", "fieldname"), ("DocPerm", "role")):
		rows = frappe.get_all(
			doctype, {"parent": ["in", ours]}, ["parent", key, "idx"], order_by="parent asc"
		)
		found[doctype] = sorted(f"{row.parent}.{row[key]}" for row in rows)
	for doctype in (
		"Custom Field",
		"Property Setter",
		"Custom HTML Block",
		"HD Form Script",
	):
		found[doctype] = sorted(frappe.get_all(doctype, pluck="name", order_by="name asc"))
	found["Role"] = sorted(
		frappe.get_all("Role", {"name": ["like", "SV %"]}, pluck="name", order_by="name asc")
	)
	jobs = frappe.get_all(
		"Scheduled Job Type", {"method": ["like", "sv_helpdesk%"]}, ["method"], order_by="method"
	)
	found["jobs"] = sorted(job.method for job in jobs)
	for doctype in ours:
		if not frappe.get_meta(doctype).issingle:
			found[f"columns of {doctype}"] = _columns(doctype)
	print(json.dumps(found))


def _columns(doctype: str) -> list[str]:
	return sorted(
		f"{row.Field} {row.Type}" for row in frappe.db.sql(f"show columns from `tab{doctype}`", as_dict=True)
	)


def _ours() -> list[str]:
	return frappe.get_all(
		"DocType", {"module": MODULE, "issingle": 0, "istable": 0}, pluck="name", order_by="name asc"
	)


def _controller(doctype: str) -> type:
	return frappe.model.base_document.get_controller(doctype)
