"""The coordinator's first steps: each is looked at for real, says how it is mended and gives nothing away."""

import socket
from pathlib import Path
from unittest.mock import patch

import pytest
from desk_fixtures import PASSWORD
from grant_helpers import acting_as

import frappe
from frappe.utils import getdate

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.dashboard import board
from sv_helpdesk.dashboard.workspaces import COORDINATION
from sv_helpdesk.onboarding import first_steps
from sv_helpdesk.permissions.roles import ALL_ROLES, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.test_utils import make_calendar, make_desk, make_unit, make_user

pytest_plugins = ["mail_fixtures", "desk_fixtures"]


@pytest.fixture
def coordinator():
	"""A coordinator on a site without desks, units and other people of ours."""
	for doctype in ("SV Desk", "SV Desk Member", "SV Unit", "SV Unit Headcount"):
		frappe.db.delete(doctype)
	frappe.db.delete("Has Role", {"role": ["in", ALL_ROLES], "parenttype": "User"})
	return make_user(COORDINATOR)


def steps(user: str) -> dict[str, dict]:
	with acting_as(user):
		return {step["title"]: step for step in first_steps.mine()}


def faults(user: str, title: str) -> str:
	"""Return what is wrong with a step, and hold that it is done when nothing is."""
	step = steps(user)[title]
	assert step["done"] == (not step["faults"])
	return " ".join(fault["sentence"] for fault in step["faults"])


def places(user: str, title: str) -> list[tuple[str | None, str | None]]:
	"""Return where the faults of a step are mended: doctype, and name if it is one document."""
	return [(fault["doctype"], fault["name"]) for fault in steps(user)[title]["faults"]]


def free_port() -> int:
	with socket.socket() as taken:
		taken.bind(("127.0.0.1", 0))
		return taken.getsockname()[1]


def test_a_new_site_is_told_of_each_step_what_to_do_and_where(coordinator):
	found = steps(coordinator)
	assert len(found) == len(first_steps.STEPS)
	for title in ("A desk with its people", "A second person who approves", "Units and their head counts"):
		assert not found[title]["done"] and found[title]["faults"][0]["doctype"], title
	assert found["The key file is safe"] == {
		"title": "The key file is safe",
		"done": True,
		"faults": [],
	}
	assert "no desk in use" in faults(coordinator, "A desk with its people")
	assert "No desk has a mailbox" in faults(coordinator, "A mailbox for the desk")
	# nothing that isn't there yet is done
	for title in ("Opening hours", "Mail comes in", "Mail goes out"):
		assert not found[title]["done"], title
	make_desk(coordinator)
	assert "No desk has a mailbox" in faults(coordinator, "Mail comes in")
	assert "no answer can leave" in faults(coordinator, "Mail goes out")


def test_each_fault_leads_to_the_document_that_is_to_be_changed(coordinator):
	desk = make_desk(coordinator)
	assert places(coordinator, "Opening hours") == [("SV Desk", desk.name)]
	for title in ("A mailbox for the desk", "Mail comes in"):
		assert places(coordinator, title) == [("SV Desk", None)]
	calendar = make_calendar()
	frappe.db.set_value("SV Desk", desk.name, "calendar", calendar.name)
	frappe.db.delete("SV Opening Hours", {"parent": calendar.name})
	assert places(coordinator, "Opening hours") == [("SV Calendar", calendar.name)]


@pytest.mark.parametrize("role", [None, *(role for role in ALL_ROLES if role != COORDINATOR)])
def test_nobody_but_a_coordinator_may_look(role):
	with acting_as(make_user(role)), pytest.raises(frappe.PermissionError):
		first_steps.mine()


@pytest.mark.parametrize("user", ["Administrator", "Guest"])
def test_neither_administrator_nor_guest_may_look(user):
	with acting_as(user), pytest.raises(frappe.PermissionError):
		first_steps.mine()


def test_a_desk_needs_somebody_who_leads_it(coordinator):
	desk = make_desk(coordinator)
	assert "no coordinator or stand-in" in faults(coordinator, "A desk with its people")
	desk.members[0].desk_role = "Coordinator"
	desk.save()
	assert faults(coordinator, "A desk with its people") == ""


def test_one_person_alone_can_approve_nothing(coordinator):
	assert "Nobody can approve" in faults(coordinator, "A second person who approves")
	second = make_user(PRIVACY_OFFICER)
	assert faults(coordinator, "A second person who approves") == ""
	frappe.db.set_value("User", second, "enabled", 0)
	assert "Nobody can approve" in faults(coordinator, "A second person who approves")


def test_opening_hours_are_counted_by(coordinator):
	desk = make_desk(coordinator)
	assert "has no opening hours" in faults(coordinator, "Opening hours")
	calendar = make_calendar()
	frappe.db.set_value("SV Desk", desk.name, "calendar", calendar.name)
	assert faults(coordinator, "Opening hours") == ""
	frappe.db.delete("SV Opening Hours", {"parent": calendar.name})
	assert calendar.name in faults(coordinator, "Opening hours")


def test_units_need_the_head_count_of_this_year(coordinator):
	assert "no organisation units" in faults(coordinator, "Units and their head counts")
	unit = make_unit()
	assert f"head count of {getdate().year}" in faults(coordinator, "Units and their head counts")
	unit.append("headcounts", {"year": getdate().year, "employees": 900})
	unit.save()
	assert faults(coordinator, "Units and their head counts") == ""


def test_a_key_file_inside_the_site_or_readable_for_others_is_told_without_its_place(coordinator):
	inside = Path(frappe.get_site_path("private", "keys.json"))
	inside.write_bytes(key_ring.key_file().read_bytes())
	inside.chmod(0o640)
	try:
		with patch.dict(frappe.local.conf, {key_ring.CONFIG_KEY: str(inside)}):
			told = faults(coordinator, "The key file is safe")
	finally:
		inside.unlink()
	assert "backups" in told and "chmod 600" in told and "keys.json" not in told


@pytest.mark.commits
def test_mailboxes_are_logged_in_to_and_say_nothing_of_what_they_refuse(ccp):
	coordinator = make_user(COORDINATOR)
	assert faults(coordinator, "Mail comes in") == faults(coordinator, "A mailbox for the desk") == ""
	assert "Concerns" not in faults(coordinator, "Mail goes out")
	for values, comes_in, goes_out in (
		({"incoming_port": free_port()}, "doesn't answer", ""),
		({"smtp_port": free_port()}, "", "doesn't answer"),
		({"smtp_server": None}, "", "can't leave"),
		({"enable_incoming": 0}, "isn't read", ""),
	):
		before = frappe.db.get_value("Email Account", ccp.name, list(values), as_dict=True)
		frappe.db.set_value("Email Account", ccp.name, values)
		told = [faults(coordinator, title) for title in ("Mail comes in", "Mail goes out")]
		frappe.db.set_value("Email Account", ccp.name, before)
		assert comes_in in told[0] and goes_out in told[1], values
		assert not comes_in == "" or told[0] == ""
		assert "127.0.0.1" not in "".join(told)


@pytest.mark.commits
def test_the_sites_own_mails_leave_by_a_server_that_is_there(ccp, smtp_sink):
	coordinator = make_user(COORDINATOR)
	frappe.db.set_value("Email Account", {"default_outgoing": 1}, "default_outgoing", 0)
	assert "no account for its own mails" in faults(coordinator, "Mail goes out")
	frappe.db.set_value("Email Account", ccp.name, "default_outgoing", 1)
	assert faults(coordinator, "Mail goes out") == ""
	frappe.db.set_value("Email Account", ccp.name, "smtp_port", free_port())
	told = faults(coordinator, "Mail goes out")
	assert "The site's own mails can't leave" in told and "127.0.0.1" not in told


@pytest.mark.commits
def test_a_wrong_password_of_a_mailbox_is_found_and_not_told(ccp):
	from frappe.utils.password import set_encrypted_password

	coordinator = make_user(COORDINATOR)
	set_encrypted_password("Email Account", ccp.name, "another-word", "password")
	told = faults(coordinator, "Mail comes in")
	set_encrypted_password("Email Account", ccp.name, PASSWORD, "password")
	assert "refuses us" in told
	assert not any(word in told for word in ("another-word", ccp.email_id, "AUTHENTICATION"))
	# it isn't read less often because somebody looked
	assert frappe.db.get_value("Email Account", ccp.name, "enable_incoming")


def test_who_reads_dutch_is_told_where_the_site_does_not_write_it(monkeypatch):
	def told(**settings) -> list[str]:
		with patch.object(frappe, "get_system_settings", settings.get):
			found = [*first_steps.days_and_numbers()]
		assert all(fault.doctype == "System Settings" for fault in found)
		return [fault.sentence for fault in found]

	american = {"date_format": "mm-dd-yyyy", "time_format": "HH:mm:ss", "number_format": "#,###.##"}
	assert told(language="en", **american) == []
	assert len(told(language="nl", **american)) == len(american)
	# an English site, read by somebody in Dutch
	monkeypatch.setattr(frappe.local, "lang", "nl")
	in_dutch = told(language="en", **american)
	assert len(in_dutch) == len(american) and all("Kies" in sentence for sentence in in_dutch)
	assert told(date_format="dd-mm-yyyy", number_format="#.###,##", time_format="HH:mm") == []


def test_a_step_that_cannot_be_looked_at_hides_no_other(coordinator):
	with patch("sv_helpdesk.self_check.keys.key_file", side_effect=ZeroDivisionError("secret")):
		found = steps(coordinator)
	assert "ZeroDivisionError" in found["The key file is safe"]["faults"][0]["sentence"]
	assert "secret" not in str(found) and len(found) == len(first_steps.STEPS)


def test_the_workspace_tells_of_them_until_they_are_done(coordinator):
	def notice():
		with acting_as(coordinator):
			return board.mine(COORDINATION)["notice"]

	assert notice()["page"] == "first-steps" and "4" in notice()["sentence"]
	with patch.object(first_steps, "STEPS", ()):
		assert notice() is None
