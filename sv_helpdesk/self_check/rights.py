"""Rights on our doctypes that differ from the matrix, whoever gave them."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.permissions import rights as rights_of_host

from sv_helpdesk.permissions.matrix import rights
from sv_helpdesk.permissions.roles import ALL_ROLES
from sv_helpdesk.self_check.finding import Finding


def our_doctypes() -> list[str]:
	"""Return the names of our doctypes, by their names: their module could have been changed."""
	return frappe.get_all(
		"DocType", filters={"name": ["like", "SV %"], "istable": 0}, pluck="name", order_by="name asc"
	)


def effective_rights() -> Iterator[Finding]:
	"""Compare what the host goes by (DocPerm, or Custom DocPerm in its place) with the matrix."""
	for doctype in our_doctypes():
		if frappe.db.exists("Custom DocPerm", {"parent": doctype}):
			yield Finding(
				"custom-rights",
				_(
					"{0} has rights of its own in the Role Permission Manager. Restore its original permissions there."
				).format(doctype),
			)
		held = _held(doctype)
		wanted = {
			(role, ptype)
			for role in ALL_ROLES
			for ptype in rights_of_host
			if any(right.allows(ptype) for right in rights(frozenset((role,)), doctype))
		}
		# reading includes choosing in a link
		wanted -= {(role, "select") for role, ptype in wanted if ptype == "read"}
		if held != wanted:
			roles = ", ".join(sorted({role for role, _ptype in held ^ wanted}))
			yield Finding(
				"rights",
				_(
					"The rights of {0} differ from the matrix for: {1}. Run bench migrate, which brings them back."
				).format(doctype, roles),
			)


def shares() -> Iterator[Finding]:
	"""A share goes before every rule of ours on some versions of the host."""
	for doctype, count in _counted("DocShare", "share_doctype"):
		yield Finding(
			"share",
			_("{0} documents of {1} are shared. Delete these rows in the list of DocShare.").format(
				count, doctype
			),
		)


def _held(doctype: str) -> set[tuple[str, str]]:
	table = "Custom DocPerm" if frappe.db.exists("Custom DocPerm", {"parent": doctype}) else "DocPerm"
	rows = frappe.get_all(
		table, filters={"parent": doctype}, fields=["role", *rights_of_host], order_by="role asc"
	)
	return {(row.role, ptype) for row in rows for ptype in rights_of_host if row[ptype] and ptype != "select"}


def _counted(doctype: str, fieldname: str) -> list[tuple[str, int]]:
	names = frappe.get_all(
		doctype, filters={fieldname: ["like", "SV %"]}, pluck=fieldname, order_by=f"{fieldname} asc"
	)
	return [(name, names.count(name)) for name in dict.fromkeys(names)]
