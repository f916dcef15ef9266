"""What stands in the log, in the words of whoever reads it: in their language, unless another is asked for."""

from frappe import _


def kind_in_words(doctype: str, language: str | None = None) -> str:
	"""Return what a document is for a person whose file it belongs to; "" for what isn't shown to them."""
	return {
		"SV Report": _("The case itself", language),
		"SV Party": _("Your details", language),
		"SV Message": _("Messages", language),
		"SV Attachment": _("Files", language, context="SV Access Log"),
		"SV Note": _("Notes of talks", language),
		"SV Step": _("Steps taken", language),
		"SV Consent": _("What you allowed", language),
		"SV Referral": _("Hand-over or referral", language),
		"SV Aftercare": _("Aftercare plan", language),
		"SV Complaint": _("Formal complaint", language),
		"SV Complaint Part": _("Formal complaint", language),
		"SV Complaint Copy": _("Formal complaint", language),
		"SV Decision Table": _("Decision table", language),
		"SV Table Case": _("Decision table", language),
		"SV Minutes": _("Minutes of the decision table", language),
		"SV Contribution": _("Minutes of the decision table", language),
	}.get(doctype, "")


def right_in_words(right: str | None, language: str | None = None) -> str:
	"""Return by what right somebody saw a document, as permissions.rules.by_what_right names it."""
	return {
		"desk": _("Works at the desk of the case", language),
		"own": _("Handles the case", language),
		"granted": _("Was given access for a time", language),
		"seat": _("Sits at the decision table", language),
		"decides": _("Decides at the decision table", language),
		"asked": _("Is asked to decide at a decision table", language),
		"assigned": _("Has a task in the case", language),
		"supports": _("Supports somebody in the case", language),
		"received": _("Received the hand-over", language),
		"second": _("Releases an answer as the second person", language),
		"consent": _("The person concerned allowed it", language),
		"published": _("It is published", language),
		"coordinates": _("Leads the desk", language),
		"all": _("By office", language),
	}.get(right or "", "")


def action_in_words(action: str, language: str | None = None) -> str:
	"""Return what was done."""
	return _(action, language, context="SV Access Log")
