"""What the stand-in registers with Frappe; names and places are those of Frappe Helpdesk 1.28.1."""

app_name = "helpdesk"
app_title = "Helpdesk (stand-in)"
app_publisher = "The sv_helpdesk maintainers"
app_description = "Stand-in for Frappe Helpdesk, for tests and demo only"
app_email = "maintainers@voorbeeld.example"
app_license = "AGPL-3.0-or-later"

after_install = "helpdesk.setup.install.after_install"

override_doctype_class = {"Email Account": "helpdesk.overrides.email_account.CustomEmailAccount"}

permission_query_conditions = {
	"HD Ticket": "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.permission_query",
	"HD Saved Reply": "helpdesk.helpdesk.doctype.hd_saved_reply.hd_saved_reply.permission_query",
	"HD Customer": "helpdesk.helpdesk.doctype.hd_customer.hd_customer.permission_query",
}

has_permission = {
	"HD Ticket": "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.has_permission",
	"HD Saved Reply": "helpdesk.helpdesk.doctype.hd_saved_reply.hd_saved_reply.has_permission",
	"HD Customer": "helpdesk.helpdesk.doctype.hd_customer.hd_customer.has_permission",
}

doc_events = {"Communication": {"on_update": "helpdesk.overrides.communication.tell_ticket"}}

scheduler_events = {
	"daily": ["helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.close_tickets_after_n_days"],
	"hourly_long": ["helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.update_sla_status_in_ticket"],
}

ignore_links_on_delete = ["HD Notification", "HD Ticket Comment"]
