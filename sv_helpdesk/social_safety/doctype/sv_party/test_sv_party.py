"""A person in a case: recognised by keyed hashes, kept out if accused."""

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.test_utils import SVTestCase, make_desk, make_party, make_report, make_unit, make_user


class TestSVParty(SVTestCase):
	def test_the_same_person_has_the_same_keys_in_two_cases(self):
		one = make_party(make_report().name, person_name="Noor Vermeulen", email_address="Noor@uni.example")
		two = make_party(make_report().name, person_name="noor  vermeulen", email_address="noor@uni.example ")
		self.assertTrue(one.name_index and one.address_index)
		self.assertEqual((one.name_index, one.address_index), (two.name_index, two.address_index))

	def test_the_keys_stay_when_nothing_about_the_person_changes(self):
		party = make_party(make_report().name, email_address="noor@uni.example")
		stored = frappe.get_doc("SV Party", party.name)
		stored.gender = "Female"
		stored.save()
		self.assertEqual(
			frappe.db.get_value("SV Party", party.name, "address_index"),
			blind_index("address", "noor@uni.example"),
		)

	def test_the_keys_follow_a_corrected_address(self):
		member = make_user()
		party = make_party(make_report(desk=make_desk(member).name).name, email_address="nor@uni.example")
		frappe.set_user(member)
		party.reload()
		party.email_address = "noor@uni.example"
		party.save()
		self.assertEqual(party.address_index, blind_index("address", "noor@uni.example"))

	def test_the_keys_can_not_be_made_up(self):
		party = make_party(
			make_report().name, person_name="Noor", name_index="made up", account_index="made up"
		)
		self.assertEqual((party.name_index, party.account_index), (blind_index("name", "Noor"), ""))
		stored = frappe.get_doc("SV Party", party.name)
		stored.name_index = "made up"
		stored.save()
		self.assertEqual(stored.name_index, blind_index("name", "Noor"))

	def test_an_anonymous_person_has_no_contact_details(self):
		self.assert_refused("no name", make_party, make_report().name, anonymous=1, phone="06")

	def test_a_formal_complaint_has_no_anonymous_reporter(self):
		complaint = make_report(kind="Formal complaint").name
		self.assert_refused("anonymous reporter", make_party, complaint, anonymous=1)
		make_party(complaint, "Witness", anonymous=1)

	def test_a_dependent_reporter_marks_the_case_and_unmarks_it(self):
		report = make_report().name
		party = make_party(report, staff_group="Scholarship PhD")
		self.assertEqual(frappe.db.get_value("SV Report", report, "vulnerable_dependence"), 1)
		party.update({"staff_group": "Student", "vulnerable_dependence": 0})
		party.save()
		self.assertEqual(frappe.db.get_value("SV Report", report, "vulnerable_dependence"), 0)

	def test_a_dependent_witness_does_not_mark_the_case(self):
		report = make_report().name
		make_party(report, "Witness", staff_group="Scholarship PhD")
		self.assertEqual(frappe.db.get_value("SV Report", report, "vulnerable_dependence"), 0)

	def test_no_one_supports_both_sides(self):
		report, colleague = make_report().name, make_user()
		make_party(report, supported_by=colleague)
		self.assert_refused("can't be chosen here", make_party, report, "Accused", supported_by=colleague)
		make_party(report, "Witness", supported_by=colleague)
		make_party(make_report().name, "Accused", supported_by=colleague)

	def test_an_account_that_nobody_has_is_refused(self):
		self.assert_refused(
			"no user", make_party, make_report().name, "Accused", account="unknown.account@uni.example"
		)

	def test_the_accused_is_denied_by_account_and_by_address(self):
		report, account = make_report().name, make_user()
		make_party(report, "Accused", account=account, email_address="other@uni.example")
		self.assertEqual(
			denied(report), {blind_index("account", account), blind_index("account", "other@uni.example")}
		)

	def test_a_reporter_is_not_denied(self):
		report = make_report().name
		make_party(report, account=make_user())
		self.assertEqual(denied(report), set())

	def test_who_turns_out_not_to_be_accused_is_no_longer_denied(self):
		report = make_report().name
		party = make_party(report, "Accused", account=make_user())
		party.party_role = "Witness"
		party.save()
		self.assertEqual(denied(report), set())
		party.party_role = "Accused"
		party.save()
		self.assertEqual(len(denied(report)), 1)

	def test_a_row_made_by_hand_stays_on_the_denied_list(self):
		report = make_report().name
		party = make_party(report, "Accused")
		row = {"doctype": "SV Denied", "report": report, "user_index": "x", "origin": "By hand"}
		frappe.get_doc({**row, "party": party.name}).insert()
		party.party_role = "Other"
		party.save()
		self.assertEqual(denied(report), {"x"})

	def test_a_unit_out_of_use_can_not_be_chosen(self):
		self.assert_refused(
			"no longer in use", make_party, make_report().name, unit=make_unit(enabled=0).name
		)

	def test_a_person_stays_in_the_case(self):
		party = make_party(make_report().name)
		party.report = make_report().name
		self.assert_refused("", party.save)


def denied(report: str) -> set[str]:
	return set(
		frappe.get_all("SV Denied", filters={"report": report}, pluck="user_index", order_by="creation asc")
	)
