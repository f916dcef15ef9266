"""An aftercare plan on paper, for who it is for: what was agreed, and when they are contacted (A&O 6.1.5).

What was said in a contact or an evaluation isn't on it.
"""

import frappe
from frappe import _

from sv_helpdesk.aftercare.plans import to_print, whom
from sv_helpdesk.pdf import handing_out, sender, written
from sv_helpdesk.pdf.paper import Paper
from sv_helpdesk.social_safety.catalogue import AFTERWARDS, AT_ONCE

NOT_WANTED, NOT_HELD = "Not wanted", "Not held"


@frappe.whitelist(methods=["POST"])
def download(name: str, language: str = "nl") -> None:
	"""Answer the request with a plan as PDF, made for it and stored nowhere.

	Args:
		name: name of the SV Aftercare.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: who it is for doesn't know of the case (R1).
	"""
	plan = to_print(name)
	handing_out.answer(plan.plan_number, pdf(plan, written.language_of(language)))


def pdf(plan, language: str) -> bytes:
	"""Return the PDF; each text is opened by the right of the session's user.

	Args:
		plan: the SV Aftercare as it is stored.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: the user may not read what it says.
	"""
	name = whom(plan, language)
	paper = Paper(_("Aftercare plan", language), language, _("For {0}", language).format(name))
	paper.facts(
		[
			(_("Date", language), written.day(None, language)),
			*sender.facts(frappe.db.get_value("SV Report", plan.report, "desk"), language),
			(_("For", language), name),
			(_("Our reference", language), plan.plan_number),
			(_("Keeps contact", language), sender.name_of(plan.responsible)),
		]
	)
	for phase in (AT_ONCE, AFTERWARDS):
		if measures := _measures(plan, phase, language):
			paper.section(_(phase, language, "SV Measure"), "\n".join(measures))
	if plan.plan:
		paper.section(_("What is agreed", language), plan.opened("plan"))
	if contacts := _contacts(plan, language):
		paper.section(_("Contacts", language, context="SV Aftercare"), "\n".join(contacts))
	paper.section(
		_("Confidential", language, "Letter"),
		_("This plan is for you. Who carries it out passes nothing of it on without asking you.", language),
	)
	return paper.build()


def _measures(plan, phase: str, language: str) -> list[str]:
	"""Return a line for each measure of a phase that is wanted, with what became of it."""
	lines = []
	for row in plan.measures:
		measure = frappe.db.get_value("SV Measure", row.measure, ["title", "phase"], as_dict=True)
		if measure.phase != phase or row.state == NOT_WANTED:
			continue
		done = f" {written.day(row.done_on, language)}" if row.done_on else ""
		state = _(row.state, language, "SV Aftercare Measure").lower()
		lines.append(f"{_(measure.title, language)}: {state}{done}")
	return lines


def _contacts(plan, language: str) -> list[str]:
	"""Return a line for each contact of the plan that its reader may see, without what was said."""
	rows = frappe.get_list(
		"SV Aftercare Contact",
		{"aftercare": plan.name, "status": ["!=", NOT_HELD]},
		["planned_on", "held_at"],
		order_by="planned_on asc",
		limit_page_length=0,
	)
	return [
		f"{written.day(row.held_at or row.planned_on, language)}: "
		+ _("Held" if row.held_at else "Planned", language, "SV Aftercare Contact").lower()
		for row in rows
	]
