"""Files of the parts of a complaint's file: encrypted with its own key, opened for who may read the part."""

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.complaints import parts
from sv_helpdesk.crypto import files
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.pdf import handing_out
from sv_helpdesk.permissions.capacities import CASE_WORKERS, theirs
from sv_helpdesk.reporting import uploads
from sv_helpdesk.reporting.errors import RefusedFile

PART = "SV Complaint Part"


@frappe.whitelist(methods=["POST"])
def add(name: str) -> str | None:
	"""Put the file that the request brings along beside a part, without what a camera or program noted in it.

	Copies go to the other side, too: pictures and PDFs are made anew as on the reporting page (reporting.uploads).

	Args:
		name: name of the SV Complaint Part.

	Returns:
		A sentence to show, where what a program noted could not be taken out.

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: no file, one of a kind that isn't taken, one is there, or the part was given out.
	"""
	be_quiet()
	part = _found(name)
	parts.refuse_given_out(part)
	if part.file:
		frappe.throw(_("This part has a file already. Make another part for this one."))
	try:
		taken = uploads.taken(frappe.request.files.getlist("file"))
	except RefusedFile as refused:
		frappe.throw(str(refused))
	if len(taken) != 1:
		frappe.throw(_("Choose one file for each part."))
	upload = taken[0]
	part.update(
		{
			"file": files.store(upload.content, part.complaint, part.doctype, part.name),
			"size": len(upload.content),
			"media_type": upload.media_type,
		}
	)
	part.flags.set_by_method = ("file", "size", "media_type")
	part.save()
	if not upload.may_name:
		return None
	return _("Mind that a file of this kind can hold the name of who wrote it; we could not take that out.")


@frappe.whitelist(methods=["POST"])
def download(name: str) -> None:
	"""Answer the request with the file of a part.

	Args:
		name: name of the SV Complaint Part.

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether it exists or not.
		frappe.ValidationError: it has none.
	"""
	be_quiet()
	part = _found(name)
	if not part.file:
		frappe.throw(_("This part has no file."))
	openings.opened(part, action="Downloaded")
	title, suffix = name_of(part).rsplit(".", 1)
	handing_out.answer(title, content_of(part), suffix)


def name_of(part) -> str:
	"""Return what the file of a part is called outside: nothing that its maker wrote."""
	kind = part.opened("media_type")
	suffix = next((known.suffix for known in uploads.KINDS if known.media_type == kind), "bin")
	return f"{part.part_number:02}-{frappe.db.get_value('SV Report', part.report, 'case_number')}.{suffix}"


def content_of(part) -> bytes:
	"""Return the clear bytes of the file of a part; the caller has checked the reader's right."""
	return files.read(part.file, part.complaint)


def _found(name: str):
	"""Return a part that is locked, if the session's user works on its case."""
	why_not = _("There is no part of a file for you here. Reload the form.")
	return theirs(PART, name, CASE_WORKERS, why_not, for_update=True)
