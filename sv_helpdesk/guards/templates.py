"""Texts of the host that are programs: Jinja with the whole database at hand.

A saved reply is written by any agent, so it may show fields of the ticket and nothing more. The mails of
Helpdesk are written by agent managers: they may use the host's helpers, but not reach data through them.
Other texts that run take two persons (sv_helpdesk.two_persons).
"""

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

import frappe
from frappe import _

# what a text may consist of that shows fields
PLAIN = (
	*(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter, nodes.If),
	*(nodes.CondExpr, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Concat),
	*(nodes.Test, nodes.Keyword),
)
TEXTS = ("Text", "Small Text", "Long Text", "Text Editor", "HTML Editor", "Code")
FILTERS = frozenset(
	"capitalize d default e escape first float int last length lower replace round striptags title trim truncate "
	"upper wordcount".split()
)
GLOBALS = frozenset(
	("frappe", "json", "args", "dict", "_dict", "log", "style", "self", "loop", "caller", "varargs")
)
# of the host's own object these lead to no data; also its functions for dates and numbers
HARMLESS = frozenset(
	"utils format format_value format_date date_format time_format bold get_url user full_name get_fullname "
	"lang sanitize_html get_gravatar _".split()
)
# functions among the globals that run, fetch or load something
REACHING = frozenset(
	"run_script FrappeClient get_doc get_list get_all resolve_class web_block web_blocks include_script".split()
)
# what a document in the text may be asked for
OF_DOCUMENTS = frozenset("get get_formatted get_title get_url strftime format items keys values".split())


def refuse_program_in_reply(doc, method: str | None = None) -> None:
	"""HD Saved Reply.before_validate: fields of the ticket, conditions on them, and plain filters."""
	refuse_program(doc.get("message"))


def refuse_program(text: str | None) -> None:
	"""Refuse a saved reply that does more than show fields.

	Args:
		text: the saved reply; HTML with Jinja.

	Raises:
		frappe.PermissionError: it calls something, or reaches into something.
	"""
	if not all(map(_is_plain, _nodes(text))):
		_refuse()


def keep_from_data(doc, method: str | None = None) -> None:
	"""HD Settings.before_validate: the mails an agent manager writes there don't reach the database."""
	for field in doc.meta.get("fields", {"fieldtype": ["in", TEXTS]}):
		text = doc.get(field.fieldname)
		if text and doc.has_value_changed(field.fieldname) and _reaches_data(_nodes(text)):
			_refuse()


def _nodes(text: str | None) -> list:
	"""Return all parts of a text as Jinja's own parser sees it.

	Raises:
		frappe.PermissionError: the parser can't read it; the host's may know more.
	"""
	if not text or "{" not in text:
		return []
	try:
		tree = SandboxedEnvironment().parse(text)
	except TemplateSyntaxError:
		_refuse()
	return [tree, *tree.find_all(nodes.Node)]


def _is_plain(node) -> bool:
	if isinstance(node, nodes.Name):
		return node.name not in GLOBALS and not node.name.startswith("_")
	if isinstance(node, nodes.Filter):
		return node.name in FILTERS
	return isinstance(node, PLAIN)


def _reaches_data(tree: list) -> bool:
	allowed = {id(node.node) for node in tree if isinstance(node, nodes.Getattr) and node.attr in HARMLESS}
	for node in tree:
		if isinstance(node, nodes.Import | nodes.FromImport | nodes.Include | nodes.Extends):
			return True
		if isinstance(node, nodes.Name) and (
			node.name in REACHING or (node.name == "frappe" and id(node) not in allowed)
		):
			return True
		if isinstance(node, nodes.Call) and not _is_harmless_call(node.node):
			return True
		if isinstance(node, nodes.Filter) and node.name in ("attr", "map"):
			return True
	return False


def _is_harmless_call(called) -> bool:
	"""Tell whether a call is of a helper (`frappe.utils.x()`, `_()`) or asks a document for a field."""
	if isinstance(called, nodes.Name):
		return called.name not in REACHING and called.name != "frappe"
	if not isinstance(called, nodes.Getattr):
		return False
	root = called
	path = []
	while isinstance(root, nodes.Getattr):
		path.append(root.attr)
		root = root.node
	if isinstance(root, nodes.Name) and root.name == "frappe":
		return path[-1] in HARMLESS
	return called.attr in OF_DOCUMENTS


def _refuse() -> None:
	frappe.throw(
		_(
			"This text would run a program on the server. Use fields only, such as {0}, "
			"and ask your administrator for anything else."
		).format("{{ subject }}"),
		frappe.PermissionError,
	)
