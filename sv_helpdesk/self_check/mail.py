"""The self-check by mail: whether something was found, and how far the access log goes.

The log's position and fingerprint leave the site by it, so that a database that was put back shows
(bench sv-verify-log --position ... --fingerprint ...).
"""

import frappe
from frappe import _

from sv_helpdesk import access_log
from sv_helpdesk.crypto.errors import KeyFileError
from sv_helpdesk.two_persons import notices


def enqueue(count: int) -> None:
	"""Mail everybody who watches, in a job of its own.

	Args:
		count: how many findings there are.
	"""
	frappe.enqueue("sv_helpdesk.self_check.mail.send", count=count, enqueue_after_commit=True, queue="short")


def send(count: int) -> None:
	"""Send the mails; without a mail account, none.

	Args:
		count: how many findings there are.
	"""
	try:
		position, fingerprint = access_log.end()
	except KeyFileError:
		position, fingerprint = 0, "-"
	for user in notices.watchers():
		address, language = frappe.db.get_value("User", user, ["email", "language"])
		sentences = [
			_(
				"The self-check of social safety has {0} findings. Sign in and open the latest.",
				lang=language,
			),
			_("Keep this mail: the access log goes up to position {0}, fingerprint {1}.", lang=language),
		]
		try:
			frappe.sendmail(
				recipients=[address],
				subject=_("Self-check of social safety", lang=language),
				message="<p>".join([sentences[0].format(count), sentences[1].format(position, fingerprint)]),
			)
		except frappe.OutgoingEmailError:
			return
