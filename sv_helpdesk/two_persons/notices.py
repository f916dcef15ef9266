"""Who is told at once: every coordinator and privacy officer, in words that say nothing of a case."""

import frappe
from frappe import _

from sv_helpdesk.permissions.denied_list import unnamed
from sv_helpdesk.permissions.roles import COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.reports import readers

WATCHERS = (COORDINATOR, PRIVACY_OFFICER)


def watchers() -> list[str]:
	"""Return the enabled users who hold one of the watching roles."""
	role, user = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	return (
		frappe.qb.from_(role)
		.inner_join(user)
		.on(user.name == role.parent)
		.select(user.name)
		.distinct()
		.where((role.parenttype == "User") & role.role.isin(WATCHERS) & (user.enabled == 1))
		.orderby(user.name)
		.run(pluck=True)
	)


def tell(approval) -> None:
	"""Show a new SV Approval to everybody who watches, in the Desk and by a mail without content."""
	if users := show(approval):
		frappe.enqueue(
			"sv_helpdesk.two_persons.notices.send_mail", users=users, enqueue_after_commit=True, queue="short"
		)


def show(doc) -> list[str]:
	"""Show an SV Approval or SV Self Check in the Desk to everybody who watches, and return who they are."""
	users = [user for user in watchers() if user != doc.get("asked_by")]
	if doc.get("target_doctype") == "SV Report":
		users = [user for user in users if unnamed(user) != doc.concerns]
	if doc.get("target_doctype") == "SV Figures":
		year = frappe.db.get_value("SV Figures", doc.target_name, "year")
		users = [user for user in users if not readers.lacks_something(year, user)]
	for user in users:
		_show(user, doc)
	return users


def tell_asker(approval) -> None:
	"""Tell who asked that a second person has decided."""
	_show(approval.asked_by, approval)


def send_mail(users: list[str]) -> None:
	"""Send a mail that says only that there is something to look at; without a mail account, none.

	Args:
		users: user ids.
	"""
	for user in users:
		address, language = frappe.db.get_value("User", user, ["email", "language"])
		try:
			frappe.sendmail(
				recipients=[address],
				subject=_("Something needs your attention", lang=language),
				message=_(
					"Something was asked, changed, refused or found that you should know of. "
					"Sign in and open the notice.",
					lang=language,
				),
			)
		except frappe.OutgoingEmailError:
			return


def _show(user: str, doc) -> None:
	notice = frappe.new_doc("Notification Log")
	notice.update(
		{
			"for_user": user,
			"from_user": "Administrator",
			# of this type no version of Frappe sends mails
			"type": "Alert",
			"document_type": doc.doctype,
			"document_name": doc.name,
			"subject": _(
				"Something needs your attention", lang=frappe.db.get_value("User", user, "language")
			),
		}
	)
	notice.set_new_name()
	# nobody has the right to write a notice for somebody else
	notice.db_insert()
	notice.after_insert()
