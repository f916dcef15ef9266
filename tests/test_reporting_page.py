"""Over HTTP: somebody without an account reports, gets a code, and comes back to the desk's answer."""

import pytest
from reporting_helpers import (
	DESK,
	Reporter,
	call,
	latest_report,
	old_token,
	switch,
	worker_session,
)

import frappe

from sv_helpdesk.reporting import codes

pytestmark = pytest.mark.commits
pytest_plugins = ["reporting_fixtures"]


def test_where_it_is_not_in_use_there_is_no_such_page(page):
	reporter = Reporter(page)
	unknown = reporter.get("/meldenx")
	switch(False)
	try:
		for path in ("/melden", "/melden/code"):
			assert reporter.get(path).status_code == unknown.status_code == 404
			assert reporter.post(path).status_code == 404
	finally:
		switch(True)
	assert reporter.get().status_code == 200, "the host has forgotten that it was unknown"


def test_the_page_is_dutch_and_can_be_english(reporter):
	assert '<html lang="nl">' in reporter.get().text and "Wat er met uw melding gebeurt" in reporter.text
	assert '<html lang="en">' in reporter.get("/melden?lang=en").text
	assert "What happens with your report" in reporter.text and "Wat er met" not in reporter.text
	assert '<html lang="nl">' in reporter.get("/melden?lang=%3Cscript%3E").text


def test_emergency_numbers_come_before_everything_else(reporter):
	text = reporter.get().text
	assert 0 < text.index('Bel <a href="tel:112">112</a>') < text.index("<h1>")


def test_the_other_language_keeps_what_was_typed_and_sends_nothing(reporter):
	before = frappe.db.count("SV Report", {"channel": "Web form"})
	token = old_token()
	typed = {"story": "Hij riep ZZSTORY", "how": "Confidential", "name": "Jo"}
	# of a file the browser says only that it was chosen
	reporter.post("/melden?lang=en", token=token, language="en", chosen="a.jpg", **typed)
	assert '<html lang="en">' in reporter.text and "Your files have to be chosen again" in reporter.text
	assert "Hij riep ZZSTORY</textarea>" in reporter.text and 'value="Jo"' in reporter.text
	assert reporter.hidden("token") == token, "the form is as old as it was"
	frappe.db.rollback()
	assert frappe.db.count("SV Report", {"channel": "Web form"}) == before and not reporter.code


def test_the_other_language_keeps_the_visit_and_what_was_typed_in_it(reporter):
	reporter.report()
	case = latest_report()
	reporter.come_back(reporter.code)
	visit = reporter.hidden("visit")
	typed = {"visit": visit, "text": "ZZMORE", "reason": "ZZREASON", "language": "en"}
	reporter.post("/melden/code?lang=en", **typed)
	assert "What was written" in reporter.text and "ZZMORE</textarea>" in reporter.text
	assert "ZZREASON</textarea>" in reporter.text and reporter.hidden("visit")
	frappe.db.rollback()
	assert frappe.db.count("SV Message", {"report": case, "direction": "Incoming"}) == 1
	reporter.write("ZZMORE")
	frappe.db.rollback()
	assert frappe.db.count("SV Message", {"report": case, "direction": "Incoming"}) == 2


def test_a_visit_that_is_over_does_not_go_on_in_another_language(reporter):
	reporter.post("/melden/code?lang=en", visit="nothing", text="ZZMORE", language="en")
	assert "Your visit is over" in reporter.text and 'name="text" value="ZZMORE"' in reporter.text
	reporter.post("/melden/code", code="1234", text="ZZMORE", language="nl")
	assert 'value="1234"' in reporter.text and 'name="text" value="ZZMORE"' in reporter.text
	assert "leidt nergens heen" not in reporter.text, "the code was not tried"


def test_the_code_stands_there_with_what_to_do_with_it_in_both_languages(reporter):
	reporter.report()
	assert "We tonen hem alleen nu" in reporter.text and "We show it only now" in reporter.text
	reporter.come_back(reporter.code)
	reporter.withdraw(sure="1")
	assert "Uw melding is ingetrokken" in reporter.text and "Your report is withdrawn" in reporter.text


def test_an_anonymous_report_becomes_a_sealed_case_without_anybody_in_it(reporter):
	reporter.report(
		story="Hij riep ZZSTORY", when="gisteren", where="gang", wishes="rust", staff_group="Student"
	)
	assert len(reporter.code) == 19
	case = frappe.get_doc("SV Report", latest_report())
	assert (case.channel, case.confidentiality, case.desk) == ("Web form", "Anonymous", DESK)
	assert (case.first_desk, case.language, case.status) == (DESK, "nl", "Acknowledged")
	assert "ZZSTORY" not in frappe.as_json(case.as_dict())
	(party,) = frappe.get_all("SV Party", {"report": case.name}, ["*"])
	assert (party.party_role, party.anonymous, party.staff_group) == ("Reporter", 1, "Student")
	assert not any(
		party[name] for name in ("person_name", "email_address", "phone", "account", "address_index")
	)
	assert frappe.db.get_value("HD Ticket", case.ticket, "subject").endswith(case.case_number)


def test_a_confidential_report_names_its_reporter_to_the_desk_alone(page, reporter):
	reporter.report(
		"Confidential",
		name="Roos Vos",
		email="roos@mail.example",
		about="Bram Beer",
		about_position="Colleague",
	)
	case = latest_report()
	parties = frappe.get_all("SV Party", {"report": case}, ["*"], order_by="party_role desc")
	assert [party.party_role for party in parties] == ["Reporter", "Accused"]
	assert not parties[0].anonymous and parties[0].address_index and parties[1].position == "Colleague"
	stored = frappe.as_json(parties)
	assert "Roos" not in stored and "Bram" not in stored and "mail.example" not in stored
	url = f"{page.base_url}/api/method/frappe.desk.form.load.getdoc"
	form = worker_session(page).get(url, params={"doctype": "SV Party", "name": parties[0].name})
	assert "Roos Vos" in form.text and "roos@mail.example" in form.text


def test_only_the_story_and_the_choice_are_needed_and_nothing_typed_is_lost(reporter):
	typed = {
		"when": "gisteren ZZWHEN",
		"where": "ZZWHERE",
		"about": "ZZABOUT",
		"wishes": "ZZWISH",
		"phone": "06ZZ",
	}
	answer = reporter.post(only_register="1", staff_group="Student", **typed)
	assert not reporter.code and "nog niet verstuurd" in reporter.text
	for sentence in ("Kies of u anoniem", "Vertel wat er gebeurd is"):
		assert reporter.text.count(sentence) == 2, "in the summary and at the field"
	assert 'href="#how"' in answer.text and 'aria-describedby="story-fault story-hint"' in answer.text
	assert all(value in reporter.text for value in typed.values())
	assert 'value="Student" selected' in answer.text
	assert 'id="only_register" value="1" checked' in answer.text
	assert reporter.report().status_code == 200 and reporter.code


def test_who_is_anonymous_gives_no_name_and_who_is_confidential_does(reporter):
	reporter.report(name="Roos")
	assert "U koos voor anoniem" in reporter.text and not reporter.code
	reporter.report("Confidential")
	assert "U koos voor vertrouwelijk" in reporter.text and not reporter.code
	reporter.report("Confidential", name="Roos", email="roos")
	assert "geen e-mailadres" in reporter.text and not reporter.code


def test_the_reporter_reads_what_the_desk_answers_and_writes_on(page, reporter):
	reporter.report()
	code, case, desk = reporter.code, latest_report(), worker_session(page)
	(first, *_more) = [row for row in dialogue(page, desk, case) if row["direction"] == "Incoming"]
	assert first["can_answer"] and first["on_page"] and first["from_reporter"] and "Hij riep" in first["body"]
	answer = call(page, desk, "helpdesk.outbox.reply", message=first["name"], text="Wanneer <b>was</b> dat?")
	assert answer.ok
	reporter.come_back(code)
	assert "Wanneer <b>was</b> dat?" in reporter.text, "as it was typed, and not as HTML"
	assert "Wij hebben uw bericht ontvangen" in reporter.text and "Hij riep" not in reporter.text
	reporter.write("Het was ZZMORE.")
	assert "Het loket heeft wat u stuurde" in reporter.text and "ZZMORE" not in reporter.text
	assert "ZZMORE" in frappe.as_json(dialogue(page, desk, case))
	assert not frappe.db.exists("Email Queue", {"message": ["like", "%Wanneer%"]})


def test_the_clocks_wait_for_the_reporter_after_a_question_on_the_page(page, reporter):
	reporter.report()
	code, case, desk = reporter.code, latest_report(), worker_session(page)
	assert clocks(case)["Acknowledgement"] == "Met" and clocks(case)["First talk"] == "Running"
	(first, *_more) = [row for row in dialogue(page, desk, case) if row["direction"] == "Incoming"]
	asked = {"message": first["name"], "text": "Wanneer was dat?", "asks_reporter": 1}
	assert call(page, desk, "helpdesk.outbox.reply", **asked).ok
	assert clocks(case)["First talk"] == "Paused"
	reporter.come_back(code)
	reporter.write("Gisteren.")
	assert clocks(case)["First talk"] == "Running"


def clocks(case: str) -> dict[str, str]:
	frappe.db.rollback()
	rows = frappe.get_all("SV Deadline", {"report": case}, ["kind", "status"], order_by="creation asc")
	return {row.kind: row.status for row in rows}


def test_a_note_and_a_mail_of_the_case_are_not_shown_to_the_reporter(page, reporter):
	from sv_helpdesk.test_utils import make_message, make_note

	reporter.report()
	case = latest_report()
	make_note(case, body="ZZNOTE")
	make_message(case, body="ZZMAIL", direction="Outgoing", channel="E-mail", recipient="x@mail.example")
	make_message(case, body="ZZBYHAND", direction="Outgoing", channel="Web form")
	frappe.db.commit()
	reporter.come_back(reporter.code)
	assert "ontvangen" in reporter.text
	assert not any(word in reporter.text for word in ("ZZNOTE", "ZZMAIL", "ZZBYHAND"))


def test_withdrawing_ends_the_case_and_the_code(page, reporter):
	reporter.report()
	code, case = reporter.code, latest_report()
	reporter.come_back(code)
	reporter.withdraw(reason="ZZREASON", text="ZZMORE")
	assert "Vink aan dat u het zeker weet" in reporter.text and "ZZREASON" in reporter.text
	assert "ZZMORE</textarea>" in reporter.text
	reporter.withdraw(sure="1", reason="ZZREASON")
	assert "ingetrokken" in reporter.text
	frappe.db.rollback()
	stored = frappe.get_doc("SV Report", case)
	assert stored.status == "Withdrawn" and stored.closed_at and stored.attention == "reporter_withdraws"
	assert stored.anonymise_on
	assert "ZZREASON" in frappe.as_json(dialogue(page, worker_session(page), case))
	reporter.come_back(code)
	assert "leidt nergens heen" in reporter.text


def test_where_a_table_deals_with_the_case_the_desk_is_asked_to_withdraw_it(page, reporter):
	from sv_helpdesk.test_utils import make_decision_table, make_table_case

	reporter.report()
	code, case = reporter.code, latest_report()
	make_table_case(make_decision_table(desk=DESK, status="Running").name, case)
	frappe.db.commit()
	reporter.come_back(code)
	reporter.withdraw(sure="1", text="ZZMORE")
	assert "antwoordt u hier" in reporter.text and "ZZMORE</textarea>" in reporter.text
	frappe.db.rollback()
	assert frappe.db.get_value("SV Report", case, "status") == "Decision table" and codes.is_open(case)
	assert frappe.db.get_value("SV Report", case, "attention") == "reporter_withdraws"


def test_a_code_is_stored_as_a_slow_hash_that_nobody_has_a_right_to(reporter):
	reporter.report()
	(row,) = frappe.get_all("SV Receipt", {"report": latest_report()}, ["*"])
	digits = reporter.code.replace(" ", "")
	assert digits not in frappe.as_json(row) and len(row.code_index) == 64
	assert codes.find(digits) == codes.find(reporter.code) == row.name
	assert frappe.get_meta("SV Receipt").permissions == []


def dialogue(page, session, case: str) -> list[dict]:
	return call(page, session, "helpdesk.conversation.of_case", report=case).json()["message"]
