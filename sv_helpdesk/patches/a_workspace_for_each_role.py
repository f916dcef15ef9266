"""The two workspaces that everybody shared, and their board, make way for one for each kind of work."""

import frappe

EARLIER = (
	("Workspace", "Social Safety"),
	("Workspace", "My part"),
	("Custom HTML Block", "Social Safety today"),
)


def execute() -> None:
	"""Delete what is no longer shipped; the new ones come with the app's files and its setup."""
	for doctype, name in EARLIER:
		frappe.delete_doc(doctype, name, force=True, delete_permanently=True, ignore_missing=True)
