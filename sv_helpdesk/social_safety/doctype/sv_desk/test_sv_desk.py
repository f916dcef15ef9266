"""A desk: its addresses and its people."""

import frappe

from sv_helpdesk.test_utils import SVTestCase, make_calendar, make_desk, make_user


class TestSVDesk(SVTestCase):
	def test_no_address_leads_to_two_desks(self):
		make_desk(further_addresses="Melden@uni.example")
		self.assert_refused("another desk", make_desk, further_addresses="x@uni.example\nmelden@uni.example")

	def test_no_mailbox_belongs_to_two_desks(self):
		account = make_mailbox("zorgen@uni.example")
		make_desk(email_account=account)
		self.assert_refused("another desk", make_desk, email_account=account)
		self.assert_refused("another desk", make_desk, further_addresses="zorgen@uni.example")

	def test_a_desk_keeps_its_own_addresses(self):
		desk = make_desk(further_addresses="melden@uni.example")
		desk.title = "Another name"
		desk.save()

	def test_a_further_address_is_an_address(self):
		self.assert_refused("not an e-mail address", make_desk, further_addresses="melden")

	def test_nobody_is_a_member_twice(self):
		user = make_user()
		self.assert_refused("twice", make_desk, user, user)

	def test_a_membership_does_not_end_before_it_begins(self):
		period = {"user": make_user(), "from_date": "2026-02-01", "to_date": "2026-01-01"}
		self.assert_refused("ends before", make_desk, members=[period])

	def test_days_that_do_not_exist_are_refused(self):
		for fieldname in ("from_date", "to_date", "absent_from", "absent_until"):
			member = {"user": make_user(), fieldname: "0001-01-01"}
			self.assert_refused("is not a day that exists", make_desk, members=[member])

	def test_whoever_chooses_another_calendar_reads_that_clocks_stay(self):
		frappe.clear_messages()
		desk = make_desk()
		desk.title = "Another name"
		desk.save()
		self.assertNotIn("Clocks that run stay", str(frappe.get_message_log()))
		desk.calendar = make_calendar().name
		desk.save()
		self.assertIn("Clocks that run stay", str(frappe.get_message_log()))

	def test_the_code_is_plain(self):
		self.assert_refused("small letters", make_desk, code="C & C")

	def test_the_acknowledgement_names_the_emergency_number(self):
		desk = make_desk()
		self.assertIn("112", desk.acknowledgement_nl)
		self.assertIn("112", desk.acknowledgement_en)


def make_mailbox(address: str) -> str:
	account = frappe.new_doc("Email Account")
	account.update({"name": address, "email_account_name": address, "email_id": address})
	account.db_insert()
	return account.name
