"""Rows about minutes that only code writes: nobody has the right to make one by hand."""

import frappe


def write(minutes, doctype: str, **values):
	"""Write a row that belongs to minutes; who may, the caller has decided.

	Args:
		minutes: the SV Minutes.
		doctype: of the row.
		values: its fields.

	Returns:
		The row.
	"""
	about = {"decision_table": minutes.decision_table, "minutes": minutes.name}
	row = frappe.get_doc({"doctype": doctype, **about, **values})
	row.set_user_and_timestamp()
	row.set_new_name()
	row.db_insert()
	return row
