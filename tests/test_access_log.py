"""The chain of the access log: whatever somebody does to the table without the key file shows."""

import hashlib
import json

import pytest

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.access_log import chain
from sv_helpdesk.access_log.errors import AccessLogError

ROWS = 7


@pytest.fixture
def log():
	"""A log of seven rows and nothing else, gone after the test."""
	frappe.db.delete("SV Access Log")
	frappe.db.delete("SV Access Log Head")
	access_log.begin()
	for number in range(ROWS):
		access_log.record("Opened", "SV Report", f"case{number}")
	access_log.write_now()


def change(at: int, **values) -> None:
	frappe.db.set_value("SV Access Log", {"position": at}, values, update_modified=False)


def fault(**kwargs) -> tuple[int, str] | None:
	found = access_log.verify(batch=3, **kwargs)
	return found and (found.position, found.kind)


def plain_hash(row: dict) -> str:
	"""What somebody without the key can compute."""
	return hashlib.sha256(json.dumps([str(row[field]) for field in chain.CONTENT]).encode()).hexdigest()


def test_an_untouched_log_is_found_to_be_whole(log):
	assert fault() is None
	assert access_log.end()[0] == ROWS


def test_an_empty_log_is_whole_and_one_that_was_emptied_is_not(log):
	frappe.db.delete("SV Access Log")
	assert fault() == (1, "cut off")
	frappe.db.delete("SV Access Log Head")
	assert fault() == (1, "cut off")
	access_log.begin()
	assert fault() is None


@pytest.mark.parametrize(
	("field", "value"),
	[
		("user", "somebody.else@uni.example"),
		("action", "Changed"),
		("document_name", "another"),
		("document_type", "SV Note"),
		("report", ""),
		("by_right", "all"),
		("from_address", "192.0.2.1"),
		("logged_at", "2026-01-01 00:00:00"),
		("row_hash", "0" * 64),
		("previous_hash", "0" * 64),
	],
)
def test_a_changed_row_shows_whatever_was_changed_in_it(log, field, value):
	change(4, **{field: value})
	assert fault() == (4, "changed")


def test_a_removed_row_shows(log):
	frappe.db.delete("SV Access Log", {"position": 4})
	assert fault() == (4, "removed")


def test_a_removed_row_shows_when_the_others_close_the_gap(log):
	frappe.db.delete("SV Access Log", {"position": 4})
	for position in range(5, ROWS + 1):
		change(position, position=position - 1)
	assert fault()[0] == 4


@pytest.mark.parametrize("cut", [1, 3, ROWS])
def test_cutting_off_the_end_shows(log, cut):
	frappe.db.delete("SV Access Log", {"position": [">", ROWS - cut]})
	assert fault() == (ROWS - cut + 1, "cut off")


def test_cutting_off_the_end_shows_when_the_head_is_turned_back_too(log):
	frappe.db.delete("SV Access Log", {"position": [">", 5]})
	last = frappe.db.get_value("SV Access Log", {"position": 5}, "row_hash")
	frappe.db.set_value("SV Access Log Head", "head", {"position": 5, "row_hash": last})
	assert fault() == (6, "cut off")


def test_an_older_head_put_back_with_its_rows_shows_against_what_was_mailed(log):
	mailed = access_log.end()
	head = frappe.db.get_value(
		"SV Access Log Head", "head", ["position", "row_hash", "head_hash"], as_dict=True
	)
	access_log.record("Exported", "SV Report", "")
	access_log.write_now()
	later = access_log.end()
	frappe.db.delete("SV Access Log", {"position": ROWS + 1})
	frappe.db.set_value("SV Access Log Head", "head", head)
	assert fault() is None and fault(anchor=mailed) is None
	assert fault(anchor=later) == (ROWS + 1, "cut off")
	assert fault(anchor=(3, mailed[1])) == (3, "changed")


def guessed_hash(row: dict) -> str:
	"""What somebody computes who has read this code."""
	return chain.row_hash(b"", row)


def forged(position: int, previous: str, made_by=plain_hash) -> dict:
	row = frappe.db.get_value("SV Access Log", {"position": 2}, ["*"], as_dict=True)
	row.update(name="forged", user="innocent@uni.example", position=position, previous_hash=previous)
	row.row_hash = made_by(row)
	return row


def insert(row: dict) -> None:
	frappe.db.bulk_insert("SV Access Log", list(row), [list(row.values())])


def test_a_forged_row_in_between_shows(log):
	for position in range(ROWS, 3, -1):
		change(position, position=position + 1)
	previous = frappe.db.get_value("SV Access Log", {"position": 3}, "row_hash")
	insert(forged(4, previous))
	assert fault() == (4, "inserted")


@pytest.mark.parametrize("position", [0, -5])
def test_a_forged_row_before_the_first_shows(log, position):
	insert(forged(position, chain.START))
	assert fault() == (position, "inserted")


@pytest.mark.parametrize("made_by", [plain_hash, guessed_hash])
@pytest.mark.parametrize("with_head", [False, True])
def test_a_forged_row_at_the_end_shows(log, with_head, made_by):
	row = forged(ROWS + 1, access_log.end()[1], made_by)
	insert(row)
	if with_head:
		head = {"position": row.position, "row_hash": row.row_hash}
		frappe.db.set_value("SV Access Log Head", "head", head)
	assert fault() == (ROWS + 1, "inserted")


@pytest.mark.parametrize(("position", "fitted"), [(ROWS + 1, False), (ROWS + 2, True)])
def test_a_row_from_before_a_backup_was_put_back_does_not_fit_into_what_was_written_since(
	log, position, fitted
):
	"""It was genuine once, at this very place; fitted: with the hash of the row that is before it now."""

	def write_two(name: str) -> dict:
		for number in "12":
			access_log.record("Opened", "SV Report", name + number)
		access_log.write_now()
		return frappe.db.get_value("SV Access Log", {"position": position}, ["*"], as_dict=True)

	head = frappe.db.get_value(
		"SV Access Log Head", "head", ["position", "row_hash", "head_hash"], as_dict=True
	)
	old = write_two("old")
	frappe.db.delete("SV Access Log", {"position": [">", ROWS]})
	frappe.db.set_value("SV Access Log Head", "head", head)
	new = write_two("new")
	frappe.db.delete("SV Access Log", {"position": position})
	insert({**old, "previous_hash": new.previous_hash} if fitted else old)
	assert fault() == (ROWS + 2, "changed")


def test_a_row_put_back_from_elsewhere_does_not_fit_at_another_place(log):
	content = frappe.db.get_value("SV Access Log", {"position": 2}, ["*"], as_dict=True)
	content.pop("position")
	content.pop("name")
	change(5, **content)
	assert fault() == (5, "changed")


@pytest.mark.parametrize("values", [{"position": 3}, {"row_hash": "0" * 64}, {"head_hash": "0" * 64}])
def test_a_log_whose_head_was_changed_is_not_continued_as_if_nothing_had_happened(log, values):
	frappe.db.set_value("SV Access Log Head", "head", values)
	access_log.record("Opened", "SV Report", "case")
	with pytest.raises(AccessLogError, match="tampered"):
		access_log.write_now()
	with pytest.raises(AccessLogError):
		access_log.end()
	assert fault() == (ROWS + 1, "cut off")


def test_a_log_without_its_head_is_not_continued(log):
	frappe.db.delete("SV Access Log Head")
	access_log.record("Opened", "SV Report", "case")
	with pytest.raises(AccessLogError, match="tampered"):
		access_log.write_now()


def test_the_key_of_the_log_is_neither_the_index_key_nor_a_master_key():
	from sv_helpdesk.crypto import key_ring

	ring = key_ring.load()
	assert len(ring.log_key) == 32
	assert ring.log_key not in (ring.index_key, *ring.master_keys.values())
	assert key_ring.load().log_key == ring.log_key


def test_moments_are_kept_to_the_microsecond_in_universal_time(log):
	from datetime import datetime, timezone

	now = datetime.now(timezone.utc).replace(tzinfo=None)
	moments = frappe.get_all("SV Access Log", pluck="logged_at", order_by="position asc")
	assert abs((now - moments[0]).total_seconds()) < 60
	assert len(set(moments)) > 1 and moments == sorted(moments)


def test_what_is_rolled_back_is_not_logged_and_leaves_no_gap(log):
	frappe.db.savepoint("earlier")
	access_log.record("Opened", "SV Report", "one")
	access_log.write_now()
	frappe.db.rollback(save_point="earlier")
	access_log.record("Opened", "SV Report", "two")
	access_log.write_now()
	assert fault() is None and access_log.end()[0] == ROWS + 1


def test_the_same_opening_counts_once_in_a_transaction(log):
	for _time in range(3):
		access_log.record("Opened", "SV Report", "one")
	access_log.record("Printed", "SV Report", "one")
	access_log.write_now()
	assert access_log.end()[0] == ROWS + 2


def test_an_unknown_action_is_refused():
	with pytest.raises(ValueError):
		access_log.record("Peeked", "SV Report", "one")
