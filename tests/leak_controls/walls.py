"""The walls of the app, and how each is taken away in this process."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib import import_module
from unittest.mock import patch

import frappe

EVERYTHING = "1=1"


@contextmanager
def without_hooks(unwanted: Callable[[str, str], bool]) -> Iterator[None]:
	"""The site without some hooks of ours.

	Args:
		unwanted: tells of a hook's key (such as "doc_events" or a doctype) and dotted path whether it goes.
	"""
	get_hooks = frappe.get_hooks

	def pruned(key: str, value):
		if isinstance(value, dict):
			return frappe._dict({name: pruned(f"{key}:{name}", inner) for name, inner in value.items()})
		if isinstance(value, list):
			return [path for path in value if not (isinstance(path, str) and unwanted(key, path))]
		return value

	def without(hook=None, *args, **kwargs):
		return pruned(hook or "", get_hooks(hook, *args, **kwargs))

	with patch.object(frappe, "get_hooks", without):
		yield


def hooks(key: str, path: str) -> AbstractContextManager:
	"""Without the hooks whose key and path begin like this."""
	return without_hooks(lambda have, to: have.startswith(key) and to.startswith(path))


def everywhere(name: str, replacement: object, *modules: str) -> AbstractContextManager:
	"""A function of the app replaced in every module that has it."""
	stack = ExitStack()
	for module in modules:
		stack.enter_context(patch.object(import_module(f"sv_helpdesk.{module}"), name, replacement))
	return stack


def row_rules() -> AbstractContextManager:
	"""Lists of ours show every row."""
	return hooks("permission_query_conditions:SV ", "sv_helpdesk.permissions.conditions.")


def document_rule() -> AbstractContextManager:
	"""Every document of ours may be read, if the role says so."""
	return hooks("has_permission:SV ", "sv_helpdesk.permissions.has_permission")


def roles_of_doctypes() -> AbstractContextManager:
	"""Whoever is logged in has every right of the host's own permissions."""
	return patch(
		"frappe.permissions.get_role_permissions",
		lambda *args, **kwargs: frappe._dict(
			dict.fromkeys(frappe.permissions.rights, 1), if_owner={}, has_if_owner_enabled=False
		),
	)


def denied_list() -> AbstractContextManager:
	"""Nobody is denied anything."""
	return everywhere("not_hidden", lambda *args: EVERYTHING, "permissions.decision", "guards.tickets")


def open_consent() -> AbstractContextManager:
	"""Every consent is open for ever."""
	return everywhere("open_consent_condition", lambda column: EVERYTHING, "permissions.relations")


def end_of_grants() -> AbstractContextManager:
	"""Access that was given never ends."""

	def granted(user: str) -> str:
		quoted = frappe.db.escape(user)
		return f"`tabSV Report`.`name` in (select `report` from `tabSV Access Grant` where `user` = {quoted})"

	return everywhere("granted_reports", granted, "permissions.grants")


def content() -> AbstractContextManager:
	"""Encrypted texts are shown to whoever gets the document."""
	stack = ExitStack()
	stack.enter_context(everywhere("may_read_content", lambda *args, **kwargs: True, "crypto.document"))
	everything = everywhere("readable_fields", lambda doc, user: set(doc.SEALED_FIELDS), "crypto.document")
	stack.enter_context(everything)
	return stack


def desks() -> AbstractContextManager:
	"""Everybody with a role of ours works at every desk."""
	every = property(
		lambda self: [
			frappe._dict(name=name, visibility=visibility, desk_role="Member")
			for name, visibility in frappe.get_all(
				"SV Desk", fields=["name", "visibility"], as_list=True, order_by="name"
			)
		]
	)
	return patch.object(import_module("sv_helpdesk.permissions.relations").Relations, "desks", every)


def handlers_only() -> AbstractContextManager:
	"""At desks where only the handler sees a case, everybody does."""
	relations = import_module("sv_helpdesk.permissions.relations").Relations
	return patch.object(relations, "_whole", staticmethod(lambda row, relation: True))


def accepted_seats() -> AbstractContextManager:
	"""A seat counts before it is accepted."""

	def seat(self) -> str:
		return (
			"`tabSV Decision Table`.`name` in (select `parent` from `tabSV Table Member`"
			f" where `user` = {self.quoted_user})"
		)

	relations = import_module("sv_helpdesk.permissions.relations").Relations
	return patch.object(relations, "_seat_sv_decision_table", seat)


def accused_only() -> AbstractContextManager:
	"""A companion sees all people of the case."""

	def supports(self) -> str:
		return f"`tabSV Party`.`report` in (select `report` from `tabSV Party` where `supported_by` = {self.quoted_user})"

	relations = import_module("sv_helpdesk.permissions.relations").Relations
	return patch.object(relations, "_supports_sv_party", supports)


def encryption() -> AbstractContextManager:
	"""Texts are stored as they are typed."""
	document = import_module("sv_helpdesk.crypto.document").SealedDocument
	return patch.object(document, "_sealed", lambda self, fieldname, value: value)


def jobs_without_words() -> AbstractContextManager:
	"""Jobs are listed to everybody, with what they were told."""
	stack = ExitStack()
	stack.enter_context(everywhere("_require_right", lambda: None, "guards.jobs"))
	stack.enter_context(everywhere("_in_no_words", lambda job: {}, "guards.jobs"))
	return stack


def clocks_in_sight() -> AbstractContextManager:
	"""Everybody sees the deadlines of every document."""
	return everywhere("query_condition", lambda user, doctype: EVERYTHING, "deadlines.sight")


def door_guard() -> AbstractContextManager:
	"""No request is looked at before the host runs it."""
	return hooks("auth_hooks", "sv_helpdesk.guards.request.")


def door(function: str) -> AbstractContextManager:
	"""One function of the host is run without a look at what it is asked."""
	request = import_module("sv_helpdesk.guards.request")
	find = request.find

	def open_door(method):
		found = find(method)
		return request.Door((), True) if found and request.true_name(method) == function else found

	return patch.object(request, "find", open_door)


def sealed_tickets() -> AbstractContextManager:
	"""Sealed tickets are in everybody's queue."""
	return hooks_of("guards.tickets.")


def writing_on_tickets() -> AbstractContextManager:
	"""Words may be written on a sealed ticket."""
	stack = ExitStack()
	for path in ("helpdesk.sealed_ticket.refuse_text", "guards.records.empty_comment"):
		stack.enter_context(hooks("doc_events", f"sv_helpdesk.{path}"))
	return stack


def hooks_of(path: str) -> AbstractContextManager:
	"""None of the hooks that lead into a module of ours, or to one function of it."""
	return without_hooks(lambda key, to: to.startswith(f"sv_helpdesk.{path}"))


def rows_of(doctype: str) -> AbstractContextManager:
	"""The host's rows of a doctype are listed and read without a look at what they are about."""
	return without_hooks(
		lambda key, to: (
			key in (f"permission_query_conditions:{doctype}", f"has_permission:{doctype}")
			and to.startswith("sv_helpdesk.guards.")
		)
	)


def events_of(doctype: str) -> AbstractContextManager:
	"""Documents of the host of this doctype are stored whatever they are about."""
	return hooks(f"doc_events:{doctype}:", "sv_helpdesk.")


def replacement(function: str) -> AbstractContextManager:
	"""A function of the host that one of ours stands in for answers itself again."""
	stack = ExitStack()
	stack.enter_context(hooks(f"override_whitelisted_methods:{function}", "sv_helpdesk."))
	stack.enter_context(door(function))
	return stack
