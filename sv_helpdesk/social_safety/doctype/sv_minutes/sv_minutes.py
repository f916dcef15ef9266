"""The minutes of one meeting of a decision table."""

import frappe
from frappe import _
from frappe.utils import cint, cstr

from sv_helpdesk.minutes import approvals, contributions, late
from sv_helpdesk.permissions.capacities import capacities
from sv_helpdesk.permissions.field_groups import GROUPS
from sv_helpdesk.permissions.fields import is_same
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.document import SteppedDocument
from sv_helpdesk.workflows.minutes import AT_THE_TABLE

# what its approvers read, and until when they have
HANDED_IN = tuple(
	field for group in ("meeting", "approval", "sections") for field in GROUPS["SV Minutes"][group]
)


class SVMinutes(SteppedDocument):
	"""Sealed with the table's key; approved minutes can't be changed by anybody."""

	SEALED_FIELDS = (
		"facts",
		"reporter_heard",
		"accused_heard",
		"not_heard_reason",
		"interpretation",
		"risks",
		"options_weighed",
		"advice",
		"decision",
		"reasons",
		"proportionality",
		"subsidiarity",
		"communication",
		"distribution",
	)

	def key_reference(self) -> str:
		"""The table owns the key."""
		return self.decision_table

	def before_insert(self):
		"""Whoever begins minutes at a table of theirs writes them, unless they name somebody else."""
		if not self.writer and self.decision_table:
			user = frappe.session.user
			table = frappe.get_doc("SV Decision Table", self.decision_table)
			if capacities(table, user) & set(AT_THE_TABLE):
				self.writer = user

	def save(self, *args, **kwargs):
		"""As ever, but what was written in a draft that was handed in meanwhile is kept beside the minutes."""
		if not late.keep(self):
			return super().save(*args, **kwargs)
		self.reload()
		return self

	def check_if_latest(self) -> None:
		"""As ever, but of a draft that others saved meanwhile the sections are brought together."""
		stored = None if self.is_new() else frappe.get_doc(self.doctype, self.name, for_update=True)
		seen = self._original_modified
		if stored and stored.status == self.status == "Draft" and cstr(stored.modified) != cstr(seen):
			contributions.merge(self, stored, seen)
			self._original_modified = stored.modified
		super().check_if_latest()

	def validate(self):
		self.refuse_change_of_approved()
		self.refuse_change_of_submitted()
		checks.not_in_future(self, "meeting_at", "approved_at")
		self.check_approval()
		if self.flags.step == "submit":
			self.submission = cint(self.submission) + 1
			self.approve_by = self.approve_by or approvals.term(self)
			checks.not_past(self, "approve_by")
		contributions.note_changes(self)

	def on_update(self):
		contributions.keep(self)

	def refuse_change_of_approved(self) -> None:
		"""Approved minutes stay as they are."""
		before = self.get_doc_before_save()
		if before and before.status == "Approved":
			frappe.throw(_("Approved minutes can't be changed. Write a new version."))

	def refuse_change_of_submitted(self) -> None:
		"""Everybody approves the same text, and has the same time for it."""
		before = self.get_doc_before_save()
		if not before or before.status != "Submitted" or self.flags.step:
			return
		if not all(is_same(self, self.meta.get_field(name), before.get(name)) for name in HANDED_IN):
			frappe.throw(
				_(
					"These minutes wait for approval, so they stay as they are. Take them back to draft to change them."
				)
			)

	def check_approval(self) -> None:
		"""Nobody approves what they wrote."""
		if self.status == "Approved":
			checks.require(self, "writer", "approver")
			if self.writer == self.approver:
				frappe.throw(
					_("Minutes are approved by somebody else than the writer. Choose another approver.")
				)

	def on_trash(self):
		checks.refuse_deletion()
