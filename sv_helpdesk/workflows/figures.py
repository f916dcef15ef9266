"""The steps of a year's figures: frozen as counted, approved by a second person, published to the board (R8)."""

import frappe
from frappe import _
from frappe.utils import getdate

from sv_helpdesk import two_persons
from sv_helpdesk.reports import freezing, year_figures
from sv_helpdesk.reports.definitions import CHAPTERS
from sv_helpdesk.workflows.machine import Machine, Step

TAKEN_OVER = "Taken over"
COUNTED = ("working_version", "internal_version", "published_version")
WHAT_WAS_COUNTED = (
	*COUNTED,
	*("frozen_by", "employees_total", "threshold_internal", "threshold_published"),
	*("hidden_internal", "hidden_published"),
)


def is_counted_here(figures) -> bool:
	"""Whether figures are counted from the cases of this site."""
	return figures.origin != TAKEN_OVER


def is_taken_over(figures) -> bool:
	"""Whether figures come from a report that was published before."""
	return figures.origin == TAKEN_OVER


def count(figures) -> None:
	"""Count the year and fix all versions."""
	freezing.fill_in(figures)


def as_strict_as_now(figures) -> None:
	"""What was decided to be shown since it was frozen holds for what is published from now on."""
	lowest = year_figures.thresholds()
	if any(figures.get(f"threshold_{name}") < lowest[name] for name in lowest):
		frappe.throw(
			_(
				"The smallest number that is shown was raised since this year was frozen."
				" Take the figures back to draft and freeze them again."
			)
		)


def the_whole_year(figures) -> None:
	"""What is published of a year stays; cases that came after it was frozen would be in no figure ever."""
	if getdate(figures.frozen_at).year <= figures.year:
		frappe.throw(
			_(
				"These figures were frozen before {0} was over."
				" Take them back to draft and freeze them again in the new year."
			).format(figures.year)
		)


def a_second_person_approves(figures) -> None:
	"""What is published was seen by two persons, exactly as it is."""
	texts = {
		f"{chapter}_{language}": figures.get(f"{chapter}_{language}")
		for chapter in CHAPTERS
		for language in ("nl", "en")
	}
	two_persons.require(
		"Publishing figures",
		"SV Figures",
		figures.name,
		two_persons.fingerprint_of({"published": figures.published_version, **texts}),
		summary=str(figures.year),
	)
	asked = {"target_doctype": "SV Figures", "target_name": figures.name, "status": "Used"}
	figures.approved_by = frappe.db.get_value("SV Approval", asked, "decided_by", order_by="decided_at desc")


MACHINE = Machine(
	"SV Figures",
	"Draft",
	(
		Step(
			*("freeze", "Freeze the figures", ("Draft",), "Frozen", ("all",)),
			stamps=("frozen_at",),
			sets=WHAT_WAS_COUNTED,
			where=is_counted_here,
			checks=(count,),
		),
		Step(
			*("approve", "Approve", ("Frozen",), "Approved", ("all",)),
			sets=("approved_by",),
			where=is_counted_here,
			checks=(as_strict_as_now, the_whole_year, a_second_person_approves),
		),
		# what was exact isn't needed any more
		Step(
			*("publish", "Publish", ("Approved",), "Published", ("all",)),
			stamps=("published_at",),
			clears=("working_version",),
			where=is_counted_here,
			checks=(as_strict_as_now,),
		),
		Step(
			*("publish", "Publish", ("Draft",), "Published", ("all",)),
			needs=("figures",),
			stamps=("published_at",),
			where=is_taken_over,
		),
		Step(
			*("thaw", "Back to draft", ("Frozen", "Approved"), "Draft", ("all",)),
			clears=("frozen_at", "approved_by", *WHAT_WAS_COUNTED),
			where=is_counted_here,
			reason=True,
		),
	),
)
