"""The answer on paper, made from what was prepared: the same answer gives the same bytes."""

from frappe import _

from sv_helpdesk.pdf import written
from sv_helpdesk.pdf.paper import Paper
from sv_helpdesk.subject_access import phrases

ACCESS = "Access"


def pdf(told: dict) -> bytes:
	"""Return the letter.

	Args:
		told: what the person gets as data, see answering.as_text.
	"""
	language = told["language"]
	title = (
		_("What we hold about you", language)
		if told["kind"] == ACCESS
		else _("Our answer to your request", language)
	)
	for_whom = _("For {0}", language).format(told["name"]) if told["name"] else ""
	paper = Paper(title, language, for_whom)
	paper.facts(_facts(told))
	_decision(paper, told)
	for number, case in enumerate(told["cases"], start=1):
		_case(paper, case, number, language)
	if told["kind"] == ACCESS and not told["cases"] and told["decision"] != "Refused":
		paper.section(
			_("Found", language, context="SV Subject Request"),
			_("Nothing that can be told to you.", language),
		)
	paper.section(_("What you should know", language), "\n\n".join(phrases.what_to_know(language)))
	return paper.build()


def _facts(told: dict) -> list[tuple[str, str]]:
	language = told["language"]
	return [
		(_("Date", language), written.day(told["prepared_on"] or None, language)),
		(_("From", language), told["desk"]),
		(_("For", language), told["name"]),
		(_("Our reference", language), told["request_number"]),
		(_("Your request", language), _(told["kind"], language, context="SV Subject Request")),
		(
			_("Received on", language, context="SV Subject Request"),
			written.day(told["received_on"], language),
		),
		*(
			[
				(
					_("Decision", language, context="SV Subject Request"),
					_(told["decision"], language, context="SV Subject Request"),
				)
			]
			if told["decision"]
			else []
		),
		*(
			[
				(
					_("Ground", language, context="SV Subject Request"),
					_(told["ground"], language, context="SV Subject Request"),
				)
			]
			if told["ground"]
			else []
		),
	]


def _decision(paper: Paper, told: dict) -> None:
	language = told["language"]
	if told["reasons"]:
		paper.section(_("Reasons", language, context="SV Subject Request"), told["reasons"])
	if told["carried_out"]:
		day = written.day(told["carried_out_on"], language) if told["carried_out_on"] else ""
		paper.section(
			_("Where it was carried out", language, context="SV Subject Request"), told["carried_out"], day
		)


def _case(paper: Paper, case: dict, number: int, language: str) -> None:
	role = _(case["role"], language, context="SV Subject Case")
	named = case["case_number"] or _("Case {0}", language).format(number)
	paper.chapter(_("{0}: you as {1}", language).format(named, role.lower()))
	for item in case["items"]:
		if item.get("openings"):
			lines = [", ".join(filter(None, one.values())) for one in item["openings"]]
			paper.section(item["heading"], "\n".join(lines))
		elif item["facts"] or item["texts"]:
			_item(paper, item)


def _item(paper: Paper, item: dict) -> None:
	paper.heading(item["heading"])
	if item["facts"]:
		paper.facts([(fact["label"], fact["value"]) for fact in item["facts"]])
	for text in item["texts"]:
		paper.labelled(text["label"], text["value"])
