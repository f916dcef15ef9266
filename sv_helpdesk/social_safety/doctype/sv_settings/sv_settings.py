"""The few choices for the whole site."""

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from sv_helpdesk import two_persons
from sv_helpdesk.crypto import key_changes, key_ring
from sv_helpdesk.pdf import colours, logo
from sv_helpdesk.reporting import switch
from sv_helpdesk.retention import terms
from sv_helpdesk.sessions import factor, gate
from sv_helpdesk.social_safety import choices

LOWEST_INTERNAL = 5
LOWEST_PUBLISHED = 10
# RFC 2606: nothing under this domain exists, so no mail can be delivered
UNDELIVERABLE = ".invalid"
LONGEST_PASS_HOURS = 24
LEADS_TO_A_PAGE = re.compile(r"(https?://|/(?!/))[^\s\"'<>]*$")


class SVSettings(Document):
	"""Thresholds may be raised, never lowered below what protects people (R8)."""

	def validate(self):
		self.check_thresholds()
		self.check_neutral_address()
		terms.check(self)
		choices.check(self)
		self.check_second_factor()
		self.check_house_style()
		self.check_lights()
		self.check_leaving()

	def on_update(self):
		self.remember_second_factor()
		switch.forget_unknown_pages(self)

	def check_thresholds(self) -> None:
		"""Small counts identify people."""
		if (self.threshold_internal or 0) < LOWEST_INTERNAL:
			frappe.throw(
				_("The smallest number shown inside can't be lower than {0}. Enter {0} or more.").format(
					LOWEST_INTERNAL
				)
			)
		if (self.threshold_published or 0) < LOWEST_PUBLISHED:
			frappe.throw(
				_("The smallest number published can't be lower than {0}. Enter {0} or more.").format(
					LOWEST_PUBLISHED
				)
			)
		if self.threshold_published < self.threshold_internal:
			frappe.throw(
				_(
					"What is published can't show smaller numbers than what is shown inside. Raise the published one."
				)
			)

	def check_neutral_address(self) -> None:
		"""Mail to the address on sealed tickets must never reach anybody."""
		if not (self.sealed_raised_by or "").lower().endswith(UNDELIVERABLE):
			frappe.throw(
				_(
					"The sender on sealed tickets must be an address that can't exist. End it with {0}."
				).format(UNDELIVERABLE)
			)

	def check_house_style(self) -> None:
		"""What is printed must be there to be read."""
		colours.check(self)
		logo.check(self)

	def check_lights(self) -> None:
		"""Amber comes before red."""
		for figure in ("per_thousand", "only_report"):
			amber, red = (cint(self.get(f"{colour}_{figure}")) for colour in ("amber", "red"))
			if (amber or red) and not 0 < amber < red:
				frappe.throw(
					_("A traffic light is amber before it is red. Enter two numbers, the second higher.")
				)

	def check_leaving(self) -> None:
		"""Who leaves the reporting page gets to a page, and no script runs instead."""
		if self.leave_to and not LEADS_TO_A_PAGE.match(self.leave_to):
			frappe.throw(_("The page to leave to is no address. Begin it with https:// or with /."))

	def check_second_factor(self) -> None:
		"""Who switches the gate on must get through it; switching it off takes two persons.

		Compared with whether it is on, not with what the database says: that may have been changed by hand.
		"""
		if not 1 <= cint(self.second_factor_hours) <= LONGEST_PASS_HOURS:
			frappe.throw(
				_("A session needs a new code after 1 to {0} hours. Enter such a number.").format(
					LONGEST_PASS_HOURS
				)
			)
		if cint(self.require_second_factor) == gate.is_required():
			return
		if not self.require_second_factor:
			two_persons.require(
				"Authentication settings",
				self.doctype,
				self.name,
				two_persons.fingerprint_of([self.doctype, "off"]),
				summary=f"{self.meta.get_label('require_second_factor')}: 0",
			)
		elif not factor.is_confirmed(frappe.session.user):
			frappe.throw(
				_("You would lock yourself out. Set up your own second factor first, at {0}.").format(
					"/second-factor"
				)
			)

	def remember_second_factor(self) -> None:
		"""Write the choice into the key file as well, once it is stored; see sessions.gate."""
		if not frappe.conf.get(key_ring.CONFIG_KEY):
			return  # the install makes the settings before the key file
		if cint(self.require_second_factor) != key_ring.load().second_factor:
			required = bool(cint(self.require_second_factor))
			frappe.db.after_commit.add(lambda: key_changes.require_second_factor(required))
