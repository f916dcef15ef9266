"""What the papers of an aftercare plan have in common: whose plan it is, who may print it."""

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.permissions.capacities import CASE_WORKERS, capacities
from sv_helpdesk.workflows.aftercare import knows_of_the_case


def to_print(name: str):
	"""Return a plan that the session's user is about to print; the access log tells of it.

	Args:
		name: name of the SV Aftercare.

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: who it is for doesn't know of the case (R1), or has another part in it.
	"""
	be_quiet()
	plan = frappe.get_doc("SV Aftercare", name) if frappe.db.exists("SV Aftercare", name) else None
	if not plan or not capacities(plan, frappe.session.user) & set(CASE_WORKERS):
		frappe.throw(_("There is no aftercare plan for you here. Reload the form."), frappe.PermissionError)
	knows_of_the_case(plan)
	# their part in the case may have been corrected since
	plan.check_person()
	openings.opened(plan, action="Printed")
	return plan


def whom(plan, language: str) -> str:
	"""Return the name of who a plan is for, opened for the session's user; their role where there is none.

	Args:
		plan: the SV Aftercare.
		language: "nl" or "en".
	"""
	name = frappe.get_doc("SV Party", plan.party).opened("person_name") if plan.party else plan.unit
	return name or _(plan.meant_for, language, "SV Aftercare")
