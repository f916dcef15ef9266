"""That several reports are about one person or unit is noticed, in numbers; nobody is exposed by it."""

import pytest

import frappe
from frappe.utils import add_days

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.helpdesk import joining, outbox
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import denied_list, repetition
from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER, COORDINATOR
from sv_helpdesk.test_utils import (
	make_consent,
	make_desk,
	make_message,
	make_party,
	make_report,
	make_unit,
	make_user,
)

SIGNAL = "A signal of repetition waits for you."


class Desk:
	"""A desk with its coordinator, who sees all its cases."""

	def __init__(self, role: str = COORDINATOR, **values):
		self.coordinator = make_user(role)
		members = [{"user": self.coordinator, "desk_role": "Coordinator"}]
		self.name = make_desk(members=members, **values).name
		self.title = frappe.db.get_value("SV Desk", self.name, "title")

	def case(self, accused: dict | None = None, reporter: dict | None = None, **values) -> str:
		"""Return a new case; by default of somebody nobody knows about somebody nobody knows."""
		case = make_report(desk=self.name, handler=self.coordinator, **values).name
		make_party(
			case, "Reporter", **({"person_name": frappe.generate_hash()} if reporter is None else reporter)
		)
		if accused:
			make_party(case, "Accused", **accused)
		return case

	def told(self) -> list[str]:
		rows = {"for_user": self.coordinator, "subject": SIGNAL}
		return frappe.get_all("Notification Log", rows, pluck="document_name", order_by="creation asc")

	def numbers(self, case: str, about: str = "Person") -> dict | None:
		return seen(case, self.coordinator, about)


def seen(case: str, user: str, about: str = "Person") -> dict | None:
	frappe.set_user(user)
	try:
		return next((signal for signal in repetition.numbers(case) if signal["about"] == about), None)
	finally:
		frappe.set_user("Administrator")


@pytest.fixture(autouse=True)
def administrator():
	frappe.set_user("Administrator")


@pytest.fixture
def desk():
	return Desk()


@pytest.fixture
def advisers():
	return Desk(
		CONFIDENTIAL_ADVISER, desk_type="Confidential advisers", visibility="Handler only", title="Advisers"
	)


@pytest.fixture
def accused():
	return {
		"person_name": f"Sam {frappe.generate_hash()}",
		"email_address": f"{frappe.generate_hash()}@uni.example",
	}


def test_a_second_report_about_somebody_is_told_to_the_coordinator(desk, accused):
	first = desk.case(accused)
	assert not desk.told()
	second = desk.case(accused)
	assert desk.told() == [second]
	signal = desk.numbers(second)
	assert (signal["here"], signal["elsewhere"], signal["reporters"]) == (2, 0, 2)
	assert own_numbers(signal) == sorted(numbers_of(first, second))


def own_numbers(signal: dict) -> list[str]:
	return [row["number"] for row in signal["own"]]


def numbers_of(*cases: str) -> list[str]:
	return [frappe.db.get_value("SV Report", case, "case_number") for case in cases]


@pytest.mark.parametrize("known", ["name", "address", "account"])
def test_somebody_is_known_by_name_address_or_account(desk, known):
	user = make_user(None)
	ways = {
		"name": ({"person_name": "Zoë de Vries-Test"}, {"person_name": "zoe  de vries-test"}),
		"address": ({"email_address": "Someone@UNI.example"}, {"email_address": "someone@uni.example"}),
		"account": ({"account": user}, {"email_address": user}),
	}
	first, second = (desk.case(accused) for accused in ways[known])
	assert desk.numbers(second)["reporters"] == 2
	assert desk.numbers(first)["reporters"] == 2


def test_other_people_and_unknown_ones_are_no_signal(desk, accused):
	for other in (
		accused,
		{"person_name": "Somebody Else"},
		{"position": "Colleague"},
		{"position": "Colleague"},
	):
		case = desk.case(other)
		assert desk.numbers(case) is None
	assert not desk.told()


def test_the_same_reporter_twice_is_one_reporter(desk, accused):
	me = {"person_name": "Robin Test", "email_address": "robin.test@uni.example"}
	desk.case(accused, me)
	again = desk.case(accused, {"email_address": "robin.test@uni.example"})
	assert (desk.numbers(again), desk.told()) == (None, [])
	third = desk.case(accused)
	assert (desk.numbers(third)["here"], desk.numbers(third)["reporters"]) == (3, 2)


def test_across_desks_there_are_only_numbers_and_each_is_told_of_its_own_case(desk, advisers, accused):
	mine, theirs = desk.case(accused), advisers.case(accused)
	assert (desk.told(), advisers.told()) == ([mine], [theirs])
	for at, case in ((desk, mine), (advisers, theirs)):
		signal = at.numbers(case)
		assert (signal["here"], signal["elsewhere"], signal["reporters"]) == (1, 1, 2)
		assert own_numbers(signal) == numbers_of(case)
		assert signal["desks"] == []
	with pytest.raises(frappe.PermissionError):
		desk.numbers(theirs)


def test_desks_learn_of_each_other_once_reporters_on_both_sides_consent(desk, advisers, accused):
	mine, theirs = desk.case(accused), advisers.case(accused)
	mine_given = join(mine)
	assert desk.numbers(mine)["desks"] == [desk.title]
	assert advisers.numbers(theirs)["desks"] == []
	join(theirs)
	assert desk.numbers(mine)["joined"] == 2
	assert (
		desk.numbers(mine)["desks"] == advisers.numbers(theirs)["desks"] == sorted([desk.title, "Advisers"])
	)
	frappe.db.set_value("SV Consent", mine_given, "withdrawn_at", this_minute())
	assert desk.numbers(mine)["desks"] == []
	assert advisers.numbers(theirs)["desks"] == ["Advisers"]


def join(case: str) -> str:
	reporter = frappe.db.get_value("SV Party", {"report": case, "party_role": "Reporter"})
	return make_consent(case, reporter, scope="Joining reports", recipient=None, purpose=None).name


def test_consent_to_be_joined_opens_nothing_of_the_case(desk, accused):
	from sv_helpdesk.permissions.consent import is_in_force, is_open

	given = join(desk.case(accused))
	assert is_in_force(given) and not is_open(given)


def test_who_registered_only_in_case_it_happens_again_is_found(desk, accused):
	desk.case(accused, only_if_repeated=1)
	assert desk.numbers(desk.case(accused))["waiting"] == 1


def test_a_coordinator_who_is_the_accused_is_not_told(desk):
	accused = {"email_address": desk.coordinator}
	cases = [make_report(desk=desk.name).name for _times in range(2)]
	for case in cases:
		make_party(case, "Reporter", person_name=frappe.generate_hash())
		make_party(case, "Accused", **accused)
	assert not desk.told()
	with pytest.raises(frappe.PermissionError):
		desk.numbers(cases[0])


def test_a_case_that_is_denied_to_somebody_does_not_count_for_them(desk, advisers, accused):
	mine = desk.case(accused)
	hidden = make_report(desk=advisers.name, handler=advisers.coordinator).name
	make_party(hidden, "Reporter", person_name="Somebody Unknown")
	denied_list.add(hidden, blind_index("account", desk.coordinator), denied_list.BY_HAND)
	make_party(hidden, "Accused", **accused)
	assert (desk.numbers(mine), desk.told()) == (None, [])
	assert advisers.numbers(hidden)["elsewhere"] == 1


def test_who_does_not_work_on_a_case_learns_no_numbers(desk, accused):
	case = desk.case(accused)
	desk.case(accused)
	said = set()
	for name in (case, "0123456789"):
		with pytest.raises(frappe.PermissionError) as refused:
			seen(name, make_user(COORDINATOR))
		said.add(str(refused.value))
	assert len(said) == 1


def test_at_a_desk_that_works_together_only_who_runs_it_sees_numbers(desk, accused):
	case = desk.case(accused)
	desk.case(accused)
	colleague = member_of(desk)
	assert desk.numbers(case) and seen(case, colleague) is None
	frappe.db.set_value("SV Report", case, "handler", colleague)
	assert desk.numbers(case) and seen(case, colleague) is None


def test_nobody_asks_about_a_name_by_registering_a_case(desk, advisers, accused):
	advisers.case(accused)
	colleague = member_of(desk)
	made_up = make_report(desk=desk.name, handler=colleague).name
	make_party(made_up, "Accused", **accused)
	assert seen(made_up, colleague) is None
	assert not frappe.db.exists("Notification Log", {"for_user": colleague, "subject": SIGNAL})
	assert desk.told() == [made_up]


def test_at_a_desk_where_everybody_works_alone_the_handler_is_told(desk, advisers, accused):
	desk.case(accused)
	colleague = member_of(advisers, CONFIDENTIAL_ADVISER)
	case = make_report(desk=advisers.name, handler=colleague).name
	make_party(case, "Accused", **accused)
	assert seen(case, colleague)["elsewhere"] == 1
	assert frappe.db.exists("Notification Log", {"for_user": colleague, "subject": SIGNAL})


def member_of(desk, role: str = CCP_STAFF) -> str:
	colleague = make_user(role)
	stored = frappe.get_doc("SV Desk", desk.name)
	stored.append("members", {"user": colleague, "desk_role": "Member"})
	stored.save()
	return colleague


def test_a_case_that_was_withdrawn_or_only_asked_for_advice_does_not_count(desk, accused):
	desk.case(accused, status="Withdrawn")
	desk.case(accused, kind="Advice request", asked_by="Manager", advice_topic="Sexual harassment")
	assert desk.numbers(desk.case(accused)) is None
	assert not desk.told()


def test_three_reporters_about_one_unit_in_a_year_are_a_signal(desk):
	unit = make_unit().name
	desk.case(unit=unit)
	desk.case(unit=unit)
	assert not desk.told()
	third = desk.case(unit=unit)
	assert desk.told() == [third]
	assert (desk.numbers(third, "Unit")["here"], desk.numbers(third, "Unit")["reporters"]) == (3, 3)


def test_what_is_longer_ago_than_a_year_is_no_signal_about_a_unit(desk):
	unit = make_unit().name
	old = desk.case(unit=unit, received_at=add_days(this_minute(), -400))
	desk.case(unit=unit)
	assert desk.numbers(desk.case(unit=unit), "Unit") is None
	assert desk.numbers(old, "Unit") is None
	assert not desk.told()


def test_nothing_is_told_again_when_somebody_saves_the_same(desk, accused):
	desk.case(accused)
	case = desk.case(accused)
	party = frappe.get_doc("SV Party", {"report": case, "party_role": "Accused"})
	party.position = "Colleague"
	party.save()
	assert desk.told() == [case]


def ask(desk: Desk, case: str) -> None:
	frappe.set_user(desk.coordinator)
	try:
		joining.ask(case)
	finally:
		frappe.set_user("Administrator")


def mailed(case: str, sender: str) -> str:
	"""Return a message of a case as a mail of this address."""
	message = make_message(case, direction="Incoming", channel="E-mail", sender=sender).name
	frappe.db.set_value("SV Message", message, "sender_index", blind_index("address", sender))
	return message


def test_a_desk_asks_its_own_reporter_in_their_language_and_says_nothing_of_others(
	desk, accused, monkeypatch
):
	sent = []
	monkeypatch.setattr(
		outbox,
		"reply",
		lambda message, text, asks_reporter: sent.append((message, text, asks_reporter)),
	)
	case = desk.case(accused, {"email_address": "robin.test@uni.example"}, language="nl")
	desk.case(accused)
	# the accused may have written in the case as well
	mailed(case, accused["email_address"])
	with pytest.raises(frappe.ValidationError, match="Ask them in the next talk"):
		ask(desk, case)
	message = mailed(case, "robin.test@uni.example")
	mailed(case, accused["email_address"])
	ask(desk, case)
	assert [(name, asks) for name, _text, asks in sent] == [(message, True)]
	assert sent[0][1].startswith("Het kan helpen") and "herhaling" not in sent[0][1]


def test_without_a_signal_or_at_another_desk_nobody_is_asked(desk, advisers, accused):
	case = desk.case(accused)
	with pytest.raises(frappe.ValidationError, match="no signal"):
		ask(desk, case)
	advisers.case(accused)
	with pytest.raises(frappe.PermissionError):
		ask(advisers, case)
