"""Mails for tests."""

from email.message import EmailMessage


def make_mail(
	sender="iemand@voorbeeld.example",
	to="meldpunt@voorbeeld.example",
	subject="Vraag",
	text="Goedemiddag",
	**headers,
):
	"""Return a plain mail as bytes.

	Args:
		sender: for From.
		to: for To.
		subject: for Subject.
		text: the body.
		headers: further headers; an underscore stands for a hyphen (`In_Reply_To="<1@x>"`).
	"""
	mail = EmailMessage()
	mail["From"], mail["To"], mail["Subject"] = sender, to, subject
	for name, value in headers.items():
		mail[name.replace("_", "-")] = value
	mail.set_content(text)
	return mail.as_bytes()
