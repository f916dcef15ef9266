"""What was sent on the page becomes a case, or one more message of it, as a mail would."""

import frappe
from frappe import _

from sv_helpdesk.helpdesk import clean_html, from_outside, outbox
from sv_helpdesk.moments import this_minute
from sv_helpdesk.reporting import codes, report_form
from sv_helpdesk.reporting.errors import AlreadySent
from sv_helpdesk.reporting.uploads import Upload
from sv_helpdesk.reporting.visits import Visit
from sv_helpdesk.workflows import moving
from sv_helpdesk.workflows.case import UNDER_WAY, tables_of
from sv_helpdesk.workflows.complaint import is_under_way

CHANNEL = "Web form"
WITHDRAWN = "reporter_withdraws"
PROFILE = ("staff_group", "contract", "unit")


def new_report(values: dict[str, str], files: list[Upload], index: str, language: str) -> str:
	"""Make a case of a report and return the code with which its reporter comes back.

	Args:
	        values: see report_form.read; nothing is wrong with them.
	        files: that came along.
	        index: of the form's token.
	        language: in which it was written.

	Raises:
	        AlreadySent: a form with this token made a message before.
	"""
	# one at a time for each desk, so that a form sent twice at once makes one case
	frappe.db.get_value("SV Desk", values["desk"], "name", for_update=True)
	_refuse_twice(index)
	report = from_outside.make_case(_case(values, language), *_people(values))
	_add(report.name, _as_text(values), files, index)
	from_outside.queue(report)
	if text := acknowledgement(report.desk, language):
		outbox.lay_ready(report, text, acknowledgement=1)
	return codes.give(report.name)


def more(visit: Visit, text: str, files: list[Upload], index: str) -> None:
	"""Add what a reporter who came back writes.

	Args:
	        visit: of the reporter.
	        text: plain text; may be empty when there are files.
	        files: that came along.
	        index: of the form's token.

	Raises:
	        AlreadySent: as in `new_report`.
	"""
	frappe.db.get_value("SV Report", visit.report, "name", for_update=True)
	_refuse_twice(index)
	_add(visit.report, text, files, index)


def withdraw(visit: Visit, text: str, index: str) -> bool:
	"""Withdraw the report; where a decision table or committee deals with it or it has ended, the desk has to.

	Args:
	        visit: of the reporter.
	        text: why, if they say so.
	        index: of the form's token.

	Returns:
	        Whether it is withdrawn; then the code has ended.

	Raises:
	        AlreadySent: as in `new_report`.
	"""
	frappe.db.get_value("SV Report", visit.report, "name", for_update=True)
	_refuse_twice(index)
	language = frappe.db.get_value("SV Report", visit.report, "language")
	body = f"{_('I withdraw my report.', lang=language)}\n\n{text}".strip()
	_add(visit.report, body, [], index, attention=WITHDRAWN)
	from_outside.flag(visit.report, [WITHDRAWN])
	# what a step followed by itself doesn't ask
	if not (tables_of(visit.report, UNDER_WAY) or is_under_way(visit.report)):
		moving.follow("SV Report", visit.report, "withdraw")
	return not codes.is_open(visit.report)


def acknowledgement(desk: str, language: str) -> str:
	"""Return the desk's acknowledgement of receipt in a language, or in the other one, or "" if it has none."""
	doc = frappe.get_cached_doc("SV Desk", desk)
	texts = {"nl": doc.acknowledgement_nl, "en": doc.acknowledgement_en}
	return texts[language] or texts["nl"] or texts["en"] or ""


def _refuse_twice(index: str) -> None:
	# as it is now, not as this transaction began
	if frappe.db.get_value("SV Message", {"content_index": index}, for_update=True):
		raise AlreadySent


def _add(report: str, text: str, files: list[Upload], index: str, attention: str = "") -> None:
	values = {
		"channel": CHANNEL,
		"message_at": this_minute(),
		"body": clean_html.from_text(text),
		"content_index": index,
		"attention": attention,
	}
	from_outside.add_message(report, values, files)


def _case(values: dict[str, str], language: str) -> dict:
	return {
		"kind": "Report",
		"desk": values["desk"],
		"first_desk": values["desk"],
		"channel": CHANNEL,
		"confidentiality": values["how"],
		"received_at": this_minute(),
		"language": language,
		"subject": _("Report on the reporting page"),
		"narrative": _as_text(values, "story", "when", "where"),
		"wishes": values["wishes"],
		"accused_position": values["about_position"],
		"only_if_repeated": int(bool(values["only_register"])),
	}


def _people(values: dict[str, str]) -> list[dict]:
	"""Return the parties: the reporter, without identity if anonymous, and whom it is about if they said so."""
	reporter = {"party_role": "Reporter", **{name: values[name] for name in PROFILE}}
	if values["how"] == report_form.ANONYMOUS:
		reporter["anonymous"] = 1
	else:
		reporter |= {
			"person_name": values["name"],
			"email_address": values["email"],
			"phone": values["phone"],
		}
	if not values["about"]:
		return [reporter]
	accused = {
		"party_role": "Accused",
		"person_name": values["about"],
		"position": values["about_position"],
	}
	return [reporter, accused]


def _as_text(values: dict[str, str], *names: str) -> str:
	"""Return what was written, under what was asked."""
	asked = {
		"story": _("What happened?"),
		"when": _("When was it?"),
		"where": _("Where was it?"),
		"about": _("Who is it about?"),
		"wishes": _("What would you like to happen?"),
	}
	return "\n\n".join(
		f"{question}\n{values[name]}"
		for name, question in asked.items()
		if values[name] and (not names or name in names)
	)
