"""After a request: what it read is logged, or its answer is withheld; what it was refused is logged."""

from contextlib import suppress

import frappe
from frappe import _

from sv_helpdesk.access_log import chain, refusals
from sv_helpdesk.access_log.errors import AccessLogError
from sv_helpdesk.access_log.pending import READING, of_this_transaction
from sv_helpdesk.crypto.quiet import be_quiet


def after_request(response=None) -> None:
	"""after_request hook: write what the request's own transaction didn't write.

	Args:
	        response: the answer; it is replaced if what it shows can't be logged. None, or a
	                status from 400, is a request that failed: nothing was shown.
	"""
	pending = of_this_transaction().take()
	failed = response is None or response.status_code >= 400
	refused = [row for row in pending if row["action"] == "Refused"]
	read = [row for row in pending if row["action"] in READING]
	try:
		if failed:
			_write_apart(lambda: refusals.within_limit([*refused, *refusals.take()]))
		elif read or refused:
			_write_apart(lambda: [*read, *refused])
	except Exception:
		if not failed:
			_withhold(response)
		_report()


def _write_apart(find_rows) -> None:
	"""Write rows in a transaction that holds nothing else: what a GET has changed is not kept."""
	frappe.db.rollback()
	if rows := find_rows():
		chain.append(rows)
		frappe.db.commit()


def _withhold(response) -> None:
	sentence = _("This can't be shown, because the access log could not be written. Try again later.")
	error = {"exc_type": AccessLogError.__name__, "message": sentence}
	messages = frappe.as_json([frappe.as_json({"message": sentence, "indicator": "red"})])
	response.headers.clear()
	response.status_code = AccessLogError.http_status_code
	response.content_type = "application/json"
	response.set_data(frappe.as_json({**error, "_server_messages": messages}))


def _report() -> None:
	be_quiet()
	with suppress(Exception):
		frappe.db.rollback()
		frappe.log_error("The access log could not be written")
		frappe.db.commit()
