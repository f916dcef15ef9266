"""Titles of documents for the links and pickers of forms: of what the reader may see, and of nothing else.

The host looks titles up without asking the rules (show_title_field_in_link), so that none of our doctypes lets it.
Nothing is kept here: who may see a document no longer has its title no longer.
"""

from contextlib import suppress

import frappe
from frappe.utils import cint, cstr

from sv_helpdesk.crypto import together
from sv_helpdesk.forms.wording import WORDED_BY, title_of
from sv_helpdesk.permissions import rules
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.matrix import rights
from sv_helpdesk.permissions.relations import Relations

PARTY = "SV Party"
MOST = 200
# found in the database, however many there are; of others the latest are looked through
SEARCHED = {
	"SV Report": ("case_number",),
	"SV Decision Table": ("table_number",),
	"SV Aftercare": ("plan_number",),
	"SV Subject Request": ("request_number",),
	"SV Unit": ("unit_name",),
}
# who sees a document reads what the desk that it names is called, without any right to the desk
NAMED_IN = {"SV Desk": ("SV Decision Table", "desk")}
IN_ORDER = {"SV Category": "display_order asc", "SV Unit": "unit_name asc", "SV Desk": "title asc"}


@frappe.whitelist(methods=["POST"])
def titles(wanted: dict | str) -> dict[str, dict[str, str]]:
	"""Return the titles of those documents that the session's user may see: one statement per doctype.

	Args:
		wanted: names of documents by doctype; a dict, or one as JSON. More than MOST of one are passed over.

	Returns:
		Titles by doctype and name. What is hidden, what isn't there and what makes no sense are all left out.
	"""
	user, found = frappe.session.user, {}
	relations = Relations(user)
	for doctype, names in (_as_dict(wanted) or {}).items():
		if doctype not in WORDED_BY or not names or not isinstance(names, list):
			continue
		rows = _rows(doctype, [cstr(name) for name in names][:MOST], relations)
		found[doctype] = _titled(doctype, rows)
	return found


@frappe.whitelist(methods=["POST"])
def search(
	doctype: str,
	txt: str = "",
	searchfield: str | None = None,
	start: int | str = 0,
	page_length: int | str = 20,
	filters: dict | list | str | None = None,
) -> list[tuple[str, str]]:
	"""Return what a picker offers (the host's standard query): documents that the session's user may see.

	Args:
		doctype: of the picker.
		txt: what was typed; part of a title.
		searchfield: the host's; titles are searched.
		start, page_length: which part of it.
		filters: plain values or conditions by the doctype's own fields, as for a list; nothing fits others.

	Returns:
		(name, title) of each.
	"""
	if doctype not in WORDED_BY or not frappe.has_permission(doctype, "read"):
		return []
	meta, text = frappe.get_meta(doctype), cstr(txt).strip()
	asked = _as_dict(filters or {})
	if asked is None:
		return []
	own = {name: value for name, value in asked.items() if name == "name" or meta.has_field(name)}
	if meta.has_field("enabled"):
		own.setdefault("enabled", 1)
	in_database = SEARCHED.get(doctype, ())
	rows = frappe.get_list(
		doctype,
		filters=own,
		or_filters={fieldname: ["like", f"%{text}%"] for fieldname in in_database} if text else None,
		fields=["name", *_columns(doctype)],
		order_by=IN_ORDER.get(doctype, "creation desc"),
		limit_page_length=MOST,
	)
	# names of people are opened for the case that the picker is about, not for all cases at once
	found = _titled(doctype, rows, of_case="report" in own)
	fitting = [
		pair for pair in found.items() if in_database or text.casefold() in f"{pair[1]} {pair[0]}".casefold()
	]
	return fitting[cint(start) : cint(start) + (cint(page_length) or 20)]


def _as_dict(asked) -> dict | None:
	"""Return what a request asks for, or None if that makes no sense."""
	with suppress(ValueError):
		asked = frappe.parse_json(asked)
	return asked if isinstance(asked, dict) else None


def _columns(doctype: str) -> tuple[str, ...]:
	return (*WORDED_BY[doctype], *(("report", "person_name") if doctype == PARTY else ()))


def _rows(doctype: str, names: list[str], relations: Relations) -> list:
	allowed = _condition(doctype, relations)
	if doctype in NAMED_IN:
		holder, fieldname = NAMED_IN[doctype]
		naming = f"`tab{holder}`.`{fieldname}` = `tab{doctype}`.`name` and {_condition(holder, relations)}"
		allowed = f"({allowed} or exists (select 1 from `tab{holder}` where {naming}))"
	columns = ", ".join(f"`{fieldname}`" for fieldname in ("name", *_columns(doctype)))
	# the conditions are made of escaped values by their builder, the columns stand in this package
	return frappe.db.sql(
		f"select {columns} from `tab{doctype}` where `name` in %(names)s and {allowed}",
		{"names": names},
		as_dict=True,
	)


def _condition(doctype: str, relations: Relations) -> str:
	return f"({rules.query_condition(relations.user, doctype, relations) or '1=1'})"


def _titled(doctype: str, rows: list, of_case: bool = True) -> dict[str, str]:
	people = together.opened("person_name", doctype, rows) if of_case and _names_people(doctype) else {}
	return {row.name: title_of(doctype, row, people.get(row.name, "")) for row in rows}


def _names_people(doctype: str) -> bool:
	"""Tell whether whoever sees a person of a case by any of their roles may read the name, too."""
	if doctype != PARTY:
		return False
	held = [right for right in rights(acting_roles(frappe.session.user), PARTY) if right.read]
	return bool(held) and all("identity" in right.read for right in held)
