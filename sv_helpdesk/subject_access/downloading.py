"""Hands an answer out: on paper, as data, or both with the files that go along; made for it and stored nowhere."""

import json
import zipfile
from io import BytesIO

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.pdf import handing_out
from sv_helpdesk.permissions.capacities import CASE_WORKERS
from sv_helpdesk.subject_access import answering, files, letter
from sv_helpdesk.subject_access.collecting import only_its_handler, request_of

READERS = frozenset((*CASE_WORKERS, "second"))
COLLECTED = "Collected"
# equal answers are equal files; the format knows no earlier day
NO_DAY = (1980, 1, 1, 0, 0, 0)


@frappe.whitelist(methods=["POST"])
def paper(name: str) -> None:
	"""Answer the request with the letter as PDF; while it is collected, as it would be now.

	Args:
		name: name of the SV Subject Request.

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: there is no answer yet.
	"""
	request, answer = _of(name)
	openings.opened(request, action="Printed")
	handing_out.answer(request.request_number, letter.pdf(answer["told"]))


@frappe.whitelist(methods=["POST"])
def data(name: str) -> None:
	"""Answer the request with what the person is told as data (GDPR art. 20).

	Args, Raises:
		As `paper`.
	"""
	request, answer = _of(name)
	openings.opened(request, action="Exported")
	handing_out.answer(request.request_number, _as_data(answer), "json")


@frappe.whitelist(methods=["POST"])
def everything(name: str) -> None:
	"""Answer the request with a ZIP of letter, data and the files that go along.

	Args, Raises:
		As `paper`.
	"""
	request, answer = _of(name)
	openings.opened(request, action="Exported")
	packed = BytesIO()
	with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
		number = request.request_number
		archive.writestr(zipfile.ZipInfo(f"{number}.pdf", NO_DAY), letter.pdf(answer["told"]))
		archive.writestr(zipfile.ZipInfo(f"{number}.json", NO_DAY), _as_data(answer))
		for place, file in enumerate(answer["files"], start=1):
			archive.writestr(zipfile.ZipInfo(_file_name(place, file["name"]), NO_DAY), files.read(file))
	handing_out.answer(request.request_number, packed.getvalue(), "zip")


def _of(name: str) -> tuple:
	"""Return a request and its answer: as it was prepared, or as its handler would prepare it now."""
	be_quiet()
	request = request_of(name, READERS)
	if request.status == COLLECTED:
		only_its_handler(request)
		return request, json.loads(answering.as_text(request))
	if not request.answer:
		frappe.throw(_("There is no answer yet. Collect what is held first."))
	return request, json.loads(request.opened("answer"))


def _as_data(answer: dict) -> bytes:
	return json.dumps(answer["told"], ensure_ascii=False, indent=1).encode()


def _file_name(place: int, name: str) -> str:
	"""Return a name that no unpacking takes for a path."""
	safe = "".join(letter if letter.isalnum() or letter in " ._-[]" else "_" for letter in name)
	return f"{place:02d} {safe[-100:].strip() or 'file'}"
