"""Every day: announce what is to go, and anonymise what was confirmed.

Each case is a transaction of its own, which sees what was decided while the others went. A run that dies leaves
none half anonymised, and the next one goes on, with files that are still on the disk, too. Two at once pass over
what the other has done.
"""

from collections.abc import Callable
from datetime import date

import frappe
from frappe.utils import getdate

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.permissions import outliving
from sv_helpdesk.retention import announcing, destroying, due, terms


def run(today: date | None = None) -> int:
	"""Do a day's work; return how many cases were anonymised.

	Args:
		today: the day; today where not given.
	"""
	# without the key file nobody has rights, and no key can be told from a lost one: it waits
	if not key_ring.is_usable():
		return 0
	be_quiet()
	today = today or getdate()
	terms.give_missing()
	announcing.announce(today)
	outliving.tidy()
	frappe.db.commit()
	destroying.remove_files()
	done = sum(_alone(destroying.anonymise, report, today) for report in due.confirmed(today))
	for table in due.tables_left(today):
		_alone(destroying.anonymise_table, table, today)
	for mail in due.mails_left(today):
		_alone(destroying.destroy_mail, mail, today)
	destroying.remove_files()
	return done


def daily() -> None:
	"""As run; what a scheduler calls is given nothing."""
	run()


def _alone(anonymise: Callable[[str, date], bool], name: str, today: date) -> bool:
	"""Anonymise one case, table or mail; what is wrong with it keeps no other from its turn."""
	try:
		# so that it is read as it is now, not as when the list was made
		frappe.db.commit()
		done = anonymise(name, today)
		frappe.db.commit()
	except Exception:
		frappe.db.rollback()
		frappe.log_error("A case could not be anonymised")
		frappe.db.commit()
		return False
	return done
