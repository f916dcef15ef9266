"""What decides in `make leaks`: it finds a canary however an answer is packed, and tells an oracle from noise."""

import base64
import gzip
import io
import json
import zipfile
from urllib.parse import quote

import pytest

from dev.leaks.canaries import EXISTENCE, HOST, Registry
from dev.leaks.expected import MAY_SEE, may_know, may_see
from dev.leaks.judge import Answer, difference, differs, found
from dev.leaks.people import ACCUSED, IDENTITIES

TEXT = 'Zij zei "ik durf niet" & ging weg — {} & meer'


@pytest.fixture
def registry():
	return Registry()


@pytest.fixture
def canary(registry):
	return registry.new("ccp1/SV Note/talk/body")


def answer(body: bytes, status: int = 200, **headers: str) -> Answer:
	return Answer(status, headers, body)


def zipped(content: bytes) -> bytes:
	file = io.BytesIO()
	with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
		archive.writestr("map/gesprek.txt", content)
	return file.getvalue()


def spreadsheet(text: str) -> bytes:
	import openpyxl

	book, file = openpyxl.Workbook(), io.BytesIO()
	book.active.append(["Naam", text])
	book.save(file)
	return file.getvalue()


def pdf(text: str) -> bytes:
	import zlib

	stream = zlib.compress(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode())
	return b"%%PDF-1.4\n1 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n%%%%EOF" % (
		len(stream),
		stream,
	)


PACKED = {
	"plain": lambda text: text.encode(),
	"upper case": lambda text: text.upper().encode(),
	"JSON in JSON": lambda text: json.dumps({"message": json.dumps(text)}).encode(),
	"letters as \\u": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text).encode(),
	"HTML by numbers": lambda text: "".join(f"&#{ord(letter)};" for letter in text).encode(),
	"URL": lambda text: quote(text).encode(),
	"every letter URL-quoted": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
	"broken lines of a mail": lambda text: text.replace("zq", "zq=\n").encode(),
	"UTF-16": lambda text: text.encode("utf-16"),
	"base64": lambda text: b'{"file": "' + base64.b64encode(text.encode()) + b'"}',
	"base64, shifted": lambda text: b"data:" + base64.b64encode(b"xy" + text.encode()),
	"gzip": lambda text: gzip.compress(text.encode()),
	"zip": lambda text: zipped(text.encode()),
	"zip in gzip": lambda text: gzip.compress(zipped(text.encode())),
	"spreadsheet": spreadsheet,
	"PDF": pdf,
	"PDF in JSON": lambda text: json.dumps({"pdf": base64.b64encode(pdf(text)).decode()}).encode(),
}


@pytest.mark.parametrize("way", PACKED)
def test_a_canary_is_found_however_it_is_packed(way, registry, canary):
	packed = answer(PACKED[way](TEXT.format(canary)))
	assert [hit.text for hit in found(packed, registry, "")] == [canary]


def test_a_canary_is_found_in_a_header(registry, canary):
	assert found(answer(b"", x_file=f'attachment; filename="{canary}.txt"'), registry, "")


def test_what_the_request_said_is_no_news(registry, canary):
	assert found(answer(canary.encode()), registry, f"q={canary.upper()}") == []
	name = registry.add("4f1c2a9b7e", "ccp1/SV Report/case/name")
	assert found(answer(f"{name} isn't yours".encode()), registry, f"GET /x/{name}") == []
	assert found(answer(f"see {name}".encode()), registry, "GET /x")


def test_a_name_inside_a_longer_word_is_none(registry):
	registry.add("4f1c2a9b7e", "ccp1/SV Report/case/name")
	assert found(answer(b"0x4f1c2a9b7e99"), registry, "") == []


def test_ciphertext_and_other_words_are_no_leak(registry, canary):
	sealed = base64.b64encode(bytes(range(256))).decode()
	assert found(answer(f"sv1:{sealed} zq{'x' * 16}".encode()), registry, "") == []


def test_another_status_is_an_oracle():
	assert differs(answer(b"no", 403), "aaaa", answer(b"no", 404), "bbbb")


def test_what_makes_an_oracle_is_shown_with_the_words_around_it():
	told = difference(answer(b"there is nothing"), "aaaa", answer(b"there is a thing"), "bbbb")
	assert "there is nothing" in told and "there is a thing" in told


def test_another_count_is_an_oracle():
	assert differs(answer(b'{"message":1}'), "aaaa", answer(b'{"message":0}'), "bbbb")


def test_a_longer_answer_is_an_oracle():
	assert differs(answer(b"No right to read."), "aaaa", answer(b"No right."), "bbbb")


def test_the_name_asked_for_the_moment_and_the_session_are_no_oracle():
	first = answer(b"aaaa: no, 2024-05-06 07:08:09.123456", date="x", set_cookie="a")
	second = answer(b"bbbb: no, 2024-05-06 07:08:10.5", date="y", set_cookie="a")
	assert not differs(first, "aaaa", second, "bbbb")


def test_everybody_who_signs_in_has_an_expectation():
	assert {who.key for who in IDENTITIES} == set(MAY_SEE)
	assert len(IDENTITIES) >= 15


def test_nobody_may_see_anything_of_the_case_they_are_accused_in(registry):
	elsewhere = {"accused adviser": "accused at advisers", "accused ombuds officer": "accused at ombuds"}
	for person in ACCUSED:
		case = elsewhere.get(person.function, "accused")
		for place in (case, f"table of {case}"):
			text = registry.new(f"{place}/SV Report/case/narrative")
			assert not may_see(person.function, registry.canaries[text])
			assert not may_know(person.function, f"{place}/SV Report/case")


def test_knowing_that_a_case_exists_is_not_reading_it(registry):
	name = registry.add("4f1c2a9b7e", "ccp1/SV Report/case/name", EXISTENCE)
	text = registry.new("ccp1/SV Report/case/narrative")
	assert may_see("administrator", registry.canaries[name])
	assert not may_see("administrator", registry.canaries[text])


def test_what_the_helpdesk_shows_everybody_may_see(registry):
	text = registry.new("helpdesk/HD Ticket/by mail/subject", HOST)
	assert may_see("guest", registry.canaries[text])
