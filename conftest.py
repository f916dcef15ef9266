"""Connects the tests to a Frappe site and starts its servers for tests that need them.

`make test` says which site (dev/testing.py). Tests that are functions or plain classes each run in a
transaction of their own that is rolled back; what code under test commits by itself stays, so such tests use
names of their own and say so with `@pytest.mark.commits`. Subclasses of Frappe's test cases keep Frappe's
way: one transaction per class.
"""

import copy
import os
import unittest

import pytest

SITE = os.environ.get("DEV_SITE")
SITES_PATH = os.environ.get("DEV_SITES_PATH")
# what Frappe keeps in Redis about documents that a rollback takes back
CACHED = ("document_cache", "roles", "user_permissions", "bootinfo", "user_doc", "has_role:")


def pytest_sessionstart(session):
	"""Connect before the test modules are imported: some ask Frappe something at once."""
	if not SITE or not SITES_PATH:
		pytest.exit("The tests need a site: run `make test` (see dev/README.md).", returncode=4)
	import frappe

	os.chdir(SITES_PATH)
	frappe.init(SITE)
	if not frappe.conf.allow_tests:
		pytest.exit(f"The site {SITE} is not for tests: bench --site {SITE} set-config allow_tests true", 4)
	frappe.connect()
	_flag_as_test()
	_make_users_quickly()
	_make_key_of_passwords()
	frappe.clear_cache()


def pytest_sessionfinish(session):
	"""Leave nothing open."""
	if not SITE:
		return
	import frappe

	if getattr(frappe.local, "db", None):
		frappe.db.rollback()
	frappe.destroy()


def _make_users_quickly():
	"""Saving a user drops everything Frappe remembers of the site, to ask for passwords of mailboxes.

	No test has such a mailbox, and they make hundreds of users: a tenth of the time without it.
	"""
	from frappe.core.doctype.user import user

	user.ask_pass_update = lambda: None


def _make_key_of_passwords():
	"""The host makes it when it is first asked for, and a server that runs already may go on without it."""
	from frappe.utils.password import get_encryption_key

	get_encryption_key()


def _flag_as_test():
	import frappe

	frappe.flags.in_test = True
	# Frappe 16 has a module-wide flag besides
	if hasattr(frappe, "in_test"):
		frappe.in_test = True


@pytest.fixture(autouse=True)
def _own_transaction(request):
	"""Every test starts as Administrator with nothing remembered; what it wrote is rolled back."""
	import frappe

	# a test that played a request would make the next ones come from outside
	frappe.local.request = None
	_drop_waiting_jobs()
	if request.cls and issubclass(request.cls, unittest.TestCase):
		yield
		frappe.set_user("Administrator")
		return
	frappe.db.rollback()
	frappe.set_user("Administrator")
	_take_marks_off(frappe)
	_forget(frappe)
	flags = copy.deepcopy(frappe.local.flags)
	yield
	frappe.set_user("Administrator")
	if request.node.get_closest_marker("commits"):
		frappe.db.commit()
	else:
		frappe.db.rollback()
	frappe.local.flags = flags
	_forget(frappe)


def _drop_waiting_jobs():
	"""What earlier tests enqueued, by the thousand, is nothing that a later test's worker should do."""
	from frappe.utils.background_jobs import get_queues

	for queue in get_queues():
		for job in queue.get_jobs() if queue.count else ():
			if job.kwargs.get("site") == SITE:
				job.delete()


def _take_marks_off(frappe):
	"""Some hosts mark a report as slow 15 s after it refused somebody; requests meet a guard, direct calls don't."""
	report = frappe.qb.DocType("Report")
	frappe.qb.update(report).set(report.prepared_report, 0).where(report.prepared_report == 1).run()


def _forget(frappe):
	"""Drop what Frappe remembers of documents, rights and messages, in this process and in Redis."""
	for name in CACHED:
		frappe.cache.delete_keys(name)
		if hasattr(frappe, "client_cache"):
			frappe.client_cache.delete_keys(name)
	frappe.db.value_cache = type(frappe.db.value_cache)() if isinstance(frappe.db.value_cache, dict) else {}
	local = frappe.local
	local.cache = {}
	local.role_permissions = {}
	local.new_doc_templates = {}
	local.user_perms = None
	local.message_log = []
	local.error_log = []
	local.form_dict = frappe._dict()
	local.response = frappe._dict(docs=[])
	local.request_ip = None
	for accounts in ("outgoing_email_account", "incoming_email_account"):
		if hasattr(local, accounts):
			delattr(local, accounts)


@pytest.fixture
def without_clocks(monkeypatch):
	"""Documents start no deadlines of their own: a test makes the only ones there are."""
	from sv_helpdesk.deadlines import following, with_reporter

	for module, names in (
		(following, ("inserted", "changed", "step_taken", "minutes_begun")),
		(with_reporter, ("talk_held", "role_corrected", "message_came", "message_went")),
	):
		for name in names:
			monkeypatch.setattr(module, name, lambda *args: None)


@pytest.fixture(scope="session")
def web():
	"""The site's real web server on a free loopback port, see dev.live.WebServer."""
	from dev.live import WebServer

	server = WebServer(SITE)
	yield server
	server.stop()


@pytest.fixture
def worker():
	"""A function that lets a real RQ worker do the site's waiting jobs, and returns its output.

	The worker is a process of its own: it sees only what was committed.
	"""
	from dev.live import run_jobs

	return lambda: run_jobs(SITE)
