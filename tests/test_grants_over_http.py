"""Over HTTP: a case is opened by two persons, and an access that ends is over in a session that is open."""

import pytest
from people import PASSWORD, make_desk_without_mail, make_person

import frappe

from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER, COORDINATOR

pytestmark = pytest.mark.commits

SECRET = "ZZGRANT he will come tonight"
TEMPORARY = "sv_helpdesk.permissions.temporary_access"
ASKING = "sv_helpdesk.permissions.break_glass"
CONFIRMING = "sv_helpdesk.permissions.confirming"
BY_HAND = "sv_helpdesk.permissions.denied_by_hand"


@pytest.fixture(scope="module")
def people():
	"""Two advisers of one desk, somebody of the helpdesk point, and a coordinator."""
	frappe.set_user("Administrator")
	make_desk_without_mail("grant_desk", "Handler only")
	users = {
		"ada": make_person("ada", CONFIDENTIAL_ADVISER, desk="grant_desk"),
		"bea": make_person("bea", CONFIDENTIAL_ADVISER, desk="grant_desk"),
		"cor": make_person("cor", COORDINATOR),
		"dan": make_person("dan", CCP_STAFF),
	}
	frappe.db.commit()
	return users


@pytest.fixture
def case(people):
	return new_case(people["ada"])


def new_case(handler: str):
	"""Return a new case with a narrative."""
	report = frappe.new_doc("SV Report")
	report.update({"kind": "Report", "desk": "grant_desk", "channel": "Telephone", "handler": handler})
	report.update({"received_at": frappe.utils.now_datetime(), "narrative": SECRET})
	report.insert()
	frappe.db.commit()
	return report


@pytest.fixture(scope="module")
def signed_in(web, people):
	"""The open session of each of them."""
	return {name: web.login(user, PASSWORD) for name, user in people.items()}


@pytest.fixture
def call(web, signed_in):
	"""A function that calls one of our functions in somebody's session."""

	def post(name: str, method: str, **arguments):
		return signed_in[name].post(f"{web.base_url}/api/method/{method}", json=arguments)

	return post


@pytest.fixture
def reads(web, signed_in):
	"""A function that tells whether somebody's open session gets the narrative in the case's form."""

	def read(name: str, case: str) -> bool:
		answer = signed_in[name].get(
			f"{web.base_url}/api/method/frappe.desk.form.load.getdoc",
			params={"doctype": "SV Report", "name": case},
		)
		return SECRET in answer.text

	return read


def test_two_persons_open_a_case_and_neither_does_alone(call, reads, case):
	asked = {"case_number": case.case_number, "reason": "Danger to somebody", "explanation": "He called me"}
	answer = call("dan", f"{ASKING}.ask", **asked)
	assert answer.ok and not reads("dan", case.name)
	grant = next(
		row["name"]
		for row in call("cor", f"{CONFIRMING}.requests").json()["message"]
		if row["case_number"] == case.case_number
	)
	assert call("dan", f"{CONFIRMING}.confirm", grant=grant).status_code == 403
	assert not reads("dan", case.name)
	assert call("cor", f"{CONFIRMING}.confirm", grant=grant).ok
	assert reads("dan", case.name)
	assert not reads("cor", case.name)


def test_asking_for_a_case_that_exists_for_one_that_is_denied_and_for_none_gets_one_answer(
	call, people, case
):
	other = new_case(people["ada"])
	party = {"doctype": "SV Party", "report": other.name, "party_role": "Accused", "account": people["dan"]}
	frappe.get_doc(party).insert()
	frappe.db.commit()
	answers = [
		call("dan", f"{ASKING}.ask", case_number=number, reason="Other", explanation="Why")
		for number in (case.case_number, other.case_number, "SV-2222-2222")
	]
	assert len({(answer.status_code, answer.text) for answer in answers}) == 1
	assert answers[0].ok


def test_an_access_that_is_ended_is_over_in_a_session_that_is_open(call, reads, people, case):
	given = call("ada", f"{TEMPORARY}.give", report=case.name, user=people["bea"], reason="Absence")
	assert given.ok and reads("bea", case.name)
	assert call("dan", f"{TEMPORARY}.end", grant=given.json()["message"]).status_code == 403
	assert reads("bea", case.name)
	assert call("ada", f"{TEMPORARY}.end", grant=given.json()["message"]).ok
	assert not reads("bea", case.name)


def test_a_case_kept_from_somebody_is_gone_from_their_open_session(call, reads, people, case):
	assert call("ada", f"{TEMPORARY}.give", report=case.name, user=people["bea"], reason="Absence").ok
	assert reads("bea", case.name)
	assert call("ada", f"{BY_HAND}.deny", report=case.name, user=people["bea"]).ok
	assert not reads("bea", case.name)
	assert call("bea", f"{BY_HAND}.allow_again", report=case.name, user=people["bea"]).status_code == 403
	assert not reads("bea", case.name)


@pytest.mark.parametrize(
	"method", [f"{TEMPORARY}.give", f"{ASKING}.ask", f"{ASKING}.my_requests", f"{CONFIRMING}.requests"]
)
def test_nothing_of_it_answers_to_a_link(web, signed_in, method):
	answer = signed_in["cor"].get(f"{web.base_url}/api/method/{method}")
	assert answer.status_code == 403
