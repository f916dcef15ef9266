"""Consent and its three exceptions."""

from frappe.utils import add_days, now_datetime

from sv_helpdesk.test_utils import SVTestCase, make_consent, make_party, make_report, make_user


class TestSVConsent(SVTestCase):
	def setUp(self):
		super().setUp()
		self.report = make_report().name
		self.party = make_party(self.report).name

	def test_consent_says_how_it_was_given(self):
		self.assert_refused("How it was given", make_consent, self.report, self.party, how_given="")

	def test_consent_is_given_by_somebody_of_this_case(self):
		stranger = make_party(make_report().name).name
		self.assert_refused("another case", make_consent, self.report, stranger)
		self.assert_refused("Given by", make_consent, self.report, None)

	def test_an_exception_needs_its_ground_and_who_decided(self):
		danger = {"basis": "Danger to safety", "how_given": ""}
		self.assert_refused("Ground", make_consent, self.report, self.party, **danger)
		danger["ground"] = "Somebody is in danger"
		self.assert_refused("decided by", make_consent, self.report, self.party, **danger)
		make_consent(self.report, None, **danger, decided_by=make_user())

	def test_an_exception_is_confirmed_by_somebody_else(self):
		user = make_user()
		both = {"decided_by": user, "second_person": user, "ground": "Danger", "basis": "Danger to safety"}
		self.assert_refused("somebody else", make_consent, self.report, self.party, **both)

	def test_sharing_is_with_somebody(self):
		self.assert_refused("Nobody is named", make_consent, self.report, self.party, recipient="")
		make_consent(self.report, self.party, recipient="", scope="Follow-up towards the accused")

	def test_consent_does_not_end_before_it_was_given(self):
		yesterday = add_days(now_datetime(), -1).date()
		self.assert_refused("is before", make_consent, self.report, self.party, valid_until=yesterday)
		make_consent(self.report, self.party, valid_until=now_datetime().date())
