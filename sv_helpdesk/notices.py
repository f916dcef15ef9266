"""Tells colleagues something in the Desk, in a sentence that says nothing of a case.

Never by mail, because a row of the type Alert is the one of which no version of Frappe sends mails;
where somebody has to look at once, a mail without content says so.
"""

from collections.abc import Callable, Iterable

import frappe
from frappe import _
from frappe.utils import cstr


def tell(
	users: Iterable[str],
	sentence: Callable[[str], str],
	document_type: str | None = None,
	document_name: str | None = None,
	at_once: bool = False,
	unless_unread: bool = False,
) -> None:
	"""Show a neutral sentence to each of these users, in their own language.

	Args:
		users: user ids; the same one twice is told once.
		sentence: gives the sentence in a language, such as `lambda language: _("...", language)`.
		document_type, document_name: what a click on it opens; the rules decide again whether it does.
		at_once: also send each a mail that says only that there is something to look at.
		unless_unread: leave out who was told the same of the same document and hasn't looked at it yet.
	"""
	told = sorted(set(users))
	if unless_unread:
		told = [user for user in told if not _is_unread(user, sentence(_language(user)), document_name)]
	for user in told:
		_show(user, sentence(_language(user)), document_type=document_type, document_name=document_name)
	if at_once and told:
		frappe.enqueue("sv_helpdesk.notices.mail", users=told, enqueue_after_commit=True, queue="short")


def tell_assigned(task, user: str | None) -> None:
	"""Tell somebody that a task was given to them, unless they took it themselves.

	Args:
		task: the document of ours that is assigned to them.
		user: who has to do it.
	"""
	if user and user != frappe.session.user and not task.flags.status_as_given:
		tell(
			[user],
			lambda language: _("There is something for you to do.", language),
			task.doctype,
			task.name,
			at_once=True,
		)


def tell_number(user: str, number: int, urgent: bool = False, earlier: str | None = None) -> str:
	"""Tell somebody how many things wait for them, in the Desk and by a mail that says no more.

	The mail is queued in this transaction: it goes when the notice does, and not when it doesn't.

	Args:
		user: user id.
		number: how many things.
		urgent: whether they can't wait.
		earlier: what this returned for fewer things; its sentence is replaced, unread again, and not mailed.

	Returns:
		The name of the notice.
	"""
	sentence = _number(number, urgent, _language(user))
	if earlier and frappe.db.exists("Notification Log", earlier):
		row = frappe.get_doc("Notification Log", earlier)
		row.db_set({"subject": sentence, "read": 0})
		row.after_insert()
		return earlier
	row = _show(user, sentence)
	if not earlier:
		_mail(user, sentence)
	return cstr(row.name)


def correct_number(notice: str, user: str, number: int, urgent: bool = False) -> None:
	"""Let what tell_number told say another number, without a word; with nothing left to count it goes.

	Args:
		notice: what tell_number returned.
		user: whom it told.
		number: how many things.
		urgent: whether they can't wait.
	"""
	if not number:
		frappe.db.delete("Notification Log", {"name": notice})
		return
	sentence = _number(number, urgent, _language(user))
	frappe.db.set_value("Notification Log", notice, "subject", sentence, update_modified=False)


def _show(user: str, sentence: str, **about):
	row = frappe.new_doc("Notification Log")
	row.update(
		{"subject": sentence, "for_user": user, "from_user": "Administrator", "type": "Alert", **about}
	)
	row.set_new_name()
	# nobody may create these rows for somebody else; who may tell, the caller has decided
	row.db_insert()
	row.after_insert()
	return row


def mail(users: list[str]) -> None:
	"""Send each a mail without content; without a mail account on the site, none.

	Args:
		users: user ids.
	"""
	for user in users:
		_mail(user, _("Sign in and look at your notifications.", _language(user)))


def _mail(user: str, sentence: str) -> None:
	"""Queue a mail; what is wrong with one address or the site's account keeps nothing else from being told."""
	try:
		frappe.sendmail(
			recipients=[frappe.db.get_value("User", user, "email")],
			subject=_("Something needs your attention", _language(user)),
			message=sentence,
		)
	except (frappe.OutgoingEmailError, frappe.ValidationError):
		frappe.clear_messages()


def _number(number: int, urgent: bool, language: str) -> str:
	if urgent and number == 1:
		return _("One thing can't wait any longer. Look at your agenda.", language)
	if urgent:
		return _("{0} things can't wait any longer. Look at your agenda.", language).format(number)
	if number == 1:
		return _("One thing waits for you. Look at your agenda.", language)
	return _("{0} things wait for you. Look at your agenda.", language).format(number)


def _is_unread(user: str, subject: str, document_name: str | None) -> bool:
	same = {"for_user": user, "subject": subject, "document_name": document_name, "read": 0}
	return bool(frappe.db.exists("Notification Log", same))


def _language(user: str) -> str:
	return frappe.get_cached_value("User", user, "language") or "en"
