"""The people of the attacks, what they must not reach, and what every attempt must leave behind."""

import json

from people import PASSWORD, make_desk_without_mail, make_person

import frappe

from sv_helpdesk.permissions.roles import ALL_ROLES
from sv_helpdesk.two_persons.code_fields import CODE

DESK = "attacked_desk"
VICTIM = "victim@uni.example"
CLOSED = "closed@uni.example"
STRANGER = "stranger@uni.example"
MANAGER = "sysman@uni.example"
AGENT_MANAGER = "agentman@uni.example"
COORDINATOR = "attack-coordinator@uni.example"
OFFICER = "attack-officer@uni.example"
EVERY_ROLE_OF_IT = (
	*("System Manager", "Script Manager", "Workspace Manager", "Website Manager", "Report Manager"),
	*("Dashboard Manager", "Newsletter Manager", "Agent", "Agent Manager"),
)


def make_people() -> None:
	"""Make everybody on the connected site, as the server's shell may, and commit."""
	make_desk_without_mail(DESK)
	make_person("attack-officer", "SV Privacy Officer")
	make_person("attack-coordinator", "SV Coordinator", desk=DESK)
	make_person("victim", "SV CCP Staff", desk=DESK)
	make_person("closed", "SV CCP Staff")
	frappe.db.set_value("User", CLOSED, "enabled", 0)
	make_person("stranger")
	known = set(frappe.get_all("Role", pluck="name", order_by="name asc"))
	make_person("sysman", *[role for role in EVERY_ROLE_OF_IT if role in known])
	make_person("agentman", "Agent", "Agent Manager")
	frappe.db.commit()
	frappe.clear_cache()


class Hands:
	"""What somebody can do over HTTP."""

	def __init__(self, web, user: str):
		self.user, self.base = user, web.base_url
		self.session = web.login(user, PASSWORD if user != "Administrator" else "admin")

	def call(self, function: str, **arguments):
		"""Call a whitelisted function by POST."""
		return self.session.post(f"{self.base}/api/method/{function}", json=arguments)

	def create(self, doctype: str, **values):
		"""Insert a document by REST."""
		return self.session.post(f"{self.base}/api/resource/{doctype}", json=values)

	def change(self, doctype: str, name: str, **values):
		"""Change a document by REST."""
		return self.session.put(f"{self.base}/api/resource/{doctype}/{name}", json=values)

	def delete(self, doctype: str, name: str):
		"""Delete a document by REST."""
		return self.session.delete(f"{self.base}/api/resource/{doctype}/{name}")

	def save_form(self, doctype: str, name: str, **values):
		"""Save a form as the Desk does."""
		answer = self.session.get(f"{self.base}/api/resource/{doctype}/{name}")
		doc = answer.json().get("data", {"doctype": doctype, "name": name})
		return self.call("frappe.desk.form.save.savedocs", doc=json.dumps({**doc, **values}), action="Save")


def state() -> dict:
	"""Everything that an attack must leave as it is."""
	frappe.db.rollback()
	code = {
		doctype: frappe.db.count(doctype)
		for doctype in (*CODE, "Custom DocPerm", "Workflow", "DocPerm", "Custom Role", "Role", "Role Profile")
		if frappe.db.exists("DocType", {"name": doctype, "issingle": 0})
	}
	users = ["name", "email", "username", "mobile_no", "enabled", "api_key", "restrict_ip", "redirect_url"]
	return {
		"roles": rows("Has Role", ["parent", "parenttype", "role"], role=["in", ALL_ROLES]),
		"users": rows("User", users, name=["in", (VICTIM, CLOSED, COORDINATOR, OFFICER)]),
		"passwords": frappe.db.sql(
			"select name, fieldname, password from __Auth where doctype = 'User' and name in %s"
			" order by name, fieldname",
			[(VICTIM, CLOSED, COORDINATOR, OFFICER)],
		),
		"social logins": rows("User Social Login", ["parent", "provider", "userid"], parent=VICTIM),
		"tokens": rows("OAuth Bearer Token", ["name"], user=VICTIM)
		+ rows("OAuth Authorization Code", ["name"], user=VICTIM),
		"factors": rows("DefaultValue", ["parent", "defkey"], defkey=["like", "victim%"]),
		"desk": rows("SV Desk Member", ["parent", "user", "desk_role"], parent=DESK),
		"visibility": frappe.db.get_value("SV Desk", DESK, "visibility"),
		"code": code,
		"website": frappe.db.get_singles_dict("Website Script"),
		"approved": frappe.db.count("SV Approval", {"status": ["in", ("Approved", "Used")]}),
	}


def rows(doctype: str, fields: list[str], **filters) -> list:
	"""Rows as they were committed."""
	frappe.db.rollback()
	return frappe.get_all(
		doctype, filters=filters, fields=fields, as_list=True, order_by=", ".join(fields), limit_page_length=0
	)


def traces(user: str) -> set[str]:
	"""Names of what was asked or refused for a user until now."""
	frappe.db.rollback()
	return set(
		frappe.get_all(
			"SV Approval",
			filters={"asked_by": user, "status": ["in", ("Asked", "Refused")]},
			pluck="name",
			order_by="name asc",
		)
	)


def told(approval: str) -> set[str]:
	"""Who got a notice of an approval."""
	return set(
		frappe.get_all(
			"Notification Log", filters={"document_name": approval}, pluck="for_user", order_by="name asc"
		)
	)


def forget() -> None:
	"""Take away what is still open, so that the next attempt is asked anew."""
	frappe.db.delete(
		"SV Approval",
		{"asked_by": ["in", (MANAGER, AGENT_MANAGER, "Administrator")], "kind": ["!=", "Role removed"]},
	)
	frappe.db.commit()
