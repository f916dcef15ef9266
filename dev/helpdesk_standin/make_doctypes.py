"""Write the stand-in's doctype files from facts.json; run it after changing that file.

	python dev/helpdesk_standin/make_doctypes.py

The files are kept in the repository, as those of any Frappe app. Controllers are written by hand; where
there is none, an empty class is written.
"""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCTYPES = HERE / "helpdesk" / "helpdesk" / "doctype"
STAMP = "2026-07-23 00:00:00.000000"
CONTROLLER = '''"""{doctype}, as far as the stand-in needs it."""

from frappe.model.document import Document


class {classname}(Document):
	"""Holds its fields; nothing more happens here."""
'''


def scrub(name):
	"""Return the folder name that Frappe uses for a doctype: `HD Ticket` gives `hd_ticket`."""
	return name.lower().replace(" ", "_").replace("-", "_")


def doctype_file(name, facts):
	"""Return the content of one doctype file.

	Args:
		name: name of the doctype.
		facts: its entry in facts.json.

	Returns:
		dict: what Frappe expects in the file.
	"""
	properties = {key: value for key, value in facts.items() if key not in ("fields", "permissions")}
	return {
		"doctype": "DocType",
		"name": name,
		"module": "Helpdesk",
		"owner": "Administrator",
		"modified_by": "Administrator",
		"creation": STAMP,
		"modified": STAMP,
		"engine": "InnoDB",
		"sort_field": "modified",
		"sort_order": "DESC",
		**properties,
		"field_order": [field["fieldname"] for field in facts["fields"]],
		"fields": facts["fields"],
		"permissions": facts["permissions"],
	}


def main():
	"""Write every doctype of facts.json."""
	facts = json.loads((HERE / "facts.json").read_text(encoding="utf-8"))["doctypes"]
	for name in facts:
		folder = DOCTYPES / scrub(name)
		folder.mkdir(parents=True, exist_ok=True)
		(folder / "__init__.py").touch()
		text = json.dumps(doctype_file(name, facts[name]), indent=1, ensure_ascii=False, sort_keys=True)
		(folder / f"{folder.name}.json").write_text(text + "\n", encoding="utf-8")
		controller = folder / f"{folder.name}.py"
		if not controller.exists():
			controller.write_text(
				CONTROLLER.format(doctype=name, classname=name.replace(" ", "")), encoding="utf-8"
			)


if __name__ == "__main__":
	main()
