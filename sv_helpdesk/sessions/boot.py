"""What the Desk of our people is told when it starts."""

import frappe
from frappe.utils import add_user_info, getdate

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.dashboard.workspaces import home_of
from sv_helpdesk.forms import english
from sv_helpdesk.permissions import desk_people
from sv_helpdesk.sessions import factor, gate


def extend_bootinfo(bootinfo) -> None:
	"""extend_bootinfo hook: our people's own page, what documents are called, no telemetry, and word of keys or a second factor that are missing.

	The host's telemetry tells a service elsewhere which pages are opened, and so the names of cases.
	"""
	user = frappe.session.user
	ours = gate.held_roles(user)
	if ours:
		home = home_of(ours)
		bootinfo.sv_home = home
		# where the path above our lists and forms leads back to
		bootinfo.setdefault("module_wise_workspaces", {})["Social Safety"] = [home]
		bootinfo.sv_words = english.words()
		bootinfo.enable_telemetry = False
		for setting in ("posthog_host", "posthog_project_id"):
			bootinfo.pop(setting, None)
		_name_colleagues(bootinfo, user)
	if ours and not key_ring.is_usable():
		bootinfo.sv_keys_missing = True
	elif (ours or factor.row_of(user)) and not gate.lets_in(user):
		bootinfo.sv_second_factor_missing = True


def _name_colleagues(bootinfo, user: str) -> None:
	"""Tell what the people of one's own desks are called: else lists know them by their addresses only."""
	today, named = getdate(), bootinfo.setdefault("user_info", frappe._dict())
	desks = {row.desk for row in desk_people.on(today, user=user)}
	for row in desk_people.on(today, desks) if desks else ():
		add_user_info(row.user, named)
