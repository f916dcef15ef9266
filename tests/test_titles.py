"""What links and pickers of forms show: words that people know, of what the reader may see, and of nothing else."""

import pytest
from grant_helpers import acting_as
from people import make_people
from sharing import CANARY, Case, text_of
from test_costs import counted

import frappe
from frappe.desk.search import search_link
from frappe.model.base_document import get_controller
from frappe.utils import now_datetime

from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.forms.titles import search, titles
from sv_helpdesk.forms.wording import WORDED_BY
from sv_helpdesk.permissions.field_groups import GROUPS, group_of
from sv_helpdesk.permissions.matrix import MATRIX
from sv_helpdesk.permissions.roles import TABLE_MEMBER
from sv_helpdesk.test_utils import make_decision_table, make_desk, make_party, make_report, make_user

ROLES = ("SV CCP Staff", "SV CCP Staff", "SV CCP Staff", "SV HR Advisor", "SV Companion", None)
# of the rules: the desks of the reader and the grants to them
MOST_FOR_THE_RULES = 2


@pytest.fixture(scope="module")
def people():
	return make_people("titled", *ROLES)


@pytest.fixture
def case(people):
	frappe.set_user("Administrator")
	return Case(make_desk(*people[:2]).name, *people[:2])


def of(user: str, doctype: str, *names: str) -> dict[str, str]:
	with acting_as(user):
		return titles({doctype: list(names)}).get(doctype, {})


def offered(user: str, doctype: str, text: str = "", **filters) -> dict[str, str]:
	"""What a picker offers over HTTP, through the host's own function."""
	with acting_as(user):
		frappe.response.pop("results", None)
		found = search_link(doctype, text, filters=filters or None) or frappe.response.get("results") or []
		return {row["value"]: row["description"] for row in found}


def test_who_sees_a_case_has_the_titles_of_its_documents(people, case):
	assert case.report.case_number in of(people[0], "SV Report", case.name)[case.name]
	assert of(people[0], "SV Note", case.note.name)[case.note.name].startswith("Talk")
	assert of(people[0], "SV Decision Table", case.table.name) == {case.table.name: case.table.table_number}


def test_who_sits_at_a_table_reads_what_its_desk_is_called_and_of_no_other(people):
	member = make_user(TABLE_MEMBER)
	desk, other = make_desk(title="Meldpunt"), make_desk(title="Elsewhere")
	table = make_decision_table(desk=desk.name, members=[{"user": member, "capacity": "Member"}])
	# an invitation doesn't show the table yet
	assert of(member, "SV Desk", desk.name) == {}
	frappe.db.set_value("SV Table Member", {"parent": table.name}, "accepted_at", now_datetime())
	assert of(member, "SV Desk", desk.name, other.name) == {desk.name: "Meldpunt"}
	assert offered(member, "SV Desk") == {}
	with acting_as(member):
		assert not frappe.has_permission("SV Desk", "read", desk.name)
	assert of(people[5], "SV Desk", desk.name) == {}


@pytest.mark.parametrize("index", [2, 3, 4, 5])
def test_what_is_hidden_is_answered_like_what_is_not_there(people, case, index):
	user = people[index]
	for doctype, name in (
		("SV Report", case.name),
		("SV Party", case.reporter.name),
		("SV Note", case.note.name),
		("SV Decision Table", case.table.name),
	):
		assert of(user, doctype, name) == of(user, doctype, "not-there") == {}
		assert name not in offered(user, doctype)


NONSENSE = ("14ad59fecb", "489e920fd9", "[]")


@pytest.mark.parametrize("wanted", [*NONSENSE, "", '{"SV Report": "x"}', '{"SV Report": 1}'])
def test_a_request_for_titles_that_makes_no_sense_has_none(people, case, wanted):
	with acting_as(people[0]):
		assert titles(wanted) == {}


@pytest.mark.parametrize("filters", NONSENSE)
def test_a_picker_with_filters_that_make_no_sense_offers_nothing(people, case, filters):
	with acting_as(people[0]):
		assert search("SV Report", filters=filters) == []


def test_the_accused_of_a_case_has_no_title_of_it_although_they_work_at_its_desk(people, case):
	assert of(people[1], "SV Report", case.name)
	frappe.set_user("Administrator")
	make_party(case.name, "Accused", account=people[1])
	assert of(people[1], "SV Report", case.name) == {}
	assert of(people[1], "SV Party", case.reporter.name) == {}
	assert case.name not in offered(people[1], "SV Report", case.report.case_number)


def test_a_person_is_called_by_their_name_and_the_log_says_who_read_it(people, case):
	title = of(people[0], "SV Party", case.reporter.name)[case.reporter.name]
	assert title == f"Reporter · {text_of(case.reporter, 'person_name')}"
	assert of_this_transaction().has("Opened", "SV Party", case.reporter.name)


def test_a_companion_knows_the_accused_they_support_by_name_and_nobody_else(people, case):
	accused = make_party(case.name, "Accused", person_name="Zz Accused", supported_by=people[4])
	assert of(people[4], "SV Party", accused.name, case.reporter.name) == {
		accused.name: "Accused · Zz Accused"
	}


def test_a_picker_finds_a_case_by_a_part_of_its_number(people, case):
	other = make_report(desk=case.report.desk)
	part = case.report.case_number[-4:]
	found = offered(people[0], "SV Report", part)
	assert case.report.case_number in found[case.name] and other.name not in found


def test_a_picker_of_people_finds_them_by_name_within_their_case_only(people, case):
	name = text_of(case.reporter, "person_name")
	assert list(offered(people[0], "SV Party", name, report=case.name)) == [case.reporter.name]
	# without a case nobody's name is opened
	assert offered(people[0], "SV Party", name) == {}
	assert CANARY not in str(offered(people[0], "SV Party"))


def test_a_picker_goes_by_no_field_of_another_document(people, case):
	with acting_as(people[0]):
		found = search("SV Report", filters={"SV Denied.user_index": "x", "nonsense": 1})
	assert case.name in dict(found)


def test_a_title_is_never_more_than_text(people, case):
	person = make_party(case.name, "Witness", person_name='<img src=x onerror="alert(1)">')
	title = of(people[0], "SV Party", person.name)[person.name]
	assert title.startswith("Witness · ") and not set('<>"') & set(title)


def test_many_titles_cost_one_statement_for_each_doctype(people, case):
	wanted = {"SV Note": [case.note.name], "SV Referral": ["none"], "SV Decision Table": [case.table.name]}
	with acting_as(people[0]):
		titles(wanted)
		with counted() as few:
			titles(wanted)
		wanted["SV Note"] += [f"name{number}" for number in range(100)]
		with counted() as many:
			titles(wanted)
	assert few.statements <= len(wanted) + MOST_FOR_THE_RULES
	assert many.statements == few.statements


@pytest.mark.parametrize("doctype", WORDED_BY)
def test_what_a_title_says_may_be_read_by_everybody_who_sees_the_row(doctype):
	sealed = getattr(get_controller(doctype), "SEALED_FIELDS", ())
	assert not set(WORDED_BY[doctype]) & set(sealed)
	groups = {group_of(doctype, fieldname) for fieldname in WORDED_BY[doctype]}
	assert None not in groups
	for right in MATRIX:
		if right.doctype == doctype and right.read:
			assert groups <= set(right.read), right


def test_every_document_that_a_form_links_to_has_a_title():
	linked = {
		field.options
		for doctype in GROUPS
		for field in frappe.get_meta(doctype).get_link_fields()
		if field.options.startswith("SV ")
	}
	assert linked <= WORDED_BY.keys()
