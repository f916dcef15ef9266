"""Where a document belongs: its case or table, its desk with the calendar, and who has to be in time."""

from datetime import date
from functools import cached_property

import frappe

from sv_helpdesk.deadlines import desk_calendars
from sv_helpdesk.deadlines.calendars import Calendar
from sv_helpdesk.deadlines.rule import Rule
from sv_helpdesk.deadlines.terms import Term, terms_of


class Place:
	"""What a clock of a document needs to know besides its times; each is looked up when it is asked for."""

	def __init__(self, doc):
		self._doc = doc
		self._terms: dict[date, dict[str, Term]] = {}

	@property
	def report(self) -> str | None:
		"""The case."""
		return self._doc.name if self._doc.doctype == "SV Report" else self._doc.get("report")

	@property
	def decision_table(self) -> str | None:
		"""The decision table."""
		return self._doc.name if self._doc.doctype == "SV Decision Table" else self._doc.get("decision_table")

	@cached_property
	def desk(self) -> str | None:
		"""The desk whose promise it is: that of the document, of its case, or of its table."""
		if self._doc.get("desk") or self._doc.get("from_desk"):
			return self._doc.get("desk") or self._doc.get("from_desk")
		belongs_to = ("SV Report", self.report) if self.report else ("SV Decision Table", self.decision_table)
		return frappe.db.get_value(*belongs_to, "desk")

	def owner(self, rule: Rule) -> str | None:
		"""Return who has to be in time with a clock."""
		if rule.owner:
			return self._doc.get(rule.owner)
		return frappe.db.get_value("SV Report", self.report, "handler")

	def term(self, kind: str, day: date) -> Term | None:
		"""Return the term at that desk for something that begins on a day."""
		if day not in self._terms:
			self._terms[day] = terms_of(self.desk, day)
		return self._terms[day].get(kind)

	@cached_property
	def calendar(self) -> Calendar:
		"""When that desk is open."""
		return desk_calendars.calendar_of(self.desk)
