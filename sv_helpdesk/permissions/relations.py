"""What makes a row somebody's: the SQL of each relation.

A relation's condition stands on one doctype's table. A document of a case is reached through the
case (`report`), one of a decision table through the table (`decision_table`). An unknown pair of
relation and doctype is no relation: "1=0".
"""

from collections.abc import Iterable
from functools import cached_property

import frappe

from sv_helpdesk.permissions.consent import open_consent_condition
from sv_helpdesk.permissions.hidden import ANYTHING, BY_REPORT, BY_TABLE

NOTHING = "1=0"
DESK, OWN, GRANTED, SEAT = "desk", "own", "granted", "seat"
DECIDES, ASKED = "decides", "asked"
ASSIGNED, SUPPORTS, RECEIVED = "assigned", "supports", "received"
PUBLISHED, COORDINATES, COMMON, ALL = "published", "coordinates", "common", "all"
SECOND = "second"
# the first that holds is by what right somebody sees a document
RELATIONS = (
	*(DESK, OWN, GRANTED, SEAT, DECIDES, ASKED, ASSIGNED, SUPPORTS, RECEIVED, SECOND),
	*(PUBLISHED, COORDINATES, COMMON, ALL),
)

ASSIGNED_TO = {
	"SV Action": "action_owner",
	"SV Aftercare Contact": "held_by",
	"SV Communication Line": "addressed_to",
}


class Relations:
	"""One user's relations, today. Every value in the SQL is escaped here."""

	def __init__(self, user: str):
		self.user = user
		self.quoted_user = frappe.db.escape(user)

	@classmethod
	def of_many(cls, users: Iterable[str]) -> dict[str, "Relations"]:
		"""Return the relations of several users, for whom desks and grants are asked for at once."""
		people = {user: cls(user) for user in users}
		members: dict[str, list] = {}
		for row in _members(list(people)):
			members.setdefault(row.user, []).append(row)
		grant = frappe.qb.DocType("SV Access Grant")
		named = grant.user.isin([*people, ""]) & grant.ended_at.isnull()
		with_grants = {row[0] for row in frappe.qb.from_(grant).select(grant.user).where(named).run()}
		for user, relations in people.items():
			relations.desks = members.get(user, [])
			if user not in with_grants:
				relations.granted = []
		return people

	@cached_property
	def desks(self) -> list:
		"""The desks (name, visibility, desk_role) the user works at today."""
		return _members([self.user])

	@cached_property
	def granted(self) -> list[str]:
		"""The cases that a grant opens to the user now."""
		# giving access asks the rules, too, so that this module is loaded before that one
		from sv_helpdesk.permissions.grants import granted_reports

		rows = frappe.db.sql(f"select `name` from `tabSV Report` where {granted_reports(self.user)}")
		return [row[0] for row in rows]

	def arm(self, relation: str, doctype: str) -> str:
		"""Return the SQL condition on `tab{doctype}` that a row is the user's by this relation."""
		special = getattr(self, f"_{relation}_{frappe.scrub(doctype)}", None)
		if special:
			return special()
		if relation == ALL:
			return ANYTHING
		if relation == ASSIGNED and doctype in ASSIGNED_TO:
			return f"`tab{doctype}`.`{ASSIGNED_TO[doctype]}` = {self.quoted_user}"
		return _any(
			_in(doctype, "report", "SV Report", self.arm(relation, "SV Report"))
			if doctype in BY_REPORT
			else "",
			_in(doctype, "decision_table", "SV Decision Table", self.arm(relation, "SV Decision Table"))
			if doctype in BY_TABLE
			else "",
		)

	def desk_takes(self, relation: str, doc) -> bool:
		"""Tell whether the user may make this new case or table at the desk it names."""
		person = doc.get("handler" if doc.doctype == "SV Report" else "coordinator")
		at_desk = doc.get("desk") in [row.name for row in self.desks]
		return (
			relation in (DESK, OWN)
			and at_desk
			and (person in (None, "", self.user) or self.sees_unheld(relation, doc.desk))
		)

	def sees_unheld(self, relation: str, desk: str) -> bool:
		"""Tell whether the user sees a case or table of this desk by this relation while nobody holds it."""
		return any(self._leads(row) or self._whole(row, relation) for row in self.desks if row.name == desk)

	def _desk_sv_report(self) -> str:
		return self._at_desks(DESK, "SV Report", "handler")

	def _own_sv_report(self) -> str:
		return self._at_desks(OWN, "SV Report", "handler")

	def _granted_sv_report(self) -> str:
		# almost always none: names keep the lists of the desks on their indexes
		return _one_of("`tabSV Report`.`name`", self.granted)

	def _desk_sv_decision_table(self) -> str:
		return self._at_desks(DESK, "SV Decision Table", "coordinator")

	def _seat_sv_decision_table(self) -> str:
		return (
			"`tabSV Decision Table`.`name` in (select `parent` from `tabSV Table Member`"
			f" where `parenttype` = 'SV Decision Table' and `user` = {self.quoted_user}"
			" and `accepted_at` is not null)"
		)

	def _decides_sv_decision_table(self) -> str:
		return (
			f"({self._asked_sv_decision_table()} and `tabSV Decision Table`.`manager_stated_at` is not null)"
		)

	def _asked_sv_decision_table(self) -> str:
		return f"`tabSV Decision Table`.`manager` = {self.quoted_user}"

	def _desk_sv_held_mail(self) -> str:
		return self._held_mail(DESK)

	def _own_sv_held_mail(self) -> str:
		return self._held_mail(OWN)

	def _desk_sv_subject_request(self) -> str:
		return self._at_desks(DESK, "SV Subject Request", "handler")

	def _own_sv_subject_request(self) -> str:
		return self._at_desks(OWN, "SV Subject Request", "handler")

	def _second_sv_subject_request(self) -> str:
		return (
			f"(`tabSV Subject Request`.`second_person` = {self.quoted_user}"
			" and `tabSV Subject Request`.`status` in ('Prepared', 'Released'))"
		)

	def _supports_sv_party(self) -> str:
		return (
			f"(`tabSV Party`.`supported_by` = {self.quoted_user} and `tabSV Party`.`party_role` = 'Accused')"
		)

	def _received_sv_referral(self) -> str:
		desks = _one_of("`tabSV Referral`.`target_desk`", [row.name for row in self.desks])
		consent = open_consent_condition("`tabSV Referral`.`consent`")
		if NOTHING in (desks, consent):
			return NOTHING
		return (
			f"({desks} and `tabSV Referral`.`status` in ('Offered', 'Accepted', 'Completed') and {consent})"
		)

	def _published_sv_figures(self) -> str:
		return "`tabSV Figures`.`status` = 'Published'"

	def _coordinates_sv_desk(self) -> str:
		return self._led("`tabSV Desk`.`name`")

	def _coordinates_sv_term(self) -> str:
		return self._led("`tabSV Term`.`desk`")

	def _common_sv_term(self) -> str:
		return "ifnull(`tabSV Term`.`desk`, '') = ''"

	def _coordinates_sv_calendar(self) -> str:
		"""A calendar is changed by who leads every desk that goes by it."""
		led = self._led("`name`")
		if led == NOTHING:
			return NOTHING
		calendar = "`tabSV Calendar`.`name`"
		return f"({calendar} in ({_calendars(led)}) and {calendar} not in ({_calendars(f'not {led}')}))"

	def _common_sv_calendar(self) -> str:
		return f"`tabSV Calendar`.`name` not in ({_calendars(ANYTHING)})"

	def keeps_term(self, relation: str, desk: str | None) -> bool:
		"""Tell whether a new term of this desk, or a common one, is the user's by this relation."""
		if relation == COMMON:
			return not desk
		return relation == COORDINATES and any(self._leads(row) for row in self.desks if row.name == desk)

	def _led(self, column: str) -> str:
		return _one_of(column, [row.name for row in self.desks if self._leads(row)])

	def _at_desks(self, relation: str, doctype: str, person: str) -> str:
		"""A whole desk's rows, and elsewhere one's own and, for who leads the desk, nobody's yet."""
		desk, person = f"`tab{doctype}`.`desk`", f"`tab{doctype}`.`{person}`"
		whole = [row for row in self.desks if self._whole(row, relation)]
		others = [row for row in self.desks if row not in whole]
		led = _one_of(desk, [row.name for row in others if self._leads(row)])
		others = _one_of(desk, [row.name for row in others])
		return _any(
			_one_of(desk, [row.name for row in whole]),
			NOTHING if others == NOTHING else f"({others} and {person} = {self.quoted_user})",
			NOTHING if led == NOTHING else f"({led} and ifnull({person}, '') = '')",
		)

	def _held_mail(self, relation: str) -> str:
		"""A mail that made no case is nobody's yet; one that did is seen by who sees the case."""
		desks = [row.name for row in self.desks if self._leads(row) or self._whole(row, relation)]
		at_desk = _one_of("`tabSV Held Mail`.`desk`", desks)
		if at_desk == NOTHING:
			return NOTHING
		case = _in("SV Held Mail", "report", "SV Report", self.arm(relation, "SV Report"))
		return f"({at_desk} and (ifnull(`tabSV Held Mail`.`report`, '') = '' or {case}))"

	@staticmethod
	def _leads(row) -> bool:
		return row.desk_role in ("Coordinator", "Stand-in")

	@staticmethod
	def _whole(row, relation: str) -> bool:
		return relation == DESK and row.visibility == "Whole desk"


def _members(users: list[str]) -> list:
	today = frappe.utils.getdate()
	desk, member = frappe.qb.DocType("SV Desk"), frappe.qb.DocType("SV Desk Member")
	return (
		frappe.qb.from_(desk)
		.inner_join(member)
		.on((member.parent == desk.name) & (member.parenttype == "SV Desk"))
		.select(desk.name, desk.visibility, member.desk_role, member.user)
		.where(member.user.isin([*users, ""]) & (desk.enabled == 1))
		.where(member.from_date.isnull() | (member.from_date <= today))
		.where(member.to_date.isnull() | (member.to_date >= today))
		.run(as_dict=True)
	)


def _one_of(column: str, names: Iterable[str]) -> str:
	names = sorted(set(names))
	return f"{column} in ({', '.join(map(frappe.db.escape, names))})" if names else NOTHING


def _calendars(desks: str) -> str:
	return f"select `calendar` from `tabSV Desk` where `enabled` = 1 and `calendar` is not null and {desks}"


def _any(*conditions: str) -> str:
	wanted = [condition for condition in conditions if condition and condition != NOTHING]
	return f"({' or '.join(wanted)})" if wanted else NOTHING


def _in(doctype: str, fieldname: str, target: str, condition: str) -> str:
	if condition == NOTHING:
		return NOTHING
	rows = f"select `tab{target}`.`name` from `tab{target}` where {condition}"
	return f"`tab{doctype}`.`{fieldname}` in ({rows})"
