"""The host's list of jobs: of those about a case it shows no arguments, and it asks for the right to list at all."""

import frappe
from frappe.core.doctype.rq_job.rq_job import RQJob

from sv_helpdesk.crypto.quiet import without_values
from sv_helpdesk.guards.subjects import refuse

# one of them stands in the arguments of every job about a case; a sealed ticket has its number as subject
MARKS = ("SV ", "SV-", "sv_helpdesk")


class QuietJob(RQJob):
	"""RQ Job, which the host's report view lists for everybody who is logged in, with all that a job was told."""

	def load_from_db(self) -> None:
		"""Read one job."""
		super().load_from_db()
		self.update(_in_no_words(self))

	@staticmethod
	def get_list(*args, **kwargs) -> list[dict]:
		"""List jobs, with the arguments that the host has.

		Raises:
			frappe.PermissionError: the session's user has no right to jobs.
		"""
		_require_right()
		jobs = frappe.call(RQJob.get_list, *args, **kwargs)
		return [frappe._dict(job, **_in_no_words(job)) for job in jobs]

	@staticmethod
	def get_count(*args, **kwargs) -> int:
		"""Count jobs.

		Raises:
			frappe.PermissionError: the session's user has no right to jobs.
		"""
		_require_right()
		return frappe.call(RQJob.get_count, *args, **kwargs)


def _require_right() -> None:
	if not frappe.has_permission("RQ Job", "read"):
		refuse()


def _in_no_words(job) -> dict:
	"""Return what is shown in place of the words of a job that touches a case."""
	told, said = job.get("arguments") or "", job.get("exc_info") or ""
	if not any(mark in text for mark in MARKS for text in (told, said)):
		return {}
	return {"arguments": "", "exc_info": without_values(said)}
