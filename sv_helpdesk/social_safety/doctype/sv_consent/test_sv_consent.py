"""Consent and its three exceptions, as they are recorded."""

import frappe
from frappe.utils import add_days, get_datetime, now_datetime

from sv_helpdesk.test_utils import (
	SVTestCase,
	make_consent,
	make_desk,
	make_party,
	make_report,
	make_user,
)

DANGER = {"basis": "Danger to safety", "how_given": "", "ground": "Somebody is in danger"}


class TestSVConsent(SVTestCase):
	def setUp(self):
		super().setUp()
		self.worker = make_user()
		self.report = make_report(desk=make_desk(self.worker).name).name
		self.party = make_party(self.report).name

	def test_consent_says_how_it_was_given(self):
		self.assert_refused("How it was given", make_consent, self.report, self.party, how_given="")

	def test_consent_says_what_for(self):
		self.assert_refused("Purpose", make_consent, self.report, self.party, purpose="")

	def test_one_person_alone_does_not_open_it_in_acute_danger_day_after_day(self):
		frappe.set_user(self.worker)
		lapsed = make_consent(self.report, None, **DANGER, acute=1, given_at="2024-11-22 16:30:00")
		self.assert_refused("never confirmed", make_consent, self.report, None, **DANGER, acute=1)
		make_consent(self.report, None, **DANGER)
		lapsed.db_set("confirmed_at", now_datetime())
		make_consent(self.report, None, **DANGER, acute=1)
		make_consent(self.report, None, **DANGER, acute=1)

	def test_consent_is_given_by_somebody_of_this_case(self):
		stranger = make_party(make_report().name).name
		self.assert_refused("another case", make_consent, self.report, stranger)
		self.assert_refused("Given by", make_consent, self.report, None)

	def test_an_exception_needs_its_ground(self):
		frappe.set_user(self.worker)
		self.assert_refused("Ground", make_consent, self.report, None, **{**DANGER, "ground": ""})

	def test_who_records_an_exception_has_decided_it_and_nobody_has_confirmed_it(self):
		frappe.set_user(self.worker)
		made_up = {"decided_by": make_user(), "second_person": make_user(), "confirmed_at": now_datetime()}
		exception = make_consent(self.report, None, **DANGER, **made_up)
		self.assertEqual(exception.decided_by, self.worker)
		self.assertFalse(exception.second_person or exception.confirmed_at)

	def test_in_acute_danger_it_says_until_when_it_can_be_confirmed(self):
		frappe.set_user(self.worker)
		friday = get_datetime("2024-11-22 16:30:00")
		exception = make_consent(
			self.report, None, **DANGER, acute=1, given_at=friday, confirm_by="2099-01-01"
		)
		self.assertEqual(exception.confirm_by, get_datetime("2024-11-25 16:30:00"))

	def test_only_danger_is_acute(self):
		frappe.set_user(self.worker)
		exception = make_consent(self.report, None, **{**DANGER, "basis": "Criminal offence"}, acute=1)
		self.assertEqual((exception.acute, exception.confirm_by), (0, None))

	def test_what_was_given_can_not_be_changed(self):
		consent = make_consent(self.report, self.party)
		for change in (
			{"scope": "Dossier"},
			{"purpose": "Something else"},
			{"to_user": self.worker},
			{"valid_until": add_days(now_datetime(), 30).date()},
		):
			stored = frappe.get_doc("SV Consent", consent.name)
			stored.update(change)
			self.assert_refused("can't be changed", stored.save)

	def test_sharing_is_with_somebody(self):
		self.assert_refused("Nobody is named", make_consent, self.report, self.party, recipient="")
		make_consent(self.report, self.party, recipient="", scope="Follow-up towards the accused")

	def test_what_is_done_with_a_report_its_reporter_allows_and_nobody_else(self):
		for scope in ("Follow-up towards the accused", "Joining reports"):
			for party_role in ("Accused", "Witness"):
				party = make_party(self.report, party_role).name
				self.assert_refused("for a reporter to allow", make_consent, self.report, party, scope=scope)

	def test_consent_does_not_end_before_it_was_given(self):
		yesterday = add_days(now_datetime(), -1).date()
		self.assert_refused("is before", make_consent, self.report, self.party, valid_until=yesterday)
		make_consent(self.report, self.party, valid_until=now_datetime().date())
