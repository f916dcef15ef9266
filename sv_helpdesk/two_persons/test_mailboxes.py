"""A desk's mailbox is not moved to another server by one person: its password and mails would go there."""

from unittest.mock import patch

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount

from sv_helpdesk.test_utils import SVTestCase, make_desk
from sv_helpdesk.two_persons import approvals, rows, settings

PLACES = {
	"smtp_server": "mail.elsewhere.example",
	"email_server": "mail.elsewhere.example",
	"smtp_port": "2525",
}


class TestMailboxes(SVTestCase):
	def setUp(self) -> None:
		super().setUp()
		for module in (approvals, settings):
			self.enterContext(patch.object(module, "from_outside", lambda: True))
		self.addCleanup(setattr, frappe.local, rows.COLLECTED, [])

	def mailbox(self):
		name = frappe.generate_hash(length=8)
		values = {
			"email_account_name": name,
			"email_id": f"{name}@uni.example",
			"smtp_server": "mail.uni.example",
		}
		return frappe.get_doc({"doctype": "Email Account", **values}).insert()

	def of_a_desk(self):
		mailbox = self.mailbox()
		make_desk(email_account=mailbox.name)
		return mailbox

	def reported(self, mailbox) -> int:
		return frappe.db.count("SV Approval", {"target_name": mailbox.name, "status": "Reported"})

	def test_another_server_or_port_takes_two_persons_before_the_host_logs_in_there(self):
		for field, value in PLACES.items():
			mailbox = self.of_a_desk()
			mailbox.set(field, value)
			with patch.object(EmailAccount, "validate") as logs_in:
				with self.assertRaisesRegex(frappe.PermissionError, "takes two persons"):
					mailbox.save()
			logs_in.assert_not_called()

	def test_the_second_person_reads_where_it_would_go(self):
		mailbox = self.of_a_desk()
		mailbox.smtp_server = PLACES["smtp_server"]
		with self.assertRaises(frappe.PermissionError):
			mailbox.save()
		(asked,) = getattr(frappe.local, rows.COLLECTED)
		self.assertIn(PLACES["smtp_server"], asked["summary"])

	def test_what_is_saved_as_it_was_is_nobodys_business(self):
		mailbox = self.of_a_desk()
		mailbox.save()
		self.assertEqual(self.reported(mailbox), 0)

	def test_switching_it_on_or_off_is_told_at_once(self):
		mailbox = self.of_a_desk()
		mailbox.append_to = "ToDo"
		mailbox.save()
		self.assertEqual(self.reported(mailbox), 1)

	def test_a_mailbox_of_it_goes_where_it_wants(self):
		mailbox = self.mailbox()
		mailbox.update(PLACES)
		mailbox.save()
		self.assertEqual(mailbox.smtp_server, PLACES["smtp_server"])
