"""What a spreadsheet of earlier cases says is found nowhere in clear: not on its way, not while it waits, not after."""

import time

import pytest
from import_helpers import case_row, in_base64, person_row, workbook
from searching import everywhere, new_word, search_for

import frappe

from dev.institution import PASSWORD
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_desk, make_user

pytest_plugins = ["searching"]
pytestmark = pytest.mark.commits
API = "sv_helpdesk.importing.api"


@pytest.fixture
def desk():
	coordinator = make_user(COORDINATOR, new_password=PASSWORD)
	desk = make_desk(members=[{"user": coordinator, "desk_role": "Coordinator"}])
	desk.coordinator = coordinator
	frappe.db.commit()
	yield desk
	frappe.db.rollback()
	for name in frappe.get_all("SV Report", {"desk": desk.name}, pluck="name"):
		for doctype in ("SV Party", "SV Denied"):
			frappe.db.delete(doctype, {"report": name})
	for doctype in ("SV Report", "SV Import"):
		frappe.db.delete(doctype, {"desk": desk.name})
	frappe.db.set_value("SV Desk", desk.name, "enabled", 0)


def test_a_spreadsheet_leaves_nothing_in_clear_on_its_way_into_cases(desk, web, worker, taps, database_root):
	since, word = time.time() - 2, new_word()
	case = case_row(1, subject=word, narrative=f"Wat {word} zei", wishes=word, settlement_text=word)
	people = [
		person_row(1, party_role=role, person_name=f"Ann {word}", phone=word, remarks=word)
		for role in ("Reporter", "Accused")
	]
	people[0]["email_address"] = f"{word}@thuis.example"
	wrong = workbook([case_row(1, kind=word, narrative=word)], people)
	# more than fits into memory at once where the host takes forms
	right = workbook([case, *(case_row(n, narrative=f"{word} {n} " * 900) for n in range(2, 40))], people)
	session = web.login(desk.coordinator, PASSWORD)

	def ask(method: str, *files: bytes):
		answer = session.post(
			f"{web.base_url}/api/method/{API}.{method}",
			json={"desk": desk.name, "contents": in_base64(*files)},
		)
		return answer.status_code, answer.json().get("message")

	wanted = search_for(word)
	assert ask("look_through", wrong)[1]["faults"]
	assert ask("take_over", wrong)[0] == 417
	assert ask("look_through", b"PK\x03\x04" + word.encode())[0] == 417
	assert ask("look_through", right)[1]["faults"] == []
	status, name = ask("take_over", right)
	assert status == 200
	frappe.db.rollback()
	assert frappe.db.get_value("SV Import", name, "status") == "Waiting"
	assert wanted.found(everywhere(database_root, since)) == []
	worker()
	frappe.db.rollback()
	row = frappe.db.get_value("SV Import", name, ["status", "cases", "file", "asked_by"])
	assert row == ("Done", 39, None, desk.coordinator)
	assert not frappe.db.exists("File", {"attached_to_name": name})
	assert frappe.db.count("SV Access Log", {"action": "Imported", "user": desk.coordinator}) == 39
	assert wanted.found(everywhere(database_root, since)) == []
	assert wanted.found(taps()) == []
	assert wanted.found([("web server", web.output().encode())]) == []
	# and what went in can be read by who may
	report = frappe.db.get_value("SV Report", {"import_key": f"{desk.name}/K-1"})
	shown = session.get(
		f"{web.base_url}/api/method/frappe.desk.form.load.getdoc",
		params={"doctype": "SV Report", "name": report},
	)
	assert word in shown.text
	assert session.get(f"{web.base_url}/api/method/{API}.desks").status_code == 403
