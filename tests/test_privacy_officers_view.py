"""What the privacy officer sees of the access log: who saw what and when, and no content."""

import subprocess
import sys

import pytest
from people import PASSWORD, make_desk_without_mail, make_person

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.social_safety.report.who_opened_what import who_opened_what
from sv_helpdesk.test_utils import make_party, make_report

pytestmark = pytest.mark.commits

DESK = "privacy_desk"
RUN = "/api/method/frappe.desk.query_report.run"


@pytest.fixture(scope="module")
def case(web):
	"""A case that Sander of the desk has opened, and the privacy officers Fleur and Guus, who is accused."""
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	make_person("sander", "SV CCP Staff", desk=DESK)
	make_person("fleur", "SV Privacy Officer")
	make_person("guus", "SV Privacy Officer")
	report = make_report(desk=DESK)
	make_party(report.name, "Accused", account="guus@uni.example")
	frappe.db.commit()
	sander = web.login("sander@uni.example", PASSWORD)
	assert sander.get(f"{web.base_url}/api/resource/SV Report/{report.name}").ok
	return report


def view(web, name: str, **filters) -> list[dict]:
	session = web.login(f"{name}@uni.example", PASSWORD)
	today = frappe.utils.today()
	asked = {"from_date": today, "to_date": today, **filters}
	data = {
		"report_name": who_opened_what.NAME,
		"filters": frappe.as_json(asked),
		"user": "sander@uni.example",
	}
	answer = session.get(web.base_url + RUN, params=data)
	assert answer.status_code == 200, answer.text
	return answer.json()["message"]["result"]


def test_the_privacy_officer_sees_who_opened_what_by_the_case_number(web, case):
	(row,) = view(web, "fleur", case_number=case.case_number, user="sander@uni.example")
	assert row["document_type"] == "Case" and row["case_number"] == case.case_number
	assert row["by_right"] == "Works at the desk of the case" and row["action"] == "Opened"
	assert "document_name" not in row and case.name not in (row["case_number"], row["by_right"])


@pytest.mark.parametrize(
	"filters",
	[
		{"action": "Printed"},
		{"user": "fleur@uni.example"},
		{"document_type": "SV Note"},
		{"case_number": "SV-0"},
	],
)
def test_other_filters_leave_it_out(web, case, filters):
	rows = view(web, "fleur", **{"case_number": case.case_number, **filters})
	assert "sander@uni.example" not in [row["user"] for row in rows]


def test_days_that_are_over_are_left_out(web, case):
	assert not view(web, "fleur", case_number=case.case_number, from_date="2020-01-01", to_date="2020-01-31")


def test_the_privacy_officers_own_look_is_in_the_log(web, case):
	view(web, "fleur")
	rows = view(web, "fleur", user="fleur@uni.example")
	assert ("Opened", "Report") in [(row["action"], row["document_type"]) for row in rows]


def test_an_accused_privacy_officer_sees_nothing_of_the_case(web, case):
	assert not view(web, "guus", case_number=case.case_number)
	rows = view(web, "guus", user="sander@uni.example")
	assert case.case_number not in [row["case_number"] for row in rows]


@pytest.mark.parametrize("role", ["SV Coordinator", "SV CCP Staff", "System Manager"])
def test_nobody_else_runs_the_report_whatever_user_they_name(web, case, role):
	make_person("teun", role)
	frappe.db.commit()
	session = web.login("teun@uni.example", PASSWORD)
	data = {"report_name": who_opened_what.NAME, "filters": "{}", "user": "fleur@uni.example"}
	assert session.get(web.base_url + RUN, params=data).status_code == 403
	frappe.set_user("teun@uni.example")
	with pytest.raises(frappe.PermissionError):
		who_opened_what.execute({})


def test_the_list_shows_the_privacy_officer_the_log_and_nobody_may_write_it(web, case):
	fleur = web.login("fleur@uni.example", PASSWORD)
	url = f"{web.base_url}/api/resource/SV Access Log"
	rows = fleur.get(url, params={"fields": '["name","user","action"]', "limit_page_length": 5}).json()[
		"data"
	]
	assert rows
	one = f"{url}/{rows[0]['name']}"
	for answer in (
		fleur.post(url, json={"user": "x", "action": "Opened", "document_type": "SV Report"}),
		fleur.put(one, json={"action": "Changed"}),
		fleur.delete(one),
	):
		assert answer.status_code in (403, 417)
	administrator = web.login("Administrator", "admin")
	assert administrator.delete(one).status_code == 417
	assert administrator.put(one, json={"action": "Changed"}).status_code == 417
	frappe.db.rollback()
	assert access_log.verify() is None


def test_the_command_says_that_the_log_is_whole_or_what_is_wrong(case):
	def command(*words: str):
		bench = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]
		return subprocess.run([*bench, "sv-verify-log", *words], capture_output=True, text=True)

	frappe.db.rollback()
	position, fingerprint = access_log.end()
	whole = command("--position", str(position), "--fingerprint", fingerprint)
	assert whole.returncode == 0 and fingerprint in whole.stdout
	other = command("--position", str(position), "--fingerprint", "0" * 64)
	assert other.returncode == 1 and f"Row {position} of the access log was changed" in other.stderr
	half = command("--position", str(position))
	assert half.returncode == 2 and "belong together" in half.stderr
