"""Keep case content out of error logs: what a confidential request or job logs has no values.

Frappe's Error Log shows the local variables of every frame, and its log files the
request's form; both would hold clear text when a form of ours fails to save.
"""

import re

import frappe
from frappe.core.doctype.error_log.error_log import ErrorLog
from frappe.core.doctype.scheduled_job_log.scheduled_job_log import ScheduledJobLog

FLAG = "sv_quiet"
MARKS = ("SV ", "SV%20", "SV+", "sv_helpdesk", "sv-")
# a session's cookies, and keys: whoever has them is that person, past the second factor
CREDENTIALS = ("cookie", "authorization", "x-frappe-csrf-token")
# address of the reporting page
PAGE = "melden"
PASSWORDS = ("pwd", "password")
FRAME = re.compile(r'^\s*File "[^"\n]+", line \d+, in [\w<>.]+', re.MULTILINE)
ERROR = re.compile(r"^\w+(?:\.\w+)*(?:Error|Exception|Exists|Interrupt|Exit)\b", re.MULTILINE)


def be_quiet() -> None:
	"""From here to the end of this request or job, log no values."""
	setattr(frappe.local, FLAG, True)


def is_quiet() -> bool:
	"""Tell whether this request or job has touched a case."""
	request = getattr(frappe.local, "request", None)
	# of what is sent to the reporting page nothing is logged, also when the host fails before it asks us
	return bool(getattr(frappe.local, FLAG, False) or (request and is_of_page(request.path)))


def is_of_page(path: str) -> bool:
	"""Tell whether an address is one of the reporting page, however it is spelled."""
	path = path.strip("/ ").lower().removesuffix(".html")
	return path == PAGE or path.startswith(f"{PAGE}/")


def before_request() -> None:
	"""Recognise requests that carry case content, before anything can fail in them."""
	request, form = frappe.local.request, frappe.local.form_dict
	_keep_from_recorder(form)
	# a JSON body's values can be documents
	texts = [request.path, *map(str, form.values())]
	if any(mark in text for text in texts for mark in MARKS):
		be_quiet()
		frappe.local.form_dict = QuietDict(form)
		if recorder := getattr(frappe.local, "_recorder", None):
			recorder.form_dict = QuietDict()


def before_job(method: str, kwargs: dict | None = None) -> None:
	"""before_job hook: a job of ours, and one of the host's that is told of our documents, logs no values.

	Args:
		method: dotted path of what runs; of what is scheduled, the host's own, which is told ours.
		kwargs: what it is told.
	"""
	texts = [method, *(value for value in (kwargs or {}).values() if isinstance(value, str))]
	if any(mark in text for text in texts for mark in MARKS):
		be_quiet()


def _keep_from_recorder(form: dict) -> None:
	"""Administrator's recorder of requests keeps everybody's headers and form: no session and no password in them."""
	recorder = getattr(frappe.local, "_recorder", None)
	if not recorder:
		return
	headers = recorder.headers or {}
	recorder.headers = {key: value for key, value in headers.items() if key.lower() not in CREDENTIALS}
	if any(word in key.lower() for key in form for word in PASSWORDS):
		recorder.form_dict = QuietDict()


class QuietDict(frappe._dict):
	"""A request's form that doesn't print itself."""

	def __repr__(self) -> str:
		return "<confidential>"

	__str__ = __repr__

	def __deepcopy__(self, memo) -> "QuietDict":
		return QuietDict()


class QuietErrorLog(ErrorLog):
	"""Error Log that keeps only places and kinds of errors of confidential requests and jobs."""

	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		if is_quiet() and not self.get("creation"):
			self.error = without_values(self.error or "")
			self.method = "Confidential request"


class QuietJobLog(ScheduledJobLog):
	"""Scheduled Job Log that keeps only places and kinds of errors of our jobs: newer hosts note every variable.

	What fails at the key file has the keys in its variables, and they must never come into the database.
	"""

	def db_set(self, fieldname, value=None, *args, **kwargs):
		"""As in Frappe, which stores what failed by this alone."""
		if fieldname == "details" and (is_quiet() or self._is_of_ours()):
			value = without_values(value or "")
		return super().db_set(fieldname, value, *args, **kwargs)

	def _is_of_ours(self) -> bool:
		method = frappe.db.get_value("Scheduled Job Type", self.scheduled_job_type, "method") or ""
		return any(mark in method for mark in MARKS)


def without_values(traceback: str) -> str:
	"""Return the frames and the kinds of errors of a traceback, without a single value."""
	kinds = [match.group().rsplit(".", 1)[-1] for match in ERROR.finditer(traceback)]
	return "\n".join([*(frame.strip() for frame in FRAME.findall(traceback)), *kinds])
