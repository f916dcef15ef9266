"""Finds, in a Python file, every use of something that passes by the rights of the session's user.

By syntax tree, not by words: comments and strings don't count, another way of writing does. Whatever of
`frappe.db` and `frappe.qb` is not known to be harmless counts, so that a new method of Frappe is found, too.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

# of frappe.db: neither reads nor writes a row
HARMLESS_DB = {
	*("commit", "rollback", "savepoint", "release_savepoint", "after_commit", "after_rollback", "escape"),
	*("before_commit", "add_index", "add_unique", "table_exists", "has_column", "value_cache", "db_type"),
	*("is_unique_key_violation", "is_duplicate_entry", "InternalError", "OperationalError"),
}
# of frappe.qb: parts of a query that don't start one
HARMLESS_QB = {"DocType", "Field", "Table", "desc", "asc", "functions", "terms", "engine"}
WATCHED_OF_FRAPPE = {
	*("get_all", "get_value", "get_cached_value", "get_cached_doc", "get_single_value", "set_value"),
	*("set_user", "get_list_with_ignore", "db_set"),
}
# methods of a document that write past its checks
WATCHED_OF_DOCUMENTS = {"db_insert", "db_update", "db_set", "db_update_all", "update_single"}
IDENTITY = {"login_as", "impersonate", "set_session_user"}


def uses_in(file: Path) -> dict[str, Counter]:
	"""Return the kinds of bypass and their number, per function (`Class.method`, `<module>`)."""
	return uses_of(file.read_text())


def uses_of(source: str) -> dict[str, Counter]:
	"""As `uses_in`, of a source text."""
	found: dict[str, Counter] = {}
	for function, kind in _walk(ast.parse(source), ()):
		found.setdefault(function, Counter())[kind] += 1
	return found


def _walk(node: ast.AST, inside: tuple[str, ...]) -> Iterator[tuple[str, str]]:
	for child in ast.iter_child_nodes(node):
		if kind := _kind(child, node):
			yield ".".join(inside) or "<module>", kind
		named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
		yield from _walk(child, (*inside, child.name) if named else inside)


def _kind(node: ast.AST, parent: ast.AST) -> str | None:
	if isinstance(node, ast.keyword) and node.arg == "ignore_permissions":
		return "ignore_permissions"
	if isinstance(node, ast.Constant) and node.value == "ignore_permissions":
		return "ignore_permissions"
	if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "frappe":
		names = {alias.name for alias in node.names} & {"db", "qb", "flags", "session", *WATCHED_OF_FRAPPE}
		return f"import {min(names)}" if names else None
	if isinstance(node, ast.Import) and any(
		alias.name == "frappe" and alias.asname not in (None, "frappe") for alias in node.names
	):
		return "import frappe under another name"
	if isinstance(node, ast.Name) and node.id == "frappe" and not isinstance(parent, ast.Attribute):
		return "frappe itself"
	if isinstance(node, ast.Attribute):
		return _kind_of_attribute(node, parent)
	return None


def _kind_of_attribute(node: ast.Attribute, parent: ast.AST) -> str | None:
	owner = _last_name(node.value)
	if node.attr == "ignore_permissions":
		return "ignore_permissions"
	if owner == "flags" and (node.attr.startswith("ignore_") or _is_of_frappe(node.value)):
		return f"flags.{node.attr}"
	if owner == "db" and node.attr not in HARMLESS_DB:
		return f"db.{node.attr}"
	if owner == "qb" and node.attr not in HARMLESS_QB:
		return f"qb.{node.attr}"
	if owner == "frappe" and node.attr in WATCHED_OF_FRAPPE:
		return node.attr
	if owner == "frappe" and node.attr in ("db", "qb") and not isinstance(parent, ast.Attribute):
		return f"{node.attr} itself"
	if node.attr in WATCHED_OF_DOCUMENTS:
		return node.attr
	if node.attr in IDENTITY or (owner == "session" and isinstance(node.ctx, ast.Store)):
		return "set_user"
	return None


def _is_of_frappe(node: ast.AST) -> bool:
	"""Tell whether this is `frappe.flags` or `frappe.local.flags`, which go for a whole request."""
	return isinstance(node, ast.Attribute) and _last_name(node.value) in ("frappe", "local")


def _last_name(node: ast.AST) -> str | None:
	if isinstance(node, ast.Attribute):
		return node.attr
	return node.id if isinstance(node, ast.Name) else None
