"""Whether there is a reporting page, at which desks it reports, and where it leads away to."""

import frappe
from frappe.utils import cint

from sv_helpdesk.social_safety import checks

SETTINGS = "SV Settings"
HOME = "/"


def is_on() -> bool:
	"""Tell whether this site has a reporting page; else it is an unknown page."""
	return bool(cint(frappe.db.get_single_value(SETTINGS, "reporting_page")))


def desks() -> list:
	"""Return the desks that take reports on the page: name, title and visibility."""
	return frappe.get_all(
		"SV Desk",
		filters={"enabled": 1, "takes_reports": 1},
		fields=["name", "title", "visibility"],
		order_by="title asc",
	)


def leave_to() -> str:
	"""Return the address of the page to leave to."""
	return frappe.db.get_single_value(SETTINGS, "leave_to") or HOME


def emergency(language: str) -> str:
	"""Return whom to call in danger, as the institution says it.

	Args:
	        language: "nl" or "en".
	"""
	return frappe.db.get_single_value(SETTINGS, f"emergency_text_{language}") or ""


def forget_unknown_pages(settings) -> None:
	"""The host remembers which pages are unknown; after the page was switched on it is known.

	Args:
	        settings: the SV Settings.
	"""
	if checks.is_changed(settings, "reporting_page"):
		frappe.cache.delete_value("website_404")
