"""Registers a request: at the desk of who takes it in, or for every desk, each of which gets its own (R3)."""

from datetime import datetime, time

import frappe
from frappe import _
from frappe.utils import cstr, getdate

from sv_helpdesk import notices
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.deadlines import calendar_time
from sv_helpdesk.pdf import written
from sv_helpdesk.permissions import desk_people
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.decision import rights_on
from sv_helpdesk.permissions.roles import CASE_ROLES, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.social_safety import case_number
from sv_helpdesk.subject_access.searching import Found, Known, found
from sv_helpdesk.subject_access.sharing_out import first_handler, keep_from_its_person, shared_out

REQUEST = "SV Subject Request"
# GDPR art. 12(3); the second for who was told that it takes longer
MONTHS, LENGTHENED = 1, 3
ALL_DESKS = frozenset((COORDINATOR, PRIVACY_OFFICER))


@frappe.whitelist(methods=["POST"])
def register(
	kind: str,
	received_on: str,
	person_name: str = "",
	addresses: str = "",
	other_names: str = "",
	asked: str = "",
	language: str = "nl",
	desk: str = "",
) -> str | None:
	"""Register what somebody asks about their own data.

	Args:
		kind: one of the options of SV Subject Request.kind.
		received_on: day on which the request came.
		person_name, other_names: who asks; other names one on each line.
		addresses: e-mail addresses and accounts by which they may be known, one on each line.
		asked: what they ask.
		language: "nl" or "en".
		desk: name of the SV Desk; empty for all desks.

	Returns:
		The name of the request that the session's user may open, if there is one.

	Raises:
		frappe.PermissionError: they don't work at this desk, or may not register for all desks.
		frappe.ValidationError: what is missing.
	"""
	be_quiet()
	_check_right(desk)
	_check_kind(kind)
	known = Known.by(person_name, other_names, addresses)
	values = {
		"kind": kind,
		"received_on": getdate(received_on),
		"person_name": cstr(person_name).strip(),
		"other_names": cstr(other_names).strip(),
		"addresses": cstr(addresses).strip(),
		"asked": cstr(asked).strip(),
		"language": written.language_of(language),
	}
	desks = [desk] if desk else _all_desks()
	made = [name for one in desks for name in _at_desk(one, known, values)]
	user = frappe.session.user
	return next((name for name in made if rights_on(REQUEST, name, user)), None)


def due(received_on, months: int = MONTHS):
	"""Return the last day for the answer; one that ends in a weekend or on a holiday goes on, as the law counts."""
	return calendar_time.add(datetime.combine(getdate(received_on), time.min), months=months).date()


def make(desk: str, handler: str | None, cases: list[Found], values: dict, known: Known) -> str:
	"""Write a request for one colleague and tell them; who registered it finds it by themselves.

	Args:
		desk: name of the SV Desk.
		handler: who answers.
		cases: for which cases of theirs.
		values: kind, person and so on, in clear text, and the `registration` that it came by.
		known: by what the person is known.

	Returns:
		Its name.
	"""
	request = frappe.new_doc(REQUEST)
	request.update({**values, "desk": desk, "handler": handler, "due_on": due(values["received_on"])})
	request.request_number = case_number.new_request_number()
	request.check_what_is_asked()
	request.set_new_name()
	request.list_cases(cases)
	request.set_user_and_timestamp()
	# nobody has the right to make one by hand: who answers for what is decided here
	request.db_insert()
	for row in request.cases:
		row.set_new_name()
		row.db_insert()
	keep_from_its_person(request.name, handler, known)
	if handler and handler != frappe.session.user:
		notices.tell(
			[handler],
			lambda language: _("Somebody asks about their own data. A request waits for you.", language),
			REQUEST,
			request.name,
			at_once=True,
		)
	return request.name


def _at_desk(desk: str, known: Known, values: dict) -> list[str]:
	"""Make a desk's request, and one for each colleague who alone may answer for a case of it."""
	rows = found(known, desk)
	first = first_handler(desk, known)
	shares = shared_out(desk, {row.report for row in rows}, first, known)
	shares.setdefault(first, set())
	registration = {"registration": frappe.generate_hash(length=16)}
	return [
		make(desk, handler, [row for row in rows if row.report in reports], {**values, **registration}, known)
		for handler, reports in sorted(shares.items(), key=lambda share: share[0] != first)
	]


def _check_right(desk: str) -> None:
	user = frappe.session.user
	held = acting_roles(user)
	if desk:
		allowed = bool(held & set(CASE_ROLES)) and desk_people.works_at(user, desk)
	else:
		allowed = bool(held & ALL_DESKS)
	if not allowed:
		frappe.throw(
			_(
				"You register requests at a desk where you work. The coordinator or the privacy officer registers them for all desks."
			),
			frappe.PermissionError,
		)


def _check_kind(kind: str) -> None:
	if kind not in frappe.get_meta(REQUEST).get_field("kind").options.split("\n")[1:]:
		frappe.throw(_("This kind of request doesn't exist. Choose one from the list."))


def _all_desks() -> list[str]:
	desks = frappe.get_all("SV Desk", {"enabled": 1}, pluck="name", order_by="name asc")
	return [desk for desk in desks if desk_people.members(desk)]
