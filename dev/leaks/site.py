"""What the site under test has: surfaces that it doesn't have are not counted."""

import inspect
import pkgutil
import shutil

import frappe
from frappe.desk.reportview import get_filter_dashboard_data
from frappe.model.base_document import get_controller
from frappe.utils import now_datetime

import sv_helpdesk
from dev.leaks.surface import Surface
from dev.leaks.world import World
from sv_helpdesk.guards import doors, wiring

SOME = 6
# these are reached by routes
ROUTES = "frappe.api."
UNIMPORTED = (".tests", ".test_", "test_runner", "commands", "patches", ".node", "coverage", "parallel")
DOCTYPE_ARGUMENTS = ("doctype", "dt", "reference_doctype", "document_type", "ref_doctype", "reference_dt")
NAME_ARGUMENTS = (
	"name",
	"docname",
	"dn",
	"doc_name",
	"reference_name",
	"document_name",
	"reference_doc",
	"old_name",
	"docnames",
	"names",
	"names_list",
)
# they change the site or the session, or wait for something outside
NOT_CALLED = (
	"logout",
	"login",
	"setup_wizard",
	"install",
	"backup",
	"rebuild",
	"google",
	"ldap",
	"make_demo",
)


def existing(surfaces: tuple[Surface, ...], world: World) -> list[Surface]:
	"""The surfaces that the connected site has."""
	return [surface for surface in surfaces if all(_has(need, world) for need in surface.needs)]


def look_around(world: World) -> None:
	"""Put into the world what surfaces need to know of the site: names of rows, reports, functions."""
	world.functions, methods = _our_functions(), []
	for doctype in world.doctypes:
		controller = get_controller(doctype)
		own = [name for name in vars(controller) if getattr(controller, name, None) in frappe.whitelisted]
		methods += [(doctype, name) for name in own]
	reports = frappe.get_all("Report", fields=["name", "ref_doctype", "module"], order_by="name asc")
	ours = [row.name for row in reports if row.ref_doctype.startswith("SV ")]
	files = [name for doctype, name in world.documents.values() if doctype == "File"]
	mails = {"reference_doctype": "HD Ticket"}
	sealed = {**mails, "reference_name": world.name("ccp2/HD Ticket/ticket")}
	world.facts = {
		"year": now_datetime().year,
		"methods": methods,
		"about_documents": _functions_about_documents(),
		"guarded_rows": _hooked("permission_query_conditions"),
		"guarded_events": _hooked("doc_events"),
		"guarded_doors": sorted(name for name in doors.CHECKS if _has(name, world)),
		"replaced": sorted(wiring.OVERRIDES),
		"our_reports": ours,
		"counts_by_filter": _counts_by_filter(),
		"reports": [*ours, "ToDo", "Permitted Documents For User", "Document Share Report"],
		"helpdesk_reports": [row.name for row in reports if row.module == "Helpdesk"],
		"file_urls": {name: frappe.db.get_value("File", name, "file_url") for name in files},
		"contacts": frappe.get_all(
			"Contact", filters={"email_id": ["like", "%buiten.example"]}, pluck="name", order_by="name asc"
		),
		"communications": frappe.get_all(
			"Communication", filters=mails, pluck="name", order_by="creation desc", limit=SOME
		),
		"sealed_communications": frappe.get_all(
			"Communication", filters=sealed, pluck="name", order_by="creation desc"
		),
		"versions": frappe.get_all("Version", pluck="name", order_by="creation desc", limit=SOME),
		"notification_logs": frappe.get_all(
			"Notification Log", pluck="name", order_by="creation asc", limit=3 * SOME
		),
		"deleted_documents": frappe.get_all(
			"Deleted Document", pluck="name", order_by="creation desc", limit=SOME
		),
		"web_forms": frappe.get_all("Web Form", pluck="name", order_by="name asc", limit=1),
		"prepared_report": frappe.db.get_value("Prepared Report", {}, "name") or "",
	}


def _our_functions() -> dict[str, list[str]]:
	"""Every whitelisted function of the shipped package that is no method, with its arguments."""
	for module in pkgutil.walk_packages(sv_helpdesk.__path__, "sv_helpdesk."):
		if ".test_" not in module.name and not module.name.endswith("test_utils"):
			frappe.get_module(module.name)
	found = {}
	for function in frappe.whitelisted:
		inner = inspect.unwrap(function)
		if inner.__module__.startswith("sv_helpdesk.") and inner.__qualname__ == inner.__name__:
			found[f"{inner.__module__}.{inner.__name__}"] = list(inspect.signature(inner).parameters)
	return dict(sorted(found.items()))


def _hooked(hook: str) -> list[str]:
	"""Doctypes of the host for which a hook leads to the guards."""
	return sorted(
		doctype for doctype, paths in frappe.get_hooks(hook).items() if "sv_helpdesk.guards." in str(paths)
	)


def _functions_about_documents() -> list[tuple[str, str, str, list[str]]]:
	"""Every whitelisted function of the host that takes a doctype and a name: path, both arguments, the others."""
	for app in ("frappe", "helpdesk"):
		package = frappe.get_module(app)
		for module in pkgutil.walk_packages(package.__path__, f"{app}.", onerror=lambda name: None):
			if not any(word in module.name for word in UNIMPORTED):
				_imported(module.name)
	found = []
	for function in frappe.whitelisted:
		inner = inspect.unwrap(function)
		path = f"{inner.__module__}.{inner.__name__}"
		if inner.__qualname__ != inner.__name__ or any(word in path for word in NOT_CALLED):
			continue
		parameters = inspect.signature(inner).parameters
		doctype = next((name for name in DOCTYPE_ARGUMENTS if name in parameters), "")
		named = next((name for name in NAME_ARGUMENTS if name in parameters), "")
		if doctype and named and not path.startswith("sv_helpdesk."):
			needed = [
				name
				for name, parameter in parameters.items()
				if parameter.default is parameter.empty
				and parameter.kind == parameter.POSITIONAL_OR_KEYWORD
				and name not in (doctype, named)
			]
			found.append((path, doctype, named, needed))
	return sorted(found)


def _counts_by_filter() -> bool:
	"""Whether this function of the report view works at all; since 15.55 it fails on filters of its own."""
	try:
		get_filter_dashboard_data('[{"name": "status", "type": "Select"}]', "ToDo", "[]")
	except (TypeError, ValueError):
		return False
	return True


def _imported(module: str) -> None:
	try:
		frappe.get_module(module)
	except BaseException:
		# programs, tests and modules of libraries that aren't there; the host can't call what it can't import
		return


def _has(need: str, world: World) -> bool:
	kind, _, name = need.partition(":")
	if kind == "DocType":
		return bool(frappe.db.exists("DocType", name))
	if kind == "program":
		return shutil.which(name) is not None
	if kind == "fact":
		return bool(world.facts.get(name))
	for find in (frappe.get_attr, frappe.get_module):
		try:
			found = find(need)
			# in other versions of Helpdesk a function of this name can be there for itself alone
			return not inspect.isfunction(found) or need.startswith(ROUTES) or found in frappe.whitelisted
		except Exception:
			# an app that isn't installed, a module or a function that isn't there: each has an error of its own
			continue
	return False
