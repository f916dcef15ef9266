"""What goes in: its handler chooses for each item, by one of a few grounds where it stays out (GDPR art. 15(4))."""

import json

import frappe
from frappe import _

from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.pdf import written
from sv_helpdesk.subject_access import items as held
from sv_helpdesk.subject_access.collecting import only_its_handler, request_of
from sv_helpdesk.subject_access.items import CHOICES, GOES_IN, Item
from sv_helpdesk.subject_access.phrases import heading
from sv_helpdesk.subject_access.searching import Known

COLLECTED = "Collected"


@frappe.whitelist(methods=["POST"])
def items(name: str) -> list[dict]:
	"""Return what can go into an answer.

	Args:
		name: name of the SV Subject Request.

	Returns:
		Per item its `key`, `title` in the user's language, the `case` it is of (number and role of the person there),
		its `choice` ("" while nobody has chosen) and the `choices` that there are.

	Raises:
		frappe.PermissionError: the session's user doesn't work on it; the same whether it exists or not.
	"""
	request = _to_work_on(name)
	language = written.language_of(frappe.local.lang)
	chosen = choices_of(request)
	return [
		{
			"key": item.key,
			"title": heading(item, language),
			"case": _case(item),
			"choice": chosen.get(item.key, item.proposed),
			"choices": CHOICES,
		}
		for item in held.of_request(request, Known.of(request))
	]


@frappe.whitelist(methods=["POST"])
def choose(name: str, choices: dict | str) -> None:
	"""Keep what was chosen.

	Args:
		name: name of the SV Subject Request.
		choices: one of CHOICES by the key of an item; a dict, or one as JSON.

	Raises:
		frappe.PermissionError: as in `items`.
		frappe.ValidationError: an item or a choice that doesn't exist.
	"""
	request = _to_work_on(name)
	asked = frappe.parse_json(choices)
	known = {item.key for item in held.of_request(request, Known.of(request))}
	fits = isinstance(asked, dict) and all(isinstance(choice, str) for choice in asked.values())
	if not fits or not set(asked) <= known or not set(asked.values()) <= {*CHOICES, ""}:
		frappe.throw(_("What was chosen doesn't fit this request. Reload the form and choose again."))
	request.choices = json.dumps({**choices_of(request), **asked}, sort_keys=True)
	request.flags.set_by_method = ("choices",)
	request.save()


def choices_of(request) -> dict[str, str]:
	"""Return what was chosen so far, by the keys of items."""
	return json.loads(request.opened("choices") or "{}")


def chosen(request) -> list[Item]:
	"""Return the items that go in."""
	kept = choices_of(request)
	return [
		item
		for item in held.of_request(request, Known.of(request))
		if kept.get(item.key, item.proposed) == GOES_IN
	]


def undecided(request) -> bool:
	"""Tell whether somebody still has to choose for an item."""
	kept = choices_of(request)
	return any(not kept.get(item.key, item.proposed) for item in held.of_request(request, Known.of(request)))


def _to_work_on(name: str):
	be_quiet()
	request = request_of(name)
	only_its_handler(request)
	if request.status != COLLECTED:
		frappe.throw(_("What goes in is chosen while the request is collected. Send it back first."))
	return request


def _case(item: Item) -> str:
	number = frappe.db.get_value("SV Report", item.row.report, "case_number")
	return f"{number}, {_(item.row.role, context='SV Subject Case')}"
