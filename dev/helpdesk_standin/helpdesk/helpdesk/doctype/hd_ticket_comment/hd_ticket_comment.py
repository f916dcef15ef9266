"""HD Ticket Comment: what agents write to each other beside a ticket."""

from bs4 import BeautifulSoup

import frappe
from frappe.model.document import Document


class HDTicketComment(Document):
	"""Tells whoever is mentioned in it, whoever that is, as Helpdesk does."""

	def after_insert(self):
		"""Make an HD Notification with the comment's text for each person mentioned."""
		for tag in BeautifulSoup(self.content or "", "html.parser").select("span[data-type=mention]"):
			user = tag.get("data-id")
			if user == self.commented_by or not frappe.db.exists("User", user):
				continue
			frappe.get_doc(
				{
					"doctype": "HD Notification",
					"user_from": frappe.session.user,
					"user_to": user,
					"notification_type": "Mention",
					"reference_ticket": self.reference_ticket,
					"reference_comment": self.name,
					"message": self.content,
				}
			).insert(ignore_permissions=True)
