"""The pages next to the reporting page: their own texts, and what the institution wrote instead."""

import re

import pytest
from markupsafe import Markup
from people import make_person
from reporting_helpers import DESK, OTHER_DESK, Reporter, page_in_use

import frappe

from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.reporting import page_texts
from sv_helpdesk.reporting.telephone import callable_numbers

pytestmark = pytest.mark.commits
PATHS = {page.path: page for page in page_texts.PAGES}


@pytest.fixture(scope="module")
def reporter(web):
	with page_in_use(DESK, OTHER_DESK):
		yield Reporter(web)


@pytest.fixture
def own():
	"""A function that writes a text as the coordinator; taken away afterwards."""
	made = []
	make_person("page_coordinator", COORDINATOR)

	def write(page: str, text: str, language: str = "nl"):
		frappe.set_user("page_coordinator@uni.example")
		values = {"doctype": "SV Page Text", "page": page, "language": language, "text": text}
		made.append(frappe.get_doc(values).insert())
		frappe.set_user("Administrator")
		frappe.db.commit()
		return made[-1]

	yield write
	frappe.set_user("Administrator")
	for row in made:
		frappe.db.delete("SV Page Text", {"name": row.name})
	frappe.db.commit()


@pytest.mark.parametrize(
	("text", "numbers"),
	[
		("Bel 112.", ["112"]),
		("Bel 113 of 0800-0113, politie 0900-8844", ["113", "08000113", "09008844"]),
		("043-388 1234, (043) 388 12 34 of 06 12345678", ["0433881234", "0433881234", "0612345678"]),
		("+31 (0)43 388 1234 of +31 43 388 1234", ["+31433881234", "+31433881234"]),
		("op 01-02-2026 10 uur, code 1234 5678 9012 3456, 1112, 112e, 112.5, a@0612345678", []),
		("&#112; <b>112</b> <a href='x'>112</a>", ["112"]),
	],
)
def test_a_telephone_number_is_a_link_that_calls(text, numbers):
	source = Markup(text) if "<b>" in text else text
	assert re.findall(r'href="tel:([^"]*)"', callable_numbers(source)) == numbers


def test_a_text_stays_the_text_it_was():
	text = '<script>112</script> & "x" 043-3881234'
	shown = callable_numbers(text)
	assert "<script" not in shown and Markup(shown).striptags() == text


def test_the_number_in_the_shipped_texts_calls(reporter):
	for path in ("/melden/ladder", "/melden/leidinggevenden?lang=en"):
		assert '<a href="tel:112">112</a>' in reporter.get(path).text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("language", "other"), [("nl", "en"), ("en", "nl")])
def test_each_page_has_a_text_of_its_own_in_both_languages(reporter, path, language, other):
	answer = reporter.get(f"/{path}?lang={language}")
	assert answer.status_code == 200 and "<h1>" in answer.text and "Set-Cookie" not in answer.headers
	assert f'<html lang="{language}">' in answer.text
	texts = [str(page_texts.shown(PATHS[path], name)) for name in (language, other)]
	assert texts[0] in answer.text and texts[1] not in answer.text


def test_the_desks_that_take_reports_stand_on_their_page_with_who_reads_them(reporter):
	text = reporter.get("/melden/loketten").text
	assert DESK.title() in text and OTHER_DESK.title() in text and "iedereen die bij dit loket werkt" in text


def test_what_the_coordinator_wrote_counts_and_the_earlier_text_stays(reporter, own):
	first = own("Escalation ladder", "# Onze ladder\n\nZZFIRST")
	second = own("Escalation ladder", "ZZSECOND **vet**")
	text = reporter.get("/melden/ladder").text
	assert "ZZSECOND <strong>vet</strong>" in text and "ZZFIRST" not in text
	assert "ZZSECOND" not in reporter.get("/melden/ladder?lang=en").text
	assert {first.owner, second.owner} == {"page_coordinator@uni.example"}
	second.text = "anders"
	with pytest.raises(frappe.ValidationError, match="stays as it was written"):
		second.save()
	with pytest.raises(frappe.ValidationError, match="can't be deleted"):
		second.delete()
	own("Escalation ladder", "")
	assert "De escalatieladder" in reporter.get("/melden/ladder").text, "the text that comes with the app"


def test_only_the_coordinator_writes_texts(own):
	for role in ("SV CCP Staff", "SV Board", "SV Privacy Officer"):
		frappe.set_user(make_person(f"text_{frappe.scrub(role)}", role))
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(
				{"doctype": "SV Page Text", "page": "Desks", "language": "nl", "text": "x"}
			).insert()
		frappe.set_user("Administrator")


def test_a_text_can_run_nothing_and_load_nothing(reporter, own):
	own(
		"Desks",
		'<script>alert(1)</script> <img src="https://elsewhere.example/x.png" onerror="alert(1)"> '
		"![x](https://elsewhere.example/y.png) [klik](javascript:alert(1)) <style>*{}</style> {{ 7*7 }} "
		'<a href="/melden/code" onclick="x()">x</a> <form action="https://elsewhere.example"><input name="code"></form>',
	)
	text = reporter.get("/melden/loketten").text.split('id="content"')[1].split("<footer>")[0]
	for word in ("<script", "<img", "javascript:", "<style", "onclick", "onerror", "<form", "<input", "49"):
		assert word not in text
