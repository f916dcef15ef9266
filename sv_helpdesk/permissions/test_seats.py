"""A seat opens a table once its person has accepted it, and nobody accepts for another."""

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.permissions import seats
from sv_helpdesk.permissions.test_institution import InstitutionTestCase


class TestSeats(InstitutionTestCase):
	@property
	def table(self) -> str:
		return self.docs["table"].name

	def save_members(self, change) -> None:
		"""Let staff of the desk change the members in the form."""
		self.act_as("staff")
		table = frappe.get_doc("SV Decision Table", self.table)
		change(table)
		table.save()

	def accepted(self) -> set[str]:
		rows = frappe.get_all(
			"SV Table Member", {"parent": self.table, "accepted_at": ["is", "set"]}, pluck="user"
		)
		return {name for name, user in self.people.items() if user in rows}

	def row_of(self, table, person: str):
		return next(row for row in table.members if row.user == self.people[person])

	def test_an_invitation_tells_the_number_and_the_day_and_nothing_else(self):
		self.act_as("invited")
		(invitation,) = seats.open_invitations()
		self.assertEqual(set(invitation), {"decision_table", "table_number", "opened_on"})
		self.assertEqual(invitation["decision_table"], self.table)

	def test_who_accepts_sees_the_table_from_then_on(self):
		self.assertEqual(self.listed("invited", "SV Decision Table"), set())
		seats.accept_seat(self.table, True)
		self.assertEqual(self.listed("invited", "SV Decision Table"), {"table"})
		self.assertEqual(seats.open_invitations(), [])

	def test_nobody_accepts_what_was_not_offered_to_them_or_twice(self):
		for person in ("other_manager", "member", "staff", "system_manager"):
			self.act_as(person)
			with self.assertRaises(frappe.PermissionError):
				seats.accept_seat(self.table, True)

	def test_nobody_accepts_for_somebody_else_in_the_form(self):
		def accept(table):
			for row in table.members:
				row.accepted_at = now_datetime()

		self.save_members(accept)
		self.assertNotIn("invited", self.accepted())

	def test_a_seat_given_to_somebody_else_has_to_be_accepted_anew(self):
		def give_away(table):
			next(row for row in table.members if row.user == self.people["member"]).user = self.people[
				"other_manager"
			]

		self.save_members(give_away)
		self.assertNotIn("other_manager", self.accepted())
		self.assertNotIn("table", self.listed("other_manager", "SV Decision Table"))
		self.assertEqual(self.listed("member", "SV Decision Table"), set())

	def test_who_has_accepted_stays_so_when_others_are_added(self):
		add = {"user": self.people["other_manager"], "capacity": "Member"}
		self.save_members(lambda table: table.append("members", add))
		self.assertEqual(self.accepted(), {"member", "hr_at_table"})

	def test_one_person_decides_but_several_hr_advisers_may_sit(self):
		def seats_for(*people, capacity):
			return [{"user": self.people[name], "capacity": capacity} for name in people]

		self.save_members(
			lambda table: table.extend("members", seats_for("hr_carrying_out", capacity="HR adviser"))
		)
		with self.assertRaises(frappe.ValidationError):
			two = seats_for("board", "privacy_officer", capacity="Manager")
			self.save_members(lambda table: table.extend("members", two))

	def test_who_declines_is_asked_no_more_and_sees_nothing_until_invited_again(self):
		self.act_as("invited")
		seats.decline_seat(self.table)
		self.assertEqual(seats.open_invitations(), [])
		with self.assertRaises(frappe.PermissionError):
			seats.accept_seat(self.table, True)
		self.assertEqual(self.listed("invited", "SV Decision Table"), set())
		self.save_members(lambda table: None)
		self.act_as("invited")
		self.assertEqual(seats.open_invitations(), [])
		self.save_members(lambda table: table.remove(self.row_of(table, "invited")))
		again = {"user": self.people["invited"], "capacity": "Member"}
		self.save_members(lambda table: table.append("members", again))
		self.act_as("invited")
		self.assertEqual(len(seats.open_invitations()), 1)

	def test_nobody_declines_for_somebody_else_or_what_they_have_accepted(self):
		for person in ("member", "staff", "other_manager"):
			self.act_as(person)
			with self.assertRaises(frappe.PermissionError):
				seats.decline_seat(self.table)

	def stated(self, moment: str):
		return frappe.db.get_value("SV Decision Table", self.table, moment)

	def test_manager_and_coordinator_give_the_confidentiality_statement_and_nobody_else_does(self):
		self.save_members(lambda table: table.update({"coordinator": self.people["staff"]}))
		self.docs["table"].db_set("manager_stated_at", None)
		for person, moment in {"manager": "manager_stated_at", "staff": "coordinator_stated_at"}.items():
			self.act_as(person)
			with self.assertRaises(frappe.ValidationError):
				seats.state_confidentiality(self.table, False)
			self.assertFalse(self.stated(moment))
			seats.state_confidentiality(self.table, True)
			self.assertTrue(self.stated(moment))
		said = set()
		for person, table in (("manager", self.table), ("member", self.table), ("member", "0123456789")):
			self.act_as(person)
			with self.assertRaises(frappe.PermissionError) as refused:
				seats.state_confidentiality(table, True)
			said.add(str(refused.exception))
		self.assertEqual(len(said), 1)

	def test_a_statement_isnt_given_in_the_form_and_doesnt_hold_for_who_comes_next(self):
		self.save_members(lambda table: table.update({"coordinator_stated_at": now_datetime()}))
		self.assertFalse(self.stated("coordinator_stated_at"))
		self.save_members(lambda table: table.update({"manager_stated_at": None}))
		self.assertTrue(self.stated("manager_stated_at"))
		self.save_members(lambda table: table.update({"manager": self.people["other_manager"]}))
		self.assertFalse(self.stated("manager_stated_at"))
		self.act_as("other_manager")
		self.assertEqual(self.listed("other_manager", "SV Minutes"), set())

	def test_the_manager_who_decides_needs_no_acceptance(self):
		self.assertEqual(self.listed("manager", "SV Decision Table"), {"table"})
		self.act_as("manager")
		self.assertEqual(seats.open_invitations(), [])
