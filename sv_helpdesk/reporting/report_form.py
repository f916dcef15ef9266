"""What the form of a new report asks, and what of it can't be taken as it is."""

import frappe
from frappe import _
from frappe.utils import validate_email_address

from sv_helpdesk.reporting import switch, uploads
from sv_helpdesk.reporting.errors import RefusedFile

ANONYMOUS, CONFIDENTIAL = "Anonymous", "Confidential"
IDENTITY = ("name", "email", "phone")
LONG = {"story": 40_000, "wishes": 8_000}
SHORT = {"when": 300, "where": 300, "about": 200, "name": 200, "email": 200, "phone": 40}
CHOSEN = ("desk", "how", "only_register", "about_position", "staff_group", "contract", "unit")
FILES = "files"


def choices() -> dict[str, list[tuple[str, str]]]:
	"""Return what can be chosen in each field: values, and what people read."""
	units = frappe.get_all("SV Unit", {"enabled": 1}, ["name", "unit_name"], order_by="unit_name asc")
	return {
		"desk": [(desk.name, desk.title) for desk in switch.desks()],
		"how": [(ANONYMOUS, ""), (CONFIDENTIAL, "")],
		"only_register": [("1", "")],
		"about_position": _options("SV Report", "accused_position"),
		"staff_group": _options("SV Party", "staff_group"),
		"contract": _options("SV Party", "contract"),
		"unit": [(unit.name, unit.unit_name) for unit in units],
	}


def read(form) -> dict[str, str]:
	"""Return what was filled in, by field; what can't be chosen counts as not chosen.

	Args:
	        form: the request's form.
	"""
	possible = choices()
	values = {name: form.get(name, "").strip() for name in (*LONG, *SHORT)}
	for name in CHOSEN:
		chosen = form.get(name, "")
		values[name] = chosen if chosen in dict(possible[name]) else ""
	if len(possible["desk"]) == 1:
		values["desk"] = possible["desk"][0][0]
	return values


def faults(values: dict[str, str]) -> dict[str, str]:
	"""Return what is wrong, a sentence for each field; only the story and the choices have to be filled in.

	Args:
	        values: see `read`.
	"""
	found = {}
	if not values["desk"]:
		found["desk"] = _("Choose the desk that should read your report.")
	if not values["how"]:
		found["how"] = _("Choose whether you report anonymously or confidentially.")
	elif values["how"] == ANONYMOUS and any(values[name] for name in IDENTITY):
		found["name"] = _(
			"You chose to stay anonymous, but gave your name or how to reach you. Empty these fields, or choose confidential."
		)
	elif values["how"] == CONFIDENTIAL and not values["name"]:
		found["name"] = _("You chose confidential. Tell us your name, or choose to stay anonymous.")
	if values["email"] and not validate_email_address(values["email"]):
		found["email"] = _("This is not an e-mail address. Correct it, or leave it empty.")
	if not values["story"]:
		found["story"] = _("Tell us what happened. A few words are enough.")
	for name, most in {**LONG, **SHORT}.items():
		if len(values[name]) > most:
			found[name] = _("This is too long. Use at most {0} signs.").format(most)
	return found


def has_files(request) -> bool:
	"""Tell whether files came along, whatever they are.

	Args:
		request: the request.
	"""
	return any(file.filename for file in request.files.getlist(FILES))


def names_files(form) -> bool:
	"""Tell whether files were chosen that stayed with the browser while it asked for the other language.

	Args:
	        form: the request's form.
	"""
	return any(form.getlist(FILES))


def files_of(request, found: dict[str, str]) -> list[uploads.Upload]:
	"""Return what is kept of the files that came along; what is wrong with them is added to what was found.

	Args:
	        request: the request.
	        found: see `faults`.
	"""
	try:
		return uploads.taken(request.files.getlist(FILES))
	except RefusedFile as error:
		found[FILES] = str(error)
		return []


def _options(doctype: str, fieldname: str) -> list[tuple[str, str]]:
	options = frappe.get_meta(doctype).get_field(fieldname).options.split("\n")
	return [(option, _(option, context=doctype)) for option in options if option]
