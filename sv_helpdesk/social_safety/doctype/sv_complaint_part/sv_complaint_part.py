"""One part of the file of a formal complaint."""

import frappe
from frappe import _

from sv_helpdesk.complaints import consents, parts
from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions.fields import is_same
from sv_helpdesk.social_safety import checks

# what whoever got it has read
GIVEN_OUT = ("kind", "part_date", "origin", "title", "body")


class SVComplaintPart(SealedDocument):
	"""The committee gets what is marked for it, each side what is open to it; what is withheld has its ground."""

	SEALED_FIELDS = ("withheld_ground", "title", "body", "media_type")

	def key_reference(self) -> str:
		"""The complaint owns the key."""
		return self.complaint

	def before_insert(self):
		self.part_number = parts.next_number(self.complaint, self.doctype, "part_number")

	def validate(self):
		self.take_report()
		checks.same_case(self, "consent")
		checks.not_in_future(self, "part_date")
		self.refuse_change_of_what_was_given_out()
		self.check_readers()
		self.check_origin()

	def take_report(self) -> None:
		"""The part belongs to the case of its complaint."""
		checks.require(self, "complaint")
		self.report = frappe.db.get_value("SV Complaint", self.complaint, "report")

	def refuse_change_of_what_was_given_out(self) -> None:
		"""What somebody got on paper stays as they got it."""
		before = self.get_doc_before_save()
		if before and not all(
			is_same(self, self.meta.get_field(field), before.get(field)) for field in GIVEN_OUT
		):
			parts.refuse_given_out(before)

	def check_readers(self) -> None:
		"""The accused gets the complaint, so that they can defend themselves; what else is withheld has its ground (CAOP)."""
		if self.kind == parts.COMPLAINT and self.open_to != parts.BOTH:
			frappe.throw(_("The complaint itself goes to both sides. Open this part to both."))
		if self.open_to != parts.BOTH:
			checks.require(self, "withheld_ground")

	def check_origin(self) -> None:
		"""What comes out of the informal case is put into the file with a consent only (R1, R2)."""
		if self.origin != parts.INFORMAL:
			self.consent = None
			return
		if self.kind == parts.COMPLAINT:
			frappe.throw(
				_("The complaint itself is written for the committee. Choose that it was made for it.")
			)
		complaint = frappe.get_doc("SV Complaint", self.complaint)
		# once its consent has ended, it can still be kept from the committee
		if self.is_new() or self.for_committee:
			consents.check(self, complaint)
		consents.check_side(self, complaint)

	def on_trash(self):
		checks.refuse_deletion()
