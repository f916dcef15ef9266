"""Floods, guesses and forms that no person sent get nowhere on the reporting page; people do."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from reporting_helpers import Reporter, latest_report, old_token

import frappe

from sv_helpdesk.reporting import limits, pressure, tokens

pytestmark = pytest.mark.commits
pytest_plugins = ["reporting_fixtures"]
BUSY = "Het is nu erg druk"


def solved(token: str) -> str:
	number = 0
	while int.from_bytes(hashlib.sha256(f"{token}.{number}".encode()).digest(), "big") >> (
		256 - pressure.BITS
	):
		number += 1
	return str(number)


def press(limit) -> None:
	"""So much came altogether just now."""
	for _time in range(limit.of_all):
		limits.count_of_all(limit)


def test_a_hundred_wrong_codes_a_minute_get_nowhere_and_a_right_one_from_elsewhere_works(page, reporter):
	reporter.report()
	code = reporter.code
	attacker = Reporter(page, "192.0.2.66")
	tried = 0
	for number in range(100):
		attacker.come_back(f"{number:016d}")
		tried += "leidt nergens heen" in attacker.text
	assert tried == limits.CODES.of_address
	attacker.come_back(code)
	assert "Vanaf uw plek" in attacker.text, "a right one neither, from there"
	reporter.come_back(code)
	assert "Wat er geschreven is" in reporter.text


def test_wrong_codes_from_a_hundred_addresses_need_work_or_patience_and_so_does_the_right_one(page, reporter):
	reporter.report()
	code = reporter.code
	tried = 0
	for number in range(100):
		attacker = Reporter(page, f"192.0.2.{number}")
		attacker.come_back(f"{number:016d}")
		tried += "leidt nergens heen" in attacker.text
	assert tried <= limits.CODES.of_all and BUSY in attacker.text
	reporter.come_back(code)
	assert BUSY in reporter.text and "Wat er geschreven is" not in reporter.text
	assert 'data-bits="17"' in reporter.get("/melden/code").text
	reporter.come_back(code, token=old_token(pressure.WAITING_SECONDS + 1))
	assert "Wat er geschreven is" in reporter.text, "after a minute, without a script"
	token = old_token(5)
	reporter.come_back(code, token=token, work=solved(token))
	assert "Wat er geschreven is" in reporter.text, "at once, when the browser has worked for it"
	reporter.come_back(code, token=token, work=solved(token))
	assert BUSY in reporter.text, "each work counts once"


def test_a_right_code_does_not_count_as_a_guess(page, reporter):
	reporter.report()
	code = reporter.code
	for _time in range(limits.CODES.of_address * 2):
		reporter.come_back(code)
		assert "Wat er geschreven is" in reporter.text


def test_so_many_reports_from_one_place_are_enough(page, reporter):
	for _time in range(limits.REPORTS.of_address):
		reporter.report()
		assert reporter.code
	reporter.report(story="ZZKEPT")
	assert "Vanaf uw plek" in reporter.text and "ZZKEPT" in reporter.text and not reporter.code
	assert Reporter(page, "192.0.2.2").report() and frappe.db.count("SV Report")


def test_under_pressure_a_report_waits_a_minute_with_its_text(page, reporter):
	press(limits.REPORTS)
	token = old_token(10)
	reporter.report(story="ZZKEPT", token=token)
	assert BUSY in reporter.text and "ZZKEPT" in reporter.text
	assert reporter.hidden("token") == token, "it grows older meanwhile"
	reporter.report(token=old_token(61))
	assert reporter.code


def test_a_form_is_neither_too_young_nor_too_old_nor_made_up(reporter):
	for token, sentence in (
		(tokens.make(tokens.FORM), "sneller dan we van een mens"),
		(old_token(5 * 60 * 60), "stond lang open"),
		("", "stond lang open"),
		("sv1." + "A" * 80, "stond lang open"),
		(old_token(10, tokens.VISIT, {"receipt": "x"}), "stond lang open"),
	):
		reporter.report(token=token, story="ZZKEPT")
		assert sentence in reporter.text and "ZZKEPT" in reporter.text and not reporter.code
	reporter.report(token=reporter.hidden("token"))
	assert "sneller dan" in reporter.text, "each refusal but the first gives a new token"


def test_files_are_not_looked_at_before_the_form_may_go_on(reporter):
	wrong = [("files", ("x.txt", b"tekst"))]
	reporter.report(token="", files=wrong)
	assert "stond lang open" in reporter.text and "niet aannemen" not in reporter.text
	reporter.report(files=wrong)
	assert "niet aannemen" in reporter.text and not reporter.code
	reporter.report()
	reporter.come_back(reporter.code)
	reporter.write("Meer", token="", files=wrong)
	assert "stond lang open" in reporter.text and "niet aannemen" not in reporter.text
	reporter.write("Meer", files=wrong)
	assert "niet aannemen" in reporter.text


def test_who_has_to_send_again_is_told_that_files_do_not_go_along_by_themselves(reporter):
	again, sound = "opnieuw kiezen", [("files", ("x.mp3", b"ID3" + b"0" * 50))]
	for files, told in ((None, False), (sound, True)):
		reporter.report(token=old_token(1), files=files)
		assert "sneller dan" in reporter.text and (again in reporter.text) == told
	reporter.report()
	reporter.come_back(reporter.code)
	for files, told in ((None, False), (sound, True)):
		visit = reporter.hidden("visit")
		reporter.write("Meer", token=old_token(1), files=files)
		assert "sneller dan" in reporter.text and (again in reporter.text) == told
		reporter.post("/melden/code", visit="", text="Meer", files=files)
		assert "bezoek is afgelopen" in reporter.text and (again in reporter.text) == told
		reporter.post("/melden/code", visit=visit)


def test_a_form_that_was_sent_makes_one_case_also_when_redis_is_emptied(reporter):
	token, before = old_token(), frappe.db.count("SV Report")
	reporter.report(token=token)
	assert reporter.code
	# of this site alone: tests run on another one meanwhile
	assert frappe.cache.get_keys("")
	frappe.cache.delete_keys("")
	reporter.report(token=token, story="ZZKEPT")
	assert "al verstuurd" in reporter.text and "ZZKEPT" in reporter.text and not reporter.code
	frappe.db.rollback()
	assert frappe.db.count("SV Report") == before + 1


def test_a_form_sent_twice_at_once_makes_one_case(page, reporter):
	token, before = old_token(), frappe.db.count("SV Report")
	with ThreadPoolExecutor(4) as pool:
		sent = [pool.submit(Reporter(page).report, token=token) for _time in range(4)]
		codes = [bool(answer.result().text.count('class="digits"')) for answer in sent]
	frappe.db.rollback()
	assert sum(codes) == 1 and frappe.db.count("SV Report") == before + 1


def test_a_visit_ends_after_half_an_hour_and_keeps_what_was_being_written(reporter):
	reporter.report()
	receipt = frappe.db.get_value("SV Receipt", {"report": latest_report()})
	old = old_token(31 * 60, tokens.VISIT, {"receipt": receipt})
	for visit in (old, old_token(10, tokens.FORM, {"receipt": receipt}), "", "sv1." + "A" * 80):
		reporter.post("/melden/code", visit=visit, text="ZZKEPT")
		assert "bezoek is afgelopen" in reporter.text and "ZZKEPT" in reporter.text
	reporter.post("/melden/code", visit=old_token(29 * 60, tokens.VISIT, {"receipt": receipt}), text="Meer")
	assert "Het loket heeft wat u stuurde" in reporter.text


def test_the_visit_of_one_report_opens_no_other(page, reporter):
	reporter.report(story="De eerste")
	reporter.come_back(reporter.code)
	visit = reporter.hidden("visit")
	Reporter(page).report(story="De tweede")
	other = latest_report()
	before = frappe.db.count("SV Message", {"report": other})
	reporter.post("/melden/code", visit=visit, text="Meer", report=other, receipt=other)
	frappe.db.rollback()
	assert frappe.db.count("SV Message", {"report": other}) == before


def test_what_stands_for_an_address_differs_by_day_and_says_nothing_of_it(monkeypatch):
	mark = limits.mark_of("192.0.2.7")
	assert mark == limits.mark_of("192.0.2.7") != limits.mark_of("192.0.2.8") and "192" not in mark
	assert limits.mark_of("2001:db8::1") == limits.mark_of("2001:db8::2") != limits.mark_of("2001:db9::1")
	assert limits.mark_of("no address") and limits.mark_of("")

	class Tomorrow(datetime):
		@classmethod
		def now(cls, zone=None):
			return datetime.now(zone) + timedelta(days=1)

	monkeypatch.setattr(limits, "datetime", Tomorrow)
	assert limits.mark_of("192.0.2.7") != mark


def test_what_is_counted_is_forgotten_within_minutes(reporter):
	reporter.report()
	reporter.come_back("1")
	keys = frappe.cache.keys(frappe.cache.make_key("sv_reporting|*"))
	assert keys and all(0 < frappe.cache.ttl(key) <= 600 for key in keys)


def test_when_redis_can_not_be_asked_work_is(monkeypatch):
	import redis

	def fail(*_arguments, **_named):
		raise redis.ConnectionError

	for name in ("incr", "get", "set", "decr"):
		monkeypatch.setattr(frappe.cache, name, fail)
	assert limits.is_pressing(limits.REPORTS) and not limits.is_exceeded(limits.REPORTS, "x")
	token = old_token(5)
	read = tokens.read(tokens.FORM, token)
	assert not pressure.lets_in(limits.REPORTS, read, token, "")
	assert pressure.lets_in(limits.REPORTS, read, token, solved(token))


@pytest.mark.parametrize("answer", ["", "-1", "1.5", "x", "٣", "9" * 30])
def test_an_answer_that_is_no_number_is_no_work(answer):
	assert not pressure.is_solved("token", answer)
