"""The case: what it refuses, what follows from the talks, how it is converted."""

import frappe
from frappe.utils import add_days, now_datetime

from sv_helpdesk.social_safety.case_number import PATTERN
from sv_helpdesk.test_utils import (
	SVTestCase,
	make_desk,
	make_note,
	make_party,
	make_report,
	make_unit,
	make_user,
)


class TestSVReport(SVTestCase):
	def test_a_case_gets_a_number_that_nobody_can_choose(self):
		report = make_report(case_number="SV-1")
		self.assertTrue(PATTERN.fullmatch(report.case_number))
		self.assertNotEqual(report.case_number, make_report().case_number)

	def test_the_desk_first_chosen_is_the_desk_unless_told_otherwise(self):
		desk, other = make_desk().name, make_desk().name
		self.assertEqual(make_report(desk=desk).first_desk, desk)
		self.assertEqual(make_report(desk=desk, first_desk=other).first_desk, other)

	def test_a_case_can_not_come_in_tomorrow(self):
		self.assert_refused("in the future", make_report, received_at=add_days(now_datetime(), 1))

	def test_a_case_can_not_be_settled_before_it_came_in(self):
		report = make_report(received_at=add_days(now_datetime(), -3), main_category="bullying")
		report.settled_at = add_days(now_datetime(), -4)
		self.assert_refused("is before", report.save)

	def test_a_formal_complaint_can_not_be_anonymous(self):
		self.assert_refused("anonymous", make_report, kind="Formal complaint", confidentiality="Anonymous")

	def test_the_kind_does_not_change_by_saving(self):
		report = make_report()
		report.kind = "Signal"
		self.assert_refused("Convert", report.save)

	def test_converting_keeps_the_history(self):
		report = make_report(kind="Signal")
		report.convert("Report", "More became known")
		report.reload()
		self.assertEqual(report.kind, "Report")
		change = report.kind_changes[0]
		self.assertEqual((change.from_kind, change.to_kind), ("Signal", "Report"))
		self.assertEqual((change.changed_by, change.reason), ("Administrator", "More became known"))

	def test_converting_ignores_what_else_is_in_the_form(self):
		report = make_report(language="nl")
		report.language = "en"
		report.convert("Signal", "Other")
		self.assertEqual(frappe.db.get_value("SV Report", report.name, "language"), "nl")

	def test_the_history_of_kinds_can_not_be_rewritten(self):
		report = make_report()
		report.convert("Signal", "Other")
		report.reload()
		report.kind_changes = []
		report.save()
		self.assertEqual(len(frappe.get_doc("SV Report", report.name).kind_changes), 1)

	def test_converting_to_the_same_kind_is_refused(self):
		report = make_report()
		self.assert_refused("of this kind already", report.convert, "Report", "Other")

	def test_converting_to_an_unknown_kind_or_for_an_unknown_reason_is_refused(self):
		report = make_report()
		self.assert_refused("doesn't exist", report.convert, "Rumour", "Other")
		self.assert_refused("doesn't exist", report.convert, "Signal", "Because")

	def test_an_anonymous_report_does_not_become_a_complaint(self):
		report = make_report(confidentiality="Anonymous")
		self.assert_refused("anonymous", report.convert, "Formal complaint", "Complaint submitted")

	def test_a_report_with_an_anonymous_reporter_does_not_become_a_complaint(self):
		report = make_report()
		make_party(report.name, anonymous=1)
		self.assert_refused("anonymous", report.convert, "Formal complaint", "Complaint submitted")

	def test_who_may_not_change_the_case_can_not_convert_it(self):
		report = make_report()
		frappe.set_user(make_user())
		self.assertRaises(frappe.PermissionError, report.convert, "Signal", "Other")

	def test_a_member_of_the_desk_converts(self):
		member = make_user()
		report = make_report(desk=make_desk(member).name)
		frappe.set_user(member)
		report.convert("Signal", "Other")
		self.assertEqual(frappe.db.get_value("SV Report", report.name, "kind"), "Signal")

	def test_without_talks_it_is_report_only(self):
		self.assertEqual(make_report().intervention, "Report only")

	def test_one_or_two_talks_are_advice_and_more_are_guidance(self):
		report = make_report()
		seen = []
		for _talk in range(3):
			make_note(report.name)
			seen.append(frappe.db.get_value("SV Report", report.name, "intervention"))
		self.assertEqual(seen, ["Advice", "Advice", "Guidance"])

	def test_a_working_note_is_no_talk(self):
		report = make_report()
		make_note(report.name, "Working note")
		self.assertEqual(frappe.db.get_value("SV Report", report.name, "intervention"), "Report only")

	def test_an_advice_request_has_no_intervention_of_its_own(self):
		report = make_report(kind="Advice request")
		make_note(report.name)
		self.assertFalse(frappe.db.get_value("SV Report", report.name, "intervention"))

	def test_an_intervention_chosen_by_hand_needs_a_reason(self):
		self.assert_refused("empty", make_report, intervention_overruled=1, intervention="Mediation")

	def test_an_intervention_chosen_by_hand_stays_whatever_the_talks(self):
		report = make_report(
			intervention_overruled=1, intervention="Mediation", intervention_reason="Reporter's wish"
		)
		make_note(report.name)
		self.assertEqual(frappe.db.get_value("SV Report", report.name, "intervention"), "Mediation")

	def test_another_intervention_is_not_lost_silently(self):
		report = make_report()
		report.intervention = "Mediation"
		self.assert_refused("chosen by hand", report.save)

	def test_a_settled_report_has_a_category_and_a_settled_advice_request_its_topic(self):
		report, advice = make_report(), make_report(kind="Advice request", asked_by="Manager")
		report.status = advice.status = "Settled"
		self.assert_refused("Main category", report.save)
		self.assert_refused("Topic", advice.save)

	def test_a_unit_out_of_use_can_not_be_chosen_but_stays_on_old_cases(self):
		unit = make_unit()
		report = make_report(unit=unit.name)
		unit.enabled = 0
		unit.save()
		self.assert_refused("no longer in use", make_report, unit=unit.name)
		report.reload()
		report.language = "en"
		report.save()

	def test_a_further_category_is_named_once(self):
		twice = [{"category": "racism"}, {"category": "racism"}]
		self.assert_refused("twice", make_report, further_categories=twice)

	def test_the_main_category_is_not_a_further_one(self):
		self.assert_refused(
			"among the further",
			make_report,
			main_category="bullying",
			further_categories=[{"category": "bullying"}],
		)

	def test_bad_faith_needs_an_unfounded_outcome(self):
		self.assert_refused("unfounded", make_report, outcome="Founded", bad_faith_established=1)

	def test_a_form_can_not_set_what_the_system_sets(self):
		report = make_report()
		report.update({"ticket": "7", "attention": "x", "vulnerable_dependence": 1})
		report.save()
		stored = frappe.get_doc("SV Report", report.name)
		self.assertFalse(stored.ticket or stored.attention or stored.vulnerable_dependence)
