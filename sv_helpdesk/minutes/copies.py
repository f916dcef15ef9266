"""To whom approved minutes go: a list of numbered copies, each printed for its recipient alone (UM 4.2).

The list may be made before; on approval everybody on it gets a copy with a number of its own.
"""

import frappe
from frappe import _
from frappe.utils import cstr

from sv_helpdesk import notices
from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.minutes import approvals, printing, system_rows
from sv_helpdesk.moments import this_minute
from sv_helpdesk.pdf import handing_out, written
from sv_helpdesk.permissions import denied_list, sides
from sv_helpdesk.permissions.capacities import capacities
from sv_helpdesk.permissions.decision import rights_on

# who sends minutes out
SENDERS = {"desk", "writer", "approver"}


@frappe.whitelist(methods=["POST"])
def add(minutes: str, recipient: str = "", recipient_name: str = "") -> str:
	"""Put somebody on the distribution list of minutes; once these are approved they have a numbered copy.

	Args:
		minutes: name of the SV Minutes.
		recipient: a colleague with an account; or
		recipient_name: somebody outside, kept encrypted.

	Returns:
		The name of the SV Minutes Copy.

	Raises:
		frappe.PermissionError: the user doesn't send these minutes out; the same whether they exist or not.
		frappe.ValidationError: this person can't get a copy, or is on the list.
	"""
	recipient, recipient_name = cstr(recipient).strip(), cstr(recipient_name).strip()
	exists = frappe.db.exists("SV Minutes", minutes)
	doc = frappe.get_doc("SV Minutes", minutes, for_update=True) if exists else None
	if not doc or not capacities(doc, frappe.session.user) & SENDERS:
		_refuse()
	if bool(recipient) == bool(recipient_name):
		frappe.throw(_("Choose a colleague, or fill in who gets the copy outside."))
	# as it is stored: the database takes any spelling, the denied list only this one
	recipient = recipient and frappe.db.get_value("User", {"name": recipient, "enabled": 1}, "name")
	if recipient is None:
		frappe.throw(_("This colleague has no account in use. Choose somebody else."))
	sides.check_chosen(recipient, sides.reports_of(doc.decision_table))
	if recipient and recipient in [copy.recipient for copy in _copies(doc.name)]:
		frappe.throw(_("This colleague is on the distribution list already."))
	listed = system_rows.write(
		doc,
		"SV Minutes Copy",
		recipient=recipient or None,
		recipient_name=recipient_name,
		given_by=frappe.session.user,
	)
	if doc.status == "Approved":
		give_out(doc)
	return listed.name


@frappe.whitelist(methods=["POST"])
def take_off(name: str) -> None:
	"""Take somebody off the distribution list, as long as their copy wasn't given out.

	Args:
		name: name of the SV Minutes Copy.

	Raises:
		frappe.PermissionError: the user doesn't send these minutes out; the same whether it exists or not.
		frappe.ValidationError: the copy was given out.
	"""
	copy, held = _found(name)
	if not held & SENDERS:
		_refuse()
	if copy.copy_number:
		frappe.throw(_("This copy was given out. It stays on the list."))
	frappe.db.delete("SV Minutes Copy", {"name": copy.name})


def give_out(minutes) -> None:
	"""Give everybody on the distribution list of approved minutes who has none yet a copy with a number.

	Who turned out to be kept from a case of the table gets none (R6).

	Args:
		minutes: the SV Minutes.
	"""
	copies = _copies(minutes.name)
	number = max((copy.copy_number or 0 for copy in copies), default=0)
	reports = sides.reports_of(minutes.decision_table)
	for copy in copies:
		if copy.copy_number:
			continue
		if copy.recipient and any(denied_list.is_denied(report, copy.recipient) for report in reports):
			frappe.db.delete("SV Minutes Copy", {"name": copy.name})
			continue
		number += 1
		given = {"copy_number": number, "given_at": this_minute()}
		frappe.db.set_value("SV Minutes Copy", copy.name, given, update_modified=False)
		_tell(copy)


@frappe.whitelist(methods=["POST"])
def download(name: str, language: str = "nl") -> None:
	"""Answer the request with a copy as PDF, made for it and stored nowhere.

	Who may read the minutes gets their own copy; who sends minutes out gets everybody's, to hand it over.

	Args:
		name: name of the SV Minutes Copy.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: the minutes aren't approved, or no longer what was approved.
	"""
	be_quiet()
	user = frappe.session.user
	copy, held = _found(name)
	if not held or not (copy.recipient == user or held & SENDERS):
		_refuse()
	if not copy.copy_number:
		frappe.throw(_("Minutes go out once they are approved. Have them approved first."))
	minutes = frappe.get_doc("SV Minutes", copy.minutes)
	if not approvals.is_intact(minutes):
		frappe.throw(
			_("These minutes are not what was approved: their checksum differs. Tell your privacy officer.")
		)
	language = written.language_of(language)
	known = frappe.db.get_value("User", copy.recipient, "full_name") if copy.recipient else None
	recipient = known or copy.recipient or copy.opened("recipient_name")
	openings.opened(minutes, action="Downloaded")
	number = frappe.db.get_value("SV Decision Table", minutes.decision_table, "table_number")
	content = printing.pdf(minutes, copy.copy_number, recipient, language)
	handing_out.answer(f"{number}-{minutes.version}-{copy.copy_number}", content)


def _found(name: str) -> tuple:
	"""Return a copy and the capacities of the session's user towards its minutes; none if it isn't there."""
	copy = frappe.get_doc("SV Minutes Copy", name) if frappe.db.exists("SV Minutes Copy", name) else None
	return copy, capacities(
		frappe.get_doc("SV Minutes", copy.minutes), frappe.session.user
	) if copy else set()


def _copies(minutes: str) -> list:
	row = frappe.qb.DocType("SV Minutes Copy")
	query = frappe.qb.from_(row).select(row.name, row.copy_number, row.recipient)
	# as they are now: a number is given once
	return query.where(row.minutes == minutes).orderby(row.creation).for_update().run(as_dict=True)


def _tell(copy) -> None:
	"""A recipient with an account hears that there is something; who may not open it gets it from a colleague."""
	if not copy.recipient or copy.recipient == frappe.session.user:
		return
	if rights_on("SV Minutes Copy", copy.name, copy.recipient):
		notices.tell(
			[copy.recipient],
			lambda language: _("Something at a decision table waits for you.", language),
			"SV Minutes Copy",
			copy.name,
			at_once=True,
		)
	else:
		notices.tell(
			[copy.recipient], lambda language: _("A colleague has something for you.", language), at_once=True
		)


def _refuse() -> None:
	frappe.throw(_("This copy isn't yours, or you don't send these minutes out."), frappe.PermissionError)
