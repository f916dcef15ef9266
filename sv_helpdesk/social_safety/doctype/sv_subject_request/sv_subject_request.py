"""What somebody asks about their own data (GDPR art. 12-21)."""

import frappe
from frappe import _

from sv_helpdesk.permissions import desk_people, outliving, sides
from sv_helpdesk.social_safety import checks
from sv_helpdesk.subject_access import collecting
from sv_helpdesk.subject_access.sharing_out import may_use
from sv_helpdesk.workflows.document import SteppedDocument


class SVSubjectRequest(SteppedDocument):
	"""Made by sv_helpdesk.subject_access.registering alone; its texts are sealed with a key of its own."""

	SEALED_FIELDS = (
		*("person_name", "other_names", "addresses", "asked", "reasons", "carried_out"),
		*("passages", "lengthening_reason", "choices", "answer"),
	)

	def validate(self):
		self.check_what_is_asked()
		self.check_handler()
		checks.not_in_future(self, "carried_out_on")

	def check_what_is_asked(self) -> None:
		"""A request says what is asked, when it came and about whom."""
		checks.require(self, "kind", "received_on")
		checks.are_days(self, "received_on")
		checks.not_in_future(self, "received_on")
		if not self.person_name and not self.addresses:
			frappe.throw(_("Nobody can be looked up by this. Enter a name, an address or an account."))

	def check_handler(self) -> None:
		"""Who answers works at the desk and may use every case in it (R3, R5, R6)."""
		if not checks.is_changed(self, "handler"):
			return
		checks.require(self, "handler")
		# of a case that was anonymised since it was found
		sides.check_chosen(self.handler, [self.name])
		at_desk = desk_people.works_at(self.handler, self.desk)
		if not at_desk or not all(may_use(row.report, self.handler) for row in self.cases):
			sides.refuse()

	def list_cases(self, cases) -> None:
		"""Note in which cases the person was found.

		Args:
			cases: the sv_helpdesk.subject_access.searching.Found of this request's handler.
		"""
		self.set("cases", [])
		for row in cases:
			self.append(
				"cases", {name: getattr(row, name) for name in ("report", "party", "role", "found_by")}
			)

	def pass_on(self, report: str) -> None:
		"""Let a colleague answer for a case that was hidden from the handler; nobody reads anything for it.

		An answer that tells of the case is prepared anew.

		Args:
			report: name of the SV Report.
		"""
		texts = {name: self._opened(name) if self.get(name) else "" for name in collecting.SAME_TEXTS}
		outliving.keep_request_hidden(report, self.name)
		frappe.db.delete(
			"SV Subject Case", {"parent": self.name, "parenttype": self.doctype, "report": report}
		)
		if self.status == "Prepared":
			anew = {"status": "Collected", "answer": None, "prepared_by": None, "prepared_at": None}
			frappe.db.set_value(self.doctype, self.name, anew)
		collecting.give_to_colleagues(self, texts, [row for row in self.cases if row.report == report])

	def on_trash(self):
		checks.refuse_deletion()
