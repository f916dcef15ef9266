"""User Permissions, which narrow lists without a word: none on our documents, and told where they reach ours."""

from unittest.mock import patch

import frappe

from sv_helpdesk.test_utils import SVTestCase, make_desk, make_user
from sv_helpdesk.two_persons import approvals, rows


class TestUserPermissions(SVTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.enterContext(patch.object(approvals, "from_outside", lambda: True))
		self.addCleanup(setattr, frappe.local, rows.COLLECTED, [])

	def made(self, user: str, allow: str, for_value: str, **values):
		doc = frappe.get_doc(
			{"doctype": "User Permission", "user": user, "allow": allow, "for_value": for_value, **values}
		)
		return doc.insert()

	def reported(self) -> list[str]:
		return frappe.get_all(
			"SV Approval",
			filters={"target_doctype": "User Permission", "status": "Reported"},
			pluck="summary",
			order_by="creation asc",
		)

	def test_one_on_a_desk_of_ours_is_refused(self):
		with self.assertRaises(frappe.PermissionError):
			self.made(make_user(), "SV Desk", make_desk().name, apply_to_all_doctypes=1)

	def test_one_for_our_documents_alone_is_refused(self):
		user = make_user()
		with self.assertRaises(frappe.PermissionError):
			self.made(user, "User", user, applicable_for="SV Report", apply_to_all_doctypes=0)

	def test_one_of_our_people_for_every_doctype_is_told_at_once(self):
		user, before = make_user(), self.reported()
		self.made(user, "User", user, apply_to_all_doctypes=1)
		self.assertEqual(self.reported(), [*before, user])

	def test_one_for_a_doctype_of_the_host_or_of_somebody_else_is_nobody_elses_business(self):
		user, agent, before = make_user(), make_user(None), self.reported()
		self.made(user, "User", user, applicable_for="ToDo", apply_to_all_doctypes=0)
		self.made(agent, "User", agent, apply_to_all_doctypes=1)
		self.assertEqual(self.reported(), before)
