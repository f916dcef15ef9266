"""Reads a desk's mailbox in a process that dies at a named point.

Environment: DEV_SITE, DOOM_ACCOUNT (Email Account), DOOM_POINT ("before" or "after", a colon, and the
dotted path of a function), DOOM_HOW ("killed" = SIGKILL to itself, "database" = its connection is cut, "server" = SIGKILL to the
database server of our own bench).
"""

import importlib
import os
import signal

import frappe

from dev import services


def doom(point: str, how: str) -> None:
	"""Wrap the function that `point` names so that reaching it ends the process or its connection."""
	moment, path = point.split(":")
	module_name, _, names = path.partition("!")
	*owners, name = names.split(".")
	owner = importlib.import_module(module_name)
	for part in owners:
		owner = getattr(owner, part)
	original = getattr(owner, name)

	def end():
		print(f"reached {point}", flush=True)
		if how == "killed":
			os.kill(os.getpid(), signal.SIGKILL)
		elif how == "server":
			services.kill("mariadb")
		else:
			frappe.db._conn._force_close()

	def doomed(*args, **kwargs):
		if moment == "before":
			end()
		result = original(*args, **kwargs)
		if moment == "after":
			end()
		return result

	setattr(owner, name, doomed)


def main() -> None:
	frappe.init(os.environ["DEV_SITE"])
	frappe.connect()
	account = frappe.get_doc("Email Account", os.environ["DOOM_ACCOUNT"])
	doom(os.environ["DOOM_POINT"], os.environ["DOOM_HOW"])
	account.receive()


if __name__ == "__main__":
	main()
