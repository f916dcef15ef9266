"""A request about own data that loses a case stays hidden from whom that case is hidden: the others of it said there was one (R6)."""

import pytest
from grant_helpers import acting_as
from subject_world import ADDRESS, NAME, Desk, made, register, take

import frappe
from frappe.utils import getdate, today

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.subject_access import forgetting
from sv_helpdesk.subject_access.registering import REQUEST
from sv_helpdesk.subject_access.searching import INDEXES
from sv_helpdesk.test_utils import make_party, make_report


@pytest.fixture(autouse=True)
def no_others():
	"""What other tests made over HTTP and in a browser comes back with the rollback."""
	frappe.db.delete("SV Subject Case")
	frappe.db.delete(REQUEST)


@pytest.fixture
def desk():
	"""A desk with a second case of Robin's, in which one of its staff is the accused."""
	desk = Desk()
	desk.hidden = make_report(desk=desk.desk, handler=desk.coordinator).name
	desk.robin = make_party(desk.hidden, person_name=NAME, email_address=ADDRESS)
	make_party(desk.hidden, "Accused", account=desk.staff)
	return desk


def seen(user: str) -> list[str]:
	with acting_as(user):
		return frappe.get_list(REQUEST, pluck="name", order_by="creation asc")


def apart(name: str):
	"""Return the request that a colleague has for the hidden case."""
	(other,) = (row for row in made() if row.name != name)
	return other


def test_when_it_becomes_hidden_from_the_colleague_too(desk):
	name = register(desk.desk, desk.staff)
	other = apart(name)
	assert other.handler == desk.coordinator
	make_party(desk.hidden, "Accused", account=desk.coordinator)
	assert seen(desk.staff) == [name]
	# their own goes on, so that they are told nothing by it
	assert other.name in seen(desk.coordinator)


def test_when_the_colleague_hands_on_what_was_left_of_it(desk):
	name = register(desk.desk, desk.staff)
	other = apart(name)
	make_party(desk.hidden, "Accused", account=desk.coordinator)
	with acting_as(desk.coordinator):
		request = frappe.get_doc(REQUEST, other.name)
		request.handler = desk.colleague
		request.save()
	assert seen(desk.staff) == [name]


def test_when_the_person_is_found_there_no_more(desk):
	name = register(desk.desk, desk.staff)
	other = apart(name)
	# as when a mistake in who it is was mended
	frappe.db.set_value("SV Party", desk.robin.name, dict.fromkeys(INDEXES))
	take(other.name, desk.coordinator, "collect", identity_checked="Known in person")
	assert desk.hidden not in [row.report for row in frappe.get_doc(REQUEST, other.name).cases]
	assert seen(desk.staff) == [name]


def test_one_that_lost_only_what_they_may_see_stays_in_their_list(desk):
	name = register(desk.desk, desk.staff)
	frappe.db.set_value("SV Party", desk.reporter.name, dict.fromkeys(INDEXES))
	take(name, desk.staff, "collect", identity_checked="Known in person")
	assert frappe.get_doc(REQUEST, name).cases == []
	assert name in seen(desk.staff) and name in seen(desk.colleague)


def test_the_keyed_hashes_go_with_the_request(desk):
	other = apart(register(desk.desk, desk.staff)).name
	make_party(desk.hidden, "Accused", account=desk.coordinator)
	assert denied_list.is_denied(other, desk.staff)
	assert not frappe.db.exists(
		"SV Denied", {"report": other, "user_index": blind_index("account", desk.coordinator)}
	)
	frappe.db.set_value(REQUEST, other, {"status": "Withdrawn", "closed_on": today()})
	forgetting.destroy(other, getdate())
	assert not frappe.db.exists("SV Denied", {"report": other})
