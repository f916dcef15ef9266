"""Which mail belongs to which desk."""

import frappe


def desk_of_account(email_account: str) -> str | None:
	"""Return the desk whose mailbox this Email Account reads, or None.

	Also one that is not in use any more: as long as it names the mailbox, its mail is confidential.
	"""
	return frappe.db.get_value("SV Desk", {"email_account": email_account}, order_by="name asc")


def desk_of_recipients(recipients: frozenset[str]) -> str | None:
	"""Return the desk that one of these addresses leads to, or None.

	Args:
	        recipients: lower-case addresses of a mail; a tag ("desk+x@…") leads to the same desk.
	"""
	wanted = {_without_tag(address) for address in recipients}
	for address, desk in addresses().items():
		if address in wanted:
			return desk
	return None


def addresses() -> dict[str, str]:
	"""Return all addresses that lead to a desk, in lower case, with the desk's name."""
	found = {}
	for desk in frappe.get_all(
		"SV Desk",
		filters={"email_account": ["is", "set"]},
		fields=["name", "email_account", "further_addresses"],
		order_by="name asc",
	):
		main = frappe.db.get_value("Email Account", desk.email_account, "email_id") or ""
		for address in (main, *(desk.further_addresses or "").split()):
			if address:
				found[_without_tag(address.lower())] = desk.name
	return found


def address_of(desk: str) -> str:
	"""Return the address at which a desk gets mail, or nothing if it has no mailbox.

	Args:
	        desk: name of the SV Desk.
	"""
	account = frappe.db.get_value("SV Desk", desk, "email_account")
	return (account and frappe.db.get_value("Email Account", account, "email_id")) or ""


def _without_tag(address: str) -> str:
	local, at, domain = address.partition("@")
	return local.split("+")[0] + at + domain
