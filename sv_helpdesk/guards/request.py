"""The guard at the door: every request, before the host runs what it asks for.

It stands in auth_hooks, which run in every version of the host after a login of any kind and before any
function. What decides is the function that will really run, not the name it was asked by.
"""

import importlib
import inspect
from typing import NamedTuple

import frappe
import frappe.handler

from sv_helpdesk.guards import doors, tickets
from sv_helpdesk.guards.checks import documents, linked
from sv_helpdesk.guards.mentions import mentions_ours
from sv_helpdesk.guards.subjects import refuse, require_read

__all__ = ["guard", "tickets"]

# what a name leads to, by site and name; a name that leads nowhere is not kept
_known: dict[tuple[str, str], "Door"] = {}
MOST_KNOWN = 5000
# the one page of the host that shows any document
PRINTING = ("printview",)


class Door(NamedTuple):
	"""What is asked before a function of the host runs.

	checks: functions of the request's arguments, which raise frappe.PermissionError.
	asks: the function may be asked about our documents; it, or a check, looks at the rights.
	"""

	checks: tuple
	asks: bool


def guard() -> None:
	"""auth_hooks: refuse a request to which the host would answer about a case without asking for a right.

	Raises:
		frappe.PermissionError: in the same words whether what was asked for exists or not.
	"""
	form = frappe.local.form_dict
	if method := form.get("cmd"):
		return _look_at(method, form)
	path = frappe.local.request.path
	if not path.startswith("/api/"):
		# the host takes these spellings of a page's address
		return documents.named(form) if path.strip("/ ").removesuffix(".html") in PRINTING else None
	version, _slash, rest = path[5:].partition("/")
	if version not in ("v1", "v2"):
		version, rest = "v1", path[5:]
	kind, _slash, rest = rest.partition("/")
	if kind == "method":
		return _look_at(_method_of(rest, version), form)
	if kind in ("resource", "document"):
		return _look_at_document(rest.removesuffix("/copy") if version == "v2" else rest, form)
	return None


def _method_of(rest: str, version: str) -> str:
	"""Return the dotted path of the function that a path of the API names."""
	parts = rest.split("/")
	if version == "v1":
		return parts[0]
	if parts[0] == "run_doc_method":
		return "frappe.api.v2.run_doc_method"
	if len(parts) == 2 and parts[1]:
		from frappe.modules.utils import load_doctype_module

		try:
			return f"{load_doctype_module(parts[0]).__name__}.{parts[1]}"
		except ImportError:
			# the host finds nothing there either
			return ""
	return parts[0]


def _look_at(method: object, form: dict) -> None:
	door = find(method)
	if not door:
		return
	for check in door.checks:
		check(form)
	linked.fields(form.get("doctype"), form)
	if not door.asks and mentions_ours(form):
		refuse()


def _look_at_document(rest: str, form: dict) -> None:
	"""A document of the API by its path: of ours, the answer is the same whether it exists or not."""
	doctype, _slash, name = rest.partition("/")
	name, _slash, method = name.rstrip("/").partition("/method/")
	if name:
		require_read(doctype, name)
		documents.absent_if_hidden(doctype, name)
	linked.fields(doctype, form)
	if "expand_links" in form:
		documents.links(doctype, name)
	if (method or "run_method" in form) and doctype not in documents.TOOLS and mentions_ours(form):
		refuse()


def find(method: object) -> Door | None:
	"""Return what is asked before a function runs.

	Args:
		method: the name a request asks for it by.

	Returns:
		None if there is no such function.
	"""
	if not isinstance(method, str):
		return None
	place = frappe.local.site, method
	if place not in _known and len(_known) < MOST_KNOWN:
		overrides = frappe.get_hooks("override_whitelisted_methods", {}).get(method, [])
		names = {path: name for path in (method, *overrides) if (name := true_name(path))}
		if not names:
			return None
		checks = [check for path, name in names.items() for check in doors.checks_of(name, path)]
		_known[place] = Door(tuple(dict.fromkeys(checks)), any(map(doors.asks, names.values())))
	return _known.get(place)


def true_name(path: object) -> str | None:
	"""Return module and name under which a function was defined.

	Args:
		path: the dotted path, or the short name, it is asked for by.

	Returns:
		None if there is no such function.
	"""
	if not isinstance(path, str):
		return None
	module, _dot, name = path.rpartition(".")
	if module and module.split(".")[0] not in frappe.get_installed_apps():
		return None
	try:
		function = getattr(importlib.import_module(module) if module else frappe.handler, name)
		function = _undecorated(function)
	except Exception:
		# whatever a module says when it is imported: the host can't run it either
		return None
	return f"{getattr(function, '__module__', module)}.{getattr(function, '__qualname__', name)}"


def _undecorated(function: object) -> object:
	"""Return what decorators were put around; some of the host's don't tell."""
	while True:
		if inner := getattr(function, "__wrapped__", None):
			function = inner
			continue
		if "<locals>" not in getattr(function, "__qualname__", ""):
			return function
		inside = [cell.cell_contents for cell in getattr(function, "__closure__", None) or ()]
		inner = next((content for content in inside if inspect.isfunction(content)), None)
		if not inner:
			return function
		function = inner
