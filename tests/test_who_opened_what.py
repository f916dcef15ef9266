"""Over HTTP: whoever sees, prints, exports or is refused something of a case leaves a row in the log."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from people import PASSWORD, make_desk_without_mail, make_person

import frappe
from frappe.model.base_document import get_controller

from sv_helpdesk import access_log
from sv_helpdesk.access_log import refusals
from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.permissions.rules import GUARDED
from sv_helpdesk.test_utils import make_message, make_note, make_report

pytestmark = pytest.mark.commits

DESK = "log_desk"
MESSAGES = 3


@pytest.fixture(scope="module")
def case():
	"""A case with a few messages and a note."""
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	make_person("marit", "SV CCP Staff", desk=DESK)
	make_person("loek", "SV CCP Staff")
	report = make_report(desk=DESK)
	messages = [make_message(report.name).name for _number in range(MESSAGES)]
	note = make_note(report.name).name
	frappe.db.commit()
	return frappe._dict(name=report.name, messages=messages, note=note)


@pytest.fixture(scope="module")
def marit(web, case):
	"""Somebody of the desk, logged in."""
	return web.login("marit@uni.example", PASSWORD)


@pytest.fixture(scope="module")
def loek(web, case):
	"""Somebody with the role but without a desk, logged in."""
	return web.login("loek@uni.example", PASSWORD)


@pytest.fixture
def rows():
	"""A function that returns what was logged since the test began, as (user, action, type, name)."""
	frappe.db.rollback()
	begin = access_log.end()[0]

	def since():
		frappe.db.rollback()
		assert access_log.verify() is None
		found = frappe.get_all(
			"SV Access Log", filters={"position": [">", begin]}, fields=["*"], order_by="position asc"
		)
		return [(row.user.split("@")[0], row.action, row.document_type, row.document_name) for row in found]

	return since


def method(web, session, path: str, http: str = "GET", **data):
	url = f"{web.base_url}/api/method/{path}"
	return session.get(url, params=data) if http == "GET" else session.post(url, data=data)


def getdoc(web, session, doctype: str, name: str):
	return method(web, session, "frappe.desk.form.load.getdoc", doctype=doctype, name=name)


def test_a_form_of_a_case_that_is_opened_leaves_one_row_with_all_that_is_known(web, case, marit, rows):
	assert getdoc(web, marit, "SV Report", case.name).ok
	assert rows() == [("marit", "Opened", "SV Report", case.name)]
	row = frappe.get_last_doc("SV Access Log", order_by="position desc")
	assert row.report == case.name and row.from_address == "127.0.0.1" and row.logged_at


@pytest.mark.parametrize(
	"path",
	[
		"/api/resource/SV Report/{name}",
		"/api/method/frappe.client.get?doctype=SV Report&name={name}",
		"/api/method/frappe.desk.form.load.get_docinfo?doctype=SV Report&name={name}",
		"/api/method/run_doc_method?dt=SV Report&dn={name}&method=get_title",
	],
)
def test_every_door_that_hands_out_a_whole_document_leaves_a_row(web, case, marit, rows, path):
	marit.get(web.base_url + path.format(name=case.name))
	assert ("marit", "Opened", "SV Report", case.name) in rows() or "run_doc_method" in path


def test_the_address_behind_a_proxy_is_noted(web, case, marit, rows):
	marit.get(
		f"{web.base_url}/api/resource/SV Report/{case.name}",
		headers={"X-Forwarded-For": "192.0.2.7, 10.0.0.1"},
	)
	rows()
	assert frappe.get_last_doc("SV Access Log", order_by="position desc").from_address == "192.0.2.7"


@pytest.mark.parametrize("said", ["command", "<script>alert(1)</script>", "fe80::1%<script>"])
def test_what_is_no_address_is_not_noted_as_one(web, case, marit, rows, said):
	marit.get(f"{web.base_url}/api/resource/SV Report/{case.name}", headers={"X-Forwarded-For": said})
	rows()
	assert frappe.get_last_doc("SV Access Log", order_by="position desc").from_address == "127.0.0.1"


def test_the_dialogue_leaves_one_row_for_each_message(web, case, marit, rows):
	assert method(web, marit, "sv_helpdesk.helpdesk.conversation.of_case", "POST", report=case.name).ok
	assert rows() == [("marit", "Opened", "SV Message", name) for name in reversed(case.messages)]


def test_a_list_opens_nothing(web, case, marit, rows):
	assert marit.get(f"{web.base_url}/api/resource/SV Report").ok
	assert rows() == []


def test_a_document_that_claims_to_be_of_another_case_is_noted_under_its_own(web, case, marit, rows):
	made_up = {"doctype": "SV Note", "name": case.note, "report": "another"}
	method(web, marit, "run_doc_method", "POST", docs=frappe.as_json(made_up), method="get_title")
	rows()
	assert not frappe.db.exists("SV Access Log", {"report": "another"})


def test_a_change_leaves_a_row(web, case, marit, rows):
	url = f"{web.base_url}/api/resource/SV Report/{case.name}"
	assert marit.put(url, json={"narrative": "ZZLOG text"}).ok
	assert ("marit", "Changed", "SV Report", case.name) in rows()
	stored = frappe.get_all("SV Access Log", fields=["*"], order_by="position desc", limit=5)
	assert "ZZLOG" not in repr(stored)


def test_a_change_that_is_refused_leaves_no_row_of_a_change(web, case, marit, rows):
	url = f"{web.base_url}/api/resource/SV Report/{case.name}"
	assert not marit.put(url, json={"desk": "no such desk"}).ok
	assert "Changed" not in {row[1] for row in rows()}


def test_what_a_get_changes_is_not_kept_though_its_opening_is_logged(web, case, marit, rows):
	"""A link in a mail must not be able to change a case: a GET commits nothing of its own."""
	before = frappe.db.get_value("SV Report", case.name, "modified")
	doc = frappe.get_doc("SV Report", case.name).as_dict() | {"channel": "Telephone"}
	method(web, marit, "frappe.desk.form.save.savedocs", doc=frappe.as_json(doc), action="Save")
	rows()
	assert frappe.db.get_value("SV Report", case.name, "modified") == before


def test_a_print_leaves_a_row(web, case, marit, rows):
	marit.get(f"{web.base_url}/printview", params={"doctype": "SV Report", "name": case.name})
	assert ("marit", "Printed", "SV Report", case.name) in rows() or not frappe.has_permission(
		"SV Report", "print", user="marit@uni.example"
	)


def test_a_refused_opening_leaves_a_refusal_and_no_opening(web, case, loek, rows):
	assert getdoc(web, loek, "SV Report", case.name).status_code == 403
	assert rows() == [("loek", "Refused", "SV Report", case.name)]


def test_the_dialogue_of_somebody_elses_case_leaves_a_refusal(web, case, loek, rows):
	answer = method(web, loek, "sv_helpdesk.helpdesk.conversation.of_case", "POST", report=case.name)
	assert answer.status_code == 403
	assert rows() == [("loek", "Refused", "SV Report", case.name)]


@pytest.mark.parametrize("role", [None, "Agent", "System Manager"])
def test_who_has_none_of_our_roles_leaves_a_refusal_too(web, case, rows, role):
	make_person("piet", *([role] if role else []))
	frappe.db.commit()
	piet = web.login("piet@uni.example", PASSWORD)
	for path in (f"/api/resource/SV Note/{case.note}", f"/api/resource/SV Report/{case.name}"):
		assert piet.get(web.base_url + path).status_code == 403
	assert rows() == [("piet", "Refused", "SV Note", case.note), ("piet", "Refused", "SV Report", case.name)]


def test_what_does_not_exist_is_not_refused_but_absent(web, loek, rows):
	getdoc(web, loek, "SV Report", "nonexistent")
	method(web, loek, "sv_helpdesk.helpdesk.conversation.of_case", "POST", report="nonexistent")
	assert rows() == []


def test_refusals_of_guests_are_the_session_gates_business(web, case, rows):
	getdoc(web, web.guest(), "SV Report", case.name)
	assert rows() == []


def test_nothing_is_shown_while_the_log_can_not_be_written(web, case, marit, rows):
	head = frappe.db.get_value("SV Access Log Head", "head", ["row_hash", "head_hash"], as_dict=True)
	frappe.db.set_value("SV Access Log Head", "head", "row_hash", "0" * 64)
	frappe.db.commit()
	try:
		shown = getdoc(web, marit, "SV Report", case.name)
		dialogue = method(web, marit, "sv_helpdesk.helpdesk.conversation.of_case", "POST", report=case.name)
	finally:
		frappe.db.set_value("SV Access Log Head", "head", head)
		frappe.db.commit()
	assert shown.status_code == dialogue.status_code == 500
	assert "docs" not in shown.text and case.name not in shown.text + dialogue.text
	assert "could not be written" in shown.json()["message"]
	assert rows() == []


def test_many_at_once_neither_fork_the_chain_nor_wait_for_each_other_for_ever(web, case, rows):
	"""Twenty openings and changes in two processes and several threads."""
	from dev.live import WebServer

	second = WebServer(frappe.local.site)
	try:
		sessions = [
			(server, server.login("marit@uni.example", PASSWORD))
			for server in (web, second)
			for _twice in "ab"
		]
		begun = len(rows())

		def work(number: int) -> int:
			server, session = sessions[number % len(sessions)]
			if number % 3:
				return getdoc(server, session, "SV Report", case.name).status_code
			return method(
				server, session, "sv_helpdesk.helpdesk.conversation.of_case", "POST", report=case.name
			).status_code

		with ThreadPoolExecutor(len(sessions)) as pool:
			answers = list(pool.map(work, range(24)))
	finally:
		second.stop()
	assert set(answers) == {200}
	assert len(rows()) - begun == 16 + 8 * MESSAGES


def test_what_leaves_a_row_costs_the_same_however_long_the_dialogue_is(case):
	"""One statement each to lock the end, to write all rows and to move the end."""
	from test_costs import counted

	frappe.db.rollback()
	for number in range(200):
		access_log.record("Opened", "SV Message", f"message{number}", case.name)
	with counted() as cost:
		access_log.write_now()
	frappe.db.rollback()
	assert cost.statements == 3


@pytest.mark.parametrize("doctype", sorted(GUARDED))
def test_every_document_of_a_case_is_one_that_leaves_rows(doctype):
	assert issubclass(get_controller(doctype), LoggedDocument)


def test_an_export_leaves_a_row_whatever_door_it_takes(case):
	"""At the one place where the host itself notes exports, also the deferred ones."""
	from frappe.core.doctype.access_log.access_log import make_access_log

	make_access_log(doctype="SV Report", file_type="CSV", method="Export")
	make_access_log(doctype="ToDo", file_type="CSV", method="Export")
	access_log.write_now()
	row = frappe.get_last_doc("SV Access Log", order_by="position desc")
	assert (row.action, row.document_type) == ("Exported", "SV Report")
	frappe.db.rollback()


def test_refusals_stop_at_five_in_a_request_and_at_the_limit_in_an_hour(case, monkeypatch):
	frappe.set_user("loek@uni.example")
	monkeypatch.setattr(
		frappe.local, "request", frappe._dict(headers={}, remote_addr="192.0.2.1"), raising=False
	)
	monkeypatch.setattr(refusals, "MOST_IN_AN_HOUR", 7)
	frappe.cache.delete(frappe.cache.make_key("sv_refused:loek@uni.example"))
	names = [case.name, *case.messages, case.note]
	for doctype, name in zip(["SV Report", *["SV Message"] * MESSAGES, "SV Note"], names, strict=True):
		refusals.note(doctype, name, "loek@uni.example")
	refusals.note("SV Report", "one too many", "loek@uni.example")
	rows = refusals.take()
	assert [row["document_name"] for row in rows] == names and refusals.take() == []
	kept = refusals.within_limit(rows) + refusals.within_limit([dict(row) for row in rows])
	assert [row["document_name"] for row in kept] == [*names, *names[:2], "more refusals"]
	frappe.cache.delete(frappe.cache.make_key("sv_refused:loek@uni.example"))
