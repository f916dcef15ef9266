"""Does a day's work of retention in a process of its own that dies at a named point, see doomed_intake."""

import os

from doomed_intake import doom

import frappe

from sv_helpdesk.retention import job


def main() -> None:
	"""Run once, as the scheduler does."""
	frappe.init(os.environ["DEV_SITE"])
	frappe.connect()
	doom(os.environ["DOOM_POINT"], os.environ["DOOM_HOW"])
	job.run()


if __name__ == "__main__":
	main()
