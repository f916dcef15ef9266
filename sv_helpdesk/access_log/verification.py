"""Walking the chain: is the access log as it was written, and if not, where does it first differ?"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain as joined
from itertools import pairwise

import frappe
from frappe import _

from sv_helpdesk.access_log import chain
from sv_helpdesk.crypto import key_ring

CHANGED, REMOVED, INSERTED, CUT_OFF = "changed", "removed", "inserted", "cut off"
BATCH = 1000


@dataclass(frozen=True)
class Fault:
	"""The first place where the log isn't as it was written."""

	position: int
	kind: str

	def __str__(self) -> str:
		"""Return a sentence for people."""
		return {
			CHANGED: _("Row {0} of the access log was changed."),
			REMOVED: _("Row {0} of the access log was removed."),
			INSERTED: _("Row {0} of the access log was inserted by somebody else."),
			CUT_OFF: _("The access log was cut off before row {0}."),
		}[self.kind].format(self.position)


def verify(anchor: tuple[int, str] | None = None, batch: int = BATCH) -> Fault | None:
	"""Check the whole log in batches.

	Args:
	        anchor: a position and hash that were noted outside the site, to be found again.
	        batch: how many rows are in memory at once.

	Returns: None if every row is as it was written, else the first fault.

	Raises:
	        KeyFileError: the key file can't be used.
	"""
	# the head first: rows that others append meanwhile lie beyond this transaction's view
	key, head = key_ring.load().log_key, chain.head_as_stored()
	position, genuine_head = (head[0], head[2]) if head else (0, False)
	done, previous = 0, chain.START
	for row, following in pairwise(joined(_rows(batch), [None])):
		if row.position < 1:
			return Fault(row.position, INSERTED)
		if row.position != done + 1:
			return Fault(done + 1, REMOVED)
		if genuine_head and row.position > position:
			return Fault(row.position, INSERTED)
		if not _fits(row, previous, key):
			return Fault(row.position, _kind(row, following, previous, genuine_head))
		if anchor and anchor[0] == row.position and anchor[1] != row.row_hash:
			return Fault(row.position, CHANGED)
		done, previous = row.position, row.row_hash
	if not genuine_head or done != position or (anchor and anchor[0] > done):
		return Fault(done + 1, CUT_OFF)
	return None


def _fits(row, previous: str, key: bytes) -> bool:
	return row.previous_hash == previous and hmac.compare_digest(row.row_hash or "", chain.row_hash(key, row))


def _kind(row, following, previous: str, genuine_head: bool) -> str:
	"""A row that is not ours: put in between, if the next row doesn't know it."""
	if following:
		return INSERTED if following.previous_hash == previous else CHANGED
	return CHANGED if genuine_head else INSERTED


def _rows(batch: int) -> Iterator:
	table = frappe.qb.DocType(chain.ROWS)
	fields = [table[name] for name in (*chain.CONTENT, "previous_hash", "row_hash")]
	last = None
	while True:
		query = frappe.qb.from_(table).select(*fields).orderby(table.position).limit(batch)
		rows = (query.where(table.position > last) if last is not None else query).run(as_dict=True)
		yield from rows
		if len(rows) < batch:
			return
		last = rows[-1].position
