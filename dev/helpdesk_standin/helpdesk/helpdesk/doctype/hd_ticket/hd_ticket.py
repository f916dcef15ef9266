"""HD Ticket: its life from the first mail to the last, and who may see it.

The order of events, the mails that leave by themselves and the weak spots of the permission hooks are those
of Helpdesk 1.28.1; the acknowledgement goes out in the middle of the insert and commits there, as that of
1.9.1 does, since that is the harder case for an app that wants all or nothing.
"""

import json
import uuid
from email.utils import parseaddr

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, now_datetime
from helpdesk.helpdesk.doctype.hd_service_level_agreement.utils import get_sla
from helpdesk.helpdesk.doctype.hd_ticket import replies
from helpdesk.helpdesk.doctype.hd_ticket_activity.hd_ticket_activity import log_ticket_activity
from helpdesk.utils import get_agents_team, get_customers, is_admin, is_agent, publish_event

LOGGED_FIELDS = {
	"status": "status",
	"priority": "priority",
	"agent_group": "team",
	"contact": "contact",
	"ticket_type": "type",
	"sla": "SLA",
}
DEFAULT_ACKNOWLEDGEMENT = "Ticket {{ doc.name }} was made for your message: {{ doc.subject }}."
DEFAULT_FEEDBACK = 'How did we do? <a href="{{ url }}">Tell us about ticket {{ doc.name }}.</a>'


class HDTicket(Document):
	"""One question to the helpdesk."""

	def before_insert(self):
		"""Give it the secret of its feedback link."""
		self.key = str(uuid.uuid4())

	def before_validate(self):
		"""Fill what can be concluded from settings, type, sender and contact."""
		self.check_portal_change()
		self.ticket_type = self.ticket_type or _setting("default_ticket_type") or ""
		self.raised_by = self.raised_by or frappe.session.user
		self.set_priority()
		self.set_first_responded_on()
		self.set_feedback()
		self.set_status()
		self.set_sla()
		self.set_contact()
		self.set_customer()

	def validate(self):
		"""A person from outside closes a ticket only with an opinion."""
		if (
			self.status_category == "Resolved"
			and not self.feedback_rating
			and not is_agent()
			and self.has_agent_replied
			and cint(_setting("is_feedback_mandatory"))
		):
			frappe.throw(_("Say how the ticket was handled before you close it."))

	def before_save(self):
		"""Run the clocks, write the history and ask for an opinion."""
		if self.sla:
			frappe.get_doc("HD Service Level Agreement", self.sla).apply(self)
		if self.is_new():
			self.raised_outside_working_hours = int(self.is_outside_working_hours())
			return
		for field, label in LOGGED_FIELDS.items():
			if self.has_value_changed(field):
				value = self.get(field)
				log_ticket_activity(self.name, f"set {label} to {value}" if value else f"cleared {label}")
		self.send_feedback_request()

	def after_insert(self):
		"""Make the first Communication and acknowledge."""
		publish_event("helpdesk:new-ticket")
		if self.description:
			self.create_communication_via_contact(self.description, new_ticket=True)
		if (
			cint(_setting("send_acknowledgement_email"))
			and not self.via_customer_portal
			and not frappe.flags.initial_sync
		):
			self.send_acknowledgement_email()

	def on_update(self):
		"""Tell the assigned agents about a reopened ticket and the browsers about any change."""
		before = self.get_doc_before_save()
		if before and self.status_category == "Open" and before.status_category != "Open":
			for agent in self.get_assigned_agents():
				if agent != frappe.session.user:
					self.notify_agent(agent, "Reaction")
		if before and self.agent_group and before.agent_group != self.agent_group:
			self.remove_assignment_if_not_in_team()
		publish_event(
			"helpdesk:ticket-update", room=f"open_doc:HD Ticket/{self.name}", data={"ticket_id": self.name}
		)

	def on_trash(self):
		"""Take history and comments along."""
		frappe.db.delete("HD Ticket Activity", {"ticket": self.name})
		frappe.db.delete("HD Ticket Comment", {"reference_ticket": self.name})

	def check_portal_change(self):
		"""A person from outside leaves closed and rated portal tickets alone."""
		if self.is_new() or is_agent() or not self.via_customer_portal:
			return
		before = self.get_doc_before_save()
		if before and (before.status == "Closed" or before.feedback):
			frappe.throw(
				_("A closed or rated ticket can't be changed; raise a new one."), frappe.PermissionError
			)

	def set_priority(self):
		"""Take the priority of the type, else of the settings."""
		if not self.priority:
			of_type = self.ticket_type and frappe.db.get_value("HD Ticket Type", self.ticket_type, "priority")
			self.priority = of_type or _setting("default_priority")

	def set_first_responded_on(self):
		"""Note when an agent first did something about it."""
		before = self.get_doc_before_save()
		if self.is_new() or self.first_responded_on or not before:
			return
		solved_at_once = before.status_category == "Open" and self.status_category == "Resolved"
		if self.status_category == "Paused" or solved_at_once:
			self.first_responded_on = now_datetime()

	def set_feedback(self):
		"""Take the number of stars from the opinion chosen."""
		if self.feedback:
			self.feedback_rating = frappe.db.get_value("HD Ticket Feedback Option", self.feedback, "rating")

	def set_status(self):
		"""Give a new ticket its status, and any ticket the category of its status."""
		if self.is_new() and not self.status:
			self.status = self.default_open_status
		self.status_category = frappe.db.get_value("HD Ticket Status", self.status, "category")

	def set_sla(self):
		"""Look up the agreement, on every save again."""
		sla = get_sla(self)
		if sla:
			self.sla = sla.name

	def set_contact(self):
		"""Find the contact with the sender's address; from outside, only one's own."""
		if self.contact and not is_agent() and (self.is_new() or self.has_value_changed("contact")):
			own = frappe.db.get_value("Contact", {"user": frappe.session.user})
			if self.contact != own:
				frappe.throw(_("You can raise tickets for yourself only."), frappe.PermissionError)
		address = parseaddr(self.raised_by)[1]
		if address and not self.contact:
			self.contact = frappe.db.get_value("Contact", {"email_id": address})

	def set_customer(self):
		"""Take the one customer that the contact belongs to, when the setting says so."""
		if not (self.is_new() and self.contact and not self.customer):
			return
		if cint(_setting("auto_set_customer_from_contact")):
			customers = get_customers(contact=self.contact)
			if len(customers) == 1:
				self.customer = customers[0]

	def is_outside_working_hours(self):
		"""Tell whether nobody works at this moment, by the ticket's agreement."""
		if not self.sla:
			return False
		now = now_datetime()
		windows = frappe.get_doc("HD Service Level Agreement", self.sla).windows(now)
		return next(windows, (None, None))[0] != now

	@property
	def default_open_status(self):
		"""The status of a ticket that nobody answered yet."""
		return self._sla_status("default_ticket_status")

	@property
	def ticket_reopen_status(self):
		"""The status of a ticket on which the person from outside wrote again."""
		return self._sla_status("ticket_reopen_status")

	def _sla_status(self, fieldname):
		of_sla = self.sla and frappe.db.get_value("HD Service Level Agreement", self.sla, fieldname)
		return of_sla or _setting(fieldname)

	@property
	def has_agent_replied(self):
		"""Whether a mail of an agent hangs on the ticket."""
		return bool(
			frappe.db.exists(
				"Communication",
				{
					"reference_doctype": "HD Ticket",
					"reference_name": self.name,
					"sent_or_received": "Sent",
				},
			)
		)

	def send_acknowledgement_email(self):
		"""Mail the sender that there is a ticket; sent at once, so it commits."""
		frappe.sendmail(
			recipients=[self.raised_by],
			subject=f"Ticket #{self.name}: we received your message",
			message=self._rendered("acknowledgement_email_content", DEFAULT_ACKNOWLEDGEMENT),
			reference_doctype="HD Ticket",
			reference_name=self.name,
			now=True,
		)

	def send_feedback_request(self):
		"""Mail the sender a link to give an opinion, when the settings ask for it at this status."""
		if (
			self.via_customer_portal
			or self.feedback_rating
			or not self.has_value_changed("status")
			or not cint(_setting("enable_email_ticket_feedback"))
			or self.status != (_setting("send_email_feedback_on_status") or "Closed")
		):
			return
		url = f"{frappe.utils.get_url()}/ticket-feedback/new?key={self.key}"
		frappe.sendmail(
			recipients=[self.raised_by],
			subject=f"Re: {self.subject}",
			message=self._rendered("feedback_email_content", DEFAULT_FEEDBACK, url=url),
			reference_doctype="HD Ticket",
			reference_name=self.name,
			now=True,
		)

	def _rendered(self, setting, default, **values):
		return frappe.render_template(_setting(setting) or default, {"doc": self.as_dict(), **values})

	def get_assigned_agents(self):
		"""Return the users that the ticket is assigned to and who are agents."""
		users = [row.owner for row in assign_to.get({"doctype": "HD Ticket", "name": self.name})]
		if not users:
			return []
		return frappe.get_all("HD Agent", filters={"name": ("in", users)}, order_by="name", pluck="name")

	def remove_assignment_if_not_in_team(self):
		"""Clear the assignment of an open ticket that went to a team which has others for it."""
		rule = frappe.db.get_value("HD Team", self.agent_group, "assignment_rule")
		if self.status_category != "Open" or not frappe.db.exists("Assignment Rule User", {"parent": rule}):
			return
		members = frappe.get_all("HD Team Member", filters={"parent": self.agent_group}, pluck="user")
		agents = self.get_assigned_agents()
		if agents and agents[0] not in members:
			assign_to.clear("HD Ticket", self.name)

	def notify_agent(self, agent, notification_type="Assignment"):
		"""Leave an agent a notification about this ticket."""
		frappe.get_doc(
			{
				"doctype": "HD Notification",
				"user_from": frappe.session.user,
				"user_to": agent,
				"notification_type": notification_type,
				"reference_ticket": self.name,
			}
		).insert(ignore_permissions=True)

	def on_communication_update(self, communication):
		"""Follow a mail of this ticket that was saved (called by Frappe): status, clocks and description.

		Args:
			communication: the Communication.
		"""
		if communication.sent_or_received == "Received":
			self.status = self.ticket_reopen_status if self.has_agent_replied else self.default_open_status
			self.last_customer_response = now_datetime()
		elif communication.communication_type == "Automated Message":
			return
		else:
			self.first_responded_on = self.first_responded_on or now_datetime()
			self.last_agent_response = now_datetime()
			if cint(_setting("auto_update_status")):
				self.status = _setting("update_status_to")
		self.description = self.description or communication.content
		self.save()

	@frappe.whitelist()
	def assign_agent(self, agent: str):
		"""Assign the ticket to one agent and leave him a notification."""
		assign_to.add({"assign_to": [agent], "doctype": "HD Ticket", "name": self.name})
		if agent != frappe.session.user:
			self.notify_agent(agent)

	@frappe.whitelist()
	def get_last_communication(self):
		"""Return the last Communication on this ticket, or None; asks no further right, as in Helpdesk."""
		return replies.last_communication(self)

	@frappe.whitelist()
	def new_comment(self, content: str, attachments: list | None = None):
		"""Write a comment that agents alone see.

		Args:
			content: the text, as HTML.
			attachments: dicts with `file_url` of files to hang on the comment.
		"""
		replies.new_comment(self, content, attachments or [])

	@frappe.whitelist()
	def reply_via_agent(
		self,
		message: str,
		to: str | None = None,
		cc: str | None = None,
		bcc: str | None = None,
		attachments: list | None = None,
	):
		"""Answer as an agent: a Communication, and a mail unless the settings say otherwise.

		Args:
			message: the text, as HTML.
			to: addresses, separated by commas.
			cc: addresses, separated by commas.
			bcc: addresses, separated by commas.
			attachments: names of File records.
		"""
		replies.reply_via_agent(self, message, to, cc, bcc, attachments or [])

	@frappe.whitelist()
	def create_communication_via_contact(
		self, message: str, attachments: list | None = None, new_ticket: bool = False
	):
		"""Write on the ticket as the person from outside.

		Args:
			message: the text, as HTML.
			attachments: dicts with `name` of File records.
			new_ticket: whether this is the ticket's own description.
		"""
		replies.create_communication_via_contact(self, message, attachments or [], new_ticket)


def _setting(fieldname):
	return frappe.db.get_single_value("HD Settings", fieldname)


def has_permission(doc, user=None):
	"""Say whether a user may do anything with a ticket; reading and writing aren't told apart.

	As in Helpdesk, the document is believed as it is handed over, also when a client filled it in.

	Args:
		doc: the ticket.
		user: the user; the session's when left out.

	Returns:
		bool: whether this hook lets the user pass.
	"""
	user = user or frappe.session.user
	if is_admin(user) or user in (doc.contact, doc.raised_by, doc.owner):
		return True
	if doc.customer and doc.customer in _managed_customers(user):
		return True
	return is_agent(user) and _agent_may(doc, user)


def _agent_may(doc, user):
	if not cint(_setting("restrict_tickets_by_agent_group")):
		return True
	if not doc.agent_group and cint(_setting("do_not_restrict_tickets_without_an_agent_group")):
		return True
	if user in json.loads(doc.get("_assign") or "[]"):
		return True
	teams = get_agents_team()
	return any(team.ignore_restrictions or team.team_name == doc.agent_group for team in teams)


def permission_query(user=None):
	"""Return the same as a condition for lists: a chain of ORs without brackets around it, as in Helpdesk.

	Args:
		user: the user; the session's when left out.

	Returns:
		str | None: SQL, or None for no restriction.
	"""
	user = user or frappe.session.user
	if is_admin(user):
		return None
	table, quoted = "`tabHD Ticket`", frappe.db.escape(user)
	own = " OR ".join(f"{table}.{field} = {quoted}" for field in ("owner", "contact", "raised_by"))
	arms = [f"({own})"]
	if not is_agent(user):
		arms += _in_arms("customer", _managed_customers(user))
		return " OR ".join(arms)
	if not cint(_setting("restrict_tickets_by_agent_group")):
		return None
	without_team = cint(_setting("do_not_restrict_tickets_without_an_agent_group"))
	if without_team:
		arms.append(f"({table}.agent_group is null or {table}.agent_group = '')")
	teams = get_agents_team()
	if any(team.ignore_restrictions for team in teams):
		arms += _in_arms("agent_group", frappe.get_all("HD Team", pluck="name", order_by="name"))
		if not without_team:
			arms.append(f"({table}.agent_group is null)")
	else:
		arms.append(f"(JSON_SEARCH({table}._assign, 'all', {quoted}) is not null)")
		arms += _in_arms("agent_group", [team.team_name for team in teams])
	return " OR ".join(arms)


def _in_arms(field, values):
	quoted = ", ".join(frappe.db.escape(value) for value in values)
	return [f"(`tabHD Ticket`.{field} in ({quoted}))"] if quoted else []


def _managed_customers(user):
	return [row.name for row in get_customers(user, get_roles=True) if row.is_manager]


def close_tickets_after_n_days():
	"""Close tickets on which nothing was said for the days in HD Settings (daily job); commits each."""
	if not cint(_setting("auto_close_tickets")):
		return
	silent_since = add_to_date(now_datetime(), days=-cint(_setting("auto_close_after_days")))
	for name in frappe.get_all(
		"HD Ticket", filters={"status": _setting("auto_close_status")}, pluck="name", order_by="name"
	):
		last = frappe.get_all(
			"Communication",
			filters={"reference_doctype": "HD Ticket", "reference_name": name},
			pluck="communication_date",
			order_by="communication_date desc",
			limit=1,
		)
		if not last or last[0] >= silent_since:
			continue
		ticket = frappe.get_doc("HD Ticket", name)
		ticket.status = "Closed"
		ticket.flags.ignore_validate = True
		ticket.save(ignore_permissions=True)
		frappe.db.commit()


def update_sla_status_in_ticket():
	"""Bring the agreement status of open tickets up to date (hourly job); commits each."""
	for name in frappe.get_all(
		"HD Ticket",
		filters={"status_category": ("!=", "Resolved"), "sla": ("is", "set")},
		pluck="name",
		order_by="name",
	):
		ticket = frappe.get_doc("HD Ticket", name)
		status = frappe.get_doc("HD Service Level Agreement", ticket.sla).status_of(ticket)
		frappe.db.set_value("HD Ticket", name, "agreement_status", status, update_modified=False)
		frappe.db.commit()
