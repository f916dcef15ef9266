"""A desk and the people who decide, sit and carry out at its tables, for the tests of whole cases."""

from grant_helpers import acting_as
from table_world import COMPLETE, agrees_to_follow_up

import frappe
from frappe.utils import add_days, today

from sv_helpdesk.minutes import approvals
from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import seats, sides
from sv_helpdesk.permissions.roles import CCP_STAFF, HR_ADVISOR, MANAGER, TABLE_MEMBER
from sv_helpdesk.test_utils import make_consent, make_desk, make_party, make_referral, make_user
from sv_helpdesk.workflows.moving import move


class Desk:
	"""A desk with one colleague, a manager who decides, a member and an HR adviser at its tables."""

	def __init__(self):
		self.staff, self.manager = make_user(CCP_STAFF), make_user(MANAGER)
		self.member, self.hr, self.hr_elsewhere = (
			make_user(role) for role in (TABLE_MEMBER, HR_ADVISOR, HR_ADVISOR)
		)
		self.name = make_desk(self.staff).name

	def new(self, doctype: str, **values):
		"""Return a new document that the desk's colleague makes."""
		with acting_as(self.staff):
			return frappe.get_doc({"doctype": doctype, **values}).insert()

	def case(self, **values) -> str:
		"""Return a case that the desk has taken up."""
		values = {"kind": "Report", "channel": "E-mail", "main_category": "harassment", **values}
		name = self.new("SV Report", desk=self.name, handler=self.staff, **values).name
		for step in ("acknowledge", "triage", "handle"):
			self.take("SV Report", name, step)
		return name

	def table(self, *reports: str, **values) -> str:
		"""Return a table on these cases, where the member and HR have taken their seats."""
		seated = [
			{"user": self.member, "capacity": "Member"},
			{"user": self.hr, "capacity": "HR adviser"},
		]
		values = {"started_from": "Report", "opened_on": add_days(today(), -1), **values}
		table = self.new("SV Decision Table", desk=self.name, members=seated, **values).name
		self.new(
			"SV Table Case",
			decision_table=table,
			subject="Employee",
			kind="Undesirable behaviour",
			reports=[{"report": report} for report in reports],
		)
		for user in (self.member, self.hr):
			with acting_as(user):
				seats.accept_seat(table, keeps_confidential=True)
		return table

	def convene(self, table: str, manager: str | None = None, meeting=None) -> None:
		people = {"manager": manager or self.manager, "coordinator": self.staff}
		meeting = meeting or add_days(this_minute(), -1)
		self.take("SV Decision Table", table, "convene", **people, first_meeting_at=meeting)
		for user in people.values():
			with acting_as(user):
				seats.state_confidentiality(table, keeps_confidential=True)
		self.take("SV Decision Table", table, "run", advice_status="Binding")

	def draft(self, table: str, **texts) -> str:
		"""Return minutes of a table that nothing lacks."""
		texts = {**COMPLETE, "follows_advice": "Follows the advice", **texts}
		meeting = {"decision_table": table, "meeting_at": add_days(this_minute(), -1), "writer": self.staff}
		return self.new("SV Minutes", **meeting, **texts).name

	def approve(self, minutes: str) -> None:
		"""Hand minutes in and have everybody approve them."""
		self.take("SV Minutes", minutes, "submit", approver=self.manager)
		for user in (self.manager, self.member, self.hr):
			with acting_as(user):
				approvals.approve(minutes, "Agreed")

	def minutes(self, table: str, **texts) -> str:
		"""Return approved minutes of a table."""
		for report in sides.reports_of(table):
			agrees_to_follow_up(report)
		name = self.draft(table, **texts)
		self.approve(name)
		return name

	def hand_over(self, report: str, adviser: str, **reporter) -> tuple[str, str]:
		"""Return a hand-over of a case's reporter, offered to an adviser's desk, and the consent to it."""
		party = make_party(report, **reporter).name
		advisers = make_desk(adviser, visibility="Handler only").name
		consent = make_consent(report, party, to_desk=advisers, recipient="").name
		referral = make_referral(
			frappe.get_doc("SV Report", report),
			target="Confidential adviser",
			target_desk=advisers,
			party=party,
			shared="Summary",
			shared_text="She calls back tomorrow",
			consent=consent,
		).name
		self.take("SV Referral", referral, "offer")
		return referral, consent

	def settle(self, table: str, **values) -> None:
		self.take("SV Decision Table", table, "settle", outcome="Agreements with the parties", **values)

	def take(self, doctype: str, name: str, step: str, reason: str = "", by: str | None = None, **values):
		with acting_as(by or self.staff):
			return move(doctype, name, step, values, reason)
