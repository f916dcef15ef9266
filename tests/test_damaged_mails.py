"""Mails as no mail program should write them are read all the same: a damaged header costs nobody a report."""

import pytest

from sv_helpdesk.helpdesk import incoming_mail

HEAD = b"From: a@uni.example\nTo: b@uni.example\n"


@pytest.mark.parametrize(
	"mail",
	[
		b"Subject: =?utf-8?b?a?=\n\nZZBODY",
		b"Subject: =?utf-7?q?+2AA-?=\n\nZZBODY",
		b"Subject: =?undefined?q?a?=\n\nZZBODY",
		b"Date: Fri, 31 Dec 9999 23:59:59 -1200\n\nZZBODY",
		b"Date: Mon, 01 Jan 0001 00:00:00 +1400\n\nZZBODY",
		b"Date: 1 Jan 99999999999999999999 00:00:00\n\nZZBODY",
		b"Received: from x by y; Mon, 01 Jan 0001 00:00:00 +0000\n\nZZBODY",
		b"Content-Type: text/plain; charset=undefined\n\nZZBODY",
		b"Content-Type: text/plain; charset=idna\n\nZZBODY \xff",
		b'Content-Type: text/plain; charset="utf\x00"\n\nZZBODY',
		b"Content-Type: text/plain; charset=unicode_escape\n\nZZBODY \\ud800",
		b"Content-Type: text/html; charset=utf-7\n\n<b>ZZBODY +2AA-</b>",
		b"\n" + b"ZZBODY \xff\xfe\x00",
	],
)
def test_a_damaged_mail_keeps_its_text(mail):
	read = incoming_mail.read(HEAD + mail)
	assert "ZZBODY" in read.body
	f"{read.subject}{read.body}{read.sender}".encode()
	assert not read.received_at or read.received_at.year > 1970


@pytest.mark.parametrize(
	"name",
	[
		b'filename="=?utf-8?b?a?="',
		b"filename*=utf-7''+2AA-",
		b"filename*=undefined''a",
		b"filename*=idna''%FF",
		b"filename*=utf%00''a",
		b"filename*=unicode_escape''%5Cud800",
	],
)
def test_a_file_with_a_damaged_name_is_kept(name):
	mail = HEAD + b"Content-Type: application/x\nContent-Disposition: attachment; " + name + b"\n\nZZFILE"
	(file,) = incoming_mail.read(mail).attachments
	file.name.encode()
	assert file.content == b"ZZFILE"


def test_an_attached_mail_that_can_not_be_written_again_as_it_was_is_kept():
	inner = b'Subject: x\nContent-Type: multipart/mixed; boundary="\xe9"\n\n--\xe9\n\nZZINNER\n--\xe9--\n'
	(file,) = incoming_mail.read(HEAD + b"Content-Type: message/rfc822\n\n" + inner).attachments
	assert b"ZZINNER" in file.content
