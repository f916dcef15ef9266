"""The site that the tests run on keeps its promises: clean tests, real servers, nothing beyond loopback."""

import unittest
from pathlib import Path

import psutil
import pytest

import frappe

from dev.layout import RUN, SITES

PASSWORD = "een lang wachtwoord 12"
MARK = "a task of the platform's own test"


def tasks():
	return frappe.get_all("ToDo", filters={"description": MARK})


def make_task():
	return frappe.get_doc(doctype="ToDo", description=MARK).insert()


def test_a_test_may_write_and_change_the_user():
	make_task()
	frappe.set_user("Guest")
	frappe.flags.made_by_a_test = True
	assert tasks()


def test_the_next_test_finds_nothing_of_it():
	assert frappe.session.user == "Administrator"
	assert not frappe.flags.made_by_a_test
	assert not tasks()


class TestFrappesOwnKindOfTest(unittest.TestCase):
	"""What a class prepares stays until its last test, as under `bench run-tests`."""

	@classmethod
	def setUpClass(cls):
		make_task()
		cls.addClassCleanup(frappe.db.rollback)

	def test_finds_what_its_class_made(self):
		self.assertTrue(tasks())

	def test_finds_it_again(self):
		self.assertTrue(tasks())


def test_site_has_its_setup_behind_it():
	settings = frappe.get_single("System Settings")
	assert (settings.time_zone, settings.language) == ("Europe/Amsterdam", "en")
	assert not frappe.conf.developer_mode


@pytest.fixture
def visitor():
	"""A user of the Desk; stays, as Frappe makes the first one of a site a manager and keeps him."""
	name = "bezoeker@voorbeeld.example"
	if not frappe.db.exists("User", name):
		user = frappe.get_doc(doctype="User", email=name, first_name="Bezoeker", send_welcome_email=0)
		user.update({"new_password": PASSWORD}).insert()
		user.add_roles("Website Manager")
	frappe.db.commit()
	yield name
	frappe.db.rollback()
	frappe.db.delete("ToDo", {"description": MARK})
	frappe.db.commit()


@pytest.mark.commits
def test_web_server_knows_who_asks(web, visitor):
	address = f"{web.base_url}/api/resource/ToDo"
	# Frappe lets a user write the tasks that concern him
	task = {"description": MARK, "assigned_by": visitor}
	session = web.login(visitor, PASSWORD)
	assert session.post(address, json=task).status_code == 200
	assert web.guest().post(address, json=task).status_code == 403
	del session.headers["X-Frappe-CSRF-Token"]
	assert session.post(address, json=task).status_code == 400
	with pytest.raises(RuntimeError, match="refused with HTTP 401"):
		web.login(visitor, "een ander wachtwoord")


@pytest.mark.commits
def test_worker_does_what_waits(worker, visitor):
	frappe.enqueue("frappe.client.insert", queue="long", doc={"doctype": "ToDo", "description": MARK})
	frappe.db.commit()
	assert not tasks()
	worker()
	frappe.db.rollback()
	assert len(tasks()) == 1


def test_our_servers_listen_on_loopback_only(web):
	if Path(frappe.get_site_path("..")).resolve() != SITES:
		pytest.skip("the servers of another bench are its own business")
	pids = [int(file.read_text().split()[0]) for file in RUN.glob("*.pid")]
	ours = [psutil.Process(pid) for pid in (*pids, web.pid) if psutil.pid_exists(pid)]
	addresses = {
		connection.laddr.ip
		for server in ours
		for process in (server, *server.children(recursive=True))
		for connection in process.connections(kind="inet")
		if connection.status == psutil.CONN_LISTEN
	}
	assert addresses == {"127.0.0.1"}
