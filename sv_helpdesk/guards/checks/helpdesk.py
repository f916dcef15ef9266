"""Functions of Helpdesk, most of which check no ticket."""

import re

import frappe

from sv_helpdesk.guards import templates
from sv_helpdesk.guards.checks.arguments import as_dict, each
from sv_helpdesk.guards.mentions import mentions_ours
from sv_helpdesk.guards.subjects import is_ours, refuse, refuse_protected
from sv_helpdesk.guards.tickets import may_see
from sv_helpdesk.helpdesk import sealed_ticket

# under these names its functions take tickets
TICKETS = (
	"ticket_id",
	"ticket_ids",
	"ticket",
	"tickets",
	"ticket_name",
	"reference_ticket",
	"source",
	"target",
)
# under these, tickets among other things
NAMES = ("name", "names", "docname", "dn", "id")
COMMENTS = ("comment", "comment_id", "reference_comment")
# what ends a text in SQL
QUOTES = ("'", "\\")
FIELD = re.compile(r"[a-z][a-z0-9_]*")


def tickets(arguments: dict) -> None:
	"""Every function of Helpdesk: a sealed ticket is there for those who work on it."""
	for key in (*TICKETS, *NAMES):
		for name in each(arguments.get(key)):
			if sealed_ticket.is_sealed(name) and not may_see(name, frappe.session.user):
				refuse()
	for key in COMMENTS:
		for name in each(arguments.get(key)):
			ticket = frappe.db.get_value("HD Ticket Comment", {"name": name}, "reference_ticket")
			if ticket and not may_see(ticket, frappe.session.user):
				refuse()


def saved_reply(arguments: dict) -> None:
	"""get_rendered_saved_reply: a text that is a program is not run, whenever it was written."""
	for name in each(arguments.get("saved_reply_id")):
		templates.refuse_program(frappe.db.get_value("HD Saved Reply", {"name": name}, "message"))


def list_labels(arguments: dict) -> None:
	"""get_list_data: labels are read from any record of any doctype, so none from ours."""
	view = as_dict(arguments.get("view"))
	if mentions_ours(view) or is_ours(arguments.get("doctype")):
		refuse()


def search_filters(arguments: dict) -> None:
	"""api.search.search: its filters' names are put into the query as they are, so they have to be names."""
	for name in as_dict(arguments.get("filters")):
		if not FIELD.fullmatch(name):
			refuse()


def dashboard(arguments: dict) -> None:
	"""get_dashboard_data: Helpdesk 1.14 puts its filters into SQL as they are, so they have to be plain values."""
	for value in as_dict(arguments.get("filters")).values():
		if not isinstance(value, str | int | float | None) or any(sign in str(value) for sign in QUOTES):
			refuse()


def nobody(arguments: dict) -> None:
	"""search_text: guests may ask it, it puts their words into SQL as they are, and it finds nothing on any site."""
	refuse()


def communication(arguments: dict) -> None:
	"""split_ticket and relink: no mail of a case is moved, and none to a case."""
	for key in ("communication_id", "name"):
		for name in each(arguments.get(key)):
			fields = ["reference_doctype", "reference_name"]
			if where := frappe.db.get_value("Communication", {"name": name}, fields):
				refuse_protected(*where)
	refuse_protected(arguments.get("reference_doctype"), arguments.get("reference_name"))


def statistics(arguments: dict) -> None:
	"""ticket_stats: no numbers about the address that stands for everybody who wrote to a desk."""
	if sealed_ticket.neutral_address() in map(str, arguments.values()):
		refuse()
