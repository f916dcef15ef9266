"""The first coordinator or privacy officer of a new site has nobody who could approve."""

import frappe

from sv_helpdesk.permissions.roles import COORDINATOR, MANAGER, PRIVACY_OFFICER
from sv_helpdesk.test_utils import SVTestCase, make_user
from sv_helpdesk.two_persons import rows, staff


class TestFirstOfSite(SVTestCase):
	def setUp(self) -> None:
		super().setUp()
		# a new site: nobody has or had one of the two roles
		frappe.db.delete("Has Role", {"role": ["in", staff.WATCHING]})
		frappe.db.delete("SV Approval", {"summary": ["in", staff.WATCHING]})
		self.user, self.other = make_user(None), make_user(None)
		frappe.local.request = frappe._dict(method="POST", path="/")
		self.addCleanup(setattr, frappe.local, "request", None)
		self.addCleanup(setattr, frappe.local, rows.COLLECTED, [])

	def give(self, user: str, role: str) -> None:
		frappe.get_doc("User", user).add_roles(role)

	def test_the_first_is_appointed_by_one_person_and_the_next_by_two(self):
		self.give(self.user, COORDINATOR)
		with self.assertRaises(frappe.PermissionError):
			self.give(self.other, PRIVACY_OFFICER)

	def test_another_role_is_not_given_that_way(self):
		with self.assertRaises(frappe.PermissionError):
			self.give(self.user, MANAGER)

	def test_taking_the_roles_away_does_not_make_the_site_new_again(self):
		self.give(self.user, COORDINATOR)
		frappe.get_doc("User", self.user).remove_roles(COORDINATOR)
		with self.assertRaises(frappe.PermissionError):
			self.give(self.other, COORDINATOR)
