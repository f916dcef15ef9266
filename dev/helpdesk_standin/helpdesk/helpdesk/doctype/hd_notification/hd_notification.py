"""HD Notification: something an agent should look at."""

import frappe
from frappe.model.document import Document


class HDNotification(Document):
	"""A mention also goes out as a mail that holds the comment."""

	def after_insert(self):
		"""Send the mail."""
		if self.notification_type != "Mention":
			return
		frappe.sendmail(
			recipients=[self.user_to],
			subject=f"You were mentioned in ticket {self.reference_ticket}",
			message=self.message,
			reference_doctype="HD Ticket",
			reference_name=self.reference_ticket,
		)
