"""Over HTTP, at the same moment: three people write in one set of minutes, and three approve it."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from people import PASSWORD, make_people
from table_world import SeatedTable

import frappe

from sv_helpdesk.minutes import approvals

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
