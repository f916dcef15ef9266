"""Helpdesk replaces the class of Email Account; whoever builds on it must build on this one."""

import re

from frappe.core.doctype.communication.communication import Communication
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.email.doctype.email_queue.email_queue import EmailQueue
from frappe.email.receive import InboundMail


class CustomInboundMail(InboundMail):
	"""A mail that also finds its thread through the References header."""

	def parent_communication(self):
		"""Return the Communication that this mail answers: by In-Reply-To, else the last known reference."""
		if self._parent_communication is not None:
			return self._parent_communication
		found = super().parent_communication()
		for message_id in reversed(re.findall("<([^>]+)>", self.mail.get("References") or "")):
			if found:
				break
			found = _communication_of(message_id)
		self._parent_communication = found or ""
		return self._parent_communication


def _communication_of(message_id):
	received = Communication.find_one_by_filters(message_id=message_id, order_by="creation desc")
	if received:
		return received
	sent = EmailQueue.find_one_by_filters(message_id=message_id)
	if sent and sent.communication:
		return Communication.find(sent.communication, ignore_error=True)
	return None


class CustomEmailAccount(EmailAccount):
	"""An account that passes over mails which Helpdesk itself made."""

	def get_inbound_mails(self):
		"""Return what waits on the mail server, as CustomInboundMail."""
		mails = []
		for mail in super().get_inbound_mails():
			if mail.mail.get("X-Auto-Generated"):
				continue
			mails.append(
				CustomInboundMail(
					mail.raw_message,
					self,
					uid=mail.uid,
					seen_status=mail.seen_status,
					append_to=mail.append_to,
				)
			)
		return mails
