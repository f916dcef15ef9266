"""The letter to somebody about whom an unfounded report was made: the matter is closed (R10; A&O 6.1.3).

It is the written confirmation for the personnel file, and says nothing of the report (R6) or who made it.
"""

import frappe
from frappe import _

from sv_helpdesk.aftercare.plans import to_print, whom
from sv_helpdesk.pdf import handing_out, sender, written
from sv_helpdesk.pdf.paper import Paper
from sv_helpdesk.permissions.sides import tables_about
from sv_helpdesk.social_safety.catalogue import UNFOUNDED
from sv_helpdesk.social_safety.doctype.sv_aftercare.sv_aftercare import SETTLED

ACCUSED = "Accused"


@frappe.whitelist(methods=["POST"])
def download(name: str, language: str = "nl") -> None:
	"""Answer the request with the letter as PDF, made for it and stored nowhere.

	Args:
		name: name of the SV Aftercare of the accused.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: it is for somebody else, the case isn't settled as unfounded, or they don't know of it.
	"""
	plan = to_print(name)
	case = frappe.db.get_value(
		"SV Report", plan.report, ["desk", "status", "outcome", "bad_faith_established"], as_dict=True
	)
	if plan.meant_for != ACCUSED:
		frappe.throw(_("This letter is for the accused. Open their aftercare plan."))
	if case.outcome != UNFOUNDED or case.status not in SETTLED:
		frappe.throw(_("This case isn't settled as unfounded. Settle it with that outcome first."))
	handing_out.answer(plan.plan_number, pdf(plan, case, written.language_of(language)))


def pdf(plan, case, language: str) -> bytes:
	"""Return the letter; the name is opened by the right of the session's user.

	Args:
		plan: the SV Aftercare of the accused as it is stored.
		case: desk and bad_faith_established of its case.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: the user may not read the name.
	"""
	name = whom(plan, language)
	paper = Paper(
		_("Confirmation: the report was unfounded", language), language, _("For {0}", language).format(name)
	)
	paper.facts(
		[
			(_("Date", language), written.day(None, language)),
			*sender.facts(case.desk, language),
			(_("For", language), name),
			(_("Our reference", language), plan.plan_number),
		]
	)
	# the desk signs: who wrote it may stand beside the reporter (R5)
	closing = [_("Yours sincerely,", language), sender.name(case.desk)]
	said = _paragraphs(case.bad_faith_established, _was_measured(plan), language)
	paper.text("\n\n".join([*said, "\n".join(closing)]))
	return paper.build()


def _was_measured(plan) -> bool:
	"""Tell whether a measure was agreed meanwhile that may have been against them; then the letter doesn't deny it."""
	# no table has the name of the plan; an empty list would match what has no table
	places = {"report": plan.report, "decision_table": ["in", [*tables_about(plan.report), plan.name]]}
	agreed = frappe.get_all(
		"SV Action",
		{"measure": ["is", "set"], "status": ["!=", "Dropped"]},
		["measure", "concerns"],
		or_filters=places,
		order_by="creation asc",
	)
	return any(
		# what follows behaviour has its severity, care has none
		frappe.db.get_value("SV Measure", row.measure, "severity")
		for row in agreed
		if row.concerns in (None, "", plan.party)
	)


def _paragraphs(bad_faith: bool, was_measured: bool, language: str) -> list[str]:
	"""Return what it says; whose bad faith is established isn't protected by it (R9, R10)."""
	return [
		_(
			"A report was made that was about you. It was looked into with care and turned out to be unfounded.",
			language,
		)
		+ " "
		+ (
			_("The matter is closed, and no measures against you follow.", language)
			if was_measured
			else _("The matter is closed: no measures were taken against you, and none follow.", language)
		),
		_(
			"You owe nobody an explanation, and you may tell others what this was like for you. If you want it, this letter goes into your personnel file.",
			language,
		),
		*(
			[]
			if bad_faith
			else [
				_(
					"Whoever reported in good faith stays protected. Please don't look for who it was, and hold it against nobody.",
					language,
				)
			]
		),
		_("Do you need anything to go on with your work? Tell us: we are there for you, too.", language),
	]
