"""One person in one case."""

import frappe
from frappe import _

from sv_helpdesk.complaints import told
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions import denied_list, sides, telling_repetition
from sv_helpdesk.social_safety import checks

INDEXES = {
	"address_index": ("address", "email_address"),
	"name_index": ("name", "person_name"),
	"account_index": ("account", "account"),
	"address_account_index": ("account", "email_address"),
}
DEPENDENT_GROUPS = ("Scholarship PhD",)


class SVParty(SealedDocument):
	"""Identity is encrypted; keyed hashes recognise the same person in another case."""

	SEALED_FIELDS = ("person_name", "email_address", "phone", "account", "remarks")

	def validate(self):
		self.check_anonymous()
		self.check_account()
		self.set_indexes()
		self.set_dependence()
		checks.in_use(self, "unit", "support_desk")
		sides.check_supporter(self)

	def on_update(self):
		self.update_report()
		if not self.flags.taken_over:
			denied_list.follow(self)
			telling_repetition.follow_party(self)
			told.after_party(self)

	def check_anonymous(self) -> None:
		"""Nobody knows who an anonymous person is; a formal complaint has no anonymous reporter (R4)."""
		if not self.anonymous:
			return
		if self.party_role == "Reporter" and self._kind_of_report() == "Formal complaint":
			frappe.throw(
				_(
					"A formal complaint can't have an anonymous reporter. Convert it to a report first, or take out Anonymous."
				)
			)
		if any(self.get(fieldname) for fieldname in ("person_name", "email_address", "phone", "account")):
			frappe.throw(
				_(
					"An anonymous person has no name or contact details. Empty those fields, or take out Anonymous."
				)
			)

	def check_account(self) -> None:
		"""A mistyped account would hide the case from nobody."""
		account = checks.clear_text(self, "account")
		if account and blind_index("account", account) != self._stored("account_index"):
			# the database takes letters with and without accents for the same
			known = frappe.db.get_value("User", {"name": account}, "name")
			if blind_index("account", known) != blind_index("account", account):
				frappe.throw(
					_("There is no user with this account. Enter the user id as it stands in the user list.")
				)

	def set_indexes(self) -> None:
		"""Keep the keyed hashes in step with what is written, and with nothing else."""
		for index, (kind, fieldname) in INDEXES.items():
			text = checks.clear_text(self, fieldname)
			self.set(index, self._stored(index) if text is None else blind_index(kind, text))

	def set_dependence(self) -> None:
		"""PhD candidates on a scholarship always depend strongly on others."""
		if self.staff_group in DEPENDENT_GROUPS:
			self.vulnerable_dependence = 1

	def update_report(self) -> None:
		"""Show on the case whether one of its reporters depends strongly on others."""
		before = self.get_doc_before_save()
		if not self.vulnerable_dependence and not (before and before.vulnerable_dependence):
			return
		dependent = {"report": self.report, "party_role": "Reporter", "vulnerable_dependence": 1}
		frappe.db.set_value(
			"SV Report",
			self.report,
			"vulnerable_dependence",
			int(bool(frappe.db.exists("SV Party", dependent))),
			update_modified=False,
		)

	def _kind_of_report(self) -> str | None:
		return frappe.db.get_value("SV Report", self.report, "kind")

	def _stored(self, fieldname: str) -> str | None:
		before = self.get_doc_before_save()
		return before.get(fieldname) if before else None
