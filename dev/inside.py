"""Runs functions of this checkout inside a site: python -m dev.inside SITE DOTTED.PATH, in the sites folder."""

import importlib
import sys

import frappe

SETUP_ANSWERS = {
	"language": "English",
	"country": "Netherlands",
	"timezone": "Europe/Amsterdam",
	"currency": "EUR",
	"enable_telemetry": 0,
}


def finish_setup(_site: str) -> None:
	"""Answer Frappe's setup wizard, so that the Desk opens instead of it.

	Raises:
		RuntimeError: when the wizard couldn't be finished.
	"""
	from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

	result = setup_complete(dict(SETUP_ANSWERS))
	if result.get("status") != "ok":
		raise RuntimeError(f"Frappe's setup wizard could not be finished: {result.get('fail')}.")
	frappe.db.set_single_value("System Settings", "setup_complete", 1)
	# its tours lie over the first page of whoever logs in
	frappe.db.set_single_value("System Settings", "enable_onboarding", 0)


def main() -> None:
	"""Connect to the site named on the command line, call the function named there and commit."""
	site, path = sys.argv[1:]
	module, _, function = path.rpartition(".")
	frappe.init(site)
	frappe.connect()
	try:
		getattr(importlib.import_module(module), function)(site)
		frappe.db.commit()
	finally:
		frappe.destroy()


if __name__ == "__main__":
	main()
