"""A job of ours that fails leaves places and kinds of errors, and no key or text: newer hosts note every variable."""

import errno
import json

import pytest
from test_key_rotation import file, turn  # noqa: F401 - a fixture

import frappe
from frappe.utils.background_jobs import execute_job

from sv_helpdesk.crypto import data_keys, key_changes, key_ring
from sv_helpdesk.crypto.errors import KeyFileError, TamperedError

JOB = "sv_helpdesk.crypto.rotation.tend"


@pytest.fixture
def full_disk(file, monkeypatch) -> list[str]:  # noqa: F811
	"""A key file that can't be written just when something in it is to be noted; the keys in it."""
	turn()
	content = json.loads(file.read_text())
	content["keys"][0].pop("retired_at", None)
	file.write_text(json.dumps(content))

	def full(*args):
		raise OSError(errno.ENOSPC, "No space left on device")

	monkeypatch.setattr(key_changes.os, "replace", full)
	return [content["index_key"], *(key["key"] for key in content["keys"])]


def test_the_hosts_log_of_its_schedule_has_no_key(full_disk, monkeypatch):
	traceback = frappe.get_traceback
	monkeypatch.setattr(frappe, "get_traceback", lambda with_context=False: traceback(with_context=True))
	job = frappe.get_doc("Scheduled Job Type", {"method": JOB})
	job.execute()
	told = job.scheduler_log.details
	assert "OSError" in told and "key_changes.py" in told
	assert not [key for key in full_disk if key in told]


def test_nor_has_the_error_log_of_a_job_that_waited_its_turn(full_disk):
	with pytest.raises(OSError):
		execute_job(frappe.local.site, JOB, None, "tend", {}, is_async=False)
	[told] = frappe.get_all("Error Log", pluck="error", order_by="creation desc", limit=1)
	assert "OSError" in told and "key_changes.py" in told
	assert not [key for key in full_disk if key in told]


def told_of_loading() -> str:
	try:
		key_ring.load()
	except KeyFileError:
		return frappe.get_traceback(with_context=True)
	return ""


def test_nor_is_a_key_told_with_a_damaged_file(file):  # noqa: F811
	content = json.loads(file.read_text())
	file.write_text(json.dumps({**content, "active": "another"}))
	told = told_of_loading()
	assert "key_ring.py" in told
	assert content["index_key"] not in told and content["keys"][0]["key"] not in told


def told_of_opening(reference: str) -> str:
	try:
		data_keys.for_reading(reference)
	except TamperedError:
		return frappe.get_traceback(with_context=True)
	return ""


def test_nor_with_a_data_key_that_does_not_open(file):  # noqa: F811
	for reference in ("one", "other"):
		data_keys.for_writing(reference)
	wrapped = frappe.db.get_value(data_keys.DOCTYPE, {"reference": "other"}, "wrapped_key")
	frappe.db.set_value(data_keys.DOCTYPE, {"reference": "one"}, "wrapped_key", wrapped)
	told = told_of_opening("one")
	assert "cipher.py" in told
	assert not [key for key in key_ring.load().master_keys.values() if repr(key) in told]
