"""Over HTTP: a request from its registration to the letter in hand, and what a colleague who is denied a case finds of it."""

import json

import pytest
from people import PASSWORD, make_desk_without_mail, make_person
from subject_world import in_archive, text_of

import frappe
from frappe.utils import now_datetime, today

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.roles import CCP_STAFF, PRIVACY_OFFICER

pytestmark = pytest.mark.commits

REQUEST = "SV Subject Request"
NAME, ADDRESS = "Zwanet Httpsma", "zwanet@http.example"
STORY, HIDDEN = "Gerlof Canarius left the door open", "Nobody tells Staffa of this"


def new_case(handler: str, narrative: str) -> str:
	report = frappe.get_doc(
		{"doctype": "SV Report", "kind": "Report", "desk": "subject_desk", "channel": "Telephone", "handler": handler,
		"received_at": now_datetime(), "narrative": narrative}
	).insert()  # fmt: skip
	for role, name, address in (
		("Reporter", NAME, ADDRESS),
		("Accused", "Gerlof Canarius", "gerlof@http.example"),
	):
		frappe.get_doc(
			{"doctype": "SV Party", "report": report.name, "party_role": role, "person_name": name,
			"email_address": address}
		).insert()  # fmt: skip
	return report.name


@pytest.fixture(scope="module")
def call(web):
	"""A function that calls one of ours in somebody's session; there are two cases, of which one is hidden from `staffa`."""
	frappe.set_user("Administrator")
	make_desk_without_mail("subject_desk")
	users = {
		name: make_person(name, CCP_STAFF, desk="subject_desk") for name in ("staffa", "staffb", "staffc")
	}
	users["officer"] = make_person("subject_officer", PRIVACY_OFFICER)
	new_case(users["staffa"], STORY)
	hidden = new_case(users["staffb"], HIDDEN)
	denied_list.add(hidden, blind_index("account", users["staffa"]), denied_list.BY_HAND)
	frappe.db.commit()
	sessions = {name: web.login(user, PASSWORD) for name, user in users.items()}

	def post(who: str, method: str, **arguments):
		path = method if method.startswith("frappe") else f"sv_helpdesk.{method}"
		return sessions[who].post(f"{web.base_url}/api/method/{path}", json=arguments)

	post.users = users
	return post


def requests_of(call, name: str) -> set[str]:
	answer = call(name, "frappe.client.get_list", doctype=REQUEST, fields=["name"], limit_page_length=0)
	return {row["name"] for row in answer.json()["message"]}


def taken(call, name: str, request: str, step: str, **values):
	return call(name, "workflows.api.take", doctype=REQUEST, name=request, step=step, values=values)


def test_a_request_goes_from_hand_to_hand_and_a_denied_colleague_learns_nothing(call):
	before = {name: requests_of(call, name) for name in ("staffa", "staffb")}
	asked = {"kind": "Access", "received_on": today(), "person_name": NAME, "addresses": ADDRESS}
	registered = call(
		"staffa", "subject_access.registering.register", desk="subject_desk", language="en", **asked
	)
	mine = registered.json()["message"]
	assert requests_of(call, "staffa") - before["staffa"] == {mine}
	(other,) = requests_of(call, "staffb") - before["staffb"] - {mine}
	# what is hidden is answered like what isn't there
	answers = [call("staffa", "subject_access.choosing.items", name=name) for name in (other, "not-there")]
	assert {answer.status_code for answer in answers} == {403}
	# newer hosts give each refusal a number of its own
	told = [json.loads(json.loads(answer.json()["_server_messages"])[0])["message"] for answer in answers]
	assert len(set(told)) == 1
	for name in ("paper", "data", "everything"):
		assert call("staffa", f"subject_access.downloading.{name}", name=other).status_code == 403
		assert call("officer", f"subject_access.downloading.{name}", name=mine).status_code == 403
	assert requests_of_officer(call) == 403

	assert taken(call, "staffa", mine, "collect", identity_checked="Known in person").status_code == 200
	prepared = taken(call, "staffa", mine, "prepare", decision="Granted", second_person=call.users["staffc"])
	assert prepared.status_code == 200, prepared.text
	seen = call("staffc", "subject_access.downloading.everything", name=mine).content
	assert taken(call, "staffa", mine, "release").status_code == 403
	assert taken(call, "staffc", mine, "release").status_code == 200
	assert call("staffa", "subject_access.downloading.everything", name=mine).content == seen
	letter = next(content for name, content in in_archive(seen).items() if name.endswith(".pdf"))
	text = text_of(letter)
	assert "left the door open" in text and NAME in text
	for never in ("Gerlof", "Canarius", HIDDEN):
		assert never not in text
	assert taken(call, "staffa", mine, "hand_out", handed_out_how="In person").status_code == 200


def requests_of_officer(call) -> int:
	return call("officer", "frappe.client.get_list", doctype=REQUEST, fields=["name"]).status_code


def test_nobody_makes_changes_or_deletes_one_past_its_buttons(call):
	made = {
		"doctype": REQUEST,
		"kind": "Access",
		"received_on": today(),
		"person_name": NAME,
		"desk": "subject_desk",
	}
	assert call("staffb", "frappe.client.insert", doc=made).status_code == 403
	name = requests_of(call, "staffb").pop()
	for fieldname, value in (
		("status", "Withdrawn"),
		("released_by", call.users["staffb"]),
		("answer", "{}"),
	):
		call(
			"staffb", "frappe.client.set_value", doctype=REQUEST, name=name, fieldname=fieldname, value=value
		)
		frappe.db.rollback()
		assert frappe.db.get_value(REQUEST, name, fieldname) != value
	assert call("staffb", "frappe.client.delete", doctype=REQUEST, name=name).status_code == 403
