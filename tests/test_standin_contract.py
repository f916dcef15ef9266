"""The Helpdesk on this bench is what the app counts on.

On a bench with the stand-in, its doctypes are compared with the facts about Helpdesk, field by field and
right by right, and its behaviour with what is described there. On a bench with the real Helpdesk only what
the app relies on is compared.
"""

import importlib.util
import inspect
import json
from pathlib import Path

import pytest
from desk_fixtures import make_account
from mail_helpers import make_mail

import frappe
import helpdesk

pytest_plugins = ["mail_fixtures"]

STANDIN_FOLDER = Path(__file__).resolve().parent.parent / "dev" / "helpdesk_standin"
FACTS = json.loads((STANDIN_FOLDER / "facts.json").read_text(encoding="utf-8"))["doctypes"]
IS_STANDIN = getattr(helpdesk, "IS_STANDIN", False)
standin_only = pytest.mark.skipif(
	not IS_STANDIN,
	reason=f"this bench has the real Helpdesk {helpdesk.__version__}; only what the app relies on is compared",
)

NOT_FIELDS = ("fields", "permissions")
FIELD_PROPERTIES = (
	"fieldtype",
	"label",
	"options",
	"default",
	"fetch_from",
	"reqd",
	"unique",
	"hidden",
	"read_only",
	"no_copy",
	"set_only_once",
	"search_index",
	"in_global_search",
)
RIGHTS = (
	"select",
	"read",
	"write",
	"create",
	"delete",
	"submit",
	"cancel",
	"amend",
	"report",
	"export",
	"import",
	"print",
	"email",
	"share",
)

# every field of the host that the app reads or writes, with the types that it can do with
RELIED_ON = {
	"HD Ticket": {
		"subject": {"Data"},
		"raised_by": {"Data"},
		"status": {"Link", "Select"},
		"priority": {"Link"},
		"ticket_type": {"Link"},
		"agent_group": {"Link"},
		"template": {"Link"},
		"description": {"Text Editor"},
		"contact": {"Link"},
		"customer": {"Link"},
		"via_customer_portal": {"Check"},
		"sla": {"Link"},
		"response_by": {"Datetime"},
		"resolution_by": {"Datetime"},
		"first_responded_on": {"Datetime"},
		"resolution_date": {"Datetime"},
		"agreement_status": {"Select"},
	},
	"HD Team": {"team_name": {"Data"}, "users": {"Table MultiSelect"}, "assignment_rule": {"Link"}},
	"HD Team Member": {"user": {"Link"}},
	"HD Agent": {"user": {"Link"}, "is_active": {"Check"}},
	"HD Ticket Type": {"priority": {"Link"}},
	"HD Settings": {"restrict_tickets_by_agent_group": {"Check"}},
	"HD Service Level Agreement": {
		"holiday_list": {"Link"},
		"support_and_resolution": {"Table"},
		"default_sla": {"Check"},
	},
	"HD Service Day": {"workday": {"Select"}, "start_time": {"Time"}, "end_time": {"Time"}},
	"HD Holiday": {"holiday_date": {"Date"}},
	"HD Ticket Comment": {"content": {"Text Editor"}, "reference_ticket": {"Link"}},
	"HD Ticket Activity": {"ticket": {"Link"}, "action": {"Data", "Small Text"}},
	"HD Form Script": {
		"dt": {"Link"},
		"apply_to": {"Select"},
		"enabled": {"Check"},
		"apply_to_customer_portal": {"Check"},
		"apply_on_new_page": {"Check"},
		"script": {"Code"},
	},
	"HD View": {
		"label": {"Data"},
		"type": {"Select"},
		"dt": {"Link"},
		"route_name": {"Data"},
		"public": {"Check"},
		"filters": {"Code"},
		"order_by": {"Code"},
		"columns": {"Code"},
		"rows": {"Code"},
	},
	"HD Notification": {"message": {"Text"}, "reference_ticket": {"Link"}},
}


@pytest.fixture
def rolled_back():
	"""Everything the test writes is taken back; mails only wait meanwhile."""
	frappe.set_user("Administrator")
	settings_switch("send_acknowledgement_email", 0)
	frappe.local.outgoing_email_account = {}
	# without an address to send from, Frappe refuses even mails that wait
	frappe.get_doc(
		{
			"doctype": "Email Account",
			"name": "Contract",
			"email_id": "contract@voorbeeld.example",
			"enable_outgoing": 1,
			"default_outgoing": 1,
		}
	).db_insert()
	frappe.flags.mute_emails = True
	yield
	frappe.flags.mute_emails = False
	frappe.local.outgoing_email_account = {}
	frappe.set_user("Administrator")
	frappe.db.rollback()
	# Redis still knows the settings and Assignment Rules that were just taken back
	frappe.clear_cache()


def settings_switch(fieldname, value):
	if frappe.get_meta("HD Settings").has_field(fieldname):
		frappe.db.set_single_value("HD Settings", fieldname, value)


def make_user(name, *roles):
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": f"{name}@voorbeeld.example",
			"first_name": name,
			"send_welcome_email": 0,
			"roles": [{"role": role} for role in roles],
		}
	)
	user.flags.no_welcome_mail = True
	return user.insert(ignore_permissions=True).name


def make_team(name, *users):
	members = [{"user": user} for user in users]
	return frappe.get_doc({"doctype": "HD Team", "team_name": name, "users": members}).insert().name


def make_ticket(**values):
	ticket = {"doctype": "HD Ticket", "subject": "Wifi", "raised_by": "piet@voorbeeld.example", **values}
	return frappe.get_doc(ticket).insert()


def comparable(field, facts_of_meta=FIELD_PROPERTIES):
	values = {name: field.get(name) for name in facts_of_meta}
	values["options"] = (values["options"] or "").split("\n")
	values["default"] = None if field.get("fieldtype") == "Code" else values["default"]
	return {name: value or None for name, value in values.items()}


def rights(row):
	given = tuple(right for right in RIGHTS if row.get(right))
	return (row.get("role"), row.get("permlevel") or 0, bool(row.get("if_owner")), given)


def test_doctype_files_follow_the_facts():
	spec = importlib.util.spec_from_file_location("make_doctypes", STANDIN_FOLDER / "make_doctypes.py")
	maker = importlib.util.module_from_spec(spec)
	spec.loader.exec_module(maker)
	for name, facts in FACTS.items():
		folder = maker.scrub(name)
		written = json.loads((maker.DOCTYPES / folder / f"{folder}.json").read_text(encoding="utf-8"))
		assert written == maker.doctype_file(name, facts), f"run make_doctypes.py: {name} isn't up to date"


@standin_only
@pytest.mark.parametrize("doctype", FACTS)
def test_fields_are_those_of_helpdesk(doctype):
	# the document, not the meta: it has nothing of custom fields and property setters
	installed = frappe.get_doc("DocType", doctype)
	long_defaults_left_out = {"outside_working_hours_message"}
	expected = {field["fieldname"]: comparable(field) for field in FACTS[doctype]["fields"]}
	found = {
		field.fieldname: comparable(field)
		for field in installed.fields
		if field.fieldname not in long_defaults_left_out
	}
	assert found == {name: expected[name] for name in expected if name not in long_defaults_left_out}


@standin_only
@pytest.mark.parametrize("doctype", FACTS)
def test_rights_are_those_of_helpdesk(doctype):
	installed = frappe.get_doc("DocType", doctype)
	assert sorted(rights(row) for row in installed.permissions) == sorted(
		rights(row) for row in FACTS[doctype]["permissions"]
	)


@standin_only
@pytest.mark.parametrize("doctype", FACTS)
def test_naming_and_switches_are_those_of_helpdesk(doctype):
	installed, known = frappe.get_doc("DocType", doctype), frappe.get_meta("DocType")
	for name, value in FACTS[doctype].items():
		# a switch that this Frappe doesn't have yet can't be set
		if name not in NOT_FIELDS and known.has_field(name):
			assert installed.get(name) == value, name


@pytest.mark.parametrize("doctype", RELIED_ON)
def test_what_the_app_relies_on_is_there(doctype):
	fields = {field.fieldname: field.fieldtype for field in frappe.get_doc("DocType", doctype).fields}
	for name, types in RELIED_ON[doctype].items():
		assert fields.get(name) in types, f"{doctype}.{name} is {fields.get(name)}"


def test_tickets_take_mail_and_are_named_as_we_expect():
	ticket = frappe.get_doc("DocType", "HD Ticket")
	assert ticket.email_append_to
	assert (ticket.sender_field, ticket.subject_field) == ("raised_by", "subject")
	assert ticket.autoname in (".####", "autoincrement")


@standin_only
def test_a_ticket_is_filled_in_when_it_is_made(rolled_back):
	ticket = make_ticket()
	assert ticket.name.isdigit() and len(ticket.name) >= 4
	assert ticket.key
	assert (ticket.status, ticket.status_category) == ("Open", "Open")
	assert (ticket.ticket_type, ticket.priority, ticket.sla) == ("Unspecified", "Medium", "Default")
	assert ticket.agreement_status == "First Response Due"
	assert ticket.response_by < ticket.resolution_by


@standin_only
def test_a_description_becomes_a_communication_that_saves_the_ticket_again(rolled_back):
	ticket = make_ticket(description="<p>Het wifi is weg</p>")
	communications = frappe.get_all(
		"Communication",
		filters={"reference_doctype": "HD Ticket", "reference_name": ticket.name},
		fields=["sent_or_received", "content", "sender"],
	)
	assert [(row.sent_or_received, row.content) for row in communications] == [
		("Received", "<p>Het wifi is weg</p>")
	]
	assert not ticket.last_customer_response
	assert frappe.get_doc("HD Ticket", ticket.name).last_customer_response


@standin_only
def test_an_answer_changes_status_and_clocks_and_writes_history(rolled_back):
	settings_switch("auto_update_status", 1)
	frappe.set_user(make_user("annelies", "Agent"))
	ticket = make_ticket(description="<p>Het wifi is weg</p>")
	frappe.get_doc("HD Ticket", ticket.name).reply_via_agent("<p>Zet hem aan</p>")
	answered = frappe.get_doc("HD Ticket", ticket.name)
	assert (answered.status, answered.agreement_status) == ("Replied", "Paused")
	assert answered.first_responded_on and answered.last_agent_response
	actions = frappe.get_all("HD Ticket Activity", filters={"ticket": ticket.name}, pluck="action")
	assert actions == ["set status to Replied"]

	answered.create_communication_via_contact("<p>Hij staat aan</p>")
	assert frappe.db.get_value("HD Ticket", ticket.name, "status") == "Open"
	answered.reload()
	answered.delete(ignore_permissions=True)
	assert not frappe.db.exists("HD Ticket Activity", {"ticket": ticket.name})


@standin_only
def test_targets_count_working_time():
	agreement = frappe.get_doc("HD Service Level Agreement", "Default")
	# Friday 16 h, eight working hours on: Monday 16 h
	assert str(agreement.calc_time("2024-03-01 16:00:00", "Medium", "response_time")) == "2024-03-04 16:00:00"
	assert str(agreement.calc_time("2024-03-02 12:00:00", "High", "response_time")) == "2024-03-04 11:00:00"
	assert agreement.calc_elapsed_time("2024-03-01 17:00:00", "2024-03-04 10:30:00") == 5400


@standin_only
def test_the_hourly_job_recounts_tickets_with_an_agreement_only(rolled_back, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	counted, left = make_ticket().name, make_ticket().name
	frappe.db.set_value(
		"HD Ticket",
		{"name": ("in", (counted, left))},
		{"response_by": "2024-03-01 16:00:00", "agreement_status": "Paused"},
	)
	frappe.db.set_value("HD Ticket", left, "sla", None)
	from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import update_sla_status_in_ticket

	update_sla_status_in_ticket()
	found = [frappe.db.get_value("HD Ticket", name, "agreement_status") for name in (counted, left)]
	assert found == ["Failed", "Paused"]


@standin_only
def test_a_team_has_its_own_assignment_rule(rolled_back):
	agent = make_user("annelies", "Agent")
	team = frappe.get_doc("HD Team", make_team("Netwerk", agent))
	rule = frappe.get_doc("Assignment Rule", "Netwerk - Support Rotation")
	assert team.assignment_rule == rule.name
	assert [row.user for row in rule.users] == [agent] and not rule.disabled

	ticket = make_ticket(agent_group=team.name)
	assert json.loads(frappe.db.get_value("HD Ticket", ticket.name, "_assign")) == [agent]

	team.reload()
	team.disabled = 1
	team.save()
	assert frappe.db.get_value("Assignment Rule", rule.name, "disabled")


@standin_only
def test_an_agent_record_makes_an_agent(rolled_back):
	user = make_user("bram")
	agent = frappe.get_doc({"doctype": "HD Agent", "user": user, "agent_name": "Bram"}).insert()
	assert agent.name == user
	assert "Agent" in frappe.get_roles(user)


@standin_only
def test_agents_see_all_tickets_until_teams_are_restricted(rolled_back):
	own, other = make_user("annelies", "Agent"), make_user("bram", "Agent")
	make_team("Netwerk", own)
	make_team("Printers", other)
	ticket = make_ticket(agent_group="Printers")
	frappe.db.set_value("HD Ticket", ticket.name, "_assign", None)
	ticket.reload()

	frappe.set_user(own)
	assert ticket.has_permission("read")
	assert frappe.get_list("HD Ticket", filters={"name": ticket.name}, order_by="name")

	settings_switch("restrict_tickets_by_agent_group", 1)
	assert not ticket.has_permission("read")
	assert not frappe.get_list("HD Ticket", filters={"name": ticket.name}, order_by="name")

	frappe.set_user(other)
	assert ticket.has_permission("read")
	assert frappe.get_list("HD Ticket", filters={"name": ticket.name}, order_by="name")


@standin_only
def test_the_condition_for_lists_has_no_brackets_around_it(rolled_back):
	from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import permission_query

	frappe.set_user(make_user("annelies", "Agent"))
	settings_switch("restrict_tickets_by_agent_group", 1)
	# as Helpdesk has it: on a site with our app the guards put brackets around it
	arms = inspect.unwrap(permission_query)().split(" OR (")
	assert len(arms) == 2 and arms[0].startswith("(`tabHD Ticket`.owner = ")
	assert "JSON_SEARCH" in arms[1]


@standin_only
def test_a_person_from_outside_sees_his_own_ticket_only(rolled_back):
	person = make_user("piet", "HD Customer")
	own = make_ticket()
	other = make_ticket(raised_by="klaas@voorbeeld.example")
	frappe.set_user(person)
	assert own.has_permission("read") and not other.has_permission("read")
	names = frappe.get_list("HD Ticket", pluck="name", order_by="name")
	assert own.name in names and other.name not in names


@pytest.mark.commits
def test_a_mail_to_the_it_mailbox_becomes_a_ticket(imap_server, smtp_sink):
	address = "it@voorbeeld.example"
	account = make_account("Contract", address, imap_server, smtp_sink).name
	frappe.db.commit()
	raw = make_mail(
		sender="piet@voorbeeld.example", to=address, subject="Wifi weg", Message_ID="<wifi@voorbeeld.example>"
	)
	imap_server.deliver(address, raw)
	try:
		# the second time the mail server still has it: Frappe knows it by its Message-ID
		for _ in range(2):
			frappe.get_doc("Email Account", account).receive()
		(ticket,) = frappe.get_all(
			"HD Ticket",
			filters={"raised_by": "piet@voorbeeld.example", "subject": "Wifi weg"},
			fields=["name", "status", "description"],
		)
		assert ticket.status == "Open"
		assert "Goedemiddag" in ticket.description
		assert frappe.db.exists(
			"Communication",
			{
				"reference_doctype": "HD Ticket",
				"reference_name": str(ticket.name),
				"email_account": account,
				"sent_or_received": "Received",
			},
		)
	finally:
		forget_mailbox(account, "piet@voorbeeld.example")


@standin_only
@pytest.mark.commits
def test_the_acknowledgement_commits_in_the_middle_of_the_insert(imap_server, smtp_sink, monkeypatch):
	account = make_account("Contract", "it@voorbeeld.example", imap_server, smtp_sink).name
	frappe.db.commit()
	monkeypatch.setattr(frappe.flags, "in_test", False)
	settings_switch("send_acknowledgement_email", 1)
	try:
		ticket = make_ticket(subject="Printer kapot")
		frappe.db.rollback()
		assert frappe.db.exists("HD Ticket", ticket.name), (
			"a rollback took the ticket back: nothing was committed"
		)
		(mail,) = smtp_sink.wait_for(1)
		assert mail.recipients == ("piet@voorbeeld.example",)
		assert b"Printer kapot" in mail.raw

		frappe.flags.initial_sync = True
		quiet = make_ticket(subject="Nog een")
		frappe.db.rollback()
		assert not frappe.db.exists("HD Ticket", quiet.name)
		assert len(smtp_sink.mails) == 1
	finally:
		frappe.flags.initial_sync = False
		forget_mailbox(account, "piet@voorbeeld.example")


def forget_mailbox(account, sender):
	"""Take back what a test with real mail committed."""
	frappe.db.rollback()
	for name in frappe.get_all("HD Ticket", filters={"raised_by": sender}, pluck="name"):
		for doctype in ("Communication", "Email Queue"):
			reference = {"reference_doctype": "HD Ticket", "reference_name": str(name)}
			for row in frappe.get_all(doctype, filters=reference, pluck="name"):
				frappe.delete_doc(doctype, row, force=True, ignore_permissions=True, delete_permanently=True)
		frappe.delete_doc("HD Ticket", name, force=True, ignore_permissions=True, delete_permanently=True)
	for name in frappe.get_all("Contact", filters={"email_id": sender}, pluck="name"):
		frappe.delete_doc("Contact", name, force=True, ignore_permissions=True, delete_permanently=True)
	frappe.delete_doc("Email Account", account, force=True, ignore_permissions=True, delete_permanently=True)
	frappe.db.commit()
