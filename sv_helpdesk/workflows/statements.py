"""Before a table meets, who decides and who convenes it have declared to keep confidential what they learn there."""

import frappe
from frappe import _

from sv_helpdesk.permissions.seats import STATEMENTS


def are_given(table) -> None:
	"""Refuse the first meeting of a table while a confidentiality statement is missing.

	Args:
		table: the SV Decision Table.

	Raises:
		frappe.ValidationError: says by part, not by name, who hasn't given it.
	"""
	names = {"manager": _("the deciding manager"), "coordinator": _("the coordinator")}
	missing = [names[part] for part, moment in STATEMENTS.items() if not table.get(moment)]
	if missing:
		frappe.throw(
			_(
				"The confidentiality statement is still to be given by {0}. Let them give it in the form of the table first."
			).format(", ".join(missing))
		)
