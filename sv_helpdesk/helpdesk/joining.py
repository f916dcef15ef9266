"""Asks a desk's own reporter whether their report may be looked at together with others (UM 3.7, R1)."""

import frappe
from frappe import _

from sv_helpdesk.helpdesk import outbox
from sv_helpdesk.permissions import repetition
from sv_helpdesk.social_safety import reporters


@frappe.whitelist(methods=["POST"])
def ask(report: str) -> None:
	"""Send the reporter of a case the question, as an answer to their latest mail and in the case's language.

	It doesn't say what others told, nor about whom. What they answer is recorded as a consent.

	Args:
		report: name of the SV Report.

	Raises:
		frappe.PermissionError: the session's user doesn't work on this case; the same whether it exists or not.
		frappe.ValidationError: there is no signal to this user, or no mail to answer.
	"""
	if not repetition.numbers(report):
		frappe.throw(_("There is no signal of repetition that you can ask about. Ask who runs the desk."))
	message = frappe.db.get_value(
		"SV Message",
		{
			"report": report,
			"direction": "Incoming",
			"automatic": 0,
			"sender_index": ["in", reporters.addresses(report)],
		},
		"name",
		order_by="message_at desc",
	)
	if not message:
		frappe.throw(
			_(
				"There is no mail of the reporter to answer. Ask them in the next talk and record their consent."
			)
		)
	language = frappe.db.get_value("SV Report", report, "language")
	outbox.reply(message, question(language), asks_reporter=True)


def question(language: str) -> str:
	"""Return what the reporter is asked, in this language."""
	sentences = (
		_("It may help to look at what you told us together with what others tell us.", language),
		_("We do that only if you agree, and nothing is shared about you without your consent.", language),
		_("Do you agree? You can take your consent back at any time.", language),
	)
	return " ".join(sentences)
