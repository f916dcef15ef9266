"""Invented people with a role and a password, for tests over HTTP."""

import frappe

from sv_helpdesk.test_utils import make_user

PASSWORD = "Hei-Kool-47-Brug"


def make_person(name: str, *roles: str, desk: str | None = None) -> str:
	"""Return the user id of an invented person with these roles, a member of `desk` if named."""
	user = f"{name}@uni.example"
	if not frappe.db.exists("User", user):
		person = frappe.new_doc("User")
		person.update(
			{"email": user, "first_name": name.title(), "new_password": PASSWORD, "send_welcome_email": 0}
		)
		person.flags.no_welcome_mail = True
		person.insert()
	person = frappe.get_doc("User", user)
	person.add_roles(*roles)
	if desk:
		desk = frappe.get_doc("SV Desk", desk)
		if user not in [row.user for row in desk.members]:
			desk.append("members", {"user": user, "desk_role": "Member"})
			desk.save()
	return user


def make_people(prefix: str, *roles: str | None) -> list[str]:
	"""Return invented people with one role each (or none), made once for a test module and committed.

	Making a user empties the host's caches, which costs each test a second.
	"""
	frappe.set_user("Administrator")
	people = [f"{prefix}{number}@uni.example" for number in range(len(roles))]
	for user, role in zip(people, roles, strict=True):
		if not frappe.db.exists("User", user):
			make_user(role, email=user, new_password=PASSWORD)
	frappe.db.commit()
	return people


def make_desk_without_mail(code: str, visibility: str = "Whole desk") -> str:
	"""Return the name of a desk nobody works at yet."""
	if not frappe.db.exists("SV Desk", code):
		desk = frappe.new_doc("SV Desk")
		desk.update(
			{
				"code": code,
				"title": code.title(),
				"desk_type": "Other",
				"enabled": 1,
				"visibility": visibility,
			}
		)
		desk.insert()
	return code


def some_mailbox() -> str:
	"""Return the name of a mailbox, for a desk that reads none: a new site of Frappe 16 has none of its own."""
	for name in frappe.get_all("Email Account", limit=1, pluck="name", order_by="creation asc"):
		return name
	account = frappe.new_doc("Email Account")
	account.update({"email_account_name": "Unread", "email_id": "unread@uni.example", "service": ""})
	account.name = "Unread"
	account.db_insert()
	return account.name
