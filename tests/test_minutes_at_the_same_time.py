"""Over HTTP, at the same moment: people write in one set of minutes, approve it, correct it, and settle its table or case."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from grant_helpers import acting_as
from people import PASSWORD, make_people
from table_world import COMPLETE, SeatedTable

import frappe
from frappe.utils import today

from sv_helpdesk.minutes import approvals
from sv_helpdesk.test_utils import make_consent, make_desk, make_party, make_referral, make_report
from sv_helpdesk.workflows.moving import move

pytestmark = pytest.mark.commits


@pytest.fixture(scope="module")
def people():
	return make_people("together", *SeatedTable.ROLES)


@pytest.fixture
def table(people):
	frappe.set_user("Administrator")
	return SeatedTable(*people)


@pytest.fixture(scope="module")
def sessions(web, people):
	"""Manager, member and HR adviser, logged in."""
	return {user: web.login(user, PASSWORD) for user in people[1:4]}


def opened(web, session, name: str) -> dict:
	"""Return the minutes as the Desk's form gets them."""
	answer = session.get(
		f"{web.base_url}/api/method/frappe.desk.form.load.getdoc",
		params={"doctype": "SV Minutes", "name": name},
	)
	return answer.json()["docs"][0]


def at_once(action, people) -> list:
	with ThreadPoolExecutor(len(people)) as pool:
		return list(pool.map(action, people))


def test_three_write_and_every_text_is_kept(web, table, sessions):
	minutes = table.minutes(facts="At first")
	frappe.db.commit()
	forms = {user: opened(web, session, minutes) for user, session in sessions.items()}
	sections = dict(zip(forms, ("risks", "interpretation", "proportionality"), strict=True))

	def save(user: str):
		own = {"facts": f"Facts of {user}", sections[user]: f"Words of {user}"}
		return sessions[user].post(
			f"{web.base_url}/api/method/frappe.desk.form.save.savedocs",
			data={"doc": json.dumps({**forms[user], **own}), "action": "Save"},
		)

	answers = at_once(save, list(forms))
	assert [answer.status_code for answer in answers] == [200, 200, 200]
	told = [json.dumps(answer.json().get("_server_messages", "")) for answer in answers]
	assert sorted("wrote in Facts meanwhile" in text for text in told) == [False, True, True]
	frappe.db.rollback()
	frappe.set_user(table.staff)
	stored = frappe.get_doc("SV Minutes", minutes)
	assert {stored.opened(section) for section in sections.values()} == {f"Words of {user}" for user in forms}
	rows = frappe.get_all("SV Contribution", {"minutes": minutes, "section": "Facts"}, ["name", "taken_in"])
	texts = {frappe.get_doc("SV Contribution", row.name).opened("text"): row.taken_in for row in rows}
	assert set(texts) == {"At first", *(f"Facts of {user}" for user in forms)}
	assert sorted(texts.values()) == [0, 0, 1, 1] and texts[stored.opened("facts")]


def test_three_approve_and_the_last_of_them_locks_the_minutes(web, table, sessions):
	minutes = table.submitted()
	frappe.db.commit()

	def approve(user: str):
		return sessions[user].post(
			f"{web.base_url}/api/method/sv_helpdesk.minutes.approvals.approve", json={"minutes": minutes}
		)

	answers = at_once(approve, list(sessions))
	assert [answer.status_code for answer in answers] == [200, 200, 200]
	frappe.db.rollback()
	stored = frappe.get_doc("SV Minutes", minutes)
	assert stored.status == "Approved" and approvals.is_intact(stored)
	assert frappe.db.count("SV Minutes Approval", {"minutes": minutes}) == 3


def approved(table) -> str:
	minutes = table.submitted()
	for user in (table.manager, table.member, table.hr):
		with acting_as(user):
			approvals.approve(minutes)
	frappe.db.commit()
	return minutes


def waiting_for(doctype: str, name: str, meanwhile, *requests) -> list[int]:
	"""Return how requests are answered that all wait until something else was done with a document."""
	frappe.get_doc(doctype, name, for_update=True)
	with ThreadPoolExecutor(len(requests)) as pool:
		answers = [pool.submit(request) for request in requests]
		while _waiting(name) < len(requests):
			assert not any(answer.done() for answer in answers)
		meanwhile()
		frappe.db.commit()
		return sorted(answer.result().status_code for answer in answers)


def _waiting(name: str) -> int:
	"""Return how many other connections want the lock on a row."""
	running = [row.Info or "" for row in frappe.db.sql("show full processlist", as_dict=True)]
	return sum(name in query and "for update" in query.lower() for query in running)


def test_of_two_who_begin_a_correction_the_second_hears_that_somebody_was_first(web, table, sessions):
	minutes = approved(table)
	path = f"{web.base_url}/api/method/sv_helpdesk.minutes.versions.correct"
	correct = [lambda s=session: s.post(path, json={"minutes": minutes}) for session in sessions.values()]
	assert waiting_for("SV Minutes", minutes, lambda: None, *correct[:2]) == [200, 417]
	assert frappe.db.count("SV Minutes", {"corrects": minutes}) == 1


def test_a_table_is_not_settled_while_an_action_is_agreed_on_at_the_same_moment(web, people, table):
	approved(table)
	staff = web.login(people[0], PASSWORD)
	values = {"doctype": "SV Decision Table", "name": table.name, "step": "settle"}

	def settle():
		path = f"{web.base_url}/api/method/sv_helpdesk.workflows.api.take"
		return staff.post(path, json={**values, "values": {"outcome": "Other"}})

	def agree():
		action = {"doctype": "SV Action", "decision_table": table.name, "action_owner": table.hr}
		with acting_as(table.staff):
			frappe.get_doc({**action, "due_on": today(), "action_text": "Call them"}).insert()

	assert waiting_for("SV Decision Table", table.name, agree, settle) == [417]
	assert frappe.db.get_value("SV Decision Table", table.name, "status") == "Running"


def test_a_case_is_not_settled_while_a_hand_over_is_offered_at_the_same_moment(web, people):
	staff = people[0]
	report = make_report(
		desk=make_desk(staff).name, handler=staff, status="Handling", main_category="bullying"
	)
	reporter, advisers = make_party(report.name).name, make_desk().name
	offer = {
		"target": "Confidential adviser",
		"target_desk": advisers,
		"party": reporter,
		"shared": "Summary",
	}
	consent = make_consent(report.name, reporter, to_desk=advisers, recipient="").name
	referral = make_referral(report, **offer, shared_text="A summary", consent=consent).name
	frappe.db.commit()
	session = web.login(staff, PASSWORD)

	def settle():
		step = {"doctype": "SV Report", "name": report.name, "step": "settle"}
		path = f"{web.base_url}/api/method/sv_helpdesk.workflows.api.take"
		return session.post(path, json={**step, "values": {"outcome": "Founded"}})

	def hand_over():
		with acting_as(staff):
			move("SV Referral", referral, "offer")

	assert waiting_for("SV Report", report.name, hand_over, settle) == [417]
	assert frappe.db.get_value("SV Report", report.name, "status") == "Referred"


def test_a_form_that_is_saved_after_the_minutes_were_handed_in_loses_nothing(web, table, sessions):
	minutes = table.minutes(**COMPLETE)
	frappe.db.commit()
	late = opened(web, sessions[table.hr], minutes)
	frappe.set_user(table.staff)
	move("SV Minutes", minutes, "submit", {"approver": table.manager})
	frappe.db.commit()
	answer = sessions[table.hr].post(
		f"{web.base_url}/api/method/frappe.desk.form.save.savedocs",
		data={"doc": json.dumps({**late, "risks": "Written too late"}), "action": "Save"},
	)
	assert answer.status_code == 200
	assert "handed in meanwhile" in json.dumps(answer.json()["_server_messages"])
	assert answer.json()["docs"][0]["status"] == "Submitted"
	frappe.db.rollback()
	kept = frappe.get_doc("SV Contribution", {"minutes": minutes, "section": "Risks"})
	assert (kept.author, kept.taken_in, kept.opened("text")) == (table.hr, 0, "Written too late")
