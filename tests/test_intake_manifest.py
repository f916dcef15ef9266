"""Mails that try to get somewhere they don't belong, through the real mail path, judged as `make intake` does."""

import json
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from intake_helpers import DESK, IT, surroundings

import frappe

from dev.intake import mailboxes_of, run, take_in, with_ticket_numbers
from dev.intake_manifest import Manifest, ManifestError, read_manifest

MANIFEST = Manifest(DESK, IT, {})
SEALED = {"ticket": "new", "confidential": True, "sv_report": True}
FIRST = "<eerste@post.example>"
GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


def mail(text="Ik wil hier graag over praten met iemand.", **headers) -> bytes:
	"""A plain mail as bytes; an underscore in a header's name stands for a hyphen, None leaves it out."""
	message = EmailMessage()
	_set_headers(message, headers)
	message.set_content(text)
	return message.as_bytes()


def _set_headers(message, headers):
	known = {"From": "Saar Kramer <saar@post.example>", "To": DESK, "Subject": "Een vraag over mijn groep"}
	for name, value in {**known, **headers}.items():
		if value is not None:
			message[name.replace("_", "-")] = value


def mixed(*parts, kind="mixed", **headers) -> bytes:
	message = MIMEMultipart(kind)
	_set_headers(message, headers)
	for part in parts:
		message.attach(part)
	return message.as_bytes()


def attached(content: bytes, name: str) -> MIMEApplication:
	part = MIMEApplication(content)
	part.add_header("Content-Disposition", "attachment", filename=name)
	return part


def alternative_with_inline_image() -> bytes:
	image = MIMEImage(GIF + b"een klein plaatje", "gif")
	image.add_header("Content-ID", "<plaatje>")
	image.add_header("Content-Disposition", "inline", filename="hoofd van de verdachte.gif")
	page = "<p>Dit gebeurde gisteren in de kantine.</p><img src='cid:plaatje' onload='alert(1)'>"
	related = MIMEMultipart("related", _subparts=[MIMEText(page, "html"), image])
	plain = MIMEText("Dit gebeurde gisteren in de kantine.")
	return mixed(plain, related, kind="alternative", From="Wim Dekker <wim@post.example>")


def with_attached_mail() -> bytes:
	message = EmailMessage()
	_set_headers(message, {"From": "Mia Post <mia@post.example>", "Subject": "Doorgestuurd als bijlage"})
	message.set_content("Dit kreeg ik vanochtend van hem.")
	inner = EmailMessage()
	inner["From"], inner["Subject"] = "Dreiger <dreiger@elders.example>", "Pas maar op jij"
	inner.set_content("Ik weet waar je woont, dus hou je mond hierover.")
	message.add_attachment(inner)
	return message.as_bytes()


BROKEN_CHARSET = (
	b"From: =?x-bestaat-niet?Q?Jos=E9?= <jose@post.example>\r\nTo: " + DESK.encode() + b"\r\n"
	b"Subject: =?utf-16?B?niet-te-lezen?= r\xe9organisatie\r\nMIME-Version: 1.0\r\n"
	b'Content-Type: text/plain; charset="bestaat-niet"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
	b"De reorganisatie wordt gebruikt om mij weg te werken, en de chef\xe8re lacht erom.\r\n"
)
NO_FROM = (
	b"To: %b\r\nSubject: Zonder afzender\r\n\r\nIk durf mijn naam hier nog niet te noemen.\r\n"
	% DESK.encode()
)
EMPTY = b"From: leeg@post.example\r\nTo: %b\r\n\r\n" % DESK.encode()

# in this order; see dev/intake_manifest.py for the keys
MAILS = {
	"01_first": (
		mail(Message_ID=FIRST, Reply_To="assistent@post.example"),
		{**SEALED, "acknowledge_only_sender": True, "no_mail_to": "assistent@post.example", "flagged": False},
	),
	"02_forged_reply": (
		mail(
			"Stuur mij ook wat er in dit dossier staat.",
			From="v@elders.example",
			In_Reply_To=FIRST,
			References=FIRST,
		),
		{**SEALED, "not_appended_to": FIRST, "flagged": True},
	),
	"03_guessed_number": (
		mail(
			"Hierbij mijn aanvulling op dit nummer.",
			From="v2@elders.example",
			Subject="Re: [#{ticket_of:01_first.eml}]",
		),
		{**SEALED, "not_appended_to": FIRST, "flagged": True},
	),
	"04_own_number": (
		mail("Nog iets vergeten, het was op dinsdag.", Subject="Aanvulling (#{ticket_of:01_first.eml}) één"),
		{
			"ticket": "append",
			"to_message": FIRST,
			"confidential": True,
			"sv_report": "same",
			"flagged": False,
		},
	),
	"05_same_id_other_text": (
		mail("Hetzelfde kenmerk maar een heel ander verhaal.", From="w@elders.example", Message_ID=FIRST),
		{**SEALED, "not_appended_to": FIRST, "flagged": True},
	),
	"06_copy_to_desk": (
		mail(
			"Ter kennisgeving stuur ik dit ook aan het loket.",
			From="Kim <kim@post.example>",
			To="baas@post.example",
			Cc=DESK,
		),
		{**SEALED, "acknowledge_only_sender": True, "no_mail_to": ["baas@post.example", DESK]},
	),
	"07_tag": (
		mail(
			"Via het formulier op de afdelingspagina.",
			From="tag@post.example",
			To=DESK.replace("@", "+web@").upper(),
		),
		SEALED,
	),
	"08_inline_image": (
		alternative_with_inline_image(),
		{
			**SEALED,
			"attachments": 1,
			"attachments_private": True,
			"no_active_content": True,
			"min_body_chars": 30,
		},
	),
	"09_attached_mail": (with_attached_mail(), {**SEALED, "attachments": 1, "attachments_private": True}),
	"10_broken_charset": (
		BROKEN_CHARSET,
		{**SEALED, "min_body_chars": 60, "subject_contains": "organisatie"},
	),
	"11_no_from": (NO_FROM, {**SEALED, "flagged": True, "acknowledge_only_sender": False}),
	"12_huge": (
		mixed(
			MIMEText("Het filmpje zit erbij, het is nogal groot."),
			attached(b"beeld na beeld " * 9000, "kantine.mp4"),
		),
		{**SEALED, "attachments": 1, "attachments_private": True},
	),
	"13_it_with_sealed_number": (
		mail(
			"Mijn beeldscherm knippert de hele dag.",
			From="it1@post.example",
			To=IT,
			Subject="Scherm #{ticket_of:01_first.eml}",
		),
		{"ticket": "new", "confidential": False, "sv_report": False, "not_appended_to": FIRST},
	),
	"14_it_reply_to_sealed": (
		mail(
			"Mijn muis doet het ook al niet meer.",
			From="it2@post.example",
			To=IT,
			In_Reply_To=FIRST,
			Message_ID="<it@post.example>",
		),
		{"ticket": "new", "confidential": False, "sv_report": False, "not_appended_to": FIRST},
	),
	"15_web_form": (
		mail(
			"Ingevuld op de website, zonder naam erbij.",
			From="formulier@post.example",
			Auto_Submitted="auto-generated",
		),
		{**SEALED, "acknowledge_only_sender": False},
	),
	"16_empty": (EMPTY, SEALED),
	"17_both": (
		mail(
			"De chef leest mee in de postbus van de helpdesk.",
			From="beide@post.example",
			To=f"{IT}, Loket <{DESK}>",
		),
		{**SEALED, "acknowledge_only_sender": True},
	),
	"18_it_thread_to_desk": (
		mail(
			"Dit hoort eigenlijk bij jullie en niet bij de helpdesk.",
			From="it2@post.example",
			In_Reply_To="<it@post.example>",
		),
		{**SEALED, "not_appended_to": "<it@post.example>"},
	),
	"19_same_again": (
		mail(Message_ID=FIRST, Reply_To="assistent@post.example"),
		{"ticket": "none", "sv_report": False},
	),
	"20_out_of_office": (
		mail(
			"Ik ben er deze week even helemaal niet.", From="weg@post.example", Auto_Submitted="auto-replied"
		),
		{"ticket": "none", "sv_report": False, "confidential": True, "acknowledge_only_sender": False},
	),
	"21_script": (
		mail(
			"<b onclick=x>Vet</b> <script>alert(1)</script> & <3",
			Subject="<img src=x onerror=alert(1)> hulp",
			From="s@post.example",
		),
		{**SEALED, "no_active_content": True},
	),
	"22_comma_in_name": (
		mail(
			"Mijn naam staat andersom in de kop.",
			From="=?utf-8?q?Jans=C3=A9n=2C_Piet?= <piet@post.example>",
			To=f"=?utf-8?q?Loket=2C_veilig?= <{DESK}>",
		),
		{**SEALED, "acknowledge_only_sender": True},
	),
	"24_invitation": (
		mixed(
			MIMEText("Komt dit moment voor jullie gelegen?"),
			MIMEText("BEGIN:VCALENDAR\nSUMMARY:Gesprek over hem\nEND:VCALENDAR", "calendar"),
			kind="alternative",
			From="agenda@post.example",
		),
		{**SEALED, "attachments": 1, "attachments_private": True, "min_body_chars": 30},
	),
	"25_files_in_the_richest_form": (
		mixed(
			MIMEText("Alleen tekst, zonder het bewijs erbij."),
			MIMEMultipart(
				_subparts=[
					MIMEText("<p>Met het bewijs erbij, zie onder.</p>", "html"),
					attached(b"%PDF bewijs", "b.pdf"),
				]
			),
			kind="alternative",
			From="appel@post.example",
		),
		{**SEALED, "attachments": 1, "attachments_private": True, "min_body_chars": 20},
	),
	"26_picture_instead_of_text": (
		mixed(
			MIMEText("De tekst staat alleen in de kale vorm."),
			MIMEText("<img src='https://volger.example/1.gif'>", "html"),
			kind="alternative",
			From="plaatje@post.example",
		),
		{**SEALED, "attachments": 0, "min_body_chars": 30, "no_active_content": True},
	),
	"27_damaged_parts": (
		f"From: kapot@post.example\nTo: {DESK}\nSubject: kapot\nContent-Type: multipart/mixed; boundary=weg\n\n"
		"Dit bericht heeft geen enkele grens tussen de delen.\n".encode(),
		{**SEALED, "min_body_chars": 40},
	),
	"28_absence_of_exchange": (
		mail(
			"Tot en met vrijdag lees ik mijn berichten niet.",
			From="afwezig@post.example",
			Subject="Automatic reply: Your message",
			Auto_Submitted="auto-generated",
			X_Auto_Response_Suppress="All",
		),
		{"ticket": "none", "sv_report": False, "confidential": True, "acknowledge_only_sender": False},
	),
	"29_through_a_list": (
		mail(
			"Via de lijst van alle medewerkers, dus let op.",
			From="lid@post.example",
			To=f"iedereen@post.example, {DESK}",
			List_Id="<iedereen.post.example>",
			Precedence="list",
		),
		{
			**SEALED,
			"acknowledge_only_sender": False,
			"no_mail_to": ["iedereen@post.example", "lid@post.example"],
		},
	),
	"30_links": (
		mixed(
			MIMEText(
				"<a href='/api/method/logout'>Klik hier maar eens even op</a> <a href='//e.example'>en hier</a>",
				"html",
			),
			From="link@post.example",
		),
		{**SEALED, "no_active_content": True},
	),
	"31_fragment_of_a_text": (
		mail(
			"Het tweede deel volgt morgen na de vergadering.",
			From="deel@post.example",
			Subject=None,
			Date="geen datum",
		),
		SEALED,
	),
}


def write(folder, mails, **manifest):
	folder.mkdir(exist_ok=True)
	for name, (raw, _expected) in mails.items():
		(folder / f"{name}.eml").write_bytes(raw)
	messages = {f"{name}.eml": expected for name, (_raw, expected) in mails.items()}
	content = {"confidential_address": DESK, "it_address": IT, "messages": messages, **manifest}
	(folder / "manifest.json").write_text(json.dumps(content))
	return folder


def faults(results):
	return {result.file: result.faults for result in results if result.faults}


def from_others(mails, word):
	"""The same mails from other people and with another text, so that the site doesn't know them already."""
	changed = {}
	for name, (raw, expected) in mails.items():
		raw = raw.replace(b"post.example", f"{word}.example".encode()).replace(
			b"Zonder afzender", word.encode()
		)
		raw = raw.replace(b"elders.example", f"elders-{word}.example".encode())
		changed[name] = raw, json.loads(json.dumps(expected).replace("post.example", f"{word}.example"))
	return changed


@pytest.mark.commits
@pytest.mark.parametrize(
	"order, only",
	[
		("it-first", ""),
		# what the order can matter for; all of them are among the slow tests
		("desk-first", "01 06 13 14 17 18 20"),
		pytest.param("all-desk-first", "", marks=pytest.mark.slow),
	],
)
def test_nasty_mails_become_what_they_should(tmp_path, order, only, monkeypatch):
	mails = {name: both for name, both in MAILS.items() if not only or name[:2] in only.split()}
	folder = write(tmp_path / "mails", from_others(mails, order))
	with surroundings(tmp_path, desk_first=order != "it-first") as around:
		monkeypatch.setitem(frappe.local.conf, "max_file_size", 50_000)
		assert faults(run(folder, read_manifest(folder), around)) == {}


@pytest.mark.commits
def test_a_bounce_of_our_own_mail_is_shown_on_its_case(tmp_path):
	with surroundings(tmp_path) as around:
		first = take_in(
			mail("Dit adres bestaat straks niet meer.", From="stuk@post.example"), MANIFEST, around
		)
		(acknowledgement,) = first.sent
		ours = acknowledgement.raw.decode().partition("Message-ID: <")[2].partition(">")[0]
		bounce = (
			f"From: MAILER-DAEMON@post.example\r\nTo: {DESK}\r\nSubject: Undeliverable\r\nMIME-Version: 1.0\r\n"
			'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
			"--b\r\nContent-Type: text/plain\r\n\r\nNo such mailbox.\r\n"
			"--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; stuk@post.example\r\n"
			"Action: failed\r\nStatus: 5.1.1\r\n\r\n"
			f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{ours}>\r\n\r\n--b--\r\n"
		)
		second = take_in(bounce.encode(), MANIFEST, around)
		assert second.new_tickets == [] and second.sent == []
		assert second.tickets == first.tickets
		report = frappe.get_doc("SV Report", second.incoming[0].report)
		assert "mail_not_delivered" in report.attention
		sent = frappe.get_all(
			"SV Message", {"report": report.name, "direction": "Outgoing"}, ["delivery_status"]
		)
		assert [row.delivery_status for row in sent] == ["Bounced"]


@pytest.mark.commits
def test_every_key_notices_when_it_is_not_so(tmp_path):
	wrong = {
		"ticket": "none",
		"to_message": "<nergens@post.example>",
		"not_appended_to": "<nergens@post.example>",
		"confidential": False,
		"sv_report": "same",
		"flagged": True,
		"attachments": 2,
		"attachments_private": False,
		"subject_contains": "iets anders",
		"min_body_chars": 1000,
		"no_active_content": False,
		"acknowledge_only_sender": False,
		"no_mail_to": "check@post.example",
	}
	part = attached(b"het filmpje van de kantine", "kantine.mp4")
	raw = mixed(MIMEText("Kijk zelf maar."), part, From="check@post.example")
	folder = write(tmp_path / "mails", {"1": (raw, wrong)})
	with surroundings(tmp_path) as around:
		(result,) = run(folder, read_manifest(folder), around)
	assert {fault.partition(":")[0].removeprefix("not ") for fault in result.faults} == set(wrong)


@pytest.mark.commits
@pytest.mark.parametrize("place", ["ticket", "comment", "file", "log"])
def test_a_leak_is_noticed(tmp_path, place, monkeypatch):
	from sv_helpdesk.helpdesk import intake

	take_in_as_ever = intake.take_in
	# the bench's logs may have it from an earlier run
	text = f"Dit mag echt nergens anders staan dan hier, {frappe.generate_hash(length=10)}."

	def leak(raw, desk, mailbox, **options):
		outcome = take_in_as_ever(raw, desk, mailbox, **options)
		ticket = frappe.db.get_value("SV Report", outcome.report, "ticket")
		if place == "ticket":
			frappe.db.set_value("HD Ticket", ticket, "description", text)
		elif place == "comment":
			comment = {"doctype": "Comment", "comment_type": "Info", "content": text}
			frappe.get_doc(
				{**comment, "reference_doctype": "HD Ticket", "reference_name": ticket}
			).db_insert()
		elif place == "file":
			(tmp_path / "leak").write_text(text)
			(tmp_path / "leak").rename(frappe.get_site_path("private", "files", "leak-of-a-test"))
		else:
			frappe.logger("leak-of-a-test", allow_site=True).error(text)
		return outcome

	monkeypatch.setattr(intake, "take_in", leak)
	folder = write(tmp_path / "mails", {"1": (mail(text, From=f"{place}@post.example"), {"why": "it leaks"})})
	with surroundings(tmp_path) as around:
		(result,) = run(folder, read_manifest(folder), around)
	assert "stands in clear" in " ".join(result.faults)
	leaked = Path(frappe.get_site_path("private", "files", "leak-of-a-test"))
	for path in (leaked, *Path(frappe.local.sites_path).glob("../logs/leak-of-a-test*")):
		path.unlink(missing_ok=True)


@pytest.mark.parametrize(
	"change, said",
	[
		({"1.eml": {"ticket": "newish"}}, "1.eml: ticket is"),
		({"1.eml": {"sv_report": 1}}, "1.eml: sv_report is"),
		({"1.eml": {"flagged": "yes"}}, "1.eml: flagged is"),
		({"1.eml": {"attachments": True}}, "1.eml: attachments is"),
		({"1.eml": {"colour": "red"}}, "1.eml: unknown key colour"),
		({"1.eml": []}, "1.eml: its entry is no object"),
		({"1.eml": {}, "2.eml": {}}, "2.eml is in the manifest, but not in the folder"),
		({}, "1.eml is in the folder, but not in the manifest"),
	],
)
def test_a_faulty_manifest_is_refused(tmp_path, change, said):
	folder = write(tmp_path, {"1": (EMPTY, {})}, messages=change)
	with pytest.raises(ManifestError, match=said):
		read_manifest(folder)


def test_faulty_folders_are_refused(tmp_path):
	with pytest.raises(ManifestError, match="There is no folder"):
		read_manifest(tmp_path / "nowhere")
	with pytest.raises(ManifestError, match=r"no manifest\.json"):
		read_manifest(tmp_path)
	(tmp_path / "manifest.json").write_text("{")
	with pytest.raises(ManifestError, match="can't be read as JSON"):
		read_manifest(tmp_path)
	(tmp_path / "manifest.json").write_text('{"messages": {}, "it_adress": "a@b"}')
	with pytest.raises(ManifestError, match="unknown key it_adress"):
		read_manifest(tmp_path)


class _Ticket:
	new_tickets = ["0042"]


@pytest.mark.parametrize(
	"subject, expected",
	[
		(b"Re: [#{ticket_of:a.eml}]", b"Re: [#0042]"),
		(b"Re:\r\n [#{ticket_of:a.eml}]", b"Re:\r\n [#0042]"),
		(b"=?utf-8?q?=C3=A9=C3=A9n_#=7Bticket=5Fof:a.eml=7D?=", "één #0042".encode()),
		(b"niets", b"niets"),
	],
)
def test_ticket_numbers_are_put_into_subjects(subject, expected):
	from dev.leak_search import decoded

	raw = b"From: a@b.example\r\nSubject: " + subject + b"\r\nTo: c@d.example\r\n\r\n#{ticket_of:a.eml}\r\n"
	result = with_ticket_numbers(raw, {"a.eml": _Ticket()})
	head, _, body = result.partition(b"\r\n\r\n")
	value = head.partition(b"Subject: ")[2].partition(b"To:")[0].rstrip()
	assert (decoded(value.decode()).encode() if b"=?" in subject else value) == expected
	assert body == b"#{ticket_of:a.eml}\r\n" and b"To: c@d.example" in head


def test_a_ticket_that_was_never_made_is_said():
	with pytest.raises(ManifestError, match="made none"):
		with_ticket_numbers(b"Subject: #{ticket_of:b.eml}\n\n", {})


@pytest.mark.parametrize(
	"headers, boxes",
	[
		({"To": f"X <{DESK.upper()}>"}, [DESK]),
		({"To": IT, "Cc": DESK.replace("@", "+a@")}, [IT, DESK]),
		({"To": f'"loket, {DESK}" <{IT}>'}, [IT]),
		({"To": "undisclosed-recipients:;"}, [DESK]),
	],
)
def test_mails_go_to_whom_they_are_addressed(headers, boxes):
	assert mailboxes_of(mail(**headers), MANIFEST) == boxes
