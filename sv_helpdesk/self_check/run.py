"""All checks together: daily, with a mail when something differs, or from the command line."""

from collections.abc import Callable, Iterator

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from sv_helpdesk.self_check import apps, carriers, fetching, keys, mail, people, rights, settings, sweeping
from sv_helpdesk.self_check.finding import Finding
from sv_helpdesk.two_persons import notices

CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
	rights.effective_rights,
	rights.shares,
	carriers.carriers,
	carriers.mailed_and_kept_reports,
	fetching.copying_fields,
	apps.foreign_hooks,
	people.accounts,
	people.desks,
	people.second_persons,
	people.unattended_cases,
	keys.key_file,
	keys.key_ring_health,
	keys.access_log,
	settings.site_config,
	settings.system_settings,
	settings.second_factor,
	sweeping.deadlines,
)


def findings() -> list[Finding]:
	"""Look through the connected site and return what isn't as it should be, sorted.

	A check that fails is a finding itself: it must not hide what the others find.
	"""
	found: set[Finding] = set()
	for check in CHECKS:
		try:
			found.update(check())
		except Exception as error:
			found.add(
				Finding(
					"check-failed",
					_("The check {0} could not be done ({1}). Run bench sv-selfcheck on the server.").format(
						check.__name__, type(error).__name__
					),
				)
			)
	return sorted(found)


def daily() -> None:
	"""Keep what is found today; tell coordinators and privacy officers when it isn't what was found before.

	Once a week they get a mail in any case: it carries the position of the access log out of the site.
	"""
	found = [str(finding) for finding in findings()]
	before = frappe.get_all(
		"SV Self Check", pluck="findings", order_by="checked_at desc, creation desc", limit_page_length=1
	)
	kept = frappe.new_doc("SV Self Check")
	kept.update({"checked_at": now_datetime(), "finding_count": len(found), "findings": "\n".join(found)})
	kept.set_new_name()
	# nobody has a right to write these
	kept.db_insert()
	differs = found != (before[0] if before else "").splitlines()
	if differs and found:
		notices.show(kept)
	if differs or getdate().weekday() == 0:
		mail.enqueue(len(found))
