"""Approved minutes on paper, in Dutch or English, for one recipient."""

import frappe
from frappe import _

from sv_helpdesk.minutes import agreed, approvals, contributions
from sv_helpdesk.pdf import written
from sv_helpdesk.pdf.paper import Paper


def pdf(minutes, copy_number: int, recipient: str, language: str) -> bytes:
	"""Return the PDF of approved minutes; each text is opened by the right of the session's user.

	Args:
		minutes: the SV Minutes as it is stored.
		copy_number: number of the copy.
		recipient: who gets it.
		language: "nl" or "en".

	Raises:
		frappe.PermissionError: the user may not read all of it.
	"""
	return _Print(minutes, language).build(copy_number, recipient)


class _Print:
	"""One copy while it is written."""

	def __init__(self, minutes, language: str):
		self.minutes, self.language = minutes, language
		self.table = frappe.get_doc("SV Decision Table", minutes.decision_table)

	def build(self, copy_number: int, recipient: str) -> bytes:
		copy = _("Copy {0} for {1}", self.language).format(copy_number, recipient)
		title = _("Minutes of decision table {0}", self.language).format(self.table.table_number)
		self.paper = Paper(title, self.language, copy)
		self.paper.facts(self.facts())
		self.sections()
		self.deviation()
		self.actions()
		self.approvals()
		return self.paper.build()

	def say(self, text: str, context: str | None = None) -> str:
		return _(text, self.language, context)

	def day(self, value) -> str:
		return written.day(value, self.language)

	def moment(self, value) -> str:
		return written.moment(value, self.language)

	def label(self, doc, fieldname: str) -> str:
		return self.say(doc.meta.get_label(fieldname), doc.doctype)

	def facts(self) -> list[tuple[str, str]]:
		minutes, table = self.minutes, self.table
		people = [(table.manager, "Manager"), (table.coordinator, "Coordinator")]
		people += [(row.user, row.capacity) for row in table.members if row.accepted_at]
		seated = dict.fromkeys(
			f"{_name(user)} ({self.say(part, 'SV Table Member')})" for user, part in people if user
		)
		version = str(minutes.version)
		if minutes.corrects:
			old = frappe.db.get_value("SV Minutes", minutes.corrects, "version")
			version = _("{0}, corrects version {1}", self.language).format(version, old)
		chosen = {"advice_status": table, "follows_advice": minutes}
		return [
			(self.label(minutes, "meeting_at"), self.moment(minutes.meeting_at)),
			(self.label(minutes, "version"), version),
			(self.label(minutes, "approved_at"), self.moment(minutes.approved_at)),
			(_("Printed on", self.language), self.day(None)),
			(_("At the table", self.language), "; ".join(seated)),
			(self.label(minutes, "writer"), _name(minutes.writer)),
			(self.label(minutes, "approver"), _name(minutes.approver)),
			*(
				(self.label(doc, name), self.say(doc.get(name), doc.doctype))
				for name, doc in chosen.items()
				if doc.get(name)
			),
		]

	def sections(self) -> None:
		authors = contributions.authors_of(self.minutes.name)
		for field in self.minutes.meta.fields:
			if field.fieldname in self.minutes.SEALED_FIELDS and self.minutes.get(field.fieldname):
				author = authors.get(field.label)
				note = _("Written by {0}", self.language).format(_name(author)) if author else ""
				text = self.minutes.opened(field.fieldname)
				self.paper.section(self.label(self.minutes, field.fieldname), text, note)

	def deviation(self) -> None:
		table = self.table
		if table.deviates and table.deviation_reason:
			authority = self.say(table.deviation_authority, table.doctype)
			self.paper.section(
				self.label(table, "deviation_reason"),
				table.opened("deviation_reason"),
				f"{_name(table.deviated_by)}, {authority}",
			)

	def actions(self) -> None:
		"""As they were agreed: what happened to them since stands at the table."""
		for number, row in enumerate(agreed.of(self.minutes.name), start=1):
			state = self.say(row.action_status, "SV Action")
			note = _("{0}, before {1}; {2} on {3}", self.language).format(
				_name(row.action_owner), self.day(row.due_on), state, self.day(self.minutes.approved_at)
			)
			text = frappe.get_doc("SV Agreed Action", row.name).opened("action_text")
			self.paper.section(_("Agreed action {0}", self.language).format(number), text, note)

	def approvals(self) -> None:
		lines = []
		for row in approvals.given(self.minutes):
			how = self.say(row.how, "SV Minutes Approval")
			lines.append(f"{_name(row.member)}: {how}, {self.moment(row.approved_at)}")
			if row.remarks:
				lines.append(frappe.get_doc("SV Minutes Approval", row.name).opened("remarks"))
		checksum = _("Checksum: {0}", self.language).format(self.minutes.checksum)
		self.paper.section(_("Approval", self.language), "\n".join(lines), checksum)


def _name(user: str) -> str:
	return frappe.db.get_value("User", user, "full_name") or user
