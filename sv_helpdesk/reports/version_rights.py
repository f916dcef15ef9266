"""Who reads which version of a year's figures, and the version itself: every page, sheet and file asks here.

The working version is exact: for coordinators to whom nothing of the year is denied (R6). The internal one is for
the desks, the published one for the board too, both once the year is published; coordinators see them before. What
would be published is read, too, by the privacy officer who is asked to approve it.
"""

from dataclasses import replace

import frappe
from frappe import _

from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.roles import COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.permissions.rules import may_read_content
from sv_helpdesk.reports import freezing, readers, year_figures
from sv_helpdesk.reports.version import INTERNAL, PUBLISHED, WORKING, Version
from sv_helpdesk.two_persons import decide

DRAFT, FROZEN, IS_PUBLISHED = "Draft", "Frozen", "Published"


def may_read_version(user: str, figures, name: str) -> bool:
	"""Tell whether somebody may read a version of these figures.

	Args:
		user: who.
		figures: the SV Figures.
		name: working, internal or published.
	"""
	if name == PUBLISHED and _is_to_approve(user, figures):
		return True
	if name not in freezing.FIELDS or not frappe.has_permission("SV Figures", doc=figures.name, user=user):
		return False
	if name == WORKING:
		return may_read_exact(user, figures.year)
	return name != INTERNAL or may_read_content(figures, user, freezing.FIELDS[INTERNAL])


def _is_to_approve(user: str, figures) -> bool:
	"""Tell whether a privacy officer is the second person for these figures, and misses nothing of the year (R6)."""
	return (
		figures.status == FROZEN
		and PRIVACY_OFFICER in acting_roles(user)
		and decide.is_asked(user, "SV Figures", figures.name)
		and not readers.lacks_something(figures.year, user)
	)


def may_read_exact(user: str, year: int) -> bool:
	"""Tell whether somebody may see exact figures of all desks: a coordinator who misses nothing of the year."""
	return COORDINATOR in acting_roles(user) and not readers.lacks_something(year, user)


def version_for(figures, name: str, unit: str | None = None) -> Version:
	"""Return a version for the session's user: as it was frozen, or of a draft as it would be now.

	Args:
		figures: the SV Figures.
		name: working, internal or published.
		unit: name of a unit; the whole institution when left out.

	Raises:
		frappe.PermissionError: it isn't theirs to read, or isn't there; in the same words.
	"""
	if may_read_version(frappe.session.user, figures, name):
		if figures.status != DRAFT:
			found = freezing.opened(figures, name, unit)
		elif name == WORKING:
			found = year_figures.working(figures.year, frappe.session.user, unit)
		else:
			found = year_figures.versions(year_figures.count(figures.year))[name].get(unit)
		if found:
			return replace(found, preview=name == PUBLISHED and figures.status != IS_PUBLISHED)
	frappe.throw(_("You can't read this version of the figures. Choose another one."), frappe.PermissionError)
