"""Of the steps that somebody can take one is next, and what it lacks is told before anybody tries."""

import pytest
from grant_helpers import acting_as
from table_world import COMPLETE, SeatedTable

import frappe

from sv_helpdesk.test_utils import make_party, make_referral, make_report
from sv_helpdesk.workflows import api
from sv_helpdesk.workflows.machines import machines

# what each state of a document leads to; going back, giving up and setting right lead nowhere
LEADS_TO = {
	"SV Report": {
		"New": "acknowledge",
		"Acknowledged": "triage",
		"Triage": "handle",
		"Handling": "settle",
		"Referred": "settle",
		"Decision table": "settle",
		"Settled": "close",
		"Aftercare": "close",
		"Closed": None,
		"Withdrawn": None,
	},
	"SV Decision Table": {
		"Decided on": "convene",
		"Convened": "run",
		"Running": "settle",
		"Settled": None,
		"Called off": None,
	},
	"SV Minutes": {"Draft": "submit", "Submitted": None, "Approved": None},
	"SV Action": {"Open": "begin", "In progress": "finish", "Done": None, "Dropped": None},
	"SV Aftercare": {"Planned": "begin", "Running": "evaluate", "Evaluated": "close", "Closed": None},
	"SV Aftercare Contact": {
		"Planned": "hold",
		"Held": None,
		"Not held": None,
		"Raised": None,
		"Followed up": None,
	},
	"SV Complaint": {
		"Drawn up": "hand_over",
		"Handed over": "admit",
		"Admissible": "hear",
		"Not admissible": "close",
		"Heard": "advise",
		"Advice given": "decide",
		"Decided": "close",
		"Appeal lodged": "end_appeal",
		"Appeal over": "close",
		"Closed": None,
		"Withdrawn": None,
	},
	"SV Referral": {
		"Draft": "offer",
		"Offered": "accept",
		"Accepted": "complete",
		"Declined": None,
		"Completed": None,
		"Withdrawn": None,
	},
}


@pytest.fixture
def table():
	frappe.set_user("Administrator")
	return SeatedTable()


def make_report_elsewhere() -> str:
	frappe.set_user("Administrator")
	return make_report().name


def next_of(user: str, doctype: str, name: str) -> dict | None:
	with acting_as(user):
		onward = [step for step in api.steps(doctype, name) if step["next"]]
	assert len(onward) <= 1
	return onward[0] if onward else None


@pytest.mark.parametrize(
	("doctype", "status", "expected"),
	[(doctype, *pair) for doctype, states in LEADS_TO.items() for pair in states.items()],
)
def test_each_state_leads_to_one_step_or_to_none(doctype, status, expected):
	doc = frappe._dict(doctype=doctype, status=status)
	steps = [
		step
		for step in machines()[doctype].steps
		if status in step.sources and step.is_for(doc) and step.who and step.leads_on
	]
	assert (steps[0].name if steps else None) == expected


def test_every_state_of_these_documents_is_looked_at():
	for doctype, states in LEADS_TO.items():
		named = {status for step in machines()[doctype].steps for status in (*step.sources, step.target)}
		assert states.keys() == named, doctype


def test_who_can_only_send_minutes_back_has_no_next_step(table):
	minutes = table.submitted()
	with acting_as(table.manager):
		assert [step["name"] for step in api.steps("SV Minutes", minutes)] == ["send_back"]
	assert next_of(table.manager, "SV Minutes", minutes) is None


def test_what_minutes_lack_is_told_by_field_and_by_sentence(table):
	name = table.minutes(**{**COMPLETE, "facts": "", "advice": "", "accused_heard": ""})
	submit = next_of(table.staff, "SV Minutes", name)
	assert submit["name"] == "submit"
	assert submit["next"]["fields"] == ["facts", "advice"]
	assert len(submit["next"]["sentences"]) == 1 and "both sides" in submit["next"]["sentences"][0]
	assert "both sides" not in str(frappe.get_message_log())


def test_what_a_step_asks_for_itself_is_not_lacking(table):
	name = table.minutes(**COMPLETE)
	assert next_of(table.staff, "SV Minutes", name)["next"] == {"fields": [], "sentences": []}


def test_a_table_without_minutes_says_so_before_it_is_settled(table):
	assert "no minutes" in next_of(table.staff, "SV Decision Table", table.name)["next"]["sentences"][0]
	assert next_of(table.member, "SV Decision Table", table.name) is None


def test_a_case_at_a_table_says_so_before_it_is_settled(table):
	settle = next_of(table.staff, "SV Report", table.report)
	assert "decision table still deals" in settle["next"]["sentences"][0]


def test_a_referral_lacks_its_consent(table):
	case = frappe.get_doc("SV Report", table.report)
	referral = make_referral(case, party=make_party(case.name).name, shared="Dossier", consent=None)
	assert next_of(table.staff, "SV Referral", referral.name)["next"]["fields"] == ["consent"]


def test_a_form_is_told_which_fields_its_reader_may_change(table):
	def may_change(user: str, doctype: str, name: str) -> set[str]:
		with acting_as(user):
			doc = frappe.get_doc(doctype, name)
			doc.run_method("onload")
			return set(doc.get("__onload").may_change)

	minutes = table.minutes(**COMPLETE)
	assert "facts" in may_change(table.member, "SV Minutes", minutes)
	frappe.db.set_value("SV Minutes", minutes, "status", "Submitted")
	assert may_change(table.member, "SV Minutes", minutes) == set()
	assert may_change(table.member, "SV Decision Table", table.name) == set()
	changed = may_change(table.staff, "SV Report", table.report)
	assert "main_category" in changed and not changed & {"desk", "case_number", "ticket"}


def test_who_may_not_see_a_document_is_told_nothing_of_its_steps(table):
	minutes, other = table.minutes(), make_report_elsewhere()
	for doctype, name in (("SV Minutes", minutes), ("SV Report", other), ("SV Report", "not-there")):
		with acting_as(table.outsider):
			assert api.steps(doctype, name) == []
