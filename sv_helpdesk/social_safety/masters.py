"""Roles, categories, measures and terms that a new site starts with.

What is there already stays as it is: an institution may change names and definitions.
"""

import json
from pathlib import Path

import frappe

from sv_helpdesk.permissions.roles import ALL_ROLES

DATA = Path(__file__).parent / "setup_data"
FILES = {"SV Category": "categories.json", "SV Measure": "measures.json"}


def sync_masters() -> None:
	"""Create what is missing; can be called any number of times."""
	for role in ALL_ROLES:
		_create("Role", role, {"role_name": role, "desk_access": 1})
	for doctype in FILES:
		for row in shipped(doctype):
			_create(doctype, row["code"], {**row, "enabled": 1})
	for row in json.loads((DATA / "terms.json").read_text()):
		# not beside one that the institution made, whatever desk or days it is for
		_create("SV Term", {"kind": row["kind"]}, {**row, "valid_from": "2000-01-01"})


def shipped(doctype: str) -> list[dict]:
	"""Return the rows of SV Category or SV Measure that come with the app."""
	return json.loads((DATA / FILES[doctype]).read_text())


def _create(doctype: str, name: str | dict, values: dict) -> None:
	if not frappe.db.exists(doctype, name):
		# runs at install and migrate, as nobody in particular
		frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
