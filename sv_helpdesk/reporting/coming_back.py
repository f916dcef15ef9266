"""Coming back with the code: read what the desk wrote, write more, add files, withdraw."""

from werkzeug.wrappers import Response

import frappe
from frappe import _

from sv_helpdesk.crypto.quiet import PAGE
from sv_helpdesk.reporting import (
	dialogue,
	forms,
	limits,
	pressure,
	rendering,
	report_form,
	reporting_form,
	taking,
	tokens,
	traceless,
	uploads,
	visits,
)
from sv_helpdesk.reporting.visits import Visit

PATH = f"{PAGE}/code"
MOST_SIGNS = report_form.LONG["story"]
MOST_SIGNS_OF_CODE = 40


def answer() -> Response:
	"""Return the form that asks for the code, or the dialogue."""
	request = frappe.local.request
	if request.method != "POST":
		return ask()
	form = request.form
	is_switched = rendering.SWITCH in form
	if "code" in form:
		return _asked_in_other_language(form) if is_switched else _enter(form)
	visit = visits.go_on(form.get("visit", ""))
	if visit and is_switched:
		return _in_other_language(visit, form)
	if not visit:
		return ask(_("Your visit is over. Enter your code again."), text=form.get("text", ""))
	if reporting_form.is_known():
		return show(visit, text=form.get("text", ""), reason=form.get("reason", ""))
	return _withdraw(visit, form) if "withdraw" in form else _write(visit, form)


def ask(said: str = "", token: str = "", text: str = "", code: str = "") -> Response:
	"""Return the form that asks for the code.

	Args:
	        said: what is said about the one that was typed.
	        token: of the form, if it keeps the one it had.
	        text: what was being written when the visit ended; it goes on to the next one.
	        code: what was typed of it before another language was chosen.
	"""
	context = {
		"said": said,
		"code": code,
		"token": token or tokens.make(tokens.FORM),
		"text": text,
		"bits": pressure.BITS if limits.is_pressing(limits.CODES) else 0,
		"is_known": reporting_form.is_known(),
	}
	return rendering.answer("code.html", PATH, context)


def show(
	visit: Visit, text: str = "", said: str = "", token: str = "", done: str = "", reason: str = ""
) -> Response:
	"""Return the dialogue.

	Args:
	        visit: of the reporter.
	        text: what was typed and isn't sent.
	        said: what is wrong with it.
	        token: of the form, if it keeps the one it had.
	        done: what has just been done.
	        reason: what was typed about withdrawing and isn't sent.
	"""
	context = {
		"visit": visit.token(),
		"messages": dialogue.of(visit),
		"text": text,
		"reason": reason,
		"said": said,
		"done": done,
		"token": token or tokens.make(tokens.FORM),
		"bits": pressure.BITS if limits.is_pressing(limits.MESSAGES) else 0,
		"minutes": visits.SECONDS // 60,
		"most_files": uploads.MOST_FILES,
		"most_megabytes": uploads.most_bytes() // 1_000_000,
		"is_known": reporting_form.is_known(),
	}
	return rendering.answer("dialogue.html", PATH, context)


def _asked_in_other_language(form) -> Response:
	typed = form["code"][:MOST_SIGNS_OF_CODE]
	return ask(token=form.get("token", ""), text=form.get("text", ""), code=typed)


def _in_other_language(visit: Visit, form) -> Response:
	"""Return the dialogue with what was typed; nothing of it is sent."""
	said = reporting_form.about_files(form)
	return show(visit, form.get("text", ""), said, form.get("token", ""), reason=form.get("reason", ""))


def _enter(form) -> Response:
	token, text = form.get("token", ""), form.get("text", "")
	if reporting_form.is_known():
		return ask(text=text)
	if refused := forms.refusal(limits.CODES, token, form.get("work", "")):
		return ask(refused.sentence, token if refused.keeps_token else "", text)
	visit = visits.begin(form["code"])
	if not visit:
		return ask(
			_("This code leads nowhere. Look whether you typed all sixteen digits as they were shown."),
			text=text,
		)
	limits.give_back(limits.CODES, traceless.visitor())
	return show(visit, text)


def _write(visit: Visit, form) -> Response:
	text, token, found = form.get("text", "").strip(), form.get("token", ""), {}
	request, typed = frappe.local.request, {"reason": form.get("reason", "")}
	if not text and not report_form.has_files(request):
		found["text"] = _("There is nothing to send yet. Write something or choose a file.")
	if len(text) > MOST_SIGNS:
		found["text"] = _("This is too long. Use at most {0} signs.").format(MOST_SIGNS)
	if found:
		return show(visit, text, " ".join(found.values()), token, **typed)
	if refused := forms.refusal(limits.MESSAGES, token, form.get("work", "")):
		return show(visit, text, refused.sentence, token if refused.keeps_token else "", **typed)
	# after the limits: making files anew takes long
	files = report_form.files_of(request, found)
	if found:
		return show(visit, text, " ".join(found.values()), **typed)
	try:
		taking.more(visit, text, files, forms.index_of(token))
		frappe.db.commit()
	except Exception as error:
		return show(visit, text, reporting_form.failed(error), **typed)
	done = _("The desk has what you sent.")
	if any(file.may_name for file in files):
		done += " " + _(
			"Mind that a file of this kind can hold the name of who wrote it; we could not take that out."
		)
	return show(visit, done=done, **typed)


def _withdraw(visit: Visit, form) -> Response:
	reason, token = form.get("reason", "").strip()[:MOST_SIGNS], form.get("token", "")
	typed = {"text": form.get("text", ""), "reason": reason}
	if "sure" not in form:
		sentence = _("Tick that you are sure, if you want to withdraw your report.")
		return show(visit, said=sentence, token=token, **typed)
	if refused := forms.refusal(limits.MESSAGES, token, form.get("work", "")):
		return show(visit, said=refused.sentence, token=token if refused.keeps_token else "", **typed)
	try:
		withdrawn = taking.withdraw(visit, reason, forms.index_of(token))
		frappe.db.commit()
	except Exception as error:
		return show(visit, said=reporting_form.failed(error), **typed)
	if withdrawn:
		return rendering.answer("withdrawn.html", PATH, {})
	done = _("The desk knows that you want to withdraw your report, and answers you here.")
	return show(visit, typed["text"], done=done)
