"""What is reported on the page, and from where, is found nowhere; and a guest can read no row of it."""

import io
import time
from contextlib import contextmanager

import pytest
from PIL import Image
from pypdf import PdfWriter
from reporting_helpers import (
	Reporter,
	call,
	forget_limits,
	latest_report,
	page_in_use,
	switch,
	worker_session,
)
from searching import everywhere, new_word, search_for

import frappe
from frappe.installer import update_site_config

from sv_helpdesk.reporting import codes

pytestmark = pytest.mark.commits
pytest_plugins = ["searching"]

ADDRESS = "203.0.113.77"
DOCTYPES = (
	"SV Report",
	"SV Party",
	"SV Message",
	"SV Attachment",
	"SV Receipt",
	"SV Data Key",
	"HD Ticket",
	"File",
)


@contextmanager
def everything_logged():
	"""The host notes each request with its address, as it can be told to."""
	for name in ("monitor", "enable_frappe_logger"):
		update_site_config(name, 1)
	frappe.cache.set_value("recorder-intercept", 1, expires_in_sec=600)
	try:
		yield
	finally:
		frappe.cache.delete_value("recorder-intercept")
		for name in ("monitor", "enable_frappe_logger"):
			update_site_config(name, "None")


def pdf_by(author: str) -> bytes:
	writer, out = PdfWriter(), io.BytesIO()
	writer.add_blank_page(100, 100)
	writer.add_metadata({"/Author": author})
	writer.write(out)
	return out.getvalue()


def photo_by(author: str) -> bytes:
	out, exif = io.BytesIO(), Image.Exif()
	exif[0x013B] = author
	Image.new("RGB", (9, 9), "red").save(out, "JPEG", exif=exif)
	return out.getvalue()


def test_nothing_of_a_report_is_left_in_clear_and_nothing_of_where_it_came_from(web, database_root, taps):
	since, word = time.time() - 2, new_word()
	with page_in_use(), everything_logged():
		forget_limits()
		reporter = Reporter(web, ADDRESS)
		files = [("files", (f"{word}.pdf", pdf_by(word))), ("files", (f"{word}.jpg", photo_by(word)))]
		named = {name: f"{word} {name}" for name in ("when", "where", "about", "wishes", "name", "phone")}
		story = f"Hij riep {word}."
		# also what isn't taken leaves nothing: no choice, a wrong mail address, a file of a kind we don't take
		reporter.post(story=story, files=files, **named)
		reporter.report("Confidential", story, files=files, email=word, **named)
		reporter.report("Confidential", story, files=[("files", (word, word.encode()))], **named)
		reporter.report("Confidential", story, files=files, email=f"{word}@mail.example", **named)
		code, case = reporter.code, latest_report()
		digits = code.replace(" ", "")
		assert len(digits) == 16 and frappe.db.count("SV Attachment", {"report": case}) == 2
		reporter.come_back(f"{digits[:-1]}{(int(digits[-1]) + 1) % 10}")
		reporter.come_back(code)
		reporter.write(f"En toen {word}.")
		read = call(web, worker_session(web), "helpdesk.conversation.of_case", report=case).text
		assert read.count(word) >= 2, "the desk could not read it"
		reporter.come_back(code)
		reporter.withdraw(sure="1", reason=f"Want {word}.")
		assert "ingetrokken" in reporter.text
		_provoke_errors(web, word)
		wanted = search_for(word, ADDRESS, digits, code, "zzbrowser")
		assert wanted.found(everywhere(database_root, since)) == []
		noted = frappe.as_json(list(frappe.cache.hgetall("recorder-requests").values()))
		assert '"path": "/melden"' in noted, "the host has noted the requests"
	assert wanted.found(taps()) == []
	assert wanted.found([("web server", web.output().encode())]) == []


def _provoke_errors(web, word: str) -> None:
	"""Requests that go wrong in the host before or in the page: too large, no form, a broken database."""
	reporter = Reporter(web, ADDRESS)
	url = f"{web.base_url}/melden"
	reporter.session.post(url, data={"story": word * 2_000_000}, headers=reporter._headers())
	reporter.session.post(url, data=word, headers={**reporter._headers(), "Content-Type": "application/json"})
	reporter.session.put(url, data={"story": word}, headers=reporter._headers())
	frappe.db.sql("rename table `tabSV Receipt` to `tabSV Receipt away`")
	try:
		answer = reporter.report("Anonymous", f"Hij riep {word}.")
		assert (
			answer.status_code == 200 and "Bij ons ging iets mis" in reporter.text and word in reporter.text
		)
	finally:
		frappe.db.sql("rename table `tabSV Receipt away` to `tabSV Receipt`")


def test_no_answer_sets_a_cookie_or_lets_anything_from_elsewhere_in(web):
	with page_in_use():
		forget_limits()
		reporter = Reporter(web)
		answers = [reporter.get(), reporter.get("/melden/code"), reporter.report()]
		code = reporter.code
		answers += [
			reporter.come_back("1"),
			reporter.come_back(code),
			reporter.write("Meer"),
			reporter.withdraw(sure="1"),
		]
		for answer in answers:
			assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
			assert not reporter.session.cookies
			policy = answer.headers["Content-Security-Policy"]
			assert (
				"default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "http" not in policy
			)
			assert "form-action 'self'" in policy and "unsafe" not in policy
			assert answer.headers["Referrer-Policy"] == "no-referrer"
			assert answer.headers["Cache-Control"] == "no-store"
			links = [part.split('"')[0] for part in answer.text.replace("src=", "href=").split('href="')[1:]]
			assert all(
				link.startswith(("/melden", "/assets/sv_helpdesk/", "#", "data:,", "tel:")) or link == "/"
				for link in links
			)
		indexed = [answer.headers.get("X-Robots-Tag") is None for answer in answers]
		assert indexed == [True] + [False] * 6
		assert all(code.replace(" ", "") not in answer.url for answer in answers)


def test_a_guest_reads_no_row_whatever_they_ask(web):
	with page_in_use():
		forget_limits()
		reporter = Reporter(web)
		reporter.report()
		names = {"SV Report": latest_report()}
		names["SV Receipt"] = frappe.db.get_value("SV Receipt", {"report": names["SV Report"]})
		names["SV Message"] = frappe.db.get_value("SV Message", {"report": names["SV Report"]})
		guest = web.guest()
		for doctype in DOCTYPES:
			for path in (f"resource/{doctype}", f"resource/{doctype}/{names.get(doctype, 'x')}"):
				answer = guest.get(f"{web.base_url}/api/{path}")
				assert answer.status_code in (403, 404), (path, answer.status_code)
		for method, values in {
			"helpdesk.conversation.of_case": {"report": names["SV Report"]},
			"helpdesk.outbox.reply": {"message": names["SV Message"], "text": "x"},
			"reporting.codes.find": {"typed": "1"},
			"reporting.taking.withdraw": {"visit": "x", "text": "x", "index": "x"},
		}.items():
			assert not call(web, guest, method, **values).ok


def test_who_works_on_the_case_reads_no_receipt(web):
	with page_in_use():
		forget_limits()
		Reporter(web).report()
		receipt = frappe.db.get_value("SV Receipt", {"report": latest_report()})
		for path in ("", f"/{receipt}"):
			answer = worker_session(web).get(f"{web.base_url}/api/resource/SV Receipt{path}")
			assert answer.status_code in (403, 404) and "code_index" not in answer.text


def test_who_is_logged_in_is_told_so_and_leaves_no_report(web):
	with page_in_use():
		forget_limits()
		session = worker_session(web)
		before = frappe.db.count("SV Report")
		page = session.get(f"{web.base_url}/melden").text
		assert "U bent ingelogd" in page and "<textarea" not in page
		answer = session.post(f"{web.base_url}/melden", data={"how": "Anonymous", "story": "ZZTYPED"})
		frappe.db.rollback()
		assert frappe.db.count("SV Report") == before
		assert not answer.ok or ("ZZTYPED" in answer.text and "U bent ingelogd" in answer.text)


def test_what_is_typed_is_text_on_the_page_and_at_the_desk(web):
	"""In every field, both ways."""
	attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>{{ 7*7 }}"
	names = (
		"story",
		"when",
		"where",
		"about",
		"wishes",
		"name",
		"email",
		"phone",
		"desk",
		"how",
		"unit",
		"staff_group",
		"token",
		"work",
		"lang",
		"visit",
	)
	with page_in_use():
		forget_limits()
		reporter = Reporter(web)
		token = reporter.get() and reporter.hidden("token")
		for path in ("/melden", "/melden/code"):
			answer = reporter.post(path, **{name: attack for name in names if name != "token"})
			assert (
				"<script>alert" not in answer.text and "<img" not in answer.text and "<svg" not in answer.text
			)
			assert 'onerror=alert(1)&gt;"' not in answer.text and "{{" not in answer.text.replace(
				attack[-9:], ""
			)
		answer = reporter.post("/melden", token=attack, story=attack, how="Anonymous")
		assert "<script>alert" not in answer.text and attack in reporter.text and token
		reporter.report(story=attack, wishes=attack, about=attack)
		code, case, desk = reporter.code, latest_report(), worker_session(web)
		dialogue = call(web, desk, "helpdesk.conversation.of_case", report=case).json()["message"]
		assert "<script" not in frappe.as_json(dialogue) and "<img" not in frappe.as_json(dialogue)
		(first,) = [row for row in dialogue if row["direction"] == "Incoming"]
		assert call(web, desk, "helpdesk.outbox.reply", message=first["name"], text=attack).ok
		answer = reporter.come_back(code)
		assert attack in reporter.text and "<script>alert" not in answer.text and "<img" not in answer.text


def test_a_code_that_ended_and_one_that_never_was_get_the_same_answer_in_the_same_time(web):
	with page_in_use():
		forget_limits()
		reporter = Reporter(web)
		reporter.report()
		ended = reporter.code
		codes.end(latest_report())
		frappe.db.commit()
		answers, times = {}, {}
		for code in (ended, "0000 0000 0000 0000", "12", "' or 1=1 --", "x" * 9000):
			forget_limits()
			began = time.perf_counter()
			answer = reporter.come_back(code)
			times[code] = time.perf_counter() - began
			answers[code] = answer.text.replace(reporter.hidden("token"), "")
		assert len(set(answers.values())) == 1
		assert min(times.values()) > 0.05, "each is hashed slowly"


def test_the_page_off_and_on_changes_no_right_of_guests(web):
	switch(False)
	assert not frappe.get_all("DocPerm", {"role": "Guest", "parent": ["like", "SV %"]})
	assert not frappe.get_all("Custom DocPerm", {"role": "Guest", "parent": ["like", "SV %"]})
