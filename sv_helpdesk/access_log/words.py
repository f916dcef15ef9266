"""What stands in the log, in the words of whoever reads it."""

from frappe import _


def kind_in_words(doctype: str) -> str:
	"""Return what a document is for a person whose file it belongs to; "" for what isn't shown to them."""
	return {
		"SV Report": _("The case itself"),
		"SV Party": _("Your details"),
		"SV Message": _("Messages"),
		"SV Attachment": _("Files", context="SV Access Log"),
		"SV Note": _("Notes of talks"),
		"SV Step": _("Steps taken"),
		"SV Consent": _("What you allowed"),
		"SV Referral": _("Hand-over or referral"),
		"SV Aftercare": _("Aftercare plan"),
		"SV Decision Table": _("Decision table"),
		"SV Table Case": _("Decision table"),
		"SV Minutes": _("Minutes of the decision table"),
		"SV Contribution": _("Minutes of the decision table"),
	}.get(doctype, "")


def right_in_words(right: str | None) -> str:
	"""Return by what right somebody saw a document, as permissions.rules.by_what_right names it."""
	return {
		"desk": _("Works at the desk of the case"),
		"own": _("Handles the case"),
		"granted": _("Was given access for a time"),
		"seat": _("Sits at the decision table"),
		"decides": _("Decides at the decision table"),
		"asked": _("Is asked to decide at a decision table"),
		"assigned": _("Has a task in the case"),
		"supports": _("Supports somebody in the case"),
		"received": _("Received the hand-over"),
		"consent": _("The person concerned allowed it"),
		"published": _("It is published"),
		"coordinates": _("Leads the desk"),
		"all": _("By office"),
	}.get(right or "", "")


def action_in_words(action: str) -> str:
	"""Return what was done."""
	return _(action, context="SV Access Log")
