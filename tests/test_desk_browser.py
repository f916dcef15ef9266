"""In a browser: people find in the Desk what is theirs to do, and nothing that is refused anyway."""

import pytest
from grant_helpers import desk_of
from people import make_people

import frappe

from sv_helpdesk.permissions.roles import (
	CCP_STAFF,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
	PRIVACY_OFFICER,
	TABLE_MEMBER,
)
from sv_helpdesk.test_utils import (
	make_consent,
	make_decision_table,
	make_desk,
	make_message,
	make_party,
	make_report,
	make_unit,
)

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]


@pytest.fixture(scope="module")
def people():
	return make_people(
		"desking", CCP_STAFF, CCP_STAFF, CONFIDENTIAL_ADVISER, TABLE_MEMBER, PRIVACY_OFFICER, COORDINATOR
	)


@pytest.fixture
def case(people):
	desk = make_desk(*people[:2], people[5]).name
	report = make_report(desk=desk)
	frappe.db.commit()
	return report


def test_who_is_invited_to_a_decision_table_accepts_the_seat(page_of, people, case):
	member = people[3]
	table = make_decision_table(desk=case.desk, members=[{"user": member, "capacity": "Member"}])
	frappe.db.commit()
	page = page_of(member)
	page.goto("/app/sv-decision-table")
	page.get_by_role("button", name="My invitations").click()
	invitation = page.locator(".modal-body .border-bottom", has_text=table.table_number)
	invitation.get_by_role("button", name="Accept the seat").click()
	statement = page.locator(".modal-dialog", has_text="I keep confidential")
	statement.get_by_role("button", name="Yes").click()
	page.wait_for_url(f"**/sv-decision-table/{table.name}")
	page.wait_for_function("number => window.cur_frm?.doc?.table_number === number", arg=table.table_number)


def test_who_is_invited_accepts_the_seat_from_their_agenda(page_of, people, case):
	member = people[3]
	table = make_decision_table(desk=case.desk, members=[{"user": member, "capacity": "Member"}])
	frappe.db.commit()
	page = page_of(member)
	page.goto("/app/agenda")
	page.get_by_role("link", name=table.table_number).click()
	statement = page.locator(".modal-dialog", has_text="I keep confidential")
	statement.get_by_role("button", name="Yes").click()
	page.wait_for_url(f"**/sv-decision-table/{table.name}")


def test_a_refused_step_is_mended_in_the_same_dialog_and_its_choices_are_words(page_of, people):
	staff = people[0]
	values = {"handler": staff, "status": "Handling", "main_category": "bullying"}
	case = make_report(desk=make_desk(*people[:2], people[5]).name, **values)
	make_party(case.name)
	frappe.db.commit()
	page = page_of(staff)
	page.goto(f"/app/sv-report/{case.name}")
	page.get_by_role("button", name="Settle", exact=True).click()
	page.wait_for_function("() => cur_dialog?.fields_dict.settled_at")
	dialog = page.locator(".modal-dialog", has_text="Settle")
	dialog.locator("select[data-fieldname=outcome]").select_option("Founded")
	choices = dialog.locator("select[data-fieldname=outcome] option").all_text_contents()
	assert "Founded" in choices and not any("object" in choice for choice in choices)
	dialog.locator("textarea[data-fieldname=settlement_text]").fill("Agreed on a talk")
	page.evaluate(
		"() => { window.asked = cur_dialog; asked.set_value('settled_at', '2999-01-01 10:00:00'); }"
	)
	dialog.get_by_role("button", name="Settle", exact=True).click()
	refused = page.locator(".modal-content", has_text="in the future")
	refused.locator(".btn-modal-close").click()
	refused.wait_for(state="hidden")
	page.evaluate("() => asked.set_value('settled_at', frappe.datetime.now_datetime())")
	dialog.get_by_role("button", name="Settle", exact=True).click()
	page.wait_for_function("() => cur_frm.doc.status === 'Settled' && !asked.display")
	page.wait_for_function("() => cur_frm.doc.settlement_text === 'Agreed on a talk'")


def asked(answer) -> str:
	return answer.url + (answer.request.post_data or "")


def test_access_is_offered_to_who_works_on_cases(page_of, people, case):
	staff, colleague, _adviser, member, *_others = people
	page = page_of(staff)
	page.goto(f"/app/sv-report/{case.name}")
	page.get_by_role("button", name="More").click()
	page.get_by_role("link", name="Give a colleague access").click()
	# once it is there it moves into its first field, which is emptied by that
	page.wait_for_function("() => cur_dialog?.display")
	field = page.locator(".modal-body input[data-fieldname=user]")
	for person, offered in ((colleague, True), (member, False)):
		typed = person.partition("@")[0]
		with page.expect_response(
			lambda answer, typed=typed: "search_link" in answer.url and f"txt={typed}" in asked(answer)
		) as found:
			field.fill(typed)
		assert (person in found.value.text()) == offered


def test_who_confirms_no_request_is_told_that_none_waits(page_of, people):
	page = page_of(people[0])
	page.goto("/app/sv-access-grant")
	page.get_by_role("button", name="Requests to confirm").click()
	page.get_by_text("No request waits for you.").wait_for()


@pytest.mark.parametrize(
	("doctype", "words"),
	[("sv-party", "Reporter"), ("sv-message", "Incoming"), ("sv-consent", "Danger to safety")],
)
def test_a_list_begins_with_the_number_of_the_case(page_of, people, case, doctype, words):
	frappe.set_user(people[0])
	make_party(case.name)
	make_message(case.name, direction="Incoming")
	make_consent(case.name, None, basis="Danger to safety", how_given="", ground="Somebody is in danger")
	frappe.set_user("Administrator")
	frappe.db.commit()
	page = page_of(people[0])
	page.goto(f"/app/{doctype}")
	row = page.locator(".list-row", has_text=case.case_number)
	row.get_by_text(words).wait_for()
	name = frappe.db.get_value(doctype.upper()[:2] + " " + doctype[3:].title(), {"report": case.name})
	assert name not in row.inner_text() and case.name not in row.inner_text()


def test_the_access_log_is_in_words(page_of, people, case):
	staff, officer = people[0], people[4]
	page = page_of(staff)
	page.goto(f"/app/sv-report/{case.name}")
	page.wait_for_function("window.cur_frm?.doc?.case_number")
	page = page_of(officer)
	page.goto("/app/sv-access-log")
	row = (
		page.locator(".list-row", has_text=case.case_number).filter(has_text="Opened").filter(has_text=staff)
	)
	row.locator("a[data-name]").first.click()
	page.get_by_text("Works at the desk of the case").wait_for()
	page.locator("[data-fieldname=report] .control-value", has_text=case.case_number).wait_for()
	moment = page.locator("[data-fieldname=logged_at]").inner_text()
	assert "universal time" in moment and "Amsterdam" not in moment


@pytest.mark.parametrize("doctype", ["SV Report", "SV Desk", "SV Unit", "SV Approval"])
def test_a_form_offers_no_comment_attachment_share_tag_or_assignment(page_of, people, case, doctype):
	names = {"SV Report": case.name, "SV Desk": case.desk, "SV Unit": make_unit().name}
	names["SV Approval"] = waiting_approval()
	frappe.db.commit()
	page = page_of(people[5])
	page.goto(f"/app/{doctype.lower().replace(' ', '-')}/{names[doctype]}")
	page.wait_for_function("name => window.cur_frm?.doc?.name === name", arg=names[doctype])
	page.locator(".form-layout").first.wait_for()
	for offered in (".form-footer", ".form-sidebar"):
		assert not page.locator(f"{offered}:visible").count(), offered


def waiting_approval() -> str:
	approval = frappe.new_doc("SV Approval")
	approval.update({"kind": "Role", "status": "Asked", "target_doctype": "User"})
	approval.set_new_name()
	approval.db_insert()
	return approval.name


@pytest.mark.parametrize(
	("who", "page_name"), [(0, "ccp-desk"), (2, "my-cases"), (4, "privacy"), (5, "coordinator")]
)
def test_everybody_lands_on_their_own_page_and_finds_what_is_shared(page_of, people, who, page_name):
	page = page_of(people[who])
	page.goto("/app/users")
	page.wait_for_function("localStorage.current_page")
	page.goto("/app")
	page.wait_for_url(f"**/app/{page_name}")
	page.get_by_text("My second factor").wait_for()
	page.get_by_text("Who opened my file").wait_for()
	page.get_by_text("Shared with me").click()
	page.wait_for_url("**/app/shared-with-me")


@pytest.mark.parametrize("address", ["second-factor", "who-opened-my-file"])
def test_a_shortcut_leads_to_the_page_outside_the_desk(page_of, people, address):
	page = page_of(people[2])
	page.goto(f"/app/{address}")
	page.wait_for_url(lambda url: url.endswith(f"/{address}") and "/app/" not in url)


def test_the_list_of_cases_shows_them(page_of, people, case):
	page = page_of(people[0])
	page.goto("/app/sv-report")
	page.locator(".list-row", has_text=case.case_number).wait_for()


def test_who_runs_a_desk_sees_what_a_leaver_has_and_hands_it_over(page_of, people):
	coordinator, leaver, successor = people[5], people[0], people[1]
	members = [{"user": coordinator, "desk_role": "Coordinator"}, {"user": leaver}, {"user": successor}]
	desk = make_desk(members=members)
	case, closed = (
		make_report(desk=desk.name, handler=leaver, status=status) for status in ("New", "Withdrawn")
	)
	frappe.db.commit()
	page = page_of(coordinator)
	page.goto(f"/app/sv-desk/{desk.name}")
	page.get_by_role("button", name="Hand over a colleague's cases").click()
	page.wait_for_function("() => cur_dialog?.fields_dict.successor")
	page.evaluate("user => cur_dialog.set_value('leaver', user)", leaver)
	dialog = page.locator(".modal.show")
	dialog.get_by_role("link", name=case.case_number).wait_for()
	assert dialog.get_by_label("Cases under way: 1").is_checked()
	assert not dialog.get_by_label("Closed cases: 1").is_checked(), "who hands those over says so"
	page.evaluate("user => cur_dialog.set_value('successor', user)", successor)
	dialog.get_by_role("button", name="Hand over").click()
	page.get_by_text("Cases handed over: 1.").wait_for()
	frappe.db.rollback()
	handlers = [frappe.db.get_value("SV Report", one.name, "handler") for one in (case, closed)]
	assert handlers == [successor, leaver]


def test_a_desk_that_nobody_runs_asks_two_persons_to_appoint_somebody(page_of, people):
	desk = make_desk(people[0])
	frappe.db.commit()
	page = page_of(people[5])
	page.goto(f"/app/sv-desk/{desk.name}")
	page.get_by_role("button", name="Appoint who runs this desk").click()
	page.wait_for_function("() => cur_dialog?.fields_dict.user")
	page.evaluate("user => cur_dialog.set_value('user', user)", people[0])
	page.locator(".modal.show").get_by_role("button", name="Appoint", exact=True).click()
	page.get_by_text("This takes two persons.").first.wait_for()
	frappe.db.rollback()
	asked = {"kind": "Desk members", "target_name": desk.name, "concerns": people[0], "status": "Asked"}
	assert frappe.db.exists("SV Approval", asked)
	assert frappe.get_doc("SV Desk", desk.name).members[0].desk_role == "Member"


def test_who_led_a_desk_that_is_off_takes_it_into_use_again_in_its_form(page_of, people):
	staff, leads = people[0], people[5]
	desk = desk_of(leads, None, staff, enabled=0).name
	frappe.db.commit()
	page = page_of(staff)
	page.goto(f"/app/sv-desk/{desk}")
	page.wait_for_function("name => window.cur_frm?.docname === name", arg=desk)
	assert not page.get_by_role("button", name="Take into use again").count()
	page = page_of(leads)
	page.goto(f"/app/sv-desk/{desk}")
	page.get_by_role("button", name="Take into use again").click()
	page.get_by_text("This desk is in use again.").wait_for()
	page.get_by_role("button", name="Hand over a colleague's cases").wait_for()
	frappe.db.rollback()
	assert frappe.db.get_value("SV Desk", desk, "enabled")
