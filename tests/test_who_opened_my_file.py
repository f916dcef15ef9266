"""Over HTTP: a reporter sees who opened their own case; nobody else learns even that there is one."""

import re

import pytest
from people import PASSWORD, make_desk_without_mail, make_person

import frappe

from sv_helpdesk.access_log import own_page
from sv_helpdesk.permissions.denied_list import is_denied
from sv_helpdesk.test_utils import (
	make_consent,
	make_decision_table,
	make_message,
	make_minutes,
	make_note,
	make_party,
	make_report,
)

pytestmark = pytest.mark.commits

DESK = "own_file_desk"
PEOPLE = ("roos", "bram", "wanda", "nobody", "joris")


def user(name: str) -> str:
	return f"{name}@uni.example"


@pytest.fixture(scope="module")
def case(web):
	"""Roos reported Bram, Wanda saw it; Ilse of the desk opened some of it; Joris is both in his case."""
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	make_person("ilse", "SV CCP Staff", desk=DESK)
	for name in PEOPLE:
		make_person(name)
	report = make_report(desk=DESK)
	roos = make_party(report.name, "Reporter", person_name="Roos", account=user("roos"))
	bram = make_party(report.name, "Accused", person_name="Bram", account=user("bram"))
	wanda = make_party(report.name, "Witness", person_name="Wanda", email_address=user("wanda"))
	both = make_report(desk=DESK)
	make_party(both.name, "Reporter", email_address=user("joris"))
	make_party(both.name, "Accused", account=user("joris"))
	documents = [
		roos,
		bram,
		wanda,
		*(make_message(report.name) for _twice in "ab"),
		make_note(report.name),
		make_note(report.name, party=bram.name),
		make_consent(report.name, roos.name),
	]
	table = make_decision_table(desk=DESK)
	table_case = frappe.get_doc(
		{
			"doctype": "SV Table Case",
			"decision_table": table.name,
			"subject": "Employee",
			"kind": "Undesirable behaviour",
			"reports": [{"report": report.name}],
		}
	).insert()
	documents += [table, table_case, make_minutes(table.name)]
	frappe.db.commit()
	ilse = web.login(user("ilse"), PASSWORD)
	opened = 0
	for doc in [report, *documents, both]:
		url = f"{web.base_url}/api/method/frappe.desk.form.load.getdoc"
		opened += ilse.get(url, params={"doctype": doc.doctype, "name": doc.name}).ok
	assert opened == len(documents) + 2
	return frappe._dict(report=report, both=both, bram=bram)


def page_of(web, name: str, language: str = "en"):
	# hosts differ in whether they let a request choose another language than the account's
	frappe.db.set_value("User", user(name), "language", language)
	frappe.db.commit()
	frappe.clear_cache(user=user(name))
	session = web.login(user(name), PASSWORD)
	answer = session.get(f"{web.base_url}/{own_page.PATH}", headers={"Accept": "text/html"})
	assert answer.status_code == 200
	return answer


def lines(html: str, number: str) -> list[list[str]]:
	"""The cells of the table about one case, without markup."""
	(section,) = [part for part in html.split("</section>") if number in part]
	rows = (re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in section.split("<tr>"))
	return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows if row]


def test_a_reporter_sees_who_opened_what_of_their_case_when_and_why(web, case):
	html = page_of(web, "roos").text
	assert f"Case {case.report.case_number}" in html
	rows = lines(html, case.report.case_number)
	assert {row[1] for row in rows} == {"Ilse Own_File_Desk"}
	assert {row[3] for row in rows} == {"Works at the desk of the case"}
	assert all(re.match(r"\d+ \w+ 2\d{3} \d\d:\d\d$", row[0]) for row in rows)
	assert {row[2] for row in rows} >= {
		"The case itself Opened",
		"Messages (2) Opened",
		"What you allowed Opened",
		"Minutes of the decision table Opened",
	}


def test_what_is_about_another_person_of_the_case_is_left_out(web, case):
	"""Three people and two notes were opened: her own details and the note about nobody are shown."""
	what = [row[2] for row in lines(page_of(web, "roos").text, case.report.case_number)]
	assert what.count("Your details Opened") == 1 and what.count("Notes of talks Opened") == 1
	assert "Your details (2) Opened" not in what


def test_the_page_is_dutch_for_who_reads_dutch(web, case):
	html = page_of(web, "roos", "nl").text
	assert '<html lang="nl">' in html and f"Zaak {case.report.case_number}" in html
	assert "Werkt bij het loket van de zaak" in html and "Works at" not in html


def test_an_accused_a_witness_and_an_outsider_get_word_for_word_the_same(web, case):
	assert is_denied(case.report.name, user("bram"))
	pages = {name: page_of(web, name).text.replace(user(name), "") for name in ("bram", "wanda", "nobody")}
	assert len(set(pages.values())) == 1
	assert "There is no case here" in pages["nobody"] and "<table" not in pages["nobody"]


def test_a_reporter_from_whom_the_case_is_hidden_sees_nothing_of_it(web, case):
	html = page_of(web, "joris").text
	assert "There is no case here" in html and case.both.case_number not in html


def test_a_guest_logs_in_first(web, case):
	answer = web.guest().get(f"{web.base_url}/{own_page.PATH}", allow_redirects=False)
	assert answer.status_code in (301, 302) and "/login" in answer.headers["Location"]


def test_the_page_is_kept_nowhere_and_runs_no_script_of_the_site(web, case):
	answer = page_of(web, "roos")
	assert "no-store" in answer.headers["Cache-Control"]
	assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
	assert "<script" not in answer.text


def test_neither_names_nor_texts_of_the_case_are_on_the_page(web, case):
	html = page_of(web, "roos").text
	for secret in ("Bram", "Wanda", "What is known", case.report.name, case.bram.name):
		assert secret not in html


def test_a_key_that_a_manager_made_for_the_reporter_is_told_nothing(web, case):
	roos = frappe.get_doc("User", user("roos"))
	roos.update({"api_key": frappe.generate_hash(length=15), "api_secret": "geheim-van-roos"})
	roos.save()
	frappe.db.commit()
	told = {}
	for way in ("password", "key"):
		browser = web.login(user("roos"), PASSWORD) if way == "password" else web.guest()
		if way == "key":
			browser.headers["Authorization"] = f"token {roos.api_key}:geheim-van-roos"
		told[way] = case.report.case_number in browser.get(f"{web.base_url}/who-opened-my-file").text
	assert told == {"password": True, "key": False}


def test_somebody_who_acts_as_the_reporter_is_told_nothing(case):
	frappe.set_user(user("roos"))
	frappe.session.sid = frappe.generate_hash(length=56)
	assert own_page._cases(user("roos"))
	frappe.session.data["impersonated_by"] = "manager@uni.example"
	try:
		assert own_page._cases(user("roos")) == []
	finally:
		frappe.session.data.pop("impersonated_by")
