"""Referrals and hand-overs."""

from frappe.utils import add_days, nowdate

from sv_helpdesk.test_utils import SVTestCase, make_consent, make_desk, make_party, make_referral, make_report


class TestSVReferral(SVTestCase):
	def test_the_line_of_help_follows_from_the_target(self):
		report = make_report()
		lines = {
			target: make_referral(report, target=target).line
			for target in ("Manager", "Confidential adviser", "Mediator", "Police")
		}
		self.assertEqual(list(lines.values()), ["Zeroth", "First", "Second", "Outside"])

	def test_a_referral_does_not_go_to_a_desk(self):
		self.assert_refused("Only a hand-over", make_referral, make_report(), target_desk=make_desk().name)

	def test_a_desk_does_not_hand_over_to_itself(self):
		report = make_report()
		to_itself = {"referral_type": "Hand-over", "target": "Ombuds officer", "target_desk": report.desk}
		self.assert_refused("itself", make_referral, report, **to_itself)

	def test_the_consent_is_of_this_case(self):
		other = make_report().name
		consent = make_consent(other, make_party(other).name).name
		self.assert_refused("another case", make_referral, make_report(), consent=consent)

	def test_a_hand_over_names_a_consent_for_that_desk(self):
		report, desk = make_report(), make_desk().name
		hand_over = {"referral_type": "Hand-over", "target": "Ombuds officer", "target_desk": desk}
		party = make_party(report.name).name
		for other in ({"to_desk": make_desk().name}, {"recipient": "Somebody"}):
			consent = make_consent(report.name, party, **other).name
			self.assert_refused("not for this desk", make_referral, report, **hand_over, consent=consent)
		make_referral(report, **hand_over, consent=make_consent(report.name, party, to_desk=desk).name)

	def test_a_referral_is_not_made_tomorrow(self):
		self.assert_refused("in the future", make_referral, make_report(), referred_on=add_days(nowdate(), 2))
