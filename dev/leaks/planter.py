"""Writes documents with a canary in every encrypted field, and keeps account of them."""

import frappe

from dev.leaks.canaries import HOST, SECRET, Registry

# they say that a document exists, besides its name
NUMBERS = ("case_number", "table_number", "plan_number", "request_number")


class Planter:
	"""Plants into the connected site.

	Attributes:
		registry: all that was planted.
		documents: place of each planted document (case / doctype / label) -> (doctype, name).
	"""

	def __init__(self):
		self.registry = Registry()
		self.documents: dict[str, tuple[str, str]] = {}

	def plant(self, case: str, label: str, doctype: str, by_code: bool = False, **values):
		"""Insert a document of ours with a canary in each encrypted field that `values` doesn't fill.

		Args:
			case: key of the case or table in expected.py.
			label: what the document is called there.
			doctype: one of ours.
			by_code: write it as code of ours does that no form can call.
			values: its other fields.

		Returns:
			The document.
		"""
		place = f"{case}/{doctype}/{label}"
		doc = frappe.get_doc({"doctype": doctype, **values})
		for fieldname in getattr(type(doc), "SEALED_FIELDS", ()):
			if fieldname not in values:
				doc.set(fieldname, f"{self.registry.new(f'{place}/{fieldname}')} staat hier")
		# as intake writes them: a form would lose what only the system fills in
		doc.flags.ignore_permissions = doc.flags.retracting = doc.flags.status_as_given = True
		if by_code:
			doc.set_new_name()
			doc.db_insert()
		else:
			doc.insert()
		return self.take_in(case, label, doc)

	def take_in(self, case: str, label: str, doc):
		"""Count a document of ours that is there already, with its name and number, and return it."""
		place = f"{case}/{doc.doctype}/{label}"
		self.documents[place] = (doc.doctype, doc.name)
		self.registry.add(doc.name, f"{place}/name")
		for fieldname in NUMBERS:
			if doc.get(fieldname):
				self.registry.add(doc.get(fieldname), f"{place}/{fieldname}")
		return doc

	def of_host(self, label: str, doctype: str, *fieldnames: str, **values):
		"""Insert a document of the host that everybody on the helpdesk may read, with canaries in some fields."""
		place = f"helpdesk/{doctype}/{label}"
		texts = {name: f"{self.registry.new(f'{place}/{name}', HOST)} mag gezien" for name in fieldnames}
		doc = frappe.get_doc({"doctype": doctype, **texts, **values})
		doc.insert(ignore_permissions=True)
		self.documents[place] = (doctype, str(doc.name))
		return doc

	def word(self, place: str, kind: str = SECRET) -> str:
		"""A new canary for a text that is made up here, such as a mail's."""
		return self.registry.new(place, kind)
