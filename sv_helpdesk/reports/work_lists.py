"""The built-in reports of work: rows that the session's user may read, by the rules of their lists."""

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import cstr


@dataclass(frozen=True)
class WorkList:
	"""A list of what is to be done.

	Attributes:
		doctype: of the rows.
		fields: what is shown of them, in order.
		where: the filters of the list.
		oldest: field by which they stand, the oldest first.
		extra: one more column: its label, and what it says of the rows, by name; who isn't named there isn't listed.
	"""

	doctype: str
	fields: tuple[str, ...]
	where: Callable[[], list]
	oldest: str
	extra: tuple[str, Callable[[list[dict]], dict[str, str]]] | None = None

	def execute(self, filters: dict | None = None) -> tuple:
		"""Return columns and rows.

		Raises:
			frappe.PermissionError: the user has no right to any such row.
		"""
		meta = frappe.get_meta(self.doctype)
		wanted = [
			[name, "=", cstr(value)]
			for name, value in (filters or {}).items()
			if value and name in ("desk", "unit") and meta.has_field(name)
		]
		rows = frappe.get_list(
			self.doctype,
			filters=[*self.where(), *wanted],
			fields=["name", *self.fields],
			order_by=f"{self.oldest} asc",
			limit_page_length=0,
		)
		if self.extra:
			said = self.extra[1](rows)
			rows = [{**row, "extra": said[row.name]} for row in rows if row.name in said]
		return self._columns(), rows

	def _columns(self) -> list[dict]:
		meta = frappe.get_meta(self.doctype)
		link = {"fieldname": "name", "label": _("Open", context="SV Figures"), "fieldtype": "Link"}
		columns = [{**link, "options": self.doctype, "width": 110}]
		for name in self.fields:
			field = meta.get_field(name)
			columns.append(
				{
					"fieldname": name,
					"label": _(field.label, context=self.doctype),
					"fieldtype": field.fieldtype,
					"options": field.options if field.fieldtype == "Link" else None,
					"width": 150,
				}
			)
		if self.extra:
			columns.append(
				{
					"fieldname": "extra",
					"label": _(self.extra[0], context="SV Figures"),
					"fieldtype": "Data",
					"width": 400,
				}
			)
		return columns
