"""HR's permitted fields: who carries out a task sees the task and a few facts around it, and nothing else."""

import json
import re
from collections import defaultdict

import pytest
from people import PASSWORD, make_people
from sharing import CANARY, Case, text_of, words

import frappe
from frappe.utils import getdate, now_datetime, nowdate

from sv_helpdesk.permissions.carrying_out import permitted_context
from sv_helpdesk.permissions.field_groups import CHILD_TABLES
from sv_helpdesk.permissions.relations import ASSIGNED_TO
from sv_helpdesk.permissions.seats import accept_seat
from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_aftercare_contact,
	make_communication_line,
	make_consent,
	make_decision_table,
	make_desk,
	make_minutes,
	make_party,
	make_table_case,
	make_unit,
	make_user,
)

NOBODY = {"number": None, "units": [], "kinds": [], "opened_on": None, "closed_on": None, "status": None}
MASTERS = {"SV Unit", "SV Unit Priority", "SV Category", "SV Measure", "SV Calendar", "SV Term"}


class World:
	"""A case with its table and aftercare; of each kind one task of HR and one of somebody else."""

	def __init__(self, worker: str, colleague: str, hr: str):
		self.case = Case(make_desk(worker).name, worker, colleague)
		self.case.report.db_set("unit", make_unit().name)
		self.table = self.case.table
		self.table.db_set({"opened_on": "2024-03-01", "status": "Running"})
		self.accused = make_party(self.case.name, "Accused", person_name=f"{CANARY}-accused-name")
		plan = {"party": self.case.reporter.name, **words("SV Aftercare", "plan")}
		self.plan = make_aftercare(self.case.name, **plan)
		self.mine = self.tasks(hr, "mine")
		self.others = self.tasks(colleague, "others")

	def tasks(self, user: str, of: str) -> dict:
		at_table = {"decision_table": self.table.name, "action_owner": user}
		contact = make_aftercare_contact(self.plan.name, user, **words("SV Aftercare Contact", of))
		line = make_communication_line(self.table.name, user, **words("SV Communication Line", of))
		action = make_action(**at_table, concerns=self.accused.name, **words("SV Action", of))
		return {document.doctype: document for document in (action, contact, line)}

	@property
	def facts_of_table(self) -> dict:
		return {
			"number": self.table.table_number,
			"units": [self.case.report.unit],
			"kinds": ["Undesirable behaviour"],
			"opened_on": getdate("2024-03-01"),
			"closed_on": None,
			"status": "Running",
		}

	@property
	def facts_of_plan(self) -> dict:
		return {
			"number": self.plan.plan_number,
			"units": [self.case.report.unit],
			"kinds": ["Reporter"],
			"opened_on": getdate(nowdate()),
			"closed_on": None,
			"status": "Planned",
		}


@pytest.fixture(scope="module")
def people():
	return make_people("carrying", "SV CCP Staff", "SV CCP Staff", "SV HR Advisor", "SV HR Advisor")


@pytest.fixture
def worker(people):
	return people[0]


@pytest.fixture
def hr(people):
	return people[2]


@pytest.fixture
def other_hr(people):
	return people[3]


@pytest.fixture
def world(people):
	return World(*people[:3])


def by(user: str, action, *args, **kwargs):
	frappe.set_user(user)
	try:
		return action(*args, **kwargs)
	finally:
		frappe.set_user("Administrator")


def context(user: str, document) -> dict:
	return by(user, permitted_context, document.doctype, document.name)


def test_around_an_action_of_a_table_one_knows_the_tables_coded_facts(world, hr):
	assert context(hr, world.mine["SV Action"]) == {**world.facts_of_table, "person_name": None}


def test_around_a_communication_line_one_knows_the_tables_coded_facts(world, hr):
	assert context(hr, world.mine["SV Communication Line"]) == {**world.facts_of_table, "person_name": None}


def test_around_an_aftercare_contact_one_knows_the_plans_coded_facts(world, hr):
	assert context(hr, world.mine["SV Aftercare Contact"]) == {**world.facts_of_plan, "person_name": None}


def test_around_an_action_of_a_plan_one_knows_the_plans_coded_facts(world, hr):
	action = make_action(aftercare=world.plan.name, action_owner=hr)
	assert context(hr, action) == {**world.facts_of_plan, "person_name": None}


def test_around_an_action_of_a_case_alone_there_is_nothing_to_know(world, hr):
	action = make_action(report=world.case.name, action_owner=hr)
	assert context(hr, action) == {**NOBODY, "person_name": None}


def test_the_name_is_known_where_the_decision_says_so(world, hr, worker):
	action = frappe.get_doc("SV Action", world.mine["SV Action"].name)
	action.name_disclosed = 1
	by(worker, action.save)
	assert context(hr, action)["person_name"] == f"{CANARY}-accused-name"
	action.reload()
	action.name_disclosed = 0
	by(worker, action.save)
	assert context(hr, action)["person_name"] is None


def test_a_reporters_name_is_never_known_by_a_decision(world, worker):
	action = frappe.get_doc("SV Action", world.mine["SV Action"].name)
	action.update({"concerns": world.case.reporter.name, "name_disclosed": 1})
	with pytest.raises(frappe.ValidationError, match="own consent alone"):
		by(worker, action.save)


def test_no_name_is_known_before_the_table_has_decided(world, worker):
	frappe.db.set_value("SV Minutes", {"decision_table": world.table.name}, "status", "Draft")
	action = frappe.get_doc("SV Action", world.mine["SV Action"].name)
	action.name_disclosed = 1
	with pytest.raises(frappe.ValidationError, match="hasn't decided yet"):
		by(worker, action.save)


def test_who_carries_it_out_does_not_disclose_the_name_to_themselves(world, hr):
	action = frappe.get_doc("SV Action", world.mine["SV Action"].name)
	action.name_disclosed = 1
	with pytest.raises(frappe.PermissionError):
		by(hr, action.save)
	with pytest.raises(frappe.PermissionError, match="decided at the table"):
		by(hr, action.check_disclosure)
	disclosed = {"decision_table": world.table.name, "action_owner": hr, "concerns": world.accused.name}
	with pytest.raises((frappe.PermissionError, frappe.LinkValidationError)):
		by(hr, make_action, **disclosed, name_disclosed=1)


@pytest.mark.parametrize("of_somebody_else", ["person", "action", "field"])
def test_a_disclosed_name_opens_that_name_and_nothing_else(world, hr, of_somebody_else):
	mine, others = world.mine["SV Action"], world.others["SV Action"]
	mine.db_set("name_disclosed", 1)
	others.db_set("name_disclosed", 1)
	opened = {
		"person": (world.case.reporter, mine),
		"action": (world.accused, others),
		"field": (world.case.report, mine),
	}
	party, action = opened[of_somebody_else]
	with pytest.raises(frappe.PermissionError):
		by(hr, party.open_disclosed, action.name)


def test_the_name_is_known_where_that_person_consents_until_they_withdraw(world, hr):
	by_reporter = (world.case.name, world.case.reporter.name)
	contact = world.mine["SV Aftercare Contact"]
	for other in ({"scope": "Summary"}, {"scope": "Identity", "to_user": None, "recipient": "Somebody else"}):
		make_consent(*by_reporter, **{"to_user": hr, **other})
	assert context(hr, contact)["person_name"] is None
	consent = make_consent(*by_reporter, scope="Identity", to_user=hr)
	assert context(hr, contact)["person_name"] == text_of(world.case.reporter, "person_name")
	# it is about another person
	assert context(hr, world.mine["SV Action"])["person_name"] is None
	consent.db_set("withdrawn_at", now_datetime())
	assert context(hr, contact)["person_name"] is None


def test_nothing_is_told_around_a_task_of_somebody_else_or_one_that_is_not_there(world, hr, other_hr, worker):
	refused = [("SV Report", world.case.name), ("SV Action", "nothing"), ("User", hr)]
	refused += [(document.doctype, document.name) for document in world.others.values()]
	for doctype, name in refused:
		with pytest.raises(frappe.PermissionError, match="not assigned to you"):
			by(hr, permitted_context, doctype, name)
	for document in world.mine.values():
		# the desk's worker reads the document, but it isn't theirs
		for user in (other_hr, worker):
			with pytest.raises(frappe.PermissionError, match="not assigned to you"):
				context(user, document)


def test_a_task_of_a_case_that_is_hidden_from_one_tells_nothing(world, hr):
	make_party(world.case.name, "Accused", account=hr)
	for document in world.mine.values():
		with pytest.raises(frappe.PermissionError, match="not assigned to you"):
			context(hr, document)


def test_a_person_of_another_case_is_not_whom_an_action_concerns(world, hr):
	stranger = make_party(Case(world.case.report.desk, *world.case.writers).name)
	at_table = {"decision_table": world.table.name, "action_owner": hr}
	with pytest.raises(frappe.ValidationError, match="not part of"):
		make_action(**at_table, concerns=stranger.name)


class Everything:
	"""What one user gets over HTTP: rows of every document of ours, and our words in all that is answered."""

	def __init__(self, web, user: str, documents: list[tuple[str, str]]):
		self.session, self.base = web.login(user, PASSWORD), web.base_url
		self.rows, self.texts = defaultdict(set), []
		for doctype in of_ours():
			self.list(doctype)
		for doctype, name in documents:
			self.open(doctype, name)
		self.words = set(re.findall(rf"{CANARY}[\w-]+", "".join(self.texts)))

	@property
	def some_rows(self) -> dict[str, set[str]]:
		return {doctype: rows for doctype, rows in self.rows.items() if rows}

	def get(self, address: str, **params):
		answer = self.session.get(self.base + address, params=params)
		self.texts.append(answer.text)
		return answer

	def list(self, doctype: str) -> None:
		# rows of a child table are asked for through their parent
		parent = {"parent": CHILD_TABLES[doctype]} if doctype in CHILD_TABLES else {}
		everything = {"fields": json.dumps(["*"]), "limit_page_length": 0, **parent}
		answer = self.get(f"/api/resource/{doctype}", **everything)
		if answer.ok:
			self.rows[doctype] |= {row["name"] for row in answer.json()["data"]}
		listed = {"doctype": doctype, "fields": json.dumps([f"`tab{doctype}`.`name`"]), "page_length": 500}
		answer = self.get("/api/method/frappe.desk.reportview.get", **listed)
		if answer.ok and answer.json().get("message"):
			self.rows[doctype] |= {name for (name,) in answer.json()["message"]["values"]}

	def open(self, doctype: str, name: str) -> None:
		form = self.get("/api/method/frappe.desk.form.load.getdoc", doctype=doctype, name=name)
		single = self.get(f"/api/resource/{doctype}/{name}")
		assert form.ok == single.ok == (name in self.rows[doctype]), (doctype, name)
		if doctype in ASSIGNED_TO:
			method = f"{self.base}/api/method/sv_helpdesk.permissions.carrying_out.permitted_context"
			self.texts.append(self.session.post(method, data={"doctype": doctype, "name": name}).text)


def of_ours() -> list[str]:
	singles_and_masters = {"SV Settings", *MASTERS}
	ours = frappe.get_all("DocType", {"module": "Social Safety"}, pluck="name", order_by="name")
	return [doctype for doctype in ours if doctype not in singles_and_masters]


def all_documents() -> list[tuple[str, str]]:
	return [
		(doctype, name)
		for doctype in of_ours()
		if not frappe.get_meta(doctype).istable
		for name in frappe.get_all(doctype, pluck="name", order_by="creation desc", limit=4)
	]


def sealed(*documents) -> set[str]:
	"""The words in the sealed fields of these documents."""
	stored = [frappe.get_doc(document.doctype, document.name) for document in documents]
	return {
		text_of(document, field)
		for document in stored
		for field in document.SEALED_FIELDS
		if document.get(field)
	}


@pytest.fixture
def newcomers():
	"""Two HR advisers and a table member, without any task or seat of another test."""
	return [
		make_user(role, new_password=PASSWORD)
		for role in ("SV HR Advisor", "SV HR Advisor", "SV Decision Table Member")
	]


def seated(table, capacities: dict[str, str], *accepting: str) -> None:
	"""Give seats at a table; only those who accept theirs sit there."""
	table.reload()
	for user, capacity in capacities.items():
		table.append("members", {"user": user, "capacity": capacity})
	table.save()
	for user in accepting:
		by(user, accept_seat, table.name, True)
	table.reload()


@pytest.mark.commits
def test_hr_that_carries_out_gets_the_tasks_and_the_permitted_fields_and_no_more(web, people, newcomers):
	hr = newcomers[0]
	world = World(*people[:2], hr)
	world.mine["SV Action"].db_set("name_disclosed", 1)
	frappe.db.commit()
	found = Everything(web, hr, all_documents())
	mine = world.mine.values()
	assert found.some_rows == {document.doctype: {document.name} for document in mine}
	assert found.words == sealed(*mine) | {f"{CANARY}-accused-name"}


@pytest.mark.commits
def test_hr_at_the_table_gets_what_any_member_gets(web, people, newcomers):
	hr, invited, member = newcomers
	world = World(*people[:2], people[2])
	capacities = {hr: "HR adviser", member: "Member", invited: "Member"}
	seated(world.table, capacities, hr, member)
	frappe.db.commit()
	documents = all_documents()
	of_hr, of_member = Everything(web, hr, documents), Everything(web, member, documents)
	assert of_hr.rows == of_member.rows and of_hr.words == of_member.words
	assert of_hr.rows["SV Decision Table"] == {world.table.name} and len(of_hr.rows["SV Minutes"]) == 2
	assert not {"SV Report", "SV Party", "SV Message", "SV Note"} & set(of_hr.some_rows)
	nothing = Everything(web, invited, documents)
	assert not nothing.some_rows and not nothing.words, "the seat isn't accepted"


@pytest.mark.commits
def test_a_seat_at_one_table_opens_no_more_of_another_table_with_an_action(web, people, newcomers):
	hr = newcomers[0]
	world = World(*people[:2], hr)
	desk = world.case.report.desk
	other = make_decision_table(desk=desk, **words("SV Decision Table", "seat"))
	minutes = make_minutes(other.name, **words("SV Minutes", "seat"))
	cases = make_table_case(other.name, Case(desk, *people[:2]).name)
	seated(other, {hr: "HR adviser"}, hr)
	frappe.db.commit()
	found = Everything(web, hr, all_documents())
	mine = world.mine.values()
	expected = {document.doctype: {document.name} for document in (*mine, other, minutes, cases)}
	at_table = {"SV Table Member": {other.members[0].name}, "SV Table Case Report": {cases.reports[0].name}}
	written = frappe.get_all("SV Contribution", {"minutes": minutes.name}, pluck="name", order_by="name asc")
	expected |= at_table | {"SV Contribution": set(written)}
	# what runs at that table, and nothing that runs elsewhere
	clocks = frappe.get_all("SV Deadline", {"decision_table": other.name}, pluck="name", order_by="name asc")
	events = frappe.get_all(
		"SV Deadline Event", {"parent": ["in", clocks]}, pluck="name", order_by="name asc"
	)
	expected |= {"SV Deadline": set(clocks), "SV Deadline Event": set(events)}
	assert found.some_rows == expected
	assert found.words == sealed(*mine, other, minutes)
