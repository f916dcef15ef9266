"""A year's cases that go through the steps, each taken by somebody who may, as if they had happened here."""

from grant_helpers import acting_as
from table_world import COMPLETE

import frappe

from sv_helpdesk.minutes import approvals
from sv_helpdesk.permissions import seats
from sv_helpdesk.permissions.roles import (
	CCP_STAFF,
	COMPANION,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
	MANAGER,
	OMBUDS_OFFICER,
	TABLE_MEMBER,
)
from sv_helpdesk.reports import codes
from sv_helpdesk.reports.taking_over import _Loading
from sv_helpdesk.test_utils import make_user
from sv_helpdesk.workflows.moving import move

ROLES = {
	"ccp": (CCP_STAFF, COORDINATOR),
	"ombuds_officer": (OMBUDS_OFFICER,),
	"companion": (COMPANION,),
}
COMPANIONS = "Companion of accused"


class YearThroughSteps(_Loading):
	"""Loads the same file as taking over does, and changes no state but by steps.

	Attributes:
		steps: how many steps were taken.
	"""

	def __init__(self, data: dict):
		super().__init__(data)
		self.people: dict[str, str] = {}
		self.finished: list[str] = []
		self.steps = 0
		self.manager, self.member = make_user(MANAGER), make_user(TABLE_MEMBER)

	def load(self) -> dict[str, int]:
		"""Take the year through its steps, and close at the end what isn't open any more."""
		made = super().load()
		for case in self.finished:
			user, kind, status = frappe.db.get_value("SV Report", case, ["handler", "kind", "status"])
			# a table that runs on keeps its case
			if status != "Decision table":
				outcome = {} if kind == "Advice request" else {"outcome": "No judgement"}
				self._take(user, "SV Report", case, "settle", **outcome)
		return made

	def _take(self, user: str, doctype: str, name: str, step: str, **values) -> None:
		with acting_as(user):
			move(doctype, name, step, values)
		self.steps += 1

	def _new(self, user: str, doctype: str, **values) -> str:
		with acting_as(user):
			return frappe.get_doc({"doctype": doctype, **values}).insert().name

	def _desks(self) -> None:
		"""Each desk has somebody who works there."""
		super()._desks()
		for code in frappe.get_all("SV Desk", pluck="name", order_by="name asc"):
			desk, user = frappe.get_doc("SV Desk", code), make_user(None)
			frappe.get_doc("User", user).add_roles(*ROLES.get(code, (CONFIDENTIAL_ADVISER,)))
			desk.append("members", {"user": user, "desk_role": "Coordinator"})
			desk.save()
			self.people[code] = user

	def _case(self, key: str, received_on: str, desk: str, is_open: bool, **values) -> str:
		user = self.people[desk]
		name = self._new(
			user,
			"SV Report",
			received_at=f"{received_on} 00:00:00",
			desk=desk,
			first_desk=desk,
			handler=user,
			**{"channel": "E-mail", **values},
		)
		for step in ("acknowledge", "triage", "handle"):
			self._take(user, "SV Report", name, step)
		self.cases[key], self.desk_of[key] = name, desk
		if not is_open:
			self.finished.append(name)
		return name

	def _referral(self, _number: int, row: dict) -> None:
		target, report = codes.REFERRED_TO[row["to"]], self.cases[row["report"]]
		user = self.people[self.desk_of[row["report"]]]
		to_desk = target.desk if target.target != COMPANIONS else ""
		side = "Accused" if target.target == COMPANIONS else "Reporter"
		party = frappe.db.get_value("SV Party", {"report": report, "party_role": side}) or self._new(
			user, "SV Party", report=report, party_role=side
		)
		consent = self._new(
			user,
			"SV Consent",
			report=report,
			party=party,
			basis="Consent",
			scope="Summary",
			how_given="In writing",
			purpose="To get help",
			**({"to_desk": to_desk} if to_desk else {"recipient": "Who can help"}),
		)
		referral = self._new(
			user,
			"SV Referral",
			report=report,
			party=party,
			target=target.target,
			target_desk=to_desk,
			from_desk=self.desk_of[row["report"]],
			target_details="Who can help",
			referred_on=row["referred_on"],
			shared="Summary",
			shared_text="A summary",
			consent=consent,
		)
		self._take(user, "SV Referral", referral, "offer")
		receiver = self.people.get(to_desk, user)
		self._take(receiver, "SV Referral", referral, "accept")
		self._take(receiver, "SV Referral", referral, "complete", outcome="Helped")

	def _decision_table(self, _number: int, row: dict) -> None:
		request, coordinator = row.get("from_advice_request"), self.people["ccp"]
		several = any(len(case["reports"]) > 1 for case in row["cases"])
		table = self._new(
			coordinator,
			"SV Decision Table",
			desk="ccp",
			opened_on=row["opened_on"],
			started_from=(
				"Advice request" if request else "Several reports about one person" if several else "Report"
			),
			advice_request=self.cases[request] if request else None,
			members=[{"user": self.member, "capacity": "Member"}],
		)
		for case in row["cases"]:
			# cases of other desks come to a table with what those desks agree on, here by who set the year up
			self._insert(
				"SV Table Case",
				decision_table=table,
				subject=codes.TABLE_SUBJECT[case["subject"]],
				kind=codes.TABLE_KIND[case["kind"]],
				reports=[{"report": self.cases[key]} for key in case["reports"]],
			)
		with acting_as(self.member):
			seats.accept_seat(table, keeps_confidential=True)
		meeting = f"{row['opened_on']} 10:00:00"
		convened = {"manager": self.manager, "coordinator": coordinator, "first_meeting_at": meeting}
		self._take(coordinator, "SV Decision Table", table, "convene", **convened)
		for user in (self.manager, coordinator):
			with acting_as(user):
				seats.state_confidentiality(table, keeps_confidential=True)
		self._take(coordinator, "SV Decision Table", table, "run", advice_status="Advisory")
		self._minutes(table, meeting)
		if not row.get("still_running"):
			closing = {"outcome": codes.TABLE_OUTCOME[row["outcome"]]}
			closing["closed_on"] = row.get("closed_on") or self.last_day
			self._take(coordinator, "SV Decision Table", table, "settle", **closing)

	def _minutes(self, table: str, meeting: str) -> None:
		writer = self.people["ccp"]
		texts = {**COMPLETE, "follows_advice": "Follows the advice"}
		texts["not_heard_reason"] = "Taken over from another year's file"
		minutes = self._new(
			writer, "SV Minutes", decision_table=table, meeting_at=meeting, writer=writer, **texts
		)
		self._take(writer, "SV Minutes", minutes, "submit", approver=self.manager)
		for user in (self.manager, self.member):
			with acting_as(user):
				approvals.approve(minutes)
