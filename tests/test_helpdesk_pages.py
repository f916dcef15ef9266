"""In Helpdesk's own pages: the queue of a desk, the way from a ticket to its case, and one status for both."""

import json

import pytest
from guard_fixtures import DESK
from test_costs import counted
from test_guarded_rows import make_team

import frappe
from frappe.utils import cstr

from sv_helpdesk import install
from sv_helpdesk.helpdesk import queue_views, sealed_ticket, ticket_form, ticket_status
from sv_helpdesk.test_utils import make_desk, make_report, make_user
from sv_helpdesk.workflows.moving import follow, move

pytest_plugins = ["guard_fixtures"]

TICKET, VIEW, SCRIPT = "HD Ticket", "HD View", "HD Form Script"


@pytest.fixture(autouse=True)
def as_before():
	"""What a test wrote is taken back."""
	frappe.set_user("Administrator")
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()


def sealed_case(**values):
	"""Return a case with its ticket."""
	report = make_report(**values)
	report.db_set("ticket", sealed_ticket.create(report.case_number, None))
	return report


def desk_with_team(*members: str):
	"""Return a desk of these people with a team in Helpdesk, in whose queue its tickets stand."""
	return make_desk(*members, hd_team=make_team("Administrator"))


def status_of(report) -> str:
	return frappe.db.get_value(TICKET, report.ticket, "status")


def listed(user: str) -> list[str]:
	frappe.set_user(user)
	names = frappe.get_list(VIEW, filters={"public": 1}, pluck="name", order_by="name asc")
	frappe.set_user("Administrator")
	return names


def shown_to(user: str, ticket: str | int) -> dict | None:
	frappe.set_user(user)
	try:
		return ticket_form.case_of(ticket)
	finally:
		frappe.set_user("Administrator")


def test_the_status_of_a_ticket_follows_the_steps_of_its_case():
	report = sealed_case()
	for step, status in (
		("triage", "Open"),
		("handle", "Open"),
		("settle", "Resolved"),
		("aftercare", "Resolved"),
		("close", "Closed"),
		("reopen", "Open"),
		("refer", "Open"),
		("return", "Open"),
		("withdraw", "Closed"),
	):
		follow("SV Report", report.name, step)
		assert status_of(report) == status, step


def test_the_status_follows_a_step_that_somebody_takes():
	staff = make_user()
	report = sealed_case(desk=make_desk(staff).name)
	frappe.set_user(staff)
	move("SV Report", report.name, "withdraw", {"withdrawal_text": "Zij wil niet verder."})
	assert status_of(report) == "Closed"
	move("SV Report", report.name, "reopen", reason="Toch wel.")
	assert status_of(report) == "Open"


def test_a_case_without_a_ticket_takes_its_steps_all_the_same():
	report = make_report()
	follow("SV Report", report.name, "triage")
	assert frappe.db.get_value("SV Report", report.name, "status") == "Triage"


def test_a_form_somebody_has_open_can_be_saved_after_a_step():
	report = sealed_case()
	opened = frappe.get_doc(TICKET, report.ticket)
	follow("SV Report", report.name, "triage")
	opened.priority = "High"
	opened.save()


def test_a_sealed_ticket_is_not_closed_or_opened_in_helpdesk():
	report = sealed_case()
	for status, step in (("Closed", "withdraw"), ("Open", "reopen")):
		ticket = frappe.get_doc(TICKET, report.ticket)
		ticket.status = status
		with pytest.raises(frappe.ValidationError, match="The status of this ticket follows its case"):
			ticket.save()
		follow("SV Report", report.name, step)
	assert frappe.db.get_value("SV Report", report.name, "status") == "Handling"


def test_tickets_of_it_are_closed_as_ever():
	values = {"subject": "Wifi", "raised_by": "piet@uni.example", "via_customer_portal": 1}
	ticket = frappe.get_doc({"doctype": TICKET, **values}).insert()
	ticket.reload()
	ticket.status = "Closed"
	ticket.save()
	assert frappe.db.get_value(TICKET, ticket.name, "status") == "Closed"


def test_where_a_site_has_statuses_of_its_own_one_of_the_same_category_is_taken():
	if frappe.get_meta(TICKET).get_field("status").fieldtype == "Select":
		pytest.skip("this Helpdesk has no statuses of a site's own")
	report = sealed_case()
	frappe.db.set_value("HD Ticket Status", {"category": "Resolved"}, "enabled", 0)
	frappe.get_doc(
		{"doctype": "HD Ticket Status", "label_agent": "Klaar", "category": "Resolved", "enabled": 1}
	).insert()
	follow("SV Report", report.name, "withdraw")
	shown = frappe.db.get_value(TICKET, report.ticket, ["status", "status_category"])
	assert shown == ("Klaar", "Resolved")


def test_cases_that_were_there_before_get_their_status():
	open_case, closed = sealed_case(), sealed_case()
	frappe.db.set_value("SV Report", closed.name, "status", "Closed")
	ticket_status.show_all()
	assert (status_of(open_case), status_of(closed)) == ("Open", "Closed")


def test_in_helpdesks_list_a_settled_case_was_settled_in_time():
	report = sealed_case()
	clock = frappe.get_all(
		"SV Deadline", filters={"report": report.name}, pluck="name", order_by="due_at asc"
	)
	assert clock, "the case has clocks"
	frappe.db.set_value("SV Deadline", {"report": report.name}, {"status": "Met", "kind": "Settlement"})
	moment = frappe.utils.now_datetime().replace(microsecond=0)
	frappe.db.set_value("SV Deadline", {"report": report.name}, "met_at", moment)
	ticket = frappe.get_doc(TICKET, report.ticket)
	ticket.priority = "High"
	ticket.save()
	assert frappe.db.get_value(TICKET, report.ticket, "resolution_date") == moment


def test_the_view_of_a_queue_is_there_for_the_people_of_the_desk_alone():
	staff, colleague = make_user(), make_user()
	agent = make_user("Agent", roles=[{"role": "Agent"}, {"role": "System Manager"}])
	desk = desk_with_team(staff)
	make_desk(colleague)
	view = f"{queue_views.PREFIX}{desk.name}"
	for user in (staff, colleague):
		frappe.get_doc("User", user).add_roles("Agent")
	assert view in listed(staff)
	assert view not in listed(colleague) and view not in listed(agent)
	for user, may in ((staff, True), (colleague, False), (agent, False)):
		# the database takes any spelling of a name
		for name in (view, view.upper()):
			doc = frappe.get_doc(VIEW, view)
			doc.name = name
			assert bool(frappe.has_permission(VIEW, "read", doc=doc, user=user)) is may, (user, name)


def test_views_of_others_are_as_they_were():
	agent, staff = make_user("Agent"), make_user()
	frappe.get_doc("User", staff).add_roles("Agent")
	desk_with_team(staff)
	view = frappe.get_doc({"doctype": VIEW, "label": "Wifi", "dt": TICKET, "public": 1, "filters": "{}"})
	view.insert()
	for user in (agent, staff):
		assert view.name in listed(user)
		assert frappe.has_permission(VIEW, "write", doc=view, user=user)
	desk_with_team(staff)
	assert frappe.db.exists(VIEW, view.name)


def test_a_view_asks_for_what_this_helpdesk_has_and_tells_no_more_than_the_name_of_the_team():
	desk = desk_with_team()
	view = frappe.get_doc(VIEW, f"{queue_views.PREFIX}{desk.name}")
	assert json.loads(view.filters) == {"agent_group": desk.hd_team, "status": ["!=", "Closed"]}
	assert view.label == desk.hd_team and desk.title not in frappe.as_json(view)
	known = frappe.get_meta(TICKET).get_valid_columns()
	columns = json.loads(view.columns)
	assert {column["key"] for column in columns} | set(json.loads(view.rows)) <= {*known, "_assign"}
	assert all(column["label"] and column["type"] for column in columns)
	names = frappe.get_list(
		TICKET,
		filters=json.loads(view.filters),
		fields=json.loads(view.rows),
		order_by=view.order_by,
		limit_page_length=1,
	)
	assert names == []


def test_a_view_goes_with_the_desk_and_its_team():
	team = frappe.get_doc(
		{"doctype": "HD Team", "team_name": "Meldgroep", "users": [{"user": make_user("Agent")}]}
	)
	desk = make_desk(hd_team=team.insert().name)
	view = f"{queue_views.PREFIX}{desk.name}"
	frappe.rename_doc("HD Team", desk.hd_team, "Meldpunt")
	assert frappe.db.get_value(VIEW, view, "label") == "Meldpunt"
	desk.reload()
	desk.hd_team = None
	desk.save()
	assert not frappe.db.exists(VIEW, view)
	desk.hd_team = "Meldpunt"
	desk.save()
	desk.enabled = 0
	desk.save()
	assert not frappe.db.exists(VIEW, view)


def test_a_sealed_ticket_stays_in_the_queue_of_its_desk():
	desk, other = desk_with_team(), make_team("Administrator")
	report = make_report(desk=desk.name)
	report.db_set("ticket", sealed_ticket.create(report.case_number, desk.hd_team))
	for team in (other, None):
		ticket = frappe.get_doc(TICKET, report.ticket)
		ticket.agent_group = team
		with pytest.raises(frappe.ValidationError, match="stays in the queue of its desk"):
			ticket.save()
	# one that stands elsewhere already comes back
	frappe.db.set_value(TICKET, report.ticket, "agent_group", other)
	ticket = frappe.get_doc(TICKET, report.ticket)
	ticket.agent_group = desk.hd_team
	ticket.save()
	assert frappe.db.get_value(TICKET, report.ticket, "agent_group") == desk.hd_team


def test_tickets_of_it_go_to_any_team():
	values = {"subject": "Wifi", "raised_by": "piet@uni.example", "via_customer_portal": 1}
	ticket = frappe.get_doc({"doctype": TICKET, **values}).insert()
	ticket.reload()
	ticket.agent_group = make_team("Administrator")
	ticket.save()
	assert frappe.db.get_value(TICKET, ticket.name, "agent_group") == ticket.agent_group


def test_tickets_that_came_before_the_desk_had_a_team_come_into_its_queue():
	desk = make_desk()
	before, elsewhere = sealed_case(desk=desk.name), sealed_case()
	desk.hd_team = make_team("Administrator")
	desk.save()
	teams = {
		case.name: frappe.db.get_value(TICKET, case.ticket, "agent_group") for case in (before, elsewhere)
	}
	assert teams == {before.name: desk.hd_team, elsewhere.name: None}


def test_a_ticket_leads_who_may_see_its_case_there_and_tells_nobody_else_that_there_is_one():
	staff = make_user()
	agent, colleague = make_user("Agent"), make_user()
	make_desk(colleague)
	report = sealed_case(desk=make_desk(staff).name)
	make_report(desk=report.desk)
	follow("SV Report", report.name, "triage")
	for ticket in (report.ticket, int(report.ticket) if report.ticket.isdigit() else report.ticket):
		if cstr(ticket) == report.ticket:
			assert shown_to(staff, ticket) == {
				"label": f"Case {report.case_number}: Triage",
				"address": f"/app/sv-report/{report.name}",
			}
	for user in (agent, colleague):
		assert shown_to(user, report.ticket) == shown_to(user, "not-there") is None
	# the second case has no ticket
	for nothing in ("", "not-there", f"{report.ticket} or 1=1"):
		assert shown_to(staff, nothing) is None


def test_the_way_from_a_ticket_costs_little_however_many_cases_there_are():
	staff = make_user()
	desk = make_desk(staff).name
	report = sealed_case(desk=desk)
	costs = []
	for _more in range(2):
		shown_to(staff, report.ticket)
		with counted() as cost:
			assert shown_to(staff, report.ticket)
		costs.append(cost.statements)
		for _case in range(5):
			sealed_case(desk=desk)
	assert costs[0] == costs[1] <= 8


def test_at_a_desk_where_only_the_handler_sees_a_case_a_colleague_is_led_nowhere():
	handler, colleague = make_user(), make_user()
	desk = make_desk(handler, colleague, visibility="Handler only")
	report = sealed_case(desk=desk.name, handler=handler)
	assert shown_to(handler, report.ticket) and shown_to(colleague, report.ticket) is None


def test_installing_again_changes_nothing_and_uninstalling_leaves_nothing():
	def ours() -> list:
		views = frappe.get_all(
			VIEW, {"name": ["like", f"{queue_views.PREFIX}%"]}, ["name", "filters"], order_by="name"
		)
		scripts = frappe.get_all(
			SCRIPT, {"name": ticket_form.NAME}, ["name", "script", "enabled"], order_by="name"
		)
		return [*views, *scripts]

	desk_with_team()
	install.setup()
	once = ours()
	install.setup()
	assert len(once) >= 2 and ours() == once
	queue_views.remove()
	ticket_form.remove()
	assert ours() == []


@pytest.mark.commits
def test_no_door_of_the_host_sets_state_or_team_of_a_sealed_ticket(browser, site):
	staff, team = browser("staff"), make_team(site.staff)
	frappe.db.commit()
	frappe.db.rollback()
	stored = frappe.db.get_value(TICKET, site.ticket, ["status", "agent_group"])
	try:
		for values in ({"status": "Closed"}, {"agent_group": team}):
			document = frappe.get_doc(TICKET, site.ticket).as_dict() | values
			short = {"doctype": TICKET, "docname": site.ticket, **values}
			several = {"doctype": TICKET, "docnames": [site.ticket], "action": "update", "data": values}
			answers = [
				staff.call("frappe.client.set_value", doctype=TICKET, name=site.ticket, fieldname=values),
				staff.call("frappe.client.save", doc=document),
				staff.call("frappe.client.bulk_update", docs=[short]),
				staff.call("frappe.desk.form.save.savedocs", doc=document, action="Save"),
				staff.call(
					"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs", **several
				),
				staff.session.put(f"{staff.web.base_url}/api/resource/{TICKET}/{site.ticket}", json=values),
			]
			said = [answer.text for answer in answers]
			assert all("of this ticket follows" in text or "queue of its desk" in text for text in said), said
			frappe.db.rollback()
			assert frappe.db.get_value(TICKET, site.ticket, ["status", "agent_group"]) == stored
		staff.call(
			"frappe.client.set_value", doctype=TICKET, name=site.ticket, fieldname="priority", value="Low"
		)
		frappe.db.rollback()
		assert frappe.db.get_value(TICKET, site.ticket, "priority") == "Low", "the rest is theirs to set"
	finally:
		frappe.delete_doc("HD Team", team, force=True, ignore_permissions=True, delete_permanently=True)
		frappe.db.commit()


@pytest.mark.commits
def test_over_http_an_agent_gets_neither_view_nor_case(browser, site):
	team = make_team(site.staff)
	desk = frappe.get_doc("SV Desk", DESK)
	before = desk.hd_team
	desk.hd_team = team
	desk.save()
	frappe.db.commit()
	view = f"{queue_views.PREFIX}{DESK}"
	case_of = "sv_helpdesk.helpdesk.ticket_form.case_of"
	try:
		# as Helpdesk's page asks for all views there are
		everything = {"doctype": VIEW, "fields": ["*"], "limit_page_length": 1000}
		seen = {
			who: browser(who).call("frappe.client.get_list", **everything).json()["message"]
			for who in ("agent", "manager", "other", "staff")
		}
		assert {who: view in [row["name"] for row in rows] for who, rows in seen.items()} == {
			**dict.fromkeys(("agent", "manager", "other"), False),
			"staff": True,
		}
		counted = {"doctype": VIEW, "filters": {"name": view}}
		for who, number in (("agent", 0), ("manager", 0), ("staff", 1)):
			assert browser(who).call("frappe.client.get_count", **counted).json()["message"] == number
		assert browser("agent").get(f"/api/resource/{VIEW}/{view}").status_code == 403
		assert browser("staff").get(f"/api/resource/{VIEW}/{view}").ok
		label = browser("staff").call(case_of, ticket=site.ticket).json()["message"]["label"]
		assert site.number in label
		for who in ("agent", "manager", "other"):
			answers = [browser(who).call(case_of, ticket=name) for name in (site.ticket, "not-there")]
			assert [answer.status_code for answer in answers] == [200, 200]
			assert answers[0].text == answers[1].text == "{}"
	finally:
		desk.reload()
		desk.hd_team = before
		desk.save()
		frappe.delete_doc("HD Team", team, force=True, ignore_permissions=True, delete_permanently=True)
		frappe.db.commit()
