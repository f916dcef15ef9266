"""Takes two months longer, once, because it is complex or there are many requests (GDPR art. 12(3))."""

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk.subject_access.collecting import request_of
from sv_helpdesk.subject_access.registering import LENGTHENED, due

OPEN = ("Received", "Collected", "Prepared")


@frappe.whitelist(methods=["POST"])
def lengthen(name: str, reason: str) -> None:
	"""Lengthen the term of a request; the person is told why within the first month.

	Args:
		name: name of the SV Subject Request.
		reason: what the person was told.

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: it was lengthened already, the first month is over, or there is no reason.
	"""
	request = request_of(name, for_update=True)
	if request.status not in OPEN or request.lengthened_on or getdate(request.due_on) < getdate():
		frappe.throw(
			_(
				"A term is lengthened once, while it runs, and the person is told of it within the first month."
			)
		)
	if not reason.strip():
		frappe.throw(_("There is no reason. Write why it takes longer, as you told the person."))
	request.update(
		{
			"lengthening_reason": reason.strip(),
			"lengthened_on": getdate(),
			"due_on": due(request.received_on, LENGTHENED),
		}
	)
	request.flags.set_by_method = ("lengthening_reason", "lengthened_on", "due_on")
	request.save()
