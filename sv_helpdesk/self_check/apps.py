"""Other apps that put themselves before our documents or take the place of our classes."""

from collections.abc import Iterator

import frappe
from frappe import _

from sv_helpdesk.self_check.finding import Finding

APP = "sv_helpdesk"
HOOKS = (
	"permission_query_conditions",
	"has_permission",
	"doc_events",
	"override_doctype_class",
	"doctype_js",
)


def foreign_hooks() -> Iterator[Finding]:
	"""Hooks of other apps on our doctypes, and classes that come after ours."""
	ours = frappe.get_hooks(app_name=APP)
	for app in frappe.get_installed_apps():
		if app == APP:
			continue
		theirs = frappe.get_hooks(app_name=app)
		for hook in HOOKS:
			for doctype in theirs.get(hook) or {}:
				if doctype.startswith("SV "):
					yield Finding(
						"foreign-hook",
						_("The app {0} has a hook ({1}) on {2}. Remove that app or that hook.").format(
							app, hook, doctype
						),
					)
	effective = frappe.get_hooks("override_doctype_class")
	for doctype, classes in (ours.get("override_doctype_class") or {}).items():
		if effective.get(doctype, [None])[-1] != _last(classes):
			yield Finding(
				"class-taken",
				_(
					"Another app takes the place of our class for {0}. Install sv_helpdesk after that app."
				).format(doctype),
			)
	for function, paths in (ours.get("override_whitelisted_methods") or {}).items():
		if set(frappe.get_hooks("override_whitelisted_methods").get(function, [])) - set(_all(paths)):
			yield Finding(
				"function-taken",
				_("Another app takes the place of our guard of {0}. Remove that app.").format(function),
			)


def _last(paths: str | list[str]) -> str:
	return _all(paths)[-1]


def _all(paths: str | list[str]) -> list[str]:
	return [paths] if isinstance(paths, str) else list(paths)
