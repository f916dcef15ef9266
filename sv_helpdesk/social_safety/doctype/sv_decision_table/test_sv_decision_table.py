"""Decision tables."""

from frappe.utils import nowdate

from sv_helpdesk.test_utils import SVTestCase, make_decision_table, make_report, make_user


class TestSVDecisionTable(SVTestCase):
	def test_a_table_gets_a_number(self):
		self.assertRegex(make_decision_table().table_number, r"^BT-\w{4}$")

	def test_a_table_from_an_advice_request_names_one(self):
		self.assert_refused("Advice request", make_decision_table, started_from="Advice request")
		report = make_report().name
		from_report = {"started_from": "Advice request", "advice_request": report}
		self.assert_refused("another kind", make_decision_table, **from_report)
		advice = make_report(kind="Advice request").name
		make_decision_table(started_from="Advice request", advice_request=advice)

	def test_a_deviating_decision_says_by_whom_with_which_authority_and_why(self):
		by = {"deviates": 1, "deviated_by": make_user()}
		self.assert_refused("authority", make_decision_table, **by)
		by["deviation_authority"] = "Dean or director"
		self.assert_refused("Reason", make_decision_table, **by)
		make_decision_table(**by, deviation_reason="There was no other way")

	def test_a_settled_table_has_an_outcome_and_a_day(self):
		table = make_decision_table(status="Settled", outcome="Departure", closed_on=nowdate())
		table.outcome = "Still running"
		self.assert_refused("isn't still running", table.save)
		self.assert_refused("Ended on", make_decision_table, status="Settled", outcome="Departure")

	def test_a_table_is_not_settled_before_it_opened(self):
		self.assert_refused("is before", make_decision_table, opened_on=nowdate(), closed_on="2020-01-01")

	def test_nobody_sits_twice(self):
		user = make_user()
		seats = [{"user": user, "capacity": "Member"}, {"user": user, "capacity": "Manager"}]
		self.assert_refused("twice", make_decision_table, members=seats)
