"""The front page: what happens with a report, and the form for one."""

from werkzeug.wrappers import Response

import frappe
from frappe import _

from sv_helpdesk.crypto.quiet import PAGE
from sv_helpdesk.reporting import (
	codes,
	forms,
	limits,
	pressure,
	rendering,
	report_form,
	switch,
	taking,
	tokens,
	uploads,
)
from sv_helpdesk.reporting.errors import AlreadySent

PATH = PAGE


def answer() -> Response:
	"""Return the form, or what became of what was sent."""
	request = frappe.local.request
	if request.method != "POST":
		return show(dict.fromkeys((*report_form.LONG, *report_form.SHORT, *report_form.CHOSEN), ""))
	values = report_form.read(request.form)
	found = report_form.faults(values)
	token = request.form.get("token", "")
	if rendering.SWITCH in request.form:
		return show(values, said=about_files(request.form), token=token)
	if is_known():
		return show(values, token=token)
	if found:
		return show(values, found, token=token)
	if refused := forms.refusal(limits.REPORTS, token, request.form.get("work", "")):
		return show(values, said=refused.sentence, token=token if refused.keeps_token else "")
	# after the limits: making files anew takes long
	files = report_form.files_of(request, found)
	if found:
		return show(values, found)
	language = frappe.local.lang
	try:
		code = taking.new_report(values, files, forms.index_of(token), language)
		# before the code is shown: it has to lead somewhere
		frappe.db.commit()
	except Exception as error:
		return show(values, said=failed(error))
	return rendering.answer(
		"received.html",
		PATH,
		{
			"code": codes.in_groups(code),
			"acknowledgement": {
				name: taking.acknowledgement(values["desk"], name) for name in rendering.LANGUAGES
			},
			"may_name": [file.name for file in files if file.may_name],
		},
	)


def show(values: dict, found: dict | None = None, said: str = "", token: str = "") -> Response:
	"""Return the form with what was typed.

	Args:
	        values: what was typed.
	        found: what is wrong, by field.
	        said: what else is said.
	        token: of the form, if it keeps the one it had.
	"""
	return rendering.answer(
		"form.html",
		PATH,
		{
			"values": values,
			"found": found or {},
			"said": said,
			"token": token or tokens.make(tokens.FORM),
			"bits": pressure.BITS if limits.is_pressing(limits.REPORTS) else 0,
			"choices": report_form.choices(),
			"desks": switch.desks(),
			"most_files": uploads.MOST_FILES,
			"most_megabytes": uploads.most_bytes() // 1_000_000,
			"is_known": is_known(),
		},
		searchable=frappe.local.request.method != "POST",
	)


def is_known() -> bool:
	"""Tell whether the site knows who this is: somebody who is logged in would be noted as the writer."""
	return frappe.session.user != "Guest"


def about_files(form) -> str:
	"""Return what is said of chosen files after a change of language, or "" where there are none.

	Args:
	        form: the request's form.
	"""
	return _("Your files have to be chosen again.") if report_form.names_files(form) else ""


def failed(error: Exception) -> str:
	"""Undo what was begun, log where it failed without a word of it, and return what to say.

	Args:
	        error: what went wrong.
	"""
	frappe.db.rollback()
	if isinstance(error, AlreadySent):
		return _(
			"This has been sent already and has arrived. Did you not see the answer? Then send it once more; the desk then has it twice."
		)
	frappe.log_error("The reporting page failed")
	frappe.db.commit()
	return _(
		"Something went wrong at our side and nothing was sent. Your text is still here: try again later."
	)
