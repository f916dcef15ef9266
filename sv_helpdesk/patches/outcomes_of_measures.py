"""Measures of sites installed before a measure said after which outcome it fits are told apart (R10)."""

import frappe

from sv_helpdesk.social_safety import masters


def execute() -> None:
	"""Fill in the outcome of the measures that came with the app and say none; what was chosen stays."""
	rows = frappe.get_all("SV Measure", fields=["name", "fits_outcome"], order_by="name asc")
	unsaid = {row.name for row in rows if not row.fits_outcome}
	for row in masters.shipped("SV Measure"):
		if row["fits_outcome"] and row["code"] in unsaid:
			frappe.db.set_value("SV Measure", row["code"], "fits_outcome", row["fits_outcome"])
