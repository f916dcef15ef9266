"""What the demo site holds, and who can log in there.

The machine's own Python imports this file too (for LOGINS), so Frappe and the app are imported inside functions.
"""

LOGINS: tuple[tuple[str, str, str], ...] = ()


def load_demo(site: str) -> None:
	"""Fill a fresh demo site; called once, with Frappe connected to it.

	Args:
		site: name of the site.
	"""


def print_logins() -> None:
	"""Print a line per role: role, user and password (LOGINS holds them in this order)."""
	for role, user, password in LOGINS:
		print(f"  {role:32} {user:44} {password}")
