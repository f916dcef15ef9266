"""The steps of a request about somebody's own data: collected, prepared, released by a second person, handed out."""

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk import access_log, notices
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.machine import Machine, Step

ACCESS, ERASURE = "Access", "Erasure"
GRANTED, REFUSED = "Granted", "Refused"
FINISHED_CASE = ("Closed", "Withdrawn")
SECOND = ("second",)
HANDED_OUT, WITHDRAWN = "Handed out", "Withdrawn"
FREEZING = ("answer", "prepared_by", "prepared_at")


def was_searched(request) -> None:
	"""What is held is looked up anew; what its handler may not see goes to colleagues."""
	from sv_helpdesk.subject_access import collecting

	collecting.collect(request)


def says_why(request) -> None:
	"""A request isn't turned down without its ground and reasons (GDPR art. 12(4))."""
	if request.decision != GRANTED:
		checks.require(request, "ground", "reasons")
	else:
		request.ground = None


def is_carried_out(request) -> None:
	"""A correction is made before the person is told of it."""
	if request.kind == "Correction" and request.decision != REFUSED:
		checks.require(request, "carried_out_on", "carried_out")


def everything_is_chosen(request) -> None:
	"""Of each item it was decided whether it goes in."""
	from sv_helpdesk.subject_access import choosing

	if request.kind == ACCESS and request.decision != REFUSED and choosing.undecided(request):
		frappe.throw(_("Of some items it isn't decided whether they go in. Choose what goes in first."))


def can_be_erased(request) -> None:
	"""A case that goes on, or that has to be kept, isn't anonymised before its time."""
	if request.kind != ERASURE or request.decision == REFUSED:
		return
	for row in request.cases:
		case = frappe.db.get_value("SV Report", row.report, ["status", "legal_hold"], as_dict=True)
		if case.status not in FINISHED_CASE or case.legal_hold:
			frappe.throw(
				_(
					"A case of this person goes on or has to be kept. Close it and end the legal hold first, or refuse the erasure."
				)
			)


def second_person_can_be_asked(request) -> None:
	"""The second person is somebody else who may know of all of it (R5, R6)."""
	from sv_helpdesk.subject_access import second_person

	second_person.check(request)


def answer_is_kept(request) -> None:
	"""What goes out is what the second person reads."""
	from sv_helpdesk.subject_access import answering

	request.prepared_by, request.prepared_at = frappe.session.user, this_minute()
	request.answer = answering.as_text(request)


def is_released_by_another(request) -> None:
	"""Two persons answer for what leaves."""
	if frappe.session.user != request.second_person or frappe.session.user == request.prepared_by:
		frappe.throw(
			_("The second person whom the request names releases the answer. Ask that colleague."),
			frappe.PermissionError,
		)
	request.released_by = frappe.session.user


def tell_second_person(request) -> None:
	"""The second person hears that something waits."""
	notices.tell(
		[request.second_person],
		lambda language: _("An answer about somebody's own data waits for you to release it.", language),
		request.doctype,
		request.name,
		at_once=True,
	)


def tell_handler(request) -> None:
	"""Who handles it hears that the second person has decided."""
	notices.tell(
		{request.handler} - {frappe.session.user, None, ""},
		lambda language: _("A second person has looked at an answer of yours.", language),
		request.doctype,
		request.name,
	)


def cases_are_marked(request) -> None:
	"""Cases whose erasure was granted are anonymised with the next that are due."""
	if request.kind != ERASURE or request.decision == REFUSED:
		return
	for report in {row.report for row in request.cases}:
		frappe.db.set_value("SV Report", report, "anonymise_on", getdate())
		access_log.record("Changed", "SV Report", report, report)


def is_logged(request) -> None:
	"""The log tells that it left, of the request and of each case."""
	access_log.record("Delivered", request.doctype, request.name)
	for report in {row.report for row in request.cases}:
		access_log.record("Delivered", request.doctype, request.name, report)


MACHINE = Machine(
	"SV Subject Request",
	"Received",
	(
		Step(
			"collect",
			"Collect",
			("Received",),
			"Collected",
			CASE_WORKERS,
			asks=("identity_checked",),
			needs=("identity_checked", "handler"),
			sets=("cases", "choices"),
			checks=(was_searched,),
		),
		Step(
			"prepare",
			"Prepare the answer",
			("Collected",),
			"Prepared",
			CASE_WORKERS,
			asks=("decision", "second_person"),
			needs=("decision", "second_person"),
			sets=("ground", *FREEZING),
			before=(everything_is_chosen,),
			checks=(says_why, is_carried_out, can_be_erased, second_person_can_be_asked, answer_is_kept),
			follows=(tell_second_person,),
		),
		Step(
			"release",
			"Release",
			("Prepared",),
			"Released",
			SECOND,
			stamps=("released_at",),
			sets=("released_by",),
			checks=(is_released_by_another, can_be_erased),
			follows=(cases_are_marked, tell_handler),
		),
		Step(
			"send_back",
			"Send back",
			("Prepared",),
			"Collected",
			(*CASE_WORKERS, *SECOND),
			clears=FREEZING,
			aside=True,
			follows=(tell_handler,),
		),
		Step(
			"hand_out",
			"Handed out",
			("Released",),
			HANDED_OUT,
			CASE_WORKERS,
			asks=("handed_out_how", "closed_on"),
			needs=("handed_out_how",),
			stamps=("closed_on",),
			follows=(is_logged,),
		),
		Step(
			"search_again",
			"Search again",
			("Collected",),
			"Collected",
			CASE_WORKERS,
			sets=("cases", "choices"),
			aside=True,
			checks=(was_searched,),
		),
		Step(
			"withdraw",
			"Withdrawn by the person",
			("Received", "Collected", "Prepared"),
			WITHDRAWN,
			CASE_WORKERS,
			stamps=("closed_on",),
			clears=("answer",),
			aside=True,
		),
	),
)
