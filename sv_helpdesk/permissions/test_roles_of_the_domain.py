"""DOMAIN's table of roles, R3 and R6, a sentence each; what somebody doesn't see counts most."""

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import seats
from sv_helpdesk.permissions.matrix import MATRIX
from sv_helpdesk.permissions.rules import may_read_content, may_use_report
from sv_helpdesk.permissions.test_institution import PEOPLE, InstitutionTestCase
from sv_helpdesk.test_utils import make_term

DOCUMENTS = tuple(dict.fromkeys(right.doctype for right in MATRIX))
NOT_OF_A_CASE = (
	"SV Unit",
	"SV Category",
	"SV Measure",
	"SV Calendar",
	"SV Term",
	"SV Unit Priority",
	"SV Desk",
	"SV Settings",
	"SV Figures",
	"SV Delivered Figures",
	"SV Approval",
	"SV Self Check",
)


class TestRolesOfTheDomain(InstitutionTestCase):
	def sees(self, person: str) -> set[str]:
		"""Return the labels of everything of a case or table that this person's lists show."""
		documents = [
			doctype for doctype in DOCUMENTS if doctype not in (*NOT_OF_A_CASE, "SV Confidant Report")
		]
		return set().union(*(self.listed(person, doctype) for doctype in documents))

	def reads(self, person: str, label: str, fieldname: str) -> bool:
		doc = frappe.get_doc(self.docs[label].doctype, self.docs[label].name)
		self.act_as(person)
		return may_read_content(doc, self.people[person], fieldname)

	def deny(self, report: str, person: str) -> None:
		"""Put somebody on the denied list of a case, as an accused puts themselves there."""
		row = {"doctype": "SV Denied", "report": report, "origin": "Accused"}
		frappe.get_doc({**row, "user_index": blind_index("account", self.people[person])}).db_insert()

	def become_accused(self, person: str) -> None:
		frappe.set_user("Administrator")
		self.deny(self.docs["ccp.report"].name, person)

	def test_staff_and_coordinator_of_the_ccp_see_its_cases_and_tables_and_no_other_desks(self):
		for person in ("staff", "coordinator"):
			seen = self.sees(person)
			self.assertLessEqual(self.institution.of("ccp") | {"table", "table.minutes", "held"}, seen)
			self.assertFalse(
				seen & (self.institution.of("advisers") | self.institution.of("ombuds") | {"unheld"})
			)

	def test_an_advisers_case_is_unseen_by_the_ccp_by_another_adviser_and_by_who_leads_the_advisers(self):
		# whom a colleague has asked to release an answer sees that request, and nothing of the case
		released = {"other_adviser": {"advisers.request"}}
		for person in ("staff", "coordinator", "other_adviser", "leading_adviser", "ombuds_officer"):
			seen = self.sees(person) & self.institution.of("advisers")
			self.assertEqual(seen, released.get(person, set()), person)
			self.assertFalse(may_use_report(self.docs["advisers.report"].name, self.people[person]), person)
			self.assertFalse(self.reads(person, "advisers.note", "body"), person)
		self.assertTrue(self.reads("adviser", "advisers.note", "body"))

	def may_change(self, person: str) -> set[str]:
		"""Return the labels of the terms and calendars that this person may change."""
		user = self.act_as(person)
		kept = [label for label, doc in self.docs.items() if doc.doctype in ("SV Term", "SV Calendar")]
		return {
			label
			for label in kept
			if frappe.has_permission(self.docs[label].doctype, "write", doc=self.docs[label], user=user)
		}

	def test_terms_and_opening_hours_of_a_desk_are_changed_by_who_leads_it_and_common_ones_by_coordinators(
		self,
	):
		self.assertEqual(self.may_change("coordinator"), {"term.ccp", "common_term", "calendar"})
		self.assertEqual(self.may_change("leading_adviser"), {"term.advisers", "calendar.advisers"})
		for person in ("staff", "adviser", "ombuds_officer", "system_manager"):
			self.assertFalse(self.may_change(person), person)

	def test_a_calendar_that_desks_share_is_changed_by_who_leads_them_all(self):
		self.assertNotIn("calendar.shared", self.may_change("coordinator"))
		frappe.set_user("Administrator")
		desk = frappe.get_doc("SV Desk", self.institution.desks["ombuds"])
		desk.append("members", {"user": self.people["coordinator"], "desk_role": "Coordinator"})
		desk.save()
		self.assertIn("calendar.shared", self.may_change("coordinator"))

	def test_nobody_makes_a_term_for_another_desk_or_moves_their_own_there(self):
		self.act_as("coordinator")
		term = make_term("First talk", 2, desk=self.institution.desks["ccp"])
		for desk in (self.institution.desks["ombuds"], None):
			term.desk = desk
			with self.assertRaises(frappe.PermissionError):
				term.save()
		with self.assertRaises(frappe.PermissionError):
			make_term("First talk", 2, desk=self.institution.desks["ombuds"])

	def test_the_ombuds_officer_sees_their_own_cases_only(self):
		self.assertEqual(self.sees("ombuds_officer"), self.institution.of("ombuds"))

	def test_a_case_nobody_has_taken_waits_for_who_leads_the_desk(self):
		self.assertIn("unheld", self.sees("leading_adviser"))
		self.assertNotIn("unheld", self.sees("adviser"))

	def test_who_no_longer_works_at_a_desk_sees_nothing_of_it(self):
		row = frappe.get_all("SV Desk Member", {"user": self.people["adviser"]}, pluck="name")[0]
		frappe.db.set_value("SV Desk Member", row, "to_date", "2020-01-01")
		self.assertFalse(self.sees("adviser"))

	def test_another_desk_sees_a_hand_over_only_while_its_consent_is_open(self):
		self.assertIn("ccp.referral", self.sees("other_adviser"))
		self.assertTrue(self.reads("other_adviser", "ccp.referral", "shared_text"))
		self.assertFalse(self.reads("other_adviser", "ccp.referral", "target_details"))
		frappe.db.set_value(
			"SV Consent", self.docs["ccp.consent"].name, "withdrawn_at", "2026-01-01 10:00:00"
		)
		self.assertNotIn("ccp.referral", self.sees("other_adviser"))

	def test_the_companion_sees_the_accused_they_support_and_nothing_of_the_reporter(self):
		self.assertEqual(self.sees("companion"), {"ccp.accused"})
		self.assertTrue(self.reads("companion", "ccp.accused", "person_name"))
		self.assertFalse(self.reads("companion", "ccp.accused", "remarks"))
		self.assertFalse(self.reads("companion", "ccp.reporter", "person_name"))

	def test_a_member_sees_only_the_tables_they_accepted_a_seat_at(self):
		self.assertFalse([label for label in self.sees("member") if not label.startswith("table")])
		self.assertTrue(self.reads("member", "table.minutes", "facts"))
		self.assertEqual(self.sees("invited"), set())

	def test_a_table_member_sees_no_case_the_table_is_about(self):
		self.assertFalse(may_use_report(self.docs["ccp.report"].name, self.people["member"]))

	def test_hr_at_the_table_sees_what_any_member_sees(self):
		self.assertEqual(self.sees("hr_at_table"), self.sees("member"))

	def test_hr_carrying_out_sees_what_is_assigned_to_them_and_nobody_elses_actions(self):
		self.assertEqual(self.sees("hr_carrying_out"), {"table.hr_action", "ccp.contact", "table.line"})
		self.assertTrue(self.reads("hr_carrying_out", "table.hr_action", "action_text"))
		for label, fieldname in {
			"table.action": "action_text",
			"table.minutes": "reporter_heard",
			"ccp.reporter": "person_name",
			"ccp.report": "narrative",
		}.items():
			self.assertFalse(self.reads("hr_carrying_out", label, fieldname), label)

	def test_hr_in_general_sees_nothing(self):
		self.assertEqual(self.sees("hr_in_general"), set())

	def test_a_manager_sees_the_tables_they_decide_at_and_another_manager_none(self):
		self.assertIn("table.minutes", self.sees("manager"))
		self.assertFalse(self.sees("manager") & self.institution.of("ccp"))
		self.assertNotIn("table", self.sees("other_manager"))

	def test_a_manager_sees_what_they_are_asked_for_and_the_rest_after_their_confidentiality_statement(self):
		self.assertEqual(self.sees("other_manager"), {"asked_table"})
		self.assertTrue(self.reads("other_manager", "asked_table", "purpose"))
		self.assertFalse(self.reads("other_manager", "asked_table", "deviation_reason"))
		self.docs["table"].db_set("manager_stated_at", None)
		self.assertEqual(self.sees("manager"), {"table", "table.manager_action"})
		self.act_as("manager")
		seats.state_confidentiality(self.docs["table"].name, True)
		self.assertIn("table.minutes", self.sees("manager"))

	def test_the_board_sees_published_figures_only(self):
		self.assertEqual(self.sees("board"), set())
		self.assertEqual(self.listed("board", "SV Figures"), {"figures.published"})

	def test_the_privacy_officer_sees_who_saw_what_and_no_content(self):
		grants = {f"{desk}.grant" for desk in ("ccp", "advisers", "ombuds")}
		self.assertEqual(self.sees("privacy_officer"), {"logged", "retention_log"} | grants)
		self.assertFalse(self.reads("privacy_officer", "ccp.grant", "explanation"))

	def test_helpdesk_agents_and_system_managers_see_nothing(self):
		for person in ("agent", "system_manager"):
			self.assertEqual(set().union(*(self.listed(person, doctype) for doctype in DOCUMENTS)), set())

	def test_administrator_is_shown_no_text(self):
		for doc in self.docs.values():
			self.assertFalse(may_read_content(doc, "Administrator"))

	def test_an_account_that_is_switched_off_has_no_role_any_more(self):
		frappe.db.set_value("User", self.people["staff"], "enabled", 0)
		frappe.clear_document_cache("User", self.people["staff"])
		self.assertFalse(may_use_report(self.docs["ccp.report"].name, self.people["staff"]))
		frappe.clear_document_cache("User", self.people["staff"])

	def test_the_accused_sees_nothing_in_whatever_role_and_nothing_else_is_taken_from_them(self):
		of_case = self.institution.of("ccp") | {"logged"}
		hidden = of_case | {label for label in self.docs if label.startswith("table")}
		before = {person: self.sees(person) for person in PEOPLE}
		for person in (
			"staff",
			"coordinator",
			"helper",
			"member",
			"hr_at_table",
			"hr_carrying_out",
			"manager",
		):
			self.become_accused(person)
			self.assertEqual(self.sees(person), before[person] - hidden, person)
			for label in hidden:
				doc = self.docs[label]
				self.assertFalse(
					frappe.has_permission(doc.doctype, "read", doc=doc, user=self.people[person])
				)
			self.assertFalse(may_use_report(self.docs["ccp.report"].name, self.people[person]))
		for person in ("companion", "other_adviser", "privacy_officer", "invited"):
			self.become_accused(person)
			self.assertEqual(self.sees(person), before[person] - hidden, person)

	def test_who_made_the_case_and_turns_out_to_be_its_accused_sees_it_no_more(self):
		user = self.act_as("staff")
		made = frappe.get_doc(
			{"doctype": "SV Report", "desk": self.institution.desks["ccp"], "channel": "In person"}
		)
		made.insert()
		self.assertTrue(may_use_report(made.name, user))
		frappe.set_user("Administrator")
		self.deny(made.name, "staff")
		self.assertFalse(may_use_report(made.name, user))

	def test_the_accused_is_refused_a_seat_in_the_words_of_who_was_never_invited(self):
		table = self.docs["table"].name
		self.act_as("other_manager")
		with self.assertRaises(frappe.PermissionError) as stranger:
			seats.accept_seat(table, True)
		self.become_accused("invited")
		self.act_as("invited")
		self.assertEqual(seats.open_invitations(), [])
		with self.assertRaises(frappe.PermissionError) as accused:
			seats.accept_seat(table, True)
		self.assertEqual(str(stranger.exception), str(accused.exception))
