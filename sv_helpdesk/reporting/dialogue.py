"""What a reporter who came back sees: what the desk wrote to them, and when they wrote themselves.

Nothing else of the case: no notes, no state, no names. What they wrote isn't shown again, in case somebody else
has found the code.
"""

from collections import Counter

import frappe
from frappe.utils import format_datetime

from sv_helpdesk.helpdesk import clean_html
from sv_helpdesk.reporting.visits import Visit

MOMENT = "d MMMM yyyy HH:mm"
MOST = 200


def of(visit: Visit) -> list[dict]:
	"""Return the dialogue, the latest first.

	Args:
	        visit: of the reporter.

	Returns:
	        Per message `moment`, and either `text` (paragraphs as lines) of the desk, or the number of `files` that
	        the reporter sent.
	"""
	names = frappe.get_all(
		"SV Message",
		filters={"report": visit.report, "channel": "Web form"},
		pluck="name",
		order_by="message_at desc, creation desc",
		limit=MOST,
	)
	messages = [frappe.get_doc("SV Message", name) for name in names]
	# one question for all of them
	sent = frappe.get_all(
		"SV Attachment", filters={"report": visit.report}, pluck="message", order_by="creation asc"
	)
	files = Counter(sent)
	return [_shown(message, visit, files[message.name]) for message in messages if message.is_of_page()]


def _shown(message, visit: Visit, files: int) -> dict:
	moment = format_datetime(message.message_at, MOMENT)
	if message.direction == "Incoming":
		return {"moment": moment, "text": None, "files": files}
	return {"moment": moment, "text": clean_html.to_text(message.open_on_page(visit)), "files": 0}
