"""Hands out a version of a year's figures as a file, made for who asks and stored nowhere."""

import re
from unicodedata import normalize

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.annual_report import as_data, document, notes, sheets, unit_plan
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.pdf import handing_out, house, written
from sv_helpdesk.reports.freezing import FIELDS
from sv_helpdesk.reports.version import INTERNAL, PUBLISHED, WORKING, Version
from sv_helpdesk.reports.version_rights import DRAFT, may_read_version, version_for
from sv_helpdesk.workflows.figures import TAKEN_OVER

PDF = "pdf"
DATA = {"xlsx": sheets.xlsx, "csv": as_data.as_csv, "json": as_data.as_json}
NO_LETTERS = re.compile(r"[^a-z0-9]+")


@frappe.whitelist(methods=["POST"])
def readable(name: str) -> list[str]:
	"""Return which versions of a year's figures the session's user can download, the strictest first.

	Args:
		name: name of the SV Figures; of one that isn't the user's there are none, nor of one that isn't there.
	"""
	figures, user = _stored(name), frappe.session.user
	return [
		version
		for version in (PUBLISHED, INTERNAL, WORKING)
		if figures and _is_there(figures, version) and may_read_version(user, figures, version)
	]


@frappe.whitelist(methods=["POST"])
def download(name: str, version: str, file_format: str = PDF, language: str = "nl", unit: str = "") -> None:
	"""Answer the request with a version as a file; the access log tells of it.

	Args:
		name: name of the SV Figures.
		version: working, internal or published.
		file_format: pdf, xlsx, csv or json.
		language: "nl" or "en".
		unit: name of the SV Unit that it is about; the whole institution when left out.

	Raises:
		frappe.PermissionError: it isn't the user's; the same whether there is one or not.
	"""
	be_quiet()
	figures = _stored(name)
	if not figures or not _is_there(figures, version):
		frappe.throw(
			_("You can't read this version of the figures. Choose another one."), frappe.PermissionError
		)
	found = version_for(figures, version, unit or None)
	language = written.language_of(language)
	file_format = file_format if file_format in DATA else PDF
	openings.opened(figures, action="Downloaded")
	name = _file_name(found, Words(language))
	handing_out.answer(name, _content(figures, found, file_format, language), file_format)


def _content(figures, version: Version, file_format: str, language: str) -> bytes:
	if file_format in DATA:
		return DATA[file_format](version, language)
	# what the coordinator wrote is about the whole institution
	texts = {} if version.unit else figures.texts(language)
	plan = unit_plan.of_unit(version) if version.unit else None
	return document.pdf(version, language, texts, house.of_settings(), plan)


def _stored(name: str):
	return frappe.get_doc("SV Figures", name) if frappe.db.exists("SV Figures", name) else None


def _is_there(figures, version: str) -> bool:
	"""Tell whether there is such a version: of a draft it is counted now, of figures taken over there is none."""
	if version not in FIELDS or figures.origin == TAKEN_OVER:
		return False
	return figures.status == DRAFT or bool(figures.get(FIELDS[version]))


def _file_name(version: Version, words: Words) -> str:
	"""Return a name that says which version it is, wherever the file ends up."""
	names = {
		WORKING: words.say("WORKING VERSION not for circulation"),
		INTERNAL: words.say("Internal"),
		PUBLISHED: notes.mark(version, words) or words.say("Published"),
	}
	plain = (
		NO_LETTERS.sub("-", normalize("NFKD", part.lower())).strip("-")
		for part in (
			names[version.name],
			words.say("Social safety"),
			version.unit[1] if version.unit else "",
			str(version.year),
		)
	)
	return "-".join(filter(None, plain))
