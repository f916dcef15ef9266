"""Without the key file no case opens, and the rest of the site goes on: accounts, agents, the Desk itself."""

import pytest
from people import PASSWORD, make_desk_without_mail, make_person

import frappe

from sv_helpdesk.crypto import blind_index, key_ring
from sv_helpdesk.crypto.errors import KeyFileError
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.roles import CCP_STAFF, PRIVACY_OFFICER
from sv_helpdesk.sessions import keys
from sv_helpdesk.test_utils import make_party, make_report, make_user

pytestmark = pytest.mark.commits

DESK = "keyless_desk"
SENTENCE = "No case can be opened now, because the keys are missing."


@pytest.fixture(scope="module")
def case(web):
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	make_person("keyless", CCP_STAFF, desk=DESK)
	make_person("keyless-officer", PRIVACY_OFFICER)
	make_person("keyless-agent", "Agent")
	make_person("keyless-manager", "System Manager")
	report = make_report(desk=DESK)
	frappe.db.commit()
	return report


@pytest.fixture(scope="module")
def signed_in(web, case):
	names = ("keyless", "keyless-officer", "keyless-agent", "keyless-manager")
	return {name: web.login(f"{name}@uni.example", PASSWORD) for name in names}


@pytest.fixture
def no_key_file():
	"""Takes the key file away for a test."""
	path = key_ring.key_file()
	away = path.with_suffix(".away")
	path.rename(away)
	yield path
	if away.exists():
		away.rename(path)


@pytest.fixture
def get(web, signed_in):
	def ask(name: str, path: str, **params):
		return signed_in[name].get(web.base_url + path, params=params)

	return ask


@pytest.mark.parametrize("name", ["keyless", "keyless-officer", "keyless-agent", "keyless-manager"])
def test_the_desk_opens_for_everybody(get, signed_in, no_key_file, name):
	signed_in[name].headers["Accept"] = "text/html"
	try:
		page = get(name, "/app")
	finally:
		signed_in[name].headers["Accept"] = "application/json"
	assert page.status_code == 200, page.text[-3000:]
	assert ("sv_keys_missing" in page.text) == (name in ("keyless", "keyless-officer"))


def test_somebody_of_ours_logs_in(web, case, no_key_file):
	assert web.login("keyless@uni.example", PASSWORD)


@pytest.mark.parametrize(
	"path", ["/api/resource/SV Report", "/api/resource/SV Report/{0}", "/api/resource/SV Desk"]
)
def test_our_people_are_told_in_one_sentence_where_they_need_cases(get, case, no_key_file, path):
	answer = get("keyless", path.format(case.name))
	assert answer.status_code == 417, answer.text
	assert SENTENCE in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/who-opened-my-file", "/second-factor"])
def test_our_own_pages_say_so_too(get, no_key_file, path):
	answer = get("keyless-agent", path)
	assert answer.status_code == 503 and answer.text.startswith(SENTENCE)


def test_no_case_is_shown_nor_the_log(get, case, no_key_file):
	for name in ("keyless", "keyless-officer", "keyless-agent", "keyless-manager"):
		for path in (
			f"/api/resource/SV Report/{case.name}",
			"/api/resource/SV Report",
			"/api/resource/SV Access Log",
		):
			answer = get(name, path)
			assert answer.status_code >= 400 and case.case_number not in answer.text, (
				name,
				path,
				answer.text,
			)
	assert get("keyless", f"/api/resource/HD Ticket/{case.ticket}").status_code in (403, 404)


def test_who_is_none_of_ours_is_refused_by_the_rules_and_told_nothing_of_keys(case, no_key_file):
	for user in ("Administrator", "keyless-agent@uni.example"):
		keys.require(user)
	with pytest.raises(KeyFileError, match=SENTENCE):
		keys.require("keyless@uni.example")


def test_an_agent_sees_tickets_and_writes_one(get, signed_in, web, no_key_file):
	assert get("keyless-agent", "/api/resource/HD Ticket").status_code == 200
	made = signed_in["keyless-agent"].post(
		f"{web.base_url}/api/resource/HD Ticket", json={"subject": "Printer", "via_customer_portal": 1}
	)
	assert made.status_code == 200, made.text


def test_our_people_see_ordinary_tickets(get, no_key_file):
	assert get("keyless", "/api/resource/ToDo").status_code == 200


def test_an_account_is_made_and_changed(signed_in, web, no_key_file):
	address = f"{frappe.generate_hash(length=8)}@uni.example"
	values = {"email": address, "first_name": "New", "send_welcome_email": 0}
	made = signed_in["keyless-manager"].post(f"{web.base_url}/api/resource/User", json=values)
	assert made.status_code == 200, made.text
	for change in ({"first_name": "Newer"}, {"username": f"user{address[:8]}"}):
		changed = signed_in["keyless-manager"].put(f"{web.base_url}/api/resource/User/{address}", json=change)
		assert changed.status_code == 200, changed.text


def test_who_gets_an_address_of_an_accused_meanwhile_is_denied_when_the_key_is_back(case, no_key_file):
	address = f"{frappe.generate_hash(length=8)}@uni.example"
	no_key_file.with_suffix(".away").rename(no_key_file)
	make_party(case.name, "Accused", email_address=address)
	no_key_file.rename(no_key_file.with_suffix(".away"))
	account = make_user(None, username=address)
	denied_list.follow_all()
	no_key_file.with_suffix(".away").rename(no_key_file)
	assert not denied_list.is_denied(case.name, account)
	denied_list.follow_all()
	assert denied_list.is_denied(case.name, account)
	rows = {"report": case.name, "user_index": blind_index("account", account)}
	denied_list.follow_all()
	assert frappe.db.count("SV Denied", rows) == 1
