"""Whoever tries to delete an account doesn't learn in which cases it stands."""

from unittest.mock import patch

import frappe

from sv_helpdesk.permissions.field_groups import CHILD_TABLES
from sv_helpdesk.permissions.matrix import CASE_DOCUMENTS, TABLE_DOCUMENTS
from sv_helpdesk.test_utils import SVTestCase, make_consent, make_party, make_report, make_user
from sv_helpdesk.two_persons import approvals, rows, staff
from sv_helpdesk.two_persons.wiring import NAMING_PEOPLE


class TestDeletingAccounts(SVTestCase):
	def setUp(self) -> None:
		super().setUp()
		# the host keeps one
		make_user("System Manager")
		for module in (approvals, staff):
			self.enterContext(patch.object(module, "from_outside", lambda: True))
		self.addCleanup(setattr, frappe.local, rows.COLLECTED, [])

	def shared_with(self, user: str) -> None:
		report = make_report()
		make_consent(report.name, make_party(report=report.name).name, to_user=user)

	def test_an_account_with_which_something_is_shared_goes_like_any_other(self):
		user = make_user(None)
		self.shared_with(user)
		frappe.delete_doc("User", user)
		self.assertFalse(frappe.db.exists("User", user))

	def test_an_account_with_a_role_is_closed_and_not_deleted_whatever_it_stands_in(self):
		with patch.object(staff, "from_outside", lambda: False):
			idle, busy = make_user(), make_user()
		self.shared_with(busy)
		for user in (idle, busy):
			with self.assertRaisesRegex(frappe.PermissionError, "Close it instead"):
				frappe.delete_doc("User", user)

	def test_nor_is_one_that_had_a_role(self):
		with patch.object(staff, "from_outside", lambda: False):
			user = make_user()
		account = frappe.get_doc("User", user)
		account.roles = []
		account.save()
		with self.assertRaisesRegex(frappe.PermissionError, "Close it instead"):
			frappe.delete_doc("User", user)

	def test_every_document_of_a_case_that_names_accounts_is_passed_over(self):
		kinds = {*CASE_DOCUMENTS, *TABLE_DOCUMENTS, "SV Access Grant", "SV Deadline Notice"}
		kinds |= {"SV Subject Request", "SV Import"}
		kinds |= {row for row, parent in CHILD_TABLES.items() if parent in kinds}
		naming = {kind for kind in kinds if frappe.get_meta(kind).get("fields", {"options": "User"})}
		self.assertEqual(naming, set(NAMING_PEOPLE))
