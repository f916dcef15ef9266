"""What a new site has after installing Helpdesk; every step may run again."""

import frappe
from frappe.permissions import add_permission, update_permission_property

STATUSES = (
	("Open", "Open", "Red", None),
	("Replied", "Paused", "Blue", "Awaiting Response"),
	("Resolved", "Resolved", "Green", None),
	("Closed", "Resolved", "Gray", None),
)
AGENT_STATUSES = (("Active", "Green"), ("Away", "Amber"), ("Unavailable", "Red"))
PRIORITIES = {"Urgent": 100, "High": 200, "Medium": 300, "Low": 400}
HOURS_TO_RESPOND_AND_RESOLVE = {"Urgent": (0.5, 2), "High": (1, 4), "Medium": (8, 24), "Low": (24, 72)}
TICKET_TYPES = ("Unspecified", "Question", "Bug", "Incident")
TEAMS = ("Billing", "Product Experts")
FEEDBACK_OPTIONS = {"Good": 1, "Fair": 0.6, "Bad": 0.2}
TEMPLATE_FIELDS = ("ticket_type", "priority")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
READ_BY_AGENTS = ("File", "Contact", "Email Account", "Communication")
WRITTEN_BY_AGENT_MANAGERS = ("Email Account", "File", "Contact", "Communication", "Assignment Rule")


def after_install():
	"""Make the records and rights that Helpdesk starts with."""
	add_customer_roles()
	add_statuses()
	add_ticket_types_and_priorities()
	add_agreement()
	add_teams()
	add_template()
	add_feedback_options()
	add_permissions()
	set_settings()


def _make(doctype, name, **values):
	if not frappe.db.exists(doctype, name):
		doc = frappe.get_doc({"doctype": doctype, "name": name, **values})
		doc.insert(ignore_mandatory=True)


def add_customer_roles():
	"""Roles of people from outside have no Desk."""
	for name in ("HD Customer", "HD Customer Manager"):
		_make("Role", name, role_name=name)
		frappe.db.set_value("Role", name, "desk_access", 0)


def add_statuses():
	"""Statuses of tickets and of agents."""
	for order, (label, category, color, label_customer) in enumerate(STATUSES, start=1):
		_make(
			"HD Ticket Status",
			label,
			label_agent=label,
			category=category,
			color=color,
			label_customer=label_customer,
			different_view=int(bool(label_customer)),
			order=order,
			enabled=1,
		)
	for order, (label, color) in enumerate(AGENT_STATUSES, start=1):
		_make(
			"HD Agent Status",
			label,
			agent_status=label,
			category=label,
			color=color,
			status_order=order * 10,
			enable=1,
		)


def add_ticket_types_and_priorities():
	"""Priorities, and types; the first type is the one that can't be removed."""
	for name, value in PRIORITIES.items():
		_make("HD Ticket Priority", name, integer_value=value)
	for name in TICKET_TYPES:
		_make("HD Ticket Type", name, is_system=int(name == TICKET_TYPES[0]), priority="Medium")


def add_agreement():
	"""The agreement "Default", on weekdays from 10 to 18 h, with an empty holiday list."""
	year = frappe.utils.getdate().year
	_make(
		"HD Service Holiday List",
		"Default",
		holiday_list_name="Default",
		from_date=f"{year}-01-01",
		to_date=f"{year}-12-31",
	)
	_make(
		"HD Service Level Agreement",
		"Default",
		service_level="Default",
		default_sla=1,
		enabled=1,
		apply_sla_for_resolution=1,
		holiday_list="Default",
		priorities=[
			{
				"priority": name,
				"response_time": respond * 3600,
				"resolution_time": resolve * 3600,
				"default_priority": int(name == "Medium"),
			}
			for name, (respond, resolve) in HOURS_TO_RESPOND_AND_RESOLVE.items()
		],
		support_and_resolution=[
			{"workday": day, "start_time": "10:00:00", "end_time": "18:00:00"} for day in WEEKDAYS
		],
	)


def add_teams():
	"""Two teams without members."""
	for name in TEAMS:
		_make("HD Team", name, team_name=name)


def add_template():
	"""The form of the portal."""
	_make(
		"HD Ticket Template",
		"Default",
		template_name="Default",
		fields=[{"fieldname": name, "required": 0} for name in TEMPLATE_FIELDS],
	)


def add_feedback_options():
	"""Opinions to choose from."""
	for label, rating in FEEDBACK_OPTIONS.items():
		_make("HD Ticket Feedback Option", label, label=label, rating=rating)


def add_permissions():
	"""Rights on Frappe's own doctypes; Frappe keeps them as Custom DocPerm, apart from the standard ones."""
	for doctype in READ_BY_AGENTS:
		add_permission(doctype, "Agent", 0)
	for doctype in WRITTEN_BY_AGENT_MANAGERS:
		add_permission(doctype, "Agent Manager", 0)
		for right in ("create", "write", "delete"):
			update_permission_property(doctype, "Agent Manager", 0, right, 1)


def set_settings():
	"""Defaults; acknowledgement mails start switched on, unlike in Helpdesk, so that tests meet them."""
	settings = frappe.get_single("HD Settings")
	settings.update(
		{
			"default_ticket_status": "Open",
			"ticket_reopen_status": "Open",
			"default_ticket_type": TICKET_TYPES[0],
			"default_priority": "Medium",
			"auto_close_status": "Replied",
			"update_status_to": "Replied",
			"send_acknowledgement_email": 1,
			"setup_complete": 1,
		}
	)
	settings.save()
	if not settings.base_support_rotation:
		settings.create_base_support_rotation()
