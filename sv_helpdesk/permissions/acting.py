"""With which of our roles somebody acts in this session; every decision starts here."""

import frappe

from sv_helpdesk.sessions import gate

# they are nobody in particular: no case is theirs, whatever roles the site gives them
NOBODY = ("Administrator", "Guest", "", None)


def acting_roles(user: str | None) -> frozenset[str]:
	"""Return the roles of ours that this user may use now.

	Both lookups are remembered by the host for the length of a request, so that asking for every
	row of a list costs no query; so is whether the session has passed its second factor.

	Args:
		user: the user id.

	Returns:
		Names of roles; none for Administrator, Guest and accounts that are switched off, whose
		API keys some versions of Frappe go on accepting, and none in a session that the gate holds.
	"""
	if user in NOBODY or not frappe.get_cached_value("User", user, "enabled"):
		return frozenset()
	held = gate.held_roles(user)
	return held if held and gate.lets_in(user) else frozenset()
