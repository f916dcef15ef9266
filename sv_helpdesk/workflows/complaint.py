"""The steps of a formal complaint at the external committee (DOMAIN; A&O 6.1.2; CAOP, report and complaint).

The committee has no account: who works at the desk records what it did. Its file is a record of its own
(sv_helpdesk.complaints), apart from the informal case.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sv_helpdesk.complaints import consents, parts
from sv_helpdesk.deadlines.kinds import APPEAL
from sv_helpdesk.deadlines.readings import can_be_appealed
from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.aftercare import case_is_open
from sv_helpdesk.workflows.machine import Machine, Step

KIND = "Formal complaint"
AT_THE_COMMITTEE = ("Handed over", "Admissible", "Heard")
UNDECIDED = ("Drawn up", *AT_THE_COMMITTEE, "Advice given")
ENDED = ("Closed", "Withdrawn")


def names_are_known(complaint) -> None:
	"""A complaint isn't anonymous and names whom it is about (R4; CAOP)."""
	for fieldname in ("complainant", "accused"):
		party = complaint.get(fieldname)
		if party and not frappe.db.get_value("SV Party", party, "person_name"):
			frappe.throw(
				_(
					"A formal complaint isn't anonymous. Write the name of {0} in the people of the case."
				).format(checks.label_of(complaint, fieldname))
			)


def has_its_text(complaint) -> None:
	"""The committee gets the complaint itself, in writing (CAOP)."""
	_require_part(complaint, parts.COMPLAINT, for_committee=1)


def nothing_informal_without_consent(complaint) -> None:
	"""Nothing out of the informal case goes to the committee without consent or an exception (R1, R2)."""
	for part in parts.of(complaint.name, parts.COMMITTEE):
		consents.check(frappe.get_doc("SV Complaint Part", part), complaint)


def accused_is_told(complaint) -> None:
	"""The accused is told of the complaint and can defend themselves before it goes on (CAOP)."""
	if not frappe.db.get_value("SV Report", complaint.report, "accused_informed_on"):
		frappe.throw(
			_(
				"The accused hasn't been told of the complaint. Tell them, give them their copy, and fill in the day in the case."
			)
		)


def both_were_heard(complaint) -> None:
	"""Both sides are heard, or it is said why one wasn't (R7)."""
	if complaint.complainant_heard_at and complaint.accused_heard_at:
		return
	if not complaint.not_heard_reason:
		frappe.throw(
			_("Both sides are heard. Fill in when each of them was, or write why somebody wasn't heard.")
		)


def advice_is_in_the_file(complaint) -> None:
	"""What the committee advised, with its reasons, stands in the file."""
	_require_part(complaint, parts.ADVICE)


def decision_is_in_the_file(complaint) -> None:
	"""What was decided stands in the file."""
	_require_part(complaint, parts.DECISION)


def deviation_is_explained(complaint) -> None:
	"""A decision that isn't what the committee advised says why (UM 4.2)."""
	if complaint.deviates:
		checks.require(complaint, "deviation_reason")


def appeal_term_is_over(complaint) -> None:
	"""A complaint stays open as long as one of the two sides can still go against the decision."""
	running = {
		"document_type": complaint.doctype,
		"document_name": complaint.name,
		"kind": APPEAL,
		"status": "Running",
		"due_at": [">", now_datetime()],
	}
	if frappe.db.exists("SV Deadline", running):
		frappe.throw(_("The term for an objection or appeal isn't over. Close the complaint when it is."))


def is_under_way(report: str) -> bool:
	"""Tell whether the complaint of a case still runs.

	Args:
		report: name of the SV Report.
	"""
	return _has_complaint(report, ["not in", ENDED])


def refuse_undecided(case) -> None:
	"""A case isn't settled before its formal complaint is decided on."""
	if case.kind == KIND and _has_complaint(case.name, ["in", UNDECIDED]):
		frappe.throw(
			_(
				"The formal complaint of this case isn't decided on. Wait for the decision, or withdraw it first."
			)
		)


def refuse_under_way(case) -> None:
	"""A case isn't closed, withdrawn or turned into something else while its formal complaint runs."""
	if case.kind == KIND and is_under_way(case.name):
		frappe.throw(
			_("The formal complaint of this case still runs. Close or withdraw the complaint first.")
		)


def _has_complaint(report: str, status: list) -> bool:
	return bool(frappe.db.exists("SV Complaint", {"report": report, "status": status}))


def _require_part(complaint, kind: str, **values) -> None:
	if not frappe.db.exists("SV Complaint Part", {"complaint": complaint.name, "kind": kind, **values}):
		frappe.throw(
			_("The file has no part of the kind {0} yet. Put it into the file first.").format(
				_(kind, context="SV Complaint Part")
			)
		)


MACHINE = Machine(
	"SV Complaint",
	"Drawn up",
	(
		Step(
			"hand_over",
			"Hand over to the committee",
			("Drawn up",),
			"Handed over",
			CASE_WORKERS,
			asks=("handed_over_on",),
			needs=("complainant", "accused", "committee", "advice_status"),
			stamps=("handed_over_on",),
			before=(names_are_known, has_its_text),
			checks=(case_is_open, nothing_informal_without_consent),
		),
		Step(
			"admit",
			"Admissible",
			("Handed over",),
			"Admissible",
			CASE_WORKERS,
			asks=("admissibility_on",),
			stamps=("admissibility_on",),
			before=(accused_is_told,),
		),
		Step(
			"refuse",
			"Not admissible",
			("Handed over",),
			"Not admissible",
			CASE_WORKERS,
			asks=("admissibility_on", "inadmissible_reason"),
			needs=("inadmissible_reason",),
			stamps=("admissibility_on",),
			aside=True,
		),
		Step("hear", "Both sides heard", ("Admissible",), "Heard", CASE_WORKERS, before=(both_were_heard,)),
		Step(
			"advise",
			"Advice received",
			("Heard",),
			"Advice given",
			CASE_WORKERS,
			asks=("advice_on",),
			stamps=("advice_on",),
			before=(advice_is_in_the_file,),
		),
		Step(
			"decide",
			"Decided",
			("Advice given",),
			"Decided",
			CASE_WORKERS,
			asks=("decided_on", "decider", "remedy", "deviates", "deviation_reason"),
			needs=("decider", "remedy"),
			stamps=("decided_on",),
			before=(decision_is_in_the_file,),
			checks=(deviation_is_explained,),
		),
		Step(
			"appeal",
			"Objection or appeal lodged",
			("Decided",),
			"Appeal lodged",
			CASE_WORKERS,
			asks=("appeal_lodged_on", "appeal_by"),
			needs=("appeal_by",),
			stamps=("appeal_lodged_on",),
			where=can_be_appealed,
			aside=True,
		),
		Step(
			"end_appeal",
			"Objection or appeal over",
			("Appeal lodged",),
			"Appeal over",
			CASE_WORKERS,
			asks=("appeal_over_on", "appeal_outcome", "appeal_text"),
			needs=("appeal_outcome",),
			stamps=("appeal_over_on",),
		),
		Step(
			"close",
			"Close",
			("Not admissible", "Decided", "Appeal over"),
			"Closed",
			CASE_WORKERS,
			stamps=("closed_on",),
			before=(appeal_term_is_over,),
		),
		Step(
			"withdraw",
			"Withdrawn by the complainant",
			UNDECIDED,
			"Withdrawn",
			CASE_WORKERS,
			reason=True,
			stamps=("closed_on",),
		),
		Step(
			"reopen",
			"Take up again",
			("Not admissible", "Withdrawn"),
			"Drawn up",
			CASE_WORKERS,
			reason=True,
			clears=(
				*("handed_over_on", "admissibility_on", "inadmissible_reason", "closed_on"),
				*("complainant_heard_at", "accused_heard_at", "not_heard_reason", "advice_on"),
			),
			checks=(case_is_open,),
		),
	),
)
