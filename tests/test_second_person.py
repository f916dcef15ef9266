"""R2: who confirms an exception; R1: who withdraws; R6: who can't be a recipient."""

import pytest
from grant_helpers import told
from people import make_people

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import consent as rules
from sv_helpdesk.permissions.roles import CONFIDENTIAL_ADVISER
from sv_helpdesk.permissions.temporary_access import give
from sv_helpdesk.social_safety.doctype.sv_consent.sv_consent import confirm, exceptions_to_confirm, withdraw
from sv_helpdesk.test_utils import make_consent, make_desk, make_party, make_report

DANGER = {"basis": "Danger to safety", "how_given": "", "ground": "Somebody is in danger"}
NOT_WITH = "cannot be shared with the chosen person"


class Desk:
	"""A desk with a case; `decided` is an exception that its first member decided on."""

	def __init__(self, people, visibility="Whole desk"):
		self.decider, self.colleague, self.stand_in = people
		self.desk = make_desk(visibility=visibility, members=self.members())
		self.case = make_report(desk=self.desk.name, handler=self.decider).name
		self.person = make_party(self.case).name

	def members(self):
		roles = ((self.decider, "Member"), (self.colleague, "Member"), (self.stand_in, "Stand-in"))
		return [{"user": user, "desk_role": role} for user, role in roles]

	def decided(self, **values) -> str:
		return by(self.decider, make_consent, self.case, None, **{**DANGER, **values}).name

	def deny(self, user: str) -> None:
		frappe.get_doc(
			{
				"doctype": "SV Denied",
				"report": self.case,
				"user_index": blind_index("account", user),
				"origin": "By hand",
			}
		).insert()


@pytest.fixture(scope="module")
def people():
	"""Three of the CCP, three advisers, one of another CCP, an HR adviser and a System Manager."""
	others = ("SV CCP Staff", "SV HR Advisor", "System Manager")
	return make_people("second", *["SV CCP Staff"] * 3, *[CONFIDENTIAL_ADVISER] * 3, *others)


@pytest.fixture
def outsiders(people):
	elsewhere, hr, manager = people[6:]
	make_desk(members=[{"user": elsewhere, "desk_role": "Stand-in"}])
	return elsewhere, hr, manager, "Administrator"


@pytest.fixture
def ccp(people):
	return Desk(people[:3])


@pytest.fixture
def advisers(people):
	"""Each adviser sees only their own cases."""
	return Desk(people[3:6], "Handler only")


def by(user: str, action, *args, **kwargs):
	frappe.set_user(user)
	try:
		return action(*args, **kwargs)
	finally:
		frappe.set_user("Administrator")


def refused(user: str, action, *args) -> str:
	with pytest.raises((frappe.PermissionError, frappe.ValidationError)) as refusal:
		by(user, action, *args)
	return str(refusal.value)


def test_a_colleague_with_a_right_to_the_case_confirms_it(ccp):
	name = ccp.decided()
	by(ccp.colleague, confirm, name)
	assert frappe.db.get_value("SV Consent", name, "second_person") == ccp.colleague
	assert rules.is_open(name)


def test_who_decided_on_it_does_not_confirm_it(ccp):
	name = ccp.decided()
	assert "another person" in refused(ccp.decider, confirm, name)
	assert not rules.is_open(name)


def test_somebody_without_a_right_to_the_case_does_not_confirm_it(ccp, outsiders):
	name = ccp.decided()
	for outsider in outsiders:
		assert "another person" in refused(outsider, confirm, name)
		assert refused(outsider, confirm, name) == refused(outsider, confirm, "nothing")
	assert not rules.is_open(name)


def test_somebody_from_whom_the_case_is_hidden_does_not_confirm_it(ccp, advisers):
	for desk in (ccp, advisers):
		desk.deny(desk.stand_in)
		assert "another person" in refused(desk.stand_in, confirm, desk.decided())


def test_where_nobody_else_has_a_right_to_the_case_the_stand_in_confirms_it(advisers):
	name = advisers.decided()
	assert "another person" in refused(advisers.colleague, confirm, name)
	by(advisers.stand_in, confirm, name)
	assert rules.is_open(name)


def test_where_a_colleague_has_a_right_the_stand_in_has_none_of_it(advisers):
	name = advisers.decided()
	frappe.db.set_value("SV Consent", name, "decided_by", advisers.colleague)
	assert "another person" in refused(advisers.stand_in, confirm, name)
	by(advisers.decider, confirm, name)


def test_an_exception_is_decided_by_somebody_who_works_on_the_case(ccp, outsiders):
	for outsider in outsiders:
		frappe.set_user(outsider)
		with pytest.raises(frappe.PermissionError):
			make_consent(ccp.case, None, **DANGER)


def test_a_confirmation_is_given_once_and_only_to_an_exception(ccp):
	name = ccp.decided()
	by(ccp.colleague, confirm, name)
	assert "no confirmation" in refused(ccp.stand_in, confirm, name)
	consent = make_consent(ccp.case, ccp.person).name
	assert "no confirmation" in refused(ccp.colleague, confirm, consent)


def test_who_may_confirm_finds_what_waits_with_its_ground(ccp, advisers, outsiders):
	for desk in (ccp, advisers):
		name = desk.decided(acute=1)
		desk.decided(basis="Reporting code")
		(acute, _other) = by(desk.stand_in, exceptions_to_confirm)
		assert acute == {
			"name": name,
			"case_number": frappe.db.get_value("SV Report", desk.case, "case_number"),
			"basis": "Danger to safety",
			"scope": "Summary",
			"decided_by": desk.decider,
			"given_at": frappe.db.get_value("SV Consent", name, "given_at"),
			"acute": 1,
			"confirm_by": frappe.db.get_value("SV Consent", name, "confirm_by"),
			"ground": DANGER["ground"],
		}
		assert by(desk.decider, exceptions_to_confirm) == []
		by(desk.stand_in, confirm, name)
		assert name not in [row["name"] for row in by(desk.stand_in, exceptions_to_confirm)]
	assert all(by(outsider, exceptions_to_confirm) == [] for outsider in outsiders)


def test_the_ground_is_read_by_the_second_person_only_while_it_waits(advisers):
	name = advisers.decided()
	by(advisers.stand_in, confirm, name)
	with pytest.raises(frappe.PermissionError):
		by(advisers.stand_in, frappe.get_doc("SV Consent", name).open_shared, name, "ground")


def test_who_works_the_case_withdraws_a_consent_and_says_how_it_was_told(ccp):
	name = make_consent(ccp.case, ccp.person).name
	assert "from the list" in refused(ccp.colleague, withdraw, name)
	assert "from the list" in refused(ccp.colleague, withdraw, name, "By magic")
	by(ccp.colleague, withdraw, name, "Spoken")
	stored = frappe.get_doc("SV Consent", name)
	assert (stored.withdrawn_how, stored.withdrawn_by) == ("Spoken", ccp.colleague) and stored.withdrawn_at
	assert not rules.is_open(name) and not rules.is_in_force(name)
	assert "withdrawn before" in refused(ccp.colleague, withdraw, name, "Spoken")


def test_an_exception_is_ended_and_can_not_be_confirmed_any_more(ccp):
	name = ccp.decided(acute=1)
	by(ccp.decider, withdraw, name)
	assert not rules.is_open(name)
	assert "no confirmation" in refused(ccp.colleague, confirm, name)


def test_nobody_else_withdraws_not_even_who_receives_it(ccp, outsiders):
	recipient = outsiders[1]
	name = make_consent(ccp.case, ccp.person, to_user=recipient).name
	for outsider in outsiders:
		assert "works on the case" in refused(outsider, withdraw, name, "Spoken")
	assert rules.is_open(name)


def test_nothing_is_shared_with_who_is_kept_out_of_the_case_and_nobody_learns_why(ccp, outsiders):
	accused, left = outsiders[0], outsiders[1]
	frappe.db.set_value("User", left, "enabled", 0)
	make_party(ccp.case, "Accused", account=accused)
	reasons = set()
	for nobody in (accused, left, "Administrator", "Guest"):
		with pytest.raises(frappe.ValidationError) as refusal:
			make_consent(ccp.case, ccp.person, to_user=nobody)
		reasons.add(str(refusal.value))
	assert len(reasons) == 1 and NOT_WITH in reasons.pop()


@pytest.mark.parametrize("scope", ["Contact details", "Identity", "Dossier"])
def test_an_exception_about_somebodys_own_information_says_whose(ccp, scope):
	frappe.set_user(ccp.decider)
	with pytest.raises(frappe.MandatoryError):
		make_consent(ccp.case, None, **DANGER, scope=scope)
	make_consent(ccp.case, ccp.person, **DANGER, scope=scope)


WAITS = "confirms within one working day"


def asked_to_confirm(*people: str) -> list[bool]:
	return [any(WAITS in sentence for sentence in told(user)) for user in people]


def test_in_acute_danger_exactly_those_who_may_confirm_are_told(ccp, advisers, outsiders):
	for desk in (ccp, advisers):
		desk.decided(acute=1)
	assert asked_to_confirm(ccp.decider, ccp.colleague, ccp.stand_in) == [False, True, True]
	assert asked_to_confirm(advisers.decider, advisers.colleague, advisers.stand_in) == [False, False, True]
	assert not any(asked_to_confirm(*outsiders))


def test_a_colleague_who_has_the_case_for_a_time_is_told_too(advisers):
	by(advisers.decider, give, advisers.case, advisers.colleague, "Absence")
	advisers.decided(acute=1)
	assert asked_to_confirm(advisers.colleague, advisers.stand_in) == [True, False]


def test_so_is_somebody_of_another_desk_who_has_it(advisers, outsiders):
	elsewhere = outsiders[0]
	make_consent(advisers.case, advisers.person, scope="Dossier", to_user=elsewhere)
	by(advisers.decider, give, advisers.case, elsewhere, "Second opinion")
	advisers.decided(acute=1)
	assert asked_to_confirm(elsewhere) == [True]


def test_somebody_from_whom_the_case_is_hidden_is_not_told(ccp):
	ccp.deny(ccp.stand_in)
	ccp.decided(acute=1)
	assert asked_to_confirm(ccp.colleague, ccp.stand_in) == [True, False]


def test_nobody_is_told_of_what_opens_nothing_before_it_is_confirmed(ccp):
	ccp.decided()
	make_consent(ccp.case, ccp.person)
	assert not any(asked_to_confirm(ccp.decider, ccp.colleague, ccp.stand_in))


def test_the_notice_says_nothing_of_the_case(ccp):
	name = ccp.decided(acute=1)
	filters = {"for_user": ccp.colleague, "subject": ["like", f"%{WAITS}%"]}
	(row,) = (
		frappe.get_doc("Notification Log", found) for found in frappe.get_all("Notification Log", filters)
	)
	stored = frappe.as_json(row.as_dict())
	number = frappe.db.get_value("SV Report", ccp.case, "case_number")
	assert not any(word in stored for word in (name, ccp.case, number, DANGER["ground"], DANGER["basis"]))
	assert row.from_user == "Administrator"
