"""A desk: where people report, who works there, which addresses lead to it."""

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, validate_email_address

from sv_helpdesk.deadlines import applying
from sv_helpdesk.helpdesk import queue_views
from sv_helpdesk.leaving import appointing, in_use_again, still_open
from sv_helpdesk.social_safety import checks

CODE = re.compile(r"[a-z][a-z0-9_]*")


class SVDesk(Document):
	"""Mail of its addresses becomes its cases, so no address may lead to two desks."""

	def onload(self):
		self.set_onload("may_appoint", appointing.may_appoint(frappe.session.user, self.name))
		self.set_onload("may_take_into_use", in_use_again.may_take(frappe.session.user, self.name))

	def validate(self):
		self.check_code()
		self.check_members()
		self.check_absence()
		self.check_addresses()
		self.check_enabled()

	def on_update(self):
		before = self.get_doc_before_save()
		if before and (before.calendar or "") != (self.calendar or ""):
			applying.say_that_none_moved()
		if self.has_value_changed("hd_team") or self.has_value_changed("enabled"):
			queue_views.follow_desk(self)
		if self._is_switched_off():
			still_open.tell_others(self)

	def check_enabled(self) -> None:
		"""Mail of a desk that nobody works at would be seen by nobody, and nobody would finish what is open there."""
		if self.email_account and not self.enabled:
			frappe.throw(
				_("This desk still has a mailbox. Take the mailbox out first, or keep the desk in use.")
			)
		if self._is_switched_off():
			still_open.refuse(self.name)

	def _is_switched_off(self) -> bool:
		before = self.get_doc_before_save()
		return bool(before and before.enabled and not self.enabled)

	def check_code(self) -> None:
		"""The code is used in figures and settings: small letters, digits and underscores."""
		if not CODE.fullmatch(self.code or ""):
			frappe.throw(
				_("The code has signs that can't be used. Use small letters, digits and underscores only.")
			)

	def check_members(self) -> None:
		"""Each person once, each period with its end after its beginning."""
		checks.no_row_twice(self, "members", "user")
		for member in self.members:
			checks.are_days(member, "from_date", "to_date")
			if member.from_date and member.to_date and getdate(member.to_date) < getdate(member.from_date):
				frappe.throw(
					_(
						"The period in row {0} of the members ends before it begins. Correct its dates."
					).format(member.idx)
				)

	def check_absence(self) -> None:
		"""Who is away has both days, and a stand-in is a colleague of this desk."""
		colleagues = {member.user for member in self.members}
		for member in self.members:
			checks.are_days(member, "absent_from", "absent_until")
			if bool(member.absent_from) != bool(member.absent_until) or (
				member.absent_from and getdate(member.absent_until) < getdate(member.absent_from)
			):
				frappe.throw(
					_(
						"The absence in row {0} of the members has no beginning or end. Correct its dates."
					).format(member.idx)
				)
			if member.stand_in and member.stand_in not in colleagues - {member.user}:
				frappe.throw(
					_("The stand-in in row {0} of the members doesn't work here. Choose a colleague.").format(
						member.idx
					)
				)

	def check_addresses(self) -> None:
		"""Refuse a mailbox or address that is not one, or that another desk has."""
		addresses = self._further_addresses()
		for address in addresses:
			if not validate_email_address(address):
				frappe.throw(
					_(
						"One of the further addresses is not an e-mail address. Write one address on each line."
					)
				)
		taken = self._addresses_of_other_desks()
		if taken & {*addresses, _address_of(self.email_account)} - {""}:
			frappe.throw(
				_(
					"This mailbox or one of its addresses belongs to another desk already. Remove it at one of the two."
				)
			)

	def _further_addresses(self) -> set[str]:
		return {line.strip().lower() for line in (self.further_addresses or "").splitlines() if line.strip()}

	def _addresses_of_other_desks(self) -> set[str]:
		taken = set()
		for desk in frappe.get_all(
			"SV Desk",
			filters={"name": ["!=", self.name or ""]},
			fields=["email_account", "further_addresses"],
			order_by="name asc",
		):
			taken.add(_address_of(desk.email_account))
			taken.update((desk.further_addresses or "").lower().split())
		return taken


def _address_of(email_account: str | None) -> str:
	if not email_account:
		return ""
	return (frappe.db.get_value("Email Account", email_account, "email_id") or "").lower()
