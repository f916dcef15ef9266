"""What confidential mails say is found nowhere: database, its raw files, uploads, Redis, logs.

Each mail carries the same random word, so that any piece of it that is left anywhere gives itself away, and
nothing that other tests wrote can be taken for it. First the search itself is put to the test.
"""

import base64
import quopri
import re
import time
import traceback
from pathlib import Path
from urllib.parse import quote

import pytest
from intake_helpers import DESK, IT, WORKER, surroundings
from searching import everywhere, near_words, new_word, search_for

import frappe
from frappe.utils.background_jobs import execute_job

from dev import leak_search
from dev.institution import PASSWORD
from dev.intake import do_jobs, mailboxes_of, read_mailbox
from dev.intake_manifest import Manifest

pytest_plugins = ["searching"]

MAILS = Path(__file__).resolve().parent.parent / "fixtures" / "mails"
NOT_CONFIDENTIAL = "14_it_question.eml"
OLD_DESK, OLD_IT = b"sociale-veiligheid@uni.example", b"servicedesk@uni.example"


def marked(raw: bytes, word: str) -> bytes:
	"""A mail of the fixtures for the desk of this test, with the word in all that it says."""
	mark = word.encode()
	head, gap, body = raw.partition(b"\n\n")
	head = head.replace(OLD_DESK, DESK.encode()).replace(OLD_IT, IT.encode())
	# senders' addresses and Message-IDs
	head = re.sub(rb"([\w.-]+)@(uni|mail)\.example", rb"\1-%b@\2.example" % mark, head)
	head = re.sub(rb"^From: (=\?|[^<\n]* )?", rb"From: %b \1" % mark, head, flags=re.MULTILINE)
	head = re.sub(rb"^Subject: ?", rb"Subject: %b " % mark, head, flags=re.MULTILINE)
	body = body.replace(b'filename="', b'filename="%b ' % mark)
	if b"multipart/" in head:
		content = base64.encodebytes(b"%b in een bijlage, %b. " % (mark, mark) * 40)
		return head + gap + re.sub(rb"(?s)\n\n(JVBER|iVBOR).*?\n\n--", rb"\n\n%b\n--" % content, body)
	return head + gap + re.sub(rb"^(?=[^\n=])", mark + b" ", body, flags=re.MULTILINE)


FORMS = {
	"plain": lambda word: f"voor {word} na",
	"base64": lambda word: base64.b64encode(f"xy {word} z".encode()).decode(),
	"quoted-printable": lambda word: quopri.encodestring(f"één {word}".encode()).decode(),
	"URL": lambda word: quote(f"één & {word}"),
	"hexadecimal": lambda word: f"één {word}".encode().hex(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_search_knows_a_text_in_all_its_forms(form):
	text = "Zoë's klacht <over> de chef & co"
	encodings = {
		"quoted-printable": lambda word: quopri.encodestring(word.encode()).decode(),
		"URL": quote,
		"hexadecimal": lambda word: word.encode().hex(),
	}
	written = encodings.get(form, FORMS[form])(text)
	assert leak_search.Search([text]).found([("here", written.encode())]) == [("here", text)]
	assert leak_search.Search([text]).found([("here", written.encode()[:-9].replace(b"klacht", b""))]) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "latin-1"])
def test_the_search_knows_a_text_in_other_encodings(encoding):
	content = "na geïntimideerd te zijn".encode(encoding)
	assert leak_search.Search(["geïntimideerd"]).found([("here", content)])


@pytest.mark.commits
def test_the_search_finds_what_is_planted_in_each_place(database_root, taps, tmp_path):
	since = time.time() - 2
	words = {form: new_word() for form in FORMS}
	texts = {form: FORMS[form](word) for form, word in words.items()}
	note = frappe.get_doc(
		{"doctype": "Note", "title": new_word(), "content": " ".join(texts.values())}
	).insert()
	frappe.db.commit()
	gone = new_word()
	doomed = frappe.get_doc({"doctype": "Note", "title": gone}).insert()
	frappe.db.commit()
	frappe.db.delete("Note", {"name": doomed.name})
	frappe.db.commit()
	named, packed, cached, said, logged, utf16 = (new_word() for _ in range(6))
	folder = Path(frappe.get_site_path("private", "files"))
	planted = [folder / f"{named}.bin", folder / f"{note.name}.txt"]
	planted[0].write_bytes(utf16.encode("utf-16-le"))
	planted[1].write_text(texts["base64"])
	frappe.cache.set_value(f"planted-{cached}", {"text": cached}, expires_in_sec=60)
	frappe.enqueue("frappe.ping", queue="long", text=packed)
	frappe.cache.set_value(f"said-{said}", 1)
	frappe.cache.delete_value(f"said-{said}")
	frappe.logger("planted-by-a-test", allow_site=True).error(logged)
	planted += Path(frappe.local.sites_path).glob("../logs/planted-by-a-test*")
	try:
		places = list(near_words((*everywhere(database_root, since), *taps())))
		every_word = (*words.values(), gone, named, packed, cached, said, logged, utf16)
		files = {word: set() for word in every_word}
		for place, word in search_for(*every_word).found(places):
			files[word].add(place)
		where = {word: {place.partition(":")[0] for place in found} for word, found in files.items()}
		for word in words.values():
			assert "database dump" in where[word]
			assert not database_root or "database folder" in where[word]
		if database_root:
			plain = files[words["plain"]]
			assert "database folder: tabNote.ibd" in plain
			assert any("ib_logfile" in place for place in plain)
			assert any("binlog" in place for place in plain)
		# what was deleted is not in the tables any more, but in what the database wrote
		assert "database dump" not in where[gone] and (not database_root or "database folder" in where[gone])
		assert "site" in where[words["base64"]] and "site" in where[named] and "site" in where[utf16]
		assert "redis_cache" in where[cached] and "redis_queue" in where[packed]
		assert "said to redis_queue" in where[packed] and "said to redis_cache" in where[said]
		assert where[said] == {"said to redis_cache"}
		assert where[logged] & {"logs", "site"}
	finally:
		for path in planted:
			path.unlink(missing_ok=True)
		frappe.db.delete("Note", {"name": note.name})
		frappe.db.commit()
		do_jobs()


@pytest.mark.commits
def test_nothing_of_confidential_mails_is_left_in_clear(tmp_path, database_root, taps, web):
	since, word = time.time() - 2, new_word()
	addresses = Manifest(DESK, IT, {})
	with surroundings(tmp_path) as around:
		before = set(frappe.get_all("SV Report", pluck="name"))
		count = 0
		for file in sorted(MAILS.glob("*.eml")):
			if file.name == NOT_CONFIDENTIAL:
				continue
			raw = marked(file.read_bytes(), word)
			assert raw.count(word.encode()) >= 4, file.name
			for address in mailboxes_of(raw, addresses):
				around.dovecot.deliver(address, raw)
			count += 1
		assert count == 16
		for account in around.accounts:
			read_mailbox(account)
		do_jobs()
		frappe.db.rollback()
		reports = set(frappe.get_all("SV Report", pluck="name")) - before
		assert len(reports) == 12
		_work_on(reports, word, web)
		do_jobs()
	assert search_for(word).found(everywhere(database_root, since)) == []
	assert search_for(word).found(taps()) == []
	assert search_for(word).found([("web server", web.output().encode())]) == []


TAKING_IN = "sv_helpdesk.helpdesk.intake.take_in"
FAILURES = {
	"reading it": ["sv_helpdesk.helpdesk.incoming_mail.read"],
	"taking it in": [TAKING_IN],
	"making the ticket": ["sv_helpdesk.helpdesk.sealed_ticket.create"],
	"even holding it": [TAKING_IN, "sv_helpdesk.helpdesk.held_mail.hold"],
}


@pytest.mark.commits
@pytest.mark.parametrize("failing", FAILURES)
def test_a_mail_that_can_not_be_processed_is_not_left_in_clear(tmp_path, failing, monkeypatch, capfd):
	word, raw_mails = new_word(), []
	for number, (sender, to) in enumerate(((True, DESK), (True, f"{IT}, {DESK}"), (False, f"{IT}, {DESK}"))):
		sender = f"From: {word} Vos <{word}@mail.example>\r\n" if sender else ""
		text = f"To: {to}\r\nSubject: {word}\r\nMessage-ID: <{number}.{word}@x>\r\n\r\nHij riep {word} naar mij.\r\n"
		raw_mails.append((sender + text).encode())

	def fail(*arguments, **_named):
		said = raw_mails[0].decode()
		raise ValueError(f"can't go on with {said} {arguments}")

	with surroundings(tmp_path) as around:
		for path in FAILURES[failing]:
			monkeypatch.setattr(path, fail)
		held = frappe.db.count("SV Held Mail")
		for raw in raw_mails:
			for address in mailboxes_of(raw, Manifest(DESK, IT, {})):
				around.dovecot.deliver(address, raw)
		for account in around.accounts:
			_read_as_a_job(account)
		do_jobs()
		frappe.db.rollback()
		if failing == "even holding it":
			# it waits on the mail server
			assert "S" not in "".join(flags for flags, _raw in around.dovecot.messages(DESK))
		else:
			assert frappe.db.count("SV Held Mail") >= held + 3
	assert search_for(word).found(everywhere(None, 0)) == []
	assert word not in "".join(capfd.readouterr())


def _read_as_a_job(account):
	method = "frappe.email.doctype.email_account.email_account.pull_from_email_account"
	try:
		execute_job(frappe.local.site, method, None, method, {"email_account": account}, is_async=False)
	except Exception as error:
		print("".join(traceback.format_exception(error)))


def _work_on(reports, word, web):
	"""Read every case as the case worker does, write in one, answer, and make some mistakes."""
	session = web.login(WORKER.user, PASSWORD)

	def call(method, **values):
		return session.post(f"{web.base_url}/api/method/{method}", data=values)

	read = ""
	for report in sorted(reports):
		form = session.get(
			f"{web.base_url}/api/method/frappe.desk.form.load.getdoc?doctype=SV+Report&name={report}"
		)
		dialogue = call("sv_helpdesk.helpdesk.conversation.of_case", report=report)
		assert form.ok and dialogue.ok
		read += form.text + dialogue.text
	assert read.count(word) > 50, "the case worker could not read the mails"
	message = dialogue.json()["message"][-1]["name"]
	assert call("sv_helpdesk.helpdesk.outbox.reply", message=message, text=f"Dank, {word}.").ok
	doc = form.json()["docs"][0]
	saved = call(
		"frappe.desk.form.save.savedocs",
		doc=frappe.as_json({**doc, "narrative": f"Zij zei {word}."}),
		action="Save",
	)
	assert saved.ok, saved.text[-500:]
	# a faulty value, an unknown method, a stale form: each ends in an error
	newer = saved.json()["docs"][0]
	for faulty in (
		{**newer, "unit": f"{word}"},
		{**newer, "narrative": word, "main_category": word},
		{**doc, "narrative": word},
	):
		assert not call("frappe.desk.form.save.savedocs", doc=frappe.as_json(faulty), action="Save").ok
	assert not call("frappe.client.no_such_method", doctype="SV Report", text=word).ok
	assert not call(
		"frappe.client.insert", doc=frappe.as_json({"doctype": "SV Note", "report": word, "body": word})
	).ok
