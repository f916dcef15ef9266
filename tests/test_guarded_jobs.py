"""What waiting jobs tell: the host keeps the arguments of each, and lists them."""

import pytest
from guard_fixtures import DESK
from people import make_person

import frappe
from frappe.utils.background_jobs import get_queue

pytest_plugins = ["guard_fixtures"]
pytestmark = pytest.mark.commits

WORDS = "zzwordsofatask"
LIST = "frappe.desk.reportview.get"


@pytest.fixture
def waiting(site):
	"""Jobs that nobody does: about a case, its sealed ticket and the printer; by name, their ids."""
	jobs = {
		what: frappe.enqueue("frappe.ping", queue="long", **about)
		for what, about in {
			"case": {"doctype": "SV Report", "name": site.case, "x": WORDS},
			"ticket": {"doctype": "HD Ticket", "subject": site.number},
			"printer": {"doctype": "HD Ticket", "x": "zzprinter"},
		}.items()
	}
	yield {what: job.id for what, job in jobs.items()}
	for job in jobs.values():
		job.delete()


@pytest.mark.parametrize("who", ["agent", "outsider", "staff"])
def test_jobs_are_listed_only_with_a_right_to_jobs(browser, waiting, who):
	for function in (LIST, "frappe.desk.reportview.get_list", "frappe.desk.reportview.get_count"):
		answer = browser(who).call(function, doctype="RQ Job", fields=["*"], filters=[], page_length=500)
		assert answer.status_code == 403 and "zzprinter" not in answer.text, answer.text[:300]


def test_of_a_job_about_a_case_the_list_shows_no_arguments(browser, site, waiting):
	answer = browser("admin").call(LIST, doctype="RQ Job", fields=["*"], filters=[], page_length=500)
	assert waiting["case"] in answer.text and "zzprinter" in answer.text, answer.text[:300]
	assert not any(word in answer.text for word in (WORDS, site.case, site.number))


def test_of_a_job_about_a_case_its_own_page_shows_no_arguments(browser, site, waiting):
	admin = browser("admin")
	case = admin.get(f"/api/resource/RQ Job/{waiting['case']}")
	assert case.ok and WORDS not in case.text and site.case not in case.text
	assert "zzprinter" in admin.get(f"/api/resource/RQ Job/{waiting['printer']}").text


def test_whom_a_case_is_assigned_to_is_told_so_in_no_words(browser, site, worker):
	colleague = make_person("guards.colleague", "SV CCP Staff", "Agent", desk=DESK)
	frappe.db.commit()
	task = {"doctype": "SV Report", "name": site.case, "assign_to": [colleague], "description": WORDS}
	answer = browser("staff").call("frappe.desk.form.assign_to.add", **task)
	assert answer.ok, answer.text[:300]
	waiting = [job for queue in ("short", "default", "long") for job in get_queue(queue).jobs]
	assert not any(WORDS in str(job.kwargs) for job in waiting)
	worker()
	frappe.db.rollback()
	about = {"document_name": site.case}
	told = frappe.get_all("Notification Log", filters=about, fields=["*"], order_by="name asc")
	assert told and WORDS not in str(told)


def test_a_case_is_not_assigned_by_arguments_inside_an_argument(browser, site):
	agent = browser("agent")

	def answer(name: str):
		task = {"doctype": "SV Report", "name": name, "assign_to": [site.staff], "description": WORDS}
		return agent.session.post(
			f"{agent.web.base_url}/api/method/frappe.desk.form.assign_to.add", json={"args": task}
		)

	assert answer(site.case).status_code == answer("nosuchname").status_code == 403
	assert not frappe.db.exists("ToDo", {"reference_name": site.case, "assigned_by": site.agent})
