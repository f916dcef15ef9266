"""A decision table with people at it, for the tests of its minutes."""

import pytest

import frappe
from frappe.utils import add_days, now_datetime, today

from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions.roles import CCP_STAFF, HR_ADVISOR, MANAGER, TABLE_MEMBER
from sv_helpdesk.test_utils import (
	make_consent,
	make_decision_table,
	make_desk,
	make_party,
	make_report,
	make_table_case,
	make_user,
)
from sv_helpdesk.workflows.moving import move

# what minutes need before they are handed in
COMPLETE = {
	"facts": "What is known",
	"reporter_heard": "What the reporter said",
	"accused_heard": "What the accused said",
	"options_weighed": "Talk: quick. Transfer: far-reaching.",
	"advice": "A talk",
	"decision": "A talk",
	"reasons": "It is the lightest that works",
	"proportionality": "Fits what happened",
	"subsidiarity": "Nothing lighter works",
	"communication": "Both are told",
}


def agrees_to_follow_up(report: str) -> str:
	"""Have every reporter of a case consent to follow-up towards the accused; return the last one's consent."""
	of_case = {"report": report, "party_role": "Reporter"}
	reporters = frappe.get_all("SV Party", of_case, pluck="name", order_by="creation asc")
	given = [
		make_consent(report, reporter, scope="Follow-up towards the accused").name
		for reporter in reporters or [make_party(report).name]
	]
	return given[-1]


class SeatedTable:
	"""A running table on one case: staff convenes and writes, the manager decides, a member and HR sit there."""

	ROLES = (CCP_STAFF, MANAGER, TABLE_MEMBER, HR_ADVISOR, TABLE_MEMBER)

	def __init__(self, *people: str):
		people = people or [make_user(role) for role in self.ROLES]
		self.staff, self.manager, self.member, self.hr, self.outsider = people
		desk = make_desk(self.staff).name
		self.report = make_report(desk=desk, status="Handling").name
		table = make_decision_table(
			desk=desk,
			status="Running",
			opened_on=add_days(today(), -3),
			manager=self.manager,
			coordinator=self.staff,
			advice_status="Advisory",
			members=[
				{"user": self.member, "capacity": "Member"},
				{"user": self.hr, "capacity": "HR adviser"},
			],
		)
		for row in table.members:
			row.db_set("accepted_at", now_datetime())
		table.db_set("manager_stated_at", now_datetime())
		self.name = table.name
		make_table_case(self.name, self.report)
		agrees_to_follow_up(self.report)

	def minutes(self, **texts) -> str:
		"""Return new minutes of a meeting, written by the staff."""
		frappe.set_user(self.staff)
		values = {
			"decision_table": self.name,
			"writer": self.staff,
			"meeting_at": add_days(this_minute(), -1),
		}
		values = {"follows_advice": "Follows the advice", **values}
		return frappe.get_doc({"doctype": "SV Minutes", **values, **texts}).insert().name

	def submitted(self, **texts) -> str:
		"""Return minutes that wait for approval."""
		name = self.minutes(**COMPLETE, **texts)
		move("SV Minutes", name, "submit", {"approver": self.manager})
		return name


def form(name: str, user: str, doctype: str = "SV Minutes"):
	"""Return a document as this user's form has it: with the texts in clear."""
	frappe.set_user(user)
	doc = frappe.get_doc(doctype, name)
	doc.run_method("onload")
	return doc


def text(name: str, section: str) -> str:
	"""Return what stands in a section now, for the session's user."""
	return frappe.get_doc("SV Minutes", name).opened(section)


def refusal(action, *args, **values) -> str:
	"""Return in which words an action is refused."""
	with pytest.raises(frappe.ValidationError) as refused:
		action(*args, **values)
	return str(refused.value)
