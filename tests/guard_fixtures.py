"""One case with its sealed ticket, one ticket of IT, and the people who meet at them."""

from types import SimpleNamespace

import pytest
from people import PASSWORD, make_desk_without_mail, make_person, some_mailbox
from test_dialogue import mail

import frappe

from sv_helpdesk.helpdesk import intake

DESK = "guards_desk"
OTHER_DESK = "guards_other_desk"
REPORTER = "zz.reporter@uni.example"


def make_portal_user(name: str) -> str:
	"""Return the user id of somebody outside, who raises tickets and nothing else."""
	# older Helpdesk lets everybody raise tickets
	user = make_person(name, *(["HD Customer"] if frappe.db.exists("Role", "HD Customer") else []))
	frappe.db.set_value("User", user, "user_type", "Website User")
	frappe.clear_cache(user=user)
	return user


def make_ticket(subject: str = "The printer is broken", **values) -> str:
	"""Return the name of a ticket of IT."""
	ticket = frappe.get_doc({"doctype": "HD Ticket", "subject": subject, "via_customer_portal": 1, **values})
	return str(ticket.insert().name)


@pytest.fixture(scope="session")
def site():
	"""Names of a case, its sealed ticket, an IT ticket and their people; committed, so the web server sees them."""
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	make_desk_without_mail(OTHER_DESK)
	frappe.db.set_value("SV Desk", DESK, "email_account", some_mailbox())
	people = SimpleNamespace(
		# first: of a site without a System Manager the first person made becomes one
		admin=make_person("guards.admin", "System Manager", "Report Manager"),
		agent=make_person("guards.agent", "Agent"),
		manager=make_person("guards.manager", "Agent Manager", "Agent"),
		outsider=make_portal_user("guards.outsider"),
		staff=make_person("guards.staff", "SV CCP Staff", "Agent", desk=DESK),
		other=make_person("guards.other", "SV CCP Staff", "Agent", desk=OTHER_DESK),
	)
	case = intake.take_in(mail(sender=REPORTER, Message_ID=f"<{frappe.generate_hash()}@x>"), DESK, None)
	found = SimpleNamespace(
		case=case.report,
		message=case.message,
		ticket=frappe.db.get_value("SV Report", case.report, "ticket"),
		number=frappe.db.get_value("SV Report", case.report, "case_number"),
		it_ticket=make_ticket(),
		**vars(people),
	)
	frappe.db.commit()
	yield found
	frappe.db.rollback()
	frappe.db.set_value("SV Desk", DESK, "email_account", None)
	frappe.db.commit()


class Browser:
	"""Somebody's session with the site's web server."""

	def __init__(self, web, session):
		self.web, self.session = web, session

	def call(self, function: str, http: str = "POST", **arguments):
		"""Ask for a function of the API and return the response."""
		texts = {
			key: value if isinstance(value, str) else frappe.as_json(value)
			for key, value in arguments.items()
		}
		where = {"params": texts} if http == "GET" else {"data": texts}
		return self.session.request(http, f"{self.web.base_url}/api/method/{function}", **where)

	def get(self, path: str, **params):
		"""Get a path of the site and return the response."""
		return self.session.get(f"{self.web.base_url}{path}", params=params)

	def insert(self, kind: str, **values):
		"""Make a document of this doctype as the REST API does and return the response."""
		return self.session.post(f"{self.web.base_url}/api/resource/{kind}", json=values)


@pytest.fixture(scope="session")
def browser(web, site):
	"""A function that logs somebody of the site in, once: browser("agent")."""
	known = {}

	def of(who: str) -> Browser:
		if who not in known:
			known[who] = Browser(web, web.login(getattr(site, who), PASSWORD))
		return known[who]

	return of
