"""To whom approved minutes go: a list of numbered copies, each printed for its recipient alone (UM 4.2)."""

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.minutes import approvals, printing, system_rows
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import sides
from sv_helpdesk.permissions.capacities import capacities

# who sends minutes out
SENDERS = {"desk", "writer", "approver"}


@frappe.whitelist(methods=["POST"])
def add(minutes: str, recipient: str = "", recipient_name: str = "") -> str:
	"""Put somebody on the distribution list of approved minutes: they get a copy with a number of its own.

	Args:
		minutes: name of the SV Minutes.
		recipient: a colleague with an account; or
		recipient_name: somebody outside, kept encrypted.

	Returns:
		The name of the SV Minutes Copy.

	Raises:
		frappe.PermissionError: the user doesn't send these minutes out; the same whether they exist or not.
		frappe.ValidationError: they aren't approved, or this person can't get or has got a copy.
	"""
	recipient, recipient_name = cstr(recipient).strip(), cstr(recipient_name).strip()
	exists = frappe.db.exists("SV Minutes", minutes)
	doc = frappe.get_doc("SV Minutes", minutes, for_update=True) if exists else None
	if not doc or not capacities(doc, frappe.session.user) & SENDERS:
		_refuse()
	if doc.status != "Approved":
		frappe.throw(_("Minutes go out once they are approved. Have them approved first."))
	if bool(recipient) == bool(recipient_name):
		frappe.throw(_("Choose a colleague, or fill in who gets the copy outside."))
	# as it is stored: the database takes any spelling, the denied list only this one
	recipient = recipient and frappe.db.get_value("User", {"name": recipient, "enabled": 1}, "name")
	if recipient is None:
		frappe.throw(_("This colleague has no account in use. Choose somebody else."))
	sides.check_chosen(recipient, sides.reports_of(doc.decision_table))
	sent = _copies(doc.name)
	if recipient and recipient in [copy.recipient for copy in sent]:
		frappe.throw(_("This colleague is on the distribution list already."))
	return system_rows.write(
		doc,
		"SV Minutes Copy",
		copy_number=max((copy.copy_number for copy in sent), default=0) + 1,
		recipient=recipient or None,
		recipient_name=recipient_name,
		given_at=this_minute(),
		given_by=frappe.session.user,
	).name


@frappe.whitelist(methods=["POST"])
def download(name: str, language: str = "nl") -> None:
	"""Answer the request with a copy as PDF, made for it and stored nowhere.

	Who may read the minutes gets their own copy; who sends minutes out gets everybody's, to hand it over.

	Args:
		name: name of the SV Minutes Copy.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: the minutes are no longer what was approved.
	"""
	be_quiet()
	user = frappe.session.user
	copy = frappe.get_doc("SV Minutes Copy", name) if frappe.db.exists("SV Minutes Copy", name) else None
	minutes = copy and frappe.get_doc("SV Minutes", copy.minutes)
	held = capacities(minutes, user) if copy else set()
	if not held or not (copy.recipient == user or held & SENDERS):
		_refuse()
	if not approvals.is_intact(minutes):
		frappe.throw(
			_("These minutes are not what was approved: their checksum differs. Tell your privacy officer.")
		)
	language = language if language in printing.LANGUAGES else printing.LANGUAGES[0]
	known = frappe.db.get_value("User", copy.recipient, "full_name") if copy.recipient else None
	recipient = known or copy.recipient or copy.opened("recipient_name")
	openings.opened(minutes, action="Downloaded")
	number = frappe.db.get_value("SV Decision Table", minutes.decision_table, "table_number")
	frappe.local.response.filename = f"{number}-{minutes.version}-{copy.copy_number}.pdf"
	frappe.local.response.filecontent = printing.pdf(minutes, copy.copy_number, recipient, language)
	frappe.local.response.type = "download"


def _copies(minutes: str) -> list:
	row = frappe.qb.DocType("SV Minutes Copy")
	query = frappe.qb.from_(row).select(row.copy_number, row.recipient).where(row.minutes == minutes)
	# as they are now: a number is given once
	return query.for_update().run(as_dict=True)


def _refuse() -> None:
	raise frappe.PermissionError(_("This copy isn't yours, or you don't send these minutes out."))
