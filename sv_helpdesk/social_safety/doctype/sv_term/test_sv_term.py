"""Terms: defaults of the domain, desks of their own, days of validity."""

from datetime import date, datetime

import frappe

from sv_helpdesk.deadlines.terms import due_of, term_of
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.social_safety.masters import sync_masters
from sv_helpdesk.test_utils import SVTestCase, make_calendar, make_desk, make_term, make_user

TUESDAY = datetime(2026, 11, 24, 15)


class TestSVTerm(SVTestCase):
	def test_the_defaults_are_those_of_the_domain(self):
		days = {
			"Acknowledgement": "2026-11-25 15:00",
			"First talk": "2026-12-01 15:00",
			"Triage": "2026-12-01 15:00",
			"Hand-over accepted": "2026-11-27 15:00",
			"Hand-over completed": "2026-12-08 15:00",
			"Decision table convened": "2026-12-01 15:00",
			"Decision table convened (acute danger)": "2026-11-25 15:00",
			"Minutes written": "2026-11-27 15:00",
			"Minutes approved": "2026-12-08 15:00",
			"Statutory acknowledgement": "2026-12-01 23:59",
			"Statutory feedback": "2027-02-24 23:59",
		}
		self.assertEqual({kind: in_words(due_of(kind, None, TUESDAY)) for kind in days}, days)

	def test_setting_up_again_leaves_what_the_institution_made_of_them(self):
		before = frappe.db.count("SV Term")
		name = term_of("Triage", None, TUESDAY.date()).name
		frappe.db.set_value("SV Term", name, {"amount": 7, "valid_until": "2026-12-31"})
		sync_masters()
		self.assertEqual(frappe.db.count("SV Term"), before)
		self.assertEqual(frappe.db.get_value("SV Term", name, "amount"), 7)

	def test_a_term_of_the_desk_goes_before_the_common_one(self):
		desk, other = make_desk().name, make_desk().name
		make_term("Triage", 2, desk=desk, valid_from="2026-11-01")
		self.assertEqual(in_words(due_of("Triage", desk, TUESDAY)), "2026-11-26 15:00")
		self.assertEqual(in_words(due_of("Triage", other, TUESDAY)), "2026-12-01 15:00")

	def test_a_term_holds_on_its_days_only(self):
		desk = make_desk().name
		make_term("Triage", 2, desk=desk, valid_from="2026-11-01", valid_until="2026-11-24")
		make_term("Triage", 3, desk=desk, valid_from="2026-11-25")
		amounts = {day: term_of("Triage", desk, date(2026, 11, day)).length.amount for day in (1, 24, 25, 30)}
		self.assertEqual(amounts, {1: 2, 24: 2, 25: 3, 30: 3})
		# before the first of its own the common one holds
		self.assertEqual(term_of("Triage", desk, date(2026, 10, 31)).length.amount, 5)

	def test_without_a_valid_term_nothing_is_due(self):
		common = term_of("Triage", None, TUESDAY.date()).name
		frappe.db.set_value("SV Term", common, "valid_until", "2026-11-23")
		self.assertIsNone(due_of("Triage", None, TUESDAY))
		self.assertIsNotNone(due_of("Triage", None, datetime(2026, 11, 23, 15)))

	def test_the_calendar_of_the_desk_counts(self):
		closed = [{"from_date": "2026-11-25", "to_date": "2026-11-27"}]
		desk = make_desk(calendar=make_calendar(closing_days=closed).name).name
		self.assertEqual(in_words(due_of("Acknowledgement", desk, TUESDAY)), "2026-11-30 15:00")
		# calendar time as the law counts doesn't know it
		self.assertEqual(in_words(due_of("Statutory acknowledgement", desk, TUESDAY)), "2026-12-01 23:59")

	def test_whether_a_statutory_term_moves_is_the_institutions_choice(self):
		saturday = datetime(2026, 11, 21, 12)
		self.assertEqual(in_words(due_of("Statutory acknowledgement", None, saturday)), "2026-11-30 23:59")
		name = term_of("Statutory acknowledgement", None, saturday.date()).name
		frappe.db.set_value("SV Term", name, "moves", 0)
		self.assertEqual(in_words(due_of("Statutory acknowledgement", None, saturday)), "2026-11-28 23:59")

	def test_two_terms_do_not_hold_on_one_day(self):
		desk = make_desk().name
		make_term("Triage", 2, desk=desk, valid_from="2026-01-01", valid_until="2026-06-30")
		for period in (
			{"valid_from": "2026-06-30"},
			{"valid_from": "2025-01-01"},
			{"valid_from": "2025-01-01", "valid_until": "2026-01-01"},
		):
			self.assert_refused("Another term", make_term, "Triage", 3, desk=desk, **period)
		make_term("Triage", 3, desk=desk, valid_from="2026-07-01")
		make_term("Triage", 3, desk=make_desk().name, valid_from="2026-01-01")
		self.assert_refused("Another term", make_term, "Triage", 3)

	def test_a_term_can_be_saved_again(self):
		term = make_term("Triage", 2, desk=make_desk().name)
		term.amount = 3
		term.save()

	def test_a_term_of_nothing_or_of_years_is_refused(self):
		desk = make_desk().name
		self.assert_refused("longer than a year", make_term, "Triage", 0, desk=desk)
		self.assert_refused("longer than a year", make_term, "Triage", 300, desk=desk)
		self.assert_refused("longer than a year", make_term, "Triage", 24, "Calendar months", desk=desk)
		self.assert_refused("is before", make_term, "Triage", 2, desk=desk, valid_until="2020-01-01")

	def test_what_waits_for_the_reporter_counts_in_working_time(self):
		desk = make_desk().name
		for kind in ("First talk", "Triage", "Settlement"):
			self.assert_refused("waits", make_term, kind, 14, "Calendar days", desk=desk)
		make_term("Acknowledgement", 2, "Calendar days", desk=desk)

	def test_its_form_knows_who_may_apply_it(self):
		coordinator, member = make_user(COORDINATOR), make_user()
		desk = make_desk(members=[{"user": coordinator, "desk_role": "Coordinator"}, {"user": member}]).name
		own, common = make_term("Triage", 2, desk=desk).name, term_of("Triage", None, TUESDAY.date()).name
		foreign = make_term("Triage", 2, desk=make_desk().name).name
		offered = {
			user: [may_be_applied(user, name) for name in (own, common, foreign)]
			for user in (coordinator, member)
		}
		self.assertEqual(offered, {coordinator: [True, True, False], member: [False, False, False]})

	def test_the_warning_comes_within_the_term(self):
		desk = make_desk().name
		for percent in (0, 100):
			self.assert_refused("warning", make_term, "Triage", 2, desk=desk, warn_percent=percent)


def may_be_applied(user: str, term: str) -> bool:
	frappe.set_user(user)
	try:
		doc = frappe.get_doc("SV Term", term)
		doc.onload()
		return doc.get_onload("may_be_applied")
	finally:
		frappe.set_user("Administrator")


def in_words(moment: datetime) -> str:
	return f"{moment:%Y-%m-%d %H:%M}"
