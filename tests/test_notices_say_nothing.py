"""Notices and mails to colleagues hold one neutral sentence: nothing of a case, nobody's name, no number of a case."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from grant_helpers import acting_as
from scenario_desk import Desk
from table_world import COMPLETE

import frappe
from frappe.utils import add_days, today

import sv_helpdesk
from sv_helpdesk import notices
from sv_helpdesk.permissions import repetition
from sv_helpdesk.permissions.roles import CONFIDENTIAL_ADVISER
from sv_helpdesk.test_utils import make_party, make_user

PACKAGE = Path(sv_helpdesk.__file__).parent
NOTICES, APPROVALS, SELF_CHECK = "notices.py", "two_persons/notices.py", "self_check/mail.py"
# what may stand in a sentence: a number of cases, a number of hours that is the same for all, a year
MAY_BE_FILLED_IN = {
	"leaving/unattended.py": {"number"},
	"permissions/confirming.py": {"HOURS"},
	"reports/readers.py": {"year"},
	"retention/announcing.py": {"number"},
}
# the same for what those three places say by themselves
PUT_INTO_WORDS = {NOTICES: {"number"}, APPROVALS: set(), SELF_CHECK: {"count", "position", "fingerprint"}}
CANARY = f"zq{frappe.generate_hash(length=8)}"


def code() -> dict[str, ast.Module]:
	"""Return the shipped code by its path in the package."""
	files = sorted(PACKAGE.rglob("*.py"))
	return {
		str(file.relative_to(PACKAGE)): ast.parse(file.read_text())
		for file in files
		if not file.name.startswith("test_")
	}


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
	"""Yield the calls of something with this name, alone or as an attribute."""
	for node in ast.walk(tree):
		if isinstance(node, ast.Call):
			called = (
				node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
			)
			if called == name:
				yield node


def sentences_told() -> list[tuple[str, ast.expr]]:
	"""Return the sentence that each call of notices.tell gives, and where."""
	return [
		(path, call.args[1] if len(call.args) > 1 else _keyword(call, "sentence"))
		for path, tree in code().items()
		for call in calls(tree, "tell")
		if not path.startswith("two_persons/")
	]


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
	return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def says_only(sentence: ast.expr | None, may_be_filled_in: set[str]) -> bool:
	"""Tell whether this is `lambda language: _("...", language)`, filled in with nothing but these names."""
	if not isinstance(sentence, ast.Lambda):
		return False
	text, filled_in = sentence.body, []
	if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format":
		text, filled_in = text.func.value, text.args
	said = text_of(text)
	names = {value.id if isinstance(value, ast.Name) else None for value in filled_in}
	return bool(said) and said.count("{") == len(filled_in) and names <= may_be_filled_in


def text_of(node: ast.expr | None) -> str:
	"""Return the English sentence of `_("...", ...)`, or nothing if this is something else."""
	if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "_":
		said = node.args[0]
		return said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""
	return ""


def test_every_sentence_told_is_written_in_the_code_and_filled_in_with_no_content():
	told = sentences_told()
	assert len(told) >= 12
	wrong = [
		(path, ast.unparse(sentence) if sentence else None)
		for path, sentence in told
		if not says_only(sentence, MAY_BE_FILLED_IN.get(path, set()))
	]
	assert wrong == []


@pytest.mark.parametrize(
	"sentence",
	[
		"lambda language: _('The case {0} waits.', language).format(case.case_number)",
		"lambda language: _('The case {0} waits.', language)",
		"lambda language: f'{case.subject} waits.'",
		"lambda language: _(f'{case.subject} waits.', language)",
		"lambda language: _('Waits: ', language) + case.subject",
		"lambda language: case.subject",
		"lambda language: _('{0} waits.', language).format(other)",
		"sentence_of(case)",
	],
)
def test_a_sentence_that_tells_something_is_found(sentence):
	assert not says_only(ast.parse(sentence, mode="eval").body, {"number"})


def test_notices_and_mails_of_the_host_are_made_in_three_places_only():
	made = {
		path
		for path, tree in code().items()
		for call in calls(tree, "new_doc")
		if ast.unparse(call.args[0]) == "'Notification Log'"
	}
	assert made == {NOTICES, APPROVALS}
	assert {path for path, tree in code().items() if [*calls(tree, "sendmail")]} == {*made, SELF_CHECK}


@pytest.mark.parametrize("path", PUT_INTO_WORDS)
def test_a_mail_to_a_colleague_says_where_to_look_and_names_no_document(path):
	tree = code()[path]
	for call in calls(tree, "sendmail"):
		assert {keyword.arg for keyword in call.keywords} == {"recipients", "subject", "message"}
		assert text_of(_keyword(call, "subject")) and "{" not in text_of(_keyword(call, "subject"))
	filled_in = {value for call in calls(tree, "format") for value in call.args}
	assert {ast.unparse(value) for value in filled_in} == PUT_INTO_WORDS[path]
	# no other way to put something into a sentence
	assert not any(_joins_texts(node) for node in ast.walk(tree))


def _joins_texts(node: ast.AST) -> bool:
	return isinstance(node, ast.JoinedStr) or (
		isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod)
	)


def test_what_shows_and_mails_a_sentence_is_called_where_its_sentences_stand():
	outside = [
		(path, name)
		for path, tree in code().items()
		for name in ("_mail", "_show")
		for call in calls(tree, name)
		if isinstance(call.func, ast.Attribute) and "notices" in ast.unparse(call.func)
	]
	assert outside == []


class Told:
	"""What the host was given to show or to send since the start of a test."""

	def __init__(self, monkeypatch):
		self.mails: list[dict] = []
		self.before = set(frappe.get_all("Notification Log", pluck="name", order_by="creation asc"))
		monkeypatch.setattr(frappe, "sendmail", lambda **values: self.mails.append(values))
		monkeypatch.setattr(frappe, "enqueue", self._at_once)

	def _at_once(self, method, users=None, **_values):
		if method == "sv_helpdesk.notices.mail":
			notices.mail(users)

	def notices(self) -> list[dict]:
		rows = frappe.get_all("Notification Log", fields=["*"], order_by="creation asc")
		return [row for row in rows if row.name not in self.before]

	def subjects(self) -> set[str]:
		return {row.subject for row in self.notices()}


def canary(what: str) -> str:
	return f"{CANARY} {what}"


def somebody(what: str) -> dict:
	return {
		"person_name": canary(what),
		"email_address": f"{CANARY}.{what}@uni.example",
		"phone": canary("phone"),
	}


def whole_case(desk: Desk) -> list[str]:
	"""Take a case whose every text is a canary from first contact to aftercare; return what would tell of it."""
	texts = {fieldname: canary(fieldname) for fieldname in ("subject", "narrative", "wishes")}
	accused = somebody("accused")
	frappe.db.set_value("SV Desk Member", {"parent": desk.name}, "desk_role", "Coordinator")
	earlier, case = desk.case(**texts), desk.case(**texts)
	for report in (earlier, case):
		make_party(report, **somebody(f"reporter-of-{report}"))
		make_party(report, "Accused", **accused)
	adviser = make_user(CONFIDENTIAL_ADVISER)
	referral, _consent = desk.hand_over(case, adviser, person_name=canary("reporter"))
	desk.take("SV Referral", referral, "accept", by=adviser)
	desk.take("SV Referral", referral, "complete", by=adviser, outcome="Helped", feedback=canary("feedback"))
	table = desk.table(case, purpose=canary("purpose"))
	desk.convene(table)
	desk.minutes(table, **{section: canary(section) for section in COMPLETE})
	action = desk.new(
		"SV Action",
		decision_table=table,
		action_owner=desk.hr_elsewhere,
		due_on=add_days(today(), 7),
		action_text=canary("action"),
	).name
	desk.take("SV Action", action, "finish", by=desk.hr_elsewhere, evidence=canary("evidence"))
	desk.settle(table)
	desk.take("SV Report", case, "settle", outcome="Founded", settlement_text=canary("settlement"))
	plan = frappe.db.get_value("SV Aftercare", {"report": case, "meant_for": "Reporter"})
	desk.take("SV Aftercare", plan, "begin", responsible=desk.staff)
	contact = frappe.db.get_value("SV Aftercare Contact", {"aftercare": plan})
	desk.take(
		"SV Aftercare Contact",
		contact,
		"hold",
		how_it_goes=canary("how"),
		needs=canary("needs"),
		disadvantage=1,
	)
	desk.take("SV Aftercare Contact", contact, "settle", reason=canary("reason"))
	with acting_as(desk.staff):
		assert repetition.numbers(case)
	for name in frappe.get_all("SV Aftercare", {"report": case}, pluck="name", order_by="creation asc"):
		desk.take("SV Aftercare", name, "drop", reason=canary("dropped"))
	return [
		CANARY,
		*(frappe.db.get_value("SV Report", report, "case_number") for report in (earlier, case)),
		frappe.db.get_value("SV Decision Table", table, "table_number"),
	]


def test_a_whole_case_leaves_nothing_of_it_in_notices_and_mails(monkeypatch):
	frappe.set_user("Administrator")
	desk = Desk()
	told = Told(monkeypatch)
	hidden = whole_case(desk)
	assert len(told.mails) >= 2
	for shown in (*told.notices(), *told.mails):
		for word in hidden:
			assert word not in repr(shown)
	assert told.subjects() >= {
		"A signal of repetition waits for you.",
		"A hand-over waits for your desk.",
		"There is an answer to a hand-over or referral of yours.",
		"Something at a decision table waits for you.",
		"Something came up in an aftercare contact.",
		"All aftercare of a case has ended.",
	}
	assert {row.type for row in told.notices()} == {"Alert"}
	assert not any(row.email_content or row.attached_file for row in told.notices())
	assert {frozenset(mail) for mail in told.mails} == {frozenset({"recipients", "subject", "message"})}
