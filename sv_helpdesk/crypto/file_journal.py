"""Remember which files a transaction is about to write, so that none is left behind.

A database rolls back by itself when a process dies, a disk does not. Before a file is
written its path goes into a journal that this process holds locked. A journal nobody
holds belongs to a process that died: `sweep` deletes the files in it that have no row.
"""

import fcntl
from pathlib import Path

import frappe

OPEN, CLOSED = ".open", ".journal"


def before_write(path: Path) -> None:
	"""Note that `path` is about to be written in this transaction."""
	journal = getattr(frappe.local, "sv_file_journal", None)
	if not journal:
		journal = frappe.local.sv_file_journal = _Journal()
		frappe.db.after_commit.add(journal.keep)
		frappe.db.after_rollback.add(journal.undo)
	journal.add(path)


def sweep() -> int:
	"""Delete files of transactions whose process died before the commit; return how many."""
	removed = 0
	for path in _folder().glob(f"*{CLOSED}"):
		with path.open() as file:
			try:
				fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
			except BlockingIOError:
				continue  # its process is alive
			if not path.exists():
				continue  # its transaction ended while we looked
			for name in file.read().splitlines():
				# as it is now: this transaction may have begun before that one was committed
				if not frappe.db.get_value("File", Path(name).stem, "name", for_update=True):
					removed += _remove(Path(name))
			path.unlink(missing_ok=True)
	return removed


class _Journal:
	"""The files one transaction writes; the lock ends with the process."""

	def __init__(self):
		draft = _folder() / f"{frappe.generate_hash(length=16)}{OPEN}"
		self.file = draft.open("x")
		fcntl.flock(self.file, fcntl.LOCK_EX)
		self.path = draft.rename(draft.with_suffix(CLOSED))
		self.files: list[Path] = []

	def add(self, path: Path) -> None:
		path = path.resolve()
		self.files.append(path)
		self.file.write(f"{path}\n")
		self.file.flush()

	def keep(self) -> None:
		"""After the commit: the files stay."""
		frappe.local.sv_file_journal = None
		self.path.unlink(missing_ok=True)
		self.file.close()

	def undo(self) -> None:
		"""After a rollback: the files go."""
		for path in self.files:
			_remove(path)
		self.keep()


def _folder() -> Path:
	folder = Path(frappe.get_site_path("locks", "sv_files"))
	folder.mkdir(parents=True, exist_ok=True, mode=0o700)
	return folder


def _remove(path: Path) -> bool:
	existed = path.exists()
	path.unlink(missing_ok=True)
	return existed
