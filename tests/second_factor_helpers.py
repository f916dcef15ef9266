"""People with a second factor, for tests of the gate over HTTP."""

import time
from random import randrange

import pyotp
from people import PASSWORD

import frappe

from sv_helpdesk.crypto import key_changes
from sv_helpdesk.sessions import enrolment, factor

API = "/api/method/sv_helpdesk.sessions.api."


class Person:
	"""Somebody with a browser: their session and, once set up, their code app."""

	def __init__(self, web, user: str):
		self.web, self.user = web, user
		self.secret, self.recovery_codes = "", []
		self.new_login()

	def call(self, method: str, **values):
		return self.browser.post(f"{self.web.base_url}{API}{method}", json=values)

	def get(self, path: str):
		return self.browser.get(self.web.base_url + path)

	def code(self, steps: int = 0) -> str:
		"""What the app shows now, or some half minutes earlier or later."""
		return pyotp.TOTP(self.secret).at(int(time.time()) + steps * factor.STEP_SECONDS)

	def set_up(self, steps: int = -1):
		"""Set a second factor up with an invitation; uses the code before the present one."""
		invitation = invited(self.user)
		self.secret = self.call("begin", invitation=invitation).json()["message"]["key"]
		answer = self._confirm(steps, invitation)
		assert answer["passed"], answer
		self.recovery_codes = answer["recovery_codes"]
		return self

	def _confirm(self, steps: int, invitation: str) -> dict:
		shown = self.code()
		answer = self.call("confirm", code=self.code(steps), invitation=invitation).json()["message"]
		# the half minute ended under way, and with it the code
		late = not answer["passed"] and self.code() != shown
		return self._confirm(steps, invitation) if late else answer

	def new_login(self) -> None:
		self.browser = self.web.login(self.user, PASSWORD)
		self.browser.headers["X-Forwarded-For"] = an_address()


def an_address() -> str:
	"""Return an address nobody had before: how often one tries is counted for a while."""
	return f"2001:db8::{randrange(2**16):x}:{randrange(2**16):x}"


def invited(user: str) -> str:
	"""Return an invitation, as a colleague would hand it over."""
	invitation = enrolment.new_invitation(user)
	frappe.db.commit()
	return invitation


def switch_gate(on: bool) -> None:
	"""As SV Settings does it, without the persons."""
	frappe.db.set_single_value("SV Settings", "require_second_factor", int(on))
	frappe.db.commit()
	key_changes.require_second_factor(on)
	frappe.clear_document_cache("SV Settings", "SV Settings")


def forget_factors(*users: str) -> None:
	for user in users:
		factor.remove(user)
	frappe.db.commit()
