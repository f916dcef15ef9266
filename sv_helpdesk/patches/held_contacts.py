"""Contacts that were held before contacts had states are held: a new column had made them planned."""

import frappe


def execute() -> None:
	"""Give contacts that were held the state that says so; what came up in a plan that runs waits for the desk."""
	contact, plan = frappe.qb.DocType("SV Aftercare Contact"), frappe.qb.DocType("SV Aftercare")
	earlier = (contact.status == "Planned") & contact.held_at.isnotnull()
	running = frappe.qb.from_(plan).select(plan.name).where(plan.status != "Closed")
	came_up = (contact.disadvantage == 1) | (contact.repetition == 1)
	for state, which in (("Raised", came_up & contact.aftercare.isin(running)), ("Held", contact.name != "")):
		frappe.qb.update(contact).set(contact.status, state).where(earlier & which).run()
