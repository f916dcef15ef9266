"""Over HTTP and in a browser: who is refused for lack of rights reads why, in their language."""

import json

import pytest
from people import PASSWORD, make_people

import frappe
from frappe.utils import add_days, today

from sv_helpdesk.permissions.roles import CCP_STAFF, HR_ADVISOR
from sv_helpdesk.test_utils import make_action, make_desk, make_report

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures"]

STEP = "sv_helpdesk.workflows.api.take"
NOT_YOURS = {
	"en": "You have no right to change Due on. Reload the form and leave it as it is.",
	"nl": "U mag Klaar op niet wijzigen. Laad het formulier opnieuw en laat dit zoals het is.",
}
NO_STEP = {
	"en": "You can't take this step. Reload the form to see what you can do.",
	"nl": "U kunt deze stap niet zetten. Laad het formulier opnieuw om te zien wat u kunt doen.",
}


@pytest.fixture(scope="module")
def people():
	"""A colleague of a desk, and two who carry out, of whom the second reads Dutch."""
	users = make_people("refused", CCP_STAFF, HR_ADVISOR, HR_ADVISOR)
	frappe.db.set_value("User", users[1], "language", "en")
	frappe.db.set_value("User", users[2], "language", "nl")
	frappe.db.commit()
	frappe.clear_cache()
	return {"staff": users[0], "en": users[1], "nl": users[2]}


def action_of(people, owner: str):
	report = make_report(desk=make_desk(people["staff"]).name, status="Handling").name
	action = make_action(report=report, action_owner=people[owner], due_on=add_days(today(), 3))
	frappe.db.commit()
	return action


@pytest.fixture
def post(web, people):
	"""A function that asks for something in somebody's session, as the Desk does."""

	def ask(person: str, method: str, **arguments):
		session = web.login(people[person], PASSWORD)
		return session.post(
			f"{web.base_url}/api/method/{method}", data=arguments, headers={"Accept": "application/json"}
		)

	return ask


def told(answer) -> str:
	"""Return the only message of a refusal."""
	assert answer.status_code == 403
	(message,) = json.loads(answer.json()["_server_messages"])
	# the Desk would show it in its place
	assert "_error_message" not in answer.json()
	return json.loads(message)["message"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_refused_save_tells_why_in_the_persons_language(post, people, language):
	form = action_of(people, language).as_dict(convert_dates_to_str=True)
	form["due_on"] = add_days(today(), 9)
	answer = post(language, "frappe.desk.form.save.savedocs", doc=json.dumps(form), action="Save")
	assert told(answer) == NOT_YOURS[language]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_refused_step_tells_why_in_the_same_words_whether_the_document_exists_or_not(
	post, people, language
):
	report = action_of(people, language).report
	for name in (report, "0123456789"):
		answer = post(language, STEP, doctype="SV Report", name=name, step="settle")
		assert told(answer) == NO_STEP[language]


def test_the_desk_shows_why(page_of, people):
	action = action_of(people, "en")
	page = page_of(people["en"])
	page.goto(f"/app/sv-action/{action.name}")
	page.wait_for_function("name => window.cur_frm?.doc?.name === name", arg=action.name)
	page.evaluate(
		"day => cur_frm.set_value('due_on', day).then(() => { cur_frm.save(); })", add_days(today(), 9)
	)
	page.locator(".msgprint", has_text=NOT_YOURS["en"]).wait_for()
	assert "enough permissions" not in page.locator(".msgprint").inner_text()
