"""The steps of a hand-over or referral (VU 2.3): offered with consent, answered, completed, nobody left alone."""

import frappe
from frappe import _

from sv_helpdesk import notices
from sv_helpdesk.permissions import denied_list, desk_people, sides
from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.permissions.consent import is_open
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows import receiving
from sv_helpdesk.workflows.aftercare import case_is_open
from sv_helpdesk.workflows.machine import Machine, Step
from sv_helpdesk.workflows.moving import follow

RECEIVER = ("received",)
UNDER_WAY = ("Offered", "Accepted")
# often somebody from outside, hired for one case
COMPANION = "Companion of accused"
# what a scope of consent covers when something is shared
COVERED_BY = {
	"Contact details": ("Contact details", "Dossier"),
	"Summary": ("Summary",),
	"Dossier": ("Dossier",),
}


def to_a_desk(referral) -> bool:
	"""Whether somebody with an account answers it."""
	return bool(referral.target_desk)


def outside_the_desks(referral) -> bool:
	"""Whether the answer comes by letter or telephone, and the sending desk records it."""
	return not referral.target_desk


def told_by_the_receiver(referral) -> bool:
	"""Whether the receiving desk says how it ended."""
	return not told_by_the_sender(referral)


def told_by_the_sender(referral) -> bool:
	"""Whether the sending desk says how it ended: the receiver has no account, or may not see it any more."""
	return outside_the_desks(referral) or not is_open(referral.consent or "")


def says_to_whom(referral) -> None:
	"""A hand-over goes to a desk; of who has no desk here is written down who exactly."""
	if referral.referral_type == "Hand-over" and referral.target != COMPANION:
		checks.require(referral, "target_desk")
	elif not referral.target_desk:
		checks.require(referral, "target_details")


def is_consented_to(referral) -> None:
	"""Nothing is shared without the person's consent to just that, or an exception (R1, R2)."""
	checks.require(referral, "consent")
	consent = frappe.db.get_value("SV Consent", referral.consent, ["scope", "party"], as_dict=True)
	if not is_open(referral.consent):
		frappe.throw(_("The consent is withdrawn, has ended or waits for a second person. Ask for it again."))
	if consent.scope not in COVERED_BY.get(referral.shared, ()):
		frappe.throw(
			_("The consent is for sharing something else. Choose what it allows, or ask the person for more.")
		)
	if consent.party and consent.party != referral.party:
		frappe.throw(_("The consent is of somebody else. Choose the consent of this person."))
	if outside_the_desks(referral):
		_is_for_them(referral)


def _is_for_them(referral) -> None:
	"""Who has no desk here is written down by hand, in the consent and in the referral: it has to be the same (R1)."""
	if not is_for(referral.consent, referral.opened("target_details")):
		frappe.throw(
			_(
				"The consent is for somebody else. Write in {0} to whom the person consented, as it stands in the consent, or ask for their consent."
			).format(checks.label_of(referral, "target_details"))
		)


def is_for(consent: str, whom: str) -> bool:
	"""Tell whether a consent names, in its own words, somebody without an account here (R1).

	Args:
		consent: name of the SV Consent.
		whom: how they are written down where something is shared with them.
	"""
	meant = _plain(frappe.get_doc("SV Consent", consent).opened("recipient"))
	# one for a colleague names nobody outside
	return bool(meant) and meant in _plain(whom)


def _plain(text: str | None) -> str:
	return " ".join((text or "").casefold().split())


def has_what_is_shared(referral) -> None:
	"""A summary is written before it is shared, and none goes along with something else (R1)."""
	if referral.shared == "Summary":
		checks.require(referral, "shared_text")
	elif referral.shared_text:
		frappe.throw(
			_("The consent isn't for a summary, and one is written here. Empty {0} first.").format(
				checks.label_of(referral, "shared_text")
			)
		)


def was_introduced(referral) -> None:
	"""A warm hand-over is completed after the person was introduced (WUR, VU 2.3)."""
	if referral.warm:
		checks.require(referral, "warm_talk_at")
		checks.not_in_future(referral, "warm_talk_at")


def is_accepted_by_who_may(referral) -> None:
	"""Who accepts doesn't support the other side (R5)."""
	if referral.target_desk:
		referral.accepted_by = frappe.session.user
	sides.check_acceptance(referral)


def case_goes_along(referral) -> None:
	"""The case shows that somebody is referred, until nothing is under way any more."""
	status = frappe.db.get_value("SV Report", referral.report, "status")
	# one that a decision table deals with stays there
	if status == "Decision table":
		return
	others = {"report": referral.report, "status": ["in", UNDER_WAY]}
	if frappe.db.exists("SV Referral", others):
		follow("SV Report", referral.report, "refer")
	elif status == "Referred":
		follow("SV Report", referral.report, "return")


def tell_receivers(referral) -> None:
	"""The receiving desk hears that something is there, and nothing more."""
	if referral.target_desk:
		notices.tell(
			_receivers(referral),
			lambda language: _("A hand-over waits for your desk.", language),
			"SV Referral",
			referral.name,
			at_once=True,
		)


def tell_senders(referral) -> None:
	"""Who sent it hears that there is an answer: nobody is left without support in between."""
	handler = frappe.db.get_value("SV Report", referral.report, "handler")
	notices.tell(
		[handler] if handler else desk_people.running(referral.from_desk, referral.report),
		lambda language: _("There is an answer to a hand-over or referral of yours.", language),
		"SV Referral",
		referral.name,
	)


def consent_ended(consent: str) -> None:
	"""What waits for an answer is taken back; who sent what was accepted hears that it has closed (R1).

	Args:
		consent: name of the SV Consent, withdrawn.
	"""
	rows = {"consent": consent, "status": ["in", UNDER_WAY]}
	for name in frappe.get_all("SV Referral", rows, pluck="name", order_by="creation asc"):
		referral = frappe.get_doc("SV Referral", name)
		if referral.status == "Offered":
			follow("SV Referral", name, "withdraw")
		else:
			tell_senders(referral)


def take_back_expired() -> None:
	"""Every day: what was offered on a consent that has ended by itself is taken back, and who sent it hears that."""
	for name in frappe.get_all("SV Referral", {"status": "Offered"}, pluck="name", order_by="creation asc"):
		referral = frappe.get_doc("SV Referral", name)
		if not is_open(referral.consent or ""):
			follow("SV Referral", name, "withdraw")
			tell_senders(referral)


def _receivers(referral) -> list[str]:
	people = (row.user for row in desk_people.members(referral.target_desk))
	return [user for user in people if not denied_list.is_denied(referral.report, user)]


def _answers(name: str, label: str, target: str, **more) -> tuple[Step, Step]:
	"""Return the step that the receiving desk takes, and the one that records it for who is outside."""
	common = {"name": name, "sources": ("Offered",), "target": target, **more}
	return (
		Step(label=label, who=RECEIVER, where=to_a_desk, **common),
		Step(label=f"{label} (they said)", who=CASE_WORKERS, where=outside_the_desks, **common),
	)


MACHINE = Machine(
	"SV Referral",
	"Draft",
	(
		Step(
			"offer",
			"Offer",
			("Draft",),
			"Offered",
			CASE_WORKERS,
			asks=("referred_on",),
			needs=("party", "shared", "consent"),
			before=(says_to_whom,),
			checks=(case_is_open, is_consented_to, has_what_is_shared),
			follows=(case_goes_along, tell_receivers),
		),
		*_answers(
			"accept",
			"Accept",
			"Accepted",
			stamps=("accepted_at",),
			sets=("accepted_by",),
			checks=(is_accepted_by_who_may,),
			follows=(receiving.open_case, case_goes_along, tell_senders),
		),
		*_answers(
			"decline",
			"Decline",
			"Declined",
			asks=("decline_reason",),
			needs=("decline_reason",),
			aside=True,
			follows=(case_goes_along, tell_senders),
		),
		Step(
			"complete",
			"Complete",
			("Accepted",),
			"Completed",
			RECEIVER,
			asks=("outcome", "feedback", "warm_talk_at"),
			needs=("outcome",),
			stamps=("completed_at",),
			where=told_by_the_receiver,
			checks=(was_introduced,),
			follows=(case_goes_along, tell_senders),
		),
		Step(
			"complete",
			"Complete",
			("Accepted",),
			"Completed",
			CASE_WORKERS,
			asks=("outcome", "feedback", "warm_talk_at"),
			needs=("outcome",),
			stamps=("completed_at",),
			where=told_by_the_sender,
			checks=(was_introduced,),
			follows=(case_goes_along,),
		),
		Step(
			"withdraw",
			"Withdraw",
			("Draft", *UNDER_WAY),
			"Withdrawn",
			CASE_WORKERS,
			aside=True,
			follows=(case_goes_along,),
		),
	),
)
