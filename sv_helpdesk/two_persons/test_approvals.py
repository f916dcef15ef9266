"""What takes two persons is asked by one, approved by another, and done once."""

from contextlib import contextmanager

import frappe
from frappe.utils import add_days, now_datetime

from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.test_utils import SVTestCase, make_user
from sv_helpdesk.two_persons import decide, fingerprint_of, require, rows
from sv_helpdesk.two_persons.approvals import USED_NOW

CHANGE = fingerprint_of({"script": "first"})


@contextmanager
def in_a_request():
	"""What happens here comes over the web."""
	frappe.local.request = frappe._dict(method="POST", path="/")
	try:
		yield
	finally:
		frappe.local.request = None


class TestApprovals(SVTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.coordinator = make_user(COORDINATOR)
		self.asker = make_user(CCP_STAFF)
		frappe.set_user(self.asker)
		# what is collected is written after a request has been rolled back; these tests keep their own
		self.addCleanup(setattr, frappe.local, rows.COLLECTED, [])
		self.addCleanup(setattr, frappe.local, USED_NOW, {})

	def ask(self, fingerprint: str = CHANGE, **more: str) -> None:
		with in_a_request():
			require("Script", "Client Script", "A script", fingerprint, **more)

	def asked(self, **more: str) -> str:
		"""The name of what was asked, as it stands after the request."""
		with self.assertRaises(frappe.PermissionError):
			self.ask(**more)
		return rows.write(getattr(frappe.local, rows.COLLECTED).pop())

	def decided(self, name: str, user: str, decision=decide.approve) -> None:
		frappe.set_user(user)
		try:
			decision(name)
		finally:
			frappe.set_user(self.asker)

	def status(self, name: str) -> str:
		return frappe.db.get_value("SV Approval", name, "status")

	def test_what_nobody_approved_is_refused_with_what_happens_now(self):
		with self.assertRaisesRegex(frappe.PermissionError, "do it again when one of them has approved"):
			self.ask()

	def test_what_was_approved_passes_once(self):
		name = self.asked()
		self.decided(name, self.coordinator)
		self.ask()
		self.assertEqual(self.status(name), "Used")
		setattr(frappe.local, USED_NOW, {})
		with self.assertRaises(frappe.PermissionError):
			self.ask()

	def test_one_change_is_looked_at_more_than_once_and_uses_one_approval(self):
		self.decided(self.asked(), self.coordinator)
		self.ask()
		self.ask()

	def test_another_content_does_not_pass_with_it(self):
		self.decided(self.asked(), self.coordinator)
		with self.assertRaises(frappe.PermissionError):
			self.ask(fingerprint_of({"script": "second"}))

	def test_another_person_does_not_pass_with_it(self):
		self.decided(self.asked(), self.coordinator)
		frappe.set_user(make_user(CCP_STAFF))
		with self.assertRaises(frappe.PermissionError):
			self.ask()

	def test_what_was_refused_does_not_pass(self):
		name = self.asked()
		self.decided(name, make_user(PRIVACY_OFFICER), decide.refuse)
		self.assertEqual(self.status(name), "Refused")
		with self.assertRaises(frappe.PermissionError):
			self.ask()

	def test_who_asks_does_not_approve(self):
		frappe.set_user("Administrator")
		self.asker = make_user(COORDINATOR)
		frappe.set_user(self.asker)
		name = self.asked()
		with self.assertRaisesRegex(frappe.PermissionError, "asked this yourself"):
			decide.approve(name)

	def test_who_it_is_about_does_not_approve(self):
		name = self.asked(concerns=self.coordinator)
		with self.assertRaisesRegex(frappe.PermissionError, "about you"):
			self.decided(name, self.coordinator)

	def test_nobody_else_approves_and_the_administrator_neither(self):
		name = self.asked()
		for user in (make_user(CCP_STAFF), make_user("System Manager"), "Administrator", "Guest"):
			with self.assertRaisesRegex(frappe.PermissionError, "Only a coordinator"):
				self.decided(name, user)
		self.assertEqual(self.status(name), "Asked")

	def test_nobody_decides_twice_or_too_late(self):
		name = self.asked()
		self.decided(name, self.coordinator)
		with self.assertRaisesRegex(frappe.ValidationError, "decided on already"):
			self.decided(name, self.coordinator, decide.refuse)
		self.ask()
		setattr(frappe.local, USED_NOW, {})
		late = self.asked()
		frappe.db.set_value("SV Approval", late, "expires_at", add_days(now_datetime(), -1))
		with self.assertRaisesRegex(frappe.ValidationError, "too late"):
			self.decided(late, self.coordinator)

	def test_an_approval_that_was_not_used_in_time_does_not_pass_and_expires(self):
		name = self.asked()
		self.decided(name, self.coordinator)
		frappe.db.set_value("SV Approval", name, "expires_at", add_days(now_datetime(), -1))
		with self.assertRaises(frappe.PermissionError):
			self.ask()
		decide.expire()
		self.assertEqual(self.status(name), "Expired")

	def test_coordinators_and_privacy_officers_are_told_without_content(self):
		officer, closed = make_user(PRIVACY_OFFICER), make_user(COORDINATOR, enabled=0)
		name = self.asked(summary="a summary")
		notices = frappe.get_all(
			"Notification Log",
			filters={"document_name": name},
			fields=["for_user", "subject", "type"],
			order_by="name asc",
		)
		told = {notice.for_user for notice in notices}
		self.assertLessEqual({officer, self.coordinator}, told)
		self.assertFalse({closed, self.asker} & told)
		self.assertEqual({notice.type for notice in notices}, {"Alert"})
		self.assertFalse([notice for notice in notices if "summary" in notice.subject])

	def test_from_the_shell_of_the_server_nothing_is_asked(self):
		require("Script", "Client Script", "A script", CHANGE)
		self.assertFalse(getattr(frappe.local, rows.COLLECTED, []))

	def test_nobody_changes_or_deletes_an_approval(self):
		name = self.asked()
		frappe.set_user("Administrator")
		approval = frappe.get_doc("SV Approval", name)
		approval.status = "Approved"
		self.assert_refused("isn't changed by hand", approval.save)
		self.assert_refused("can't be deleted", approval.delete)
