"""Sealed tickets, and what the host keeps about cases: who lists and reads them."""

import pytest
from guard_fixtures import DESK, make_ticket
from people import make_person

import frappe
from frappe.utils import now_datetime

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.guards import tickets, wiring

pytest_plugins = ["guard_fixtures"]
pytestmark = pytest.mark.commits

# of these the host itself shows everybody their own rows only
OWN_ROWS = ("ToDo", "DocShare", "Notification Log")
PTYPES = ("read", "write", "delete", "print", "email", "share", "select", "report", "export")


def listed(user: str, doctype: str = "HD Ticket", **filters) -> list[str]:
	frappe.set_user(user)
	names = frappe.get_list(doctype, filters=filters, pluck="name", order_by="name asc", limit_page_length=0)
	frappe.set_user("Administrator")
	return [str(name) for name in names]


def may(user: str, ptype: str, ticket: str) -> bool:
	return bool(frappe.has_permission("HD Ticket", ptype, doc=frappe.get_doc("HD Ticket", ticket), user=user))


@pytest.fixture
def restricted():
	"""Helpdesk shows an agent the tickets of their team only."""
	frappe.db.set_single_value("HD Settings", "restrict_tickets_by_agent_group", 1)
	frappe.clear_document_cache("HD Settings", "HD Settings")
	yield
	frappe.db.rollback()
	frappe.clear_document_cache("HD Settings", "HD Settings")


def make_team(user: str, **values) -> str:
	"""Return an HD Team with this member, in the database only: its own save makes rules and asks for agents."""
	team = frappe.get_doc({"doctype": "HD Team", "team_name": frappe.generate_hash(length=8), **values})
	team.name = team.team_name
	team.db_insert()
	row = frappe.get_doc(
		{"doctype": "HD Team Member", "parent": team.name, "parenttype": "HD Team", "user": user}
	)
	row.parentfield = "users"
	row.db_insert()
	return team.name


def test_a_sealed_ticket_is_listed_and_read_by_those_who_work_on_it_alone(site):
	for user in (site.agent, site.other, site.outsider):
		assert site.ticket not in listed(user)
		assert not any(may(user, ptype, site.ticket) for ptype in PTYPES)
	assert site.ticket in listed(site.staff) and may(site.staff, "read", site.ticket)
	assert site.it_ticket in listed(site.agent) and may(site.agent, "write", site.it_ticket)


def test_over_http_a_sealed_ticket_is_not_there_for_an_agent(browser, site):
	agent = browser("agent")
	assert agent.get(f"/api/resource/HD Ticket/{site.ticket}").status_code == 403
	rows = agent.get("/api/resource/HD Ticket", limit_page_length=0).json()["data"]
	assert site.it_ticket in [str(row["name"]) for row in rows]
	assert site.ticket not in [str(row["name"]) for row in rows]
	assert agent.get(f"/api/resource/HD Ticket/{site.it_ticket}").ok
	assert browser("staff").get(f"/api/resource/HD Ticket/{site.ticket}").ok
	for path in ("/printview", "/api/method/frappe.utils.print_format.download_pdf"):
		assert agent.get(path, doctype="HD Ticket", name=site.ticket).status_code >= 400


@pytest.mark.parametrize(
	"how", ["owner", "assigned", "contact", "raised_by", "own team", "team without restrictions"]
)
def test_no_way_into_a_ticket_of_helpdesk_leads_into_a_sealed_one(site, restricted, how):
	if how in ("owner", "contact", "raised_by"):
		frappe.db.set_value("HD Ticket", site.ticket, how, site.agent)
	elif how == "assigned":
		frappe.db.set_value("HD Ticket", site.ticket, "_assign", frappe.as_json([site.agent]))
	else:
		team = make_team(site.agent, ignore_restrictions=int(how == "team without restrictions"))
		frappe.db.set_value("HD Ticket", site.ticket, "agent_group", team)
		frappe.db.set_value("HD Ticket", site.it_ticket, "agent_group", team)
		assert site.it_ticket in listed(site.agent)
	assert site.ticket not in listed(site.agent)
	assert not may(site.agent, "read", site.ticket)


def condition_of_helpdesk(user: str) -> str | None:
	"""What Helpdesk itself lets this user list."""
	frappe.set_user(user)
	condition = frappe.get_attr(frappe.get_hooks("permission_query_conditions")["HD Ticket"][0])(user)
	frappe.set_user("Administrator")
	return condition


def test_the_restriction_of_helpdesk_itself_stays_as_it_is(site, restricted):
	if not condition_of_helpdesk(site.agent):
		pytest.skip("in this Helpdesk every agent reads every ticket")
	foreign = make_ticket("Of another team", agent_group=make_team(site.other))
	frappe.db.set_value("HD Ticket", foreign, "owner", site.other)
	make_team(site.agent)
	assert foreign not in listed(site.agent) and not may(site.agent, "read", foreign)


def test_a_condition_of_the_host_is_one_condition_when_ours_is_joined_to_it(site, restricted):
	make_team(site.agent)
	conditions = [
		condition for user in (site.agent, site.outsider) if (condition := condition_of_helpdesk(user))
	]
	assert conditions
	for condition in conditions:
		ends = range(1, len(condition))
		depth = [condition[:end].count("(") - condition[:end].count(")") for end in ends]
		assert " OR " in condition.upper() and condition[0] == "(" and 0 not in depth


def test_who_is_denied_the_case_does_not_see_its_ticket(site):
	colleague = make_person("guards.denied", "SV CCP Staff", "Agent", desk=DESK)
	assert site.ticket in listed(colleague)
	row = frappe.new_doc("SV Denied")
	row.update({"report": site.case, "user_index": blind_index("account", colleague), "origin": "By hand"})
	row.set_new_name()
	row.db_insert()
	assert site.ticket not in listed(colleague) and not may(colleague, "read", site.ticket)
	frappe.db.rollback()


def test_without_a_role_of_ours_a_member_of_the_desk_sees_no_ticket_of_it(site):
	former = make_person("guards.former", "Agent", desk=DESK)
	assert site.ticket not in listed(former)
	frappe.db.rollback()


def test_a_ticket_made_up_by_the_client_is_checked_by_the_stored_one(site):
	made_up = frappe.get_doc(
		{"doctype": "HD Ticket", "name": site.ticket, "owner": site.agent, "raised_by": site.agent}
	)
	assert tickets.has_permission(made_up, "read", site.agent) is False


def test_a_sealed_ticket_is_not_closed_by_the_job_that_closes_old_tickets(site):
	assert not frappe.db.exists(
		"Communication", {"reference_doctype": "HD Ticket", "reference_name": site.ticket}
	)
	frappe.db.set_single_value("HD Settings", {"auto_close_tickets": 1, "auto_close_after_days": 1})
	before = frappe.db.get_value("HD Ticket", site.ticket, "status")
	frappe.db.set_value("HD Ticket", site.ticket, "modified", "2020-01-01", update_modified=False)
	frappe.get_attr("helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.close_tickets_after_n_days")()
	assert frappe.db.get_value("HD Ticket", site.ticket, "status") == before
	frappe.db.rollback()


def test_a_rule_of_the_host_that_assigned_a_new_case_to_an_outsider_did_so_in_vain(site):
	for user in (site.agent, site.staff):
		todo = frappe.get_doc("ToDo", row_about("ToDo", "HD Ticket", site.ticket))
		todo.db_set("allocated_to", user)
	tickets.withdraw_from_outsiders(site.ticket)
	about = {"reference_type": "HD Ticket", "reference_name": site.ticket}
	assert set(frappe.get_all("ToDo", filters=about, pluck="allocated_to")) == {site.staff}
	# other tests assign the ticket to the same colleague
	assert set(frappe.parse_json(frappe.db.get_value("HD Ticket", site.ticket, "_assign"))) == {site.staff}
	frappe.db.rollback()


def row_about(doctype: str, about_doctype: str, name: str) -> str:
	"""Return the name of a row of the host about a document, written past its own checks."""
	about = wiring.ROWS[doctype]
	row = frappe.new_doc(doctype)
	row.set_new_name()
	if about.doctype:
		row.set(about.doctype, about_doctype)
	if about.name:
		row.set(about.name, name)
	row.db_insert()
	return str(row.name)


def rows_of_the_host() -> list[str]:
	return [doctype for doctype in wiring.ROWS if frappe.db.exists("DocType", doctype)]


@pytest.mark.parametrize("doctype", wiring.ROWS)
def test_rows_about_a_case_or_its_ticket_are_hidden_from_the_others(site, doctype):
	if doctype not in rows_of_the_host():
		pytest.skip(f"this host has no {doctype}")
	about = wiring.ROWS[doctype]
	frappe.get_doc("User", site.admin).add_roles("Agent", "System Manager")
	hidden = [row_about(doctype, "HD Ticket", site.ticket)] if about.name else []
	hidden += [row_about(doctype, "SV Report", site.case)] if about.doctype else []
	shown = row_about(doctype, "HD Ticket", site.it_ticket)
	found = listed(site.admin, doctype, name=["in", [*hidden, shown]]) if _lists(site.admin, doctype) else []
	assert not set(found) & set(hidden)
	assert found == [shown] or doctype in OWN_ROWS or not _lists(site.admin, doctype)
	hook = frappe.get_attr(wiring.document_checks()[doctype])
	assert all(hook(frappe.get_doc(doctype, name), "read", site.admin) is False for name in hidden)
	assert hook(frappe.get_doc(doctype, shown), "read", site.admin) is not False
	frappe.db.rollback()


def _lists(user: str, doctype: str) -> bool:
	return bool(frappe.has_permission(doctype, "read", user=user))


def test_what_is_addressed_to_somebody_is_theirs(site):
	row = row_about("ToDo", "SV Report", site.case)
	frappe.db.set_value("ToDo", row, "allocated_to", site.staff)
	assert row in listed(site.staff, "ToDo") and row not in listed(site.admin, "ToDo")
	frappe.db.rollback()


def test_a_prepared_report_about_cases_is_its_owners_alone(site):
	report = frappe.new_doc("Report")
	report.update(
		{"name": "ZZ cases", "report_name": "ZZ cases", "ref_doctype": "SV Report", "is_standard": "No"}
	)
	report.db_insert()
	prepared = frappe.new_doc("Prepared Report")
	prepared.name = frappe.generate_hash(length=10)
	prepared.update(
		{"report_name": report.name, "owner": site.staff, "status": "Completed", "creation": now_datetime()}
	)
	prepared.db_insert()
	assert prepared.name not in listed(site.admin, "Prepared Report")
	hook = frappe.get_attr(wiring.document_checks()["Prepared Report"])
	assert hook(prepared, "read", site.admin) is False and hook(prepared, "read", site.staff) is not False
	frappe.db.rollback()
