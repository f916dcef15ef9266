"""What this app asks of the host: dotted paths only, the reasons stand where they lead."""

from sv_helpdesk.deadlines import wiring as deadlines_wiring
from sv_helpdesk.forms.wording import WORDED_BY
from sv_helpdesk.guards import wiring
from sv_helpdesk.permissions.conditions import HOOKS
from sv_helpdesk.permissions.field_groups import GROUPS
from sv_helpdesk.permissions.fields import EVENTS
from sv_helpdesk.two_persons import wiring as two_persons_wiring

app_name = "sv_helpdesk"
app_title = "Social Safety"
app_publisher = "sv_helpdesk contributors"
app_description = "Social safety casework on Frappe Helpdesk"
app_email = "sv-helpdesk@example.org"
app_license = "AGPL-3.0"
required_apps = ["frappe/helpdesk"]

before_install = "sv_helpdesk.install.before_install"
after_install = ["sv_helpdesk.install.setup", "sv_helpdesk.access_log.begin"]
after_migrate = "sv_helpdesk.install.setup"
before_uninstall = "sv_helpdesk.uninstall.before_uninstall"
after_uninstall = "sv_helpdesk.uninstall.after_uninstall"

before_request = [
	"sv_helpdesk.crypto.quiet.before_request",
	"sv_helpdesk.reporting.traceless.before_request",
]
after_request = [
	"sv_helpdesk.access_log.requests.after_request",
	"sv_helpdesk.two_persons.rows.write_collected",
	"sv_helpdesk.sessions.headers.after_request",
]
after_job = ["sv_helpdesk.two_persons.rows.write_collected"]
on_logout = ["sv_helpdesk.sessions.gate.drop_pass"]
extend_bootinfo = ["sv_helpdesk.sessions.boot.extend_bootinfo"]
page_renderer = [
	"sv_helpdesk.sessions.page.SecondFactorPage",
	"sv_helpdesk.access_log.own_page.OwnFilePage",
	"sv_helpdesk.reporting.page.ReportingPage",
]

auth_hooks = ["sv_helpdesk.guards.request.guard"]
# importing it brackets the host's list conditions, for jobs, too
before_job = [
	"sv_helpdesk.crypto.quiet.before_job",
	"sv_helpdesk.guards.tickets.bracket_hosts_conditions",
]

app_include_css = ["/assets/sv_helpdesk/css/forms.css"]
app_include_js = [
	"/assets/sv_helpdesk/js/agenda_rows.js",
	"/assets/sv_helpdesk/js/board.js",
	"/assets/sv_helpdesk/js/case_form.js",
	"/assets/sv_helpdesk/js/case_list.js",
	"/assets/sv_helpdesk/js/deadlines.js",
	"/assets/sv_helpdesk/js/dialogs.js",
	"/assets/sv_helpdesk/js/download.js",
	"/assets/sv_helpdesk/js/figures_report.js",
	"/assets/sv_helpdesk/js/keyboard.js",
	"/assets/sv_helpdesk/js/landing.js",
	"/assets/sv_helpdesk/js/more.js",
	"/assets/sv_helpdesk/js/neighbours.js",
	"/assets/sv_helpdesk/js/on_paper.js",
	"/assets/sv_helpdesk/js/our_words.js",
	"/assets/sv_helpdesk/js/permitted_context.js",
	"/assets/sv_helpdesk/js/second_factor.js",
	"/assets/sv_helpdesk/js/signal_sentence.js",
	"/assets/sv_helpdesk/js/steps.js",
	"/assets/sv_helpdesk/js/subject_access.js",
	"/assets/sv_helpdesk/js/work_lists.js",
	"/assets/sv_helpdesk/js/titles.js",
]
doctype_js = {
	"SV Report": [
		"public/js/case_dialogue.js",
		"public/js/case_time_line.js",
		"public/js/case_access.js",
		"public/js/case_repetition.js",
		"public/js/case_complaint.js",
	],
	"SV Action": "public/js/severity_guide.js",
	"SV Minutes": "public/js/severity_guide.js",
	"SV Held Mail": "public/js/held_mail.js",
}

override_doctype_class = {
	"Access Log": "sv_helpdesk.access_log.host_log.NotingAccessLog",
	"Email Account": "sv_helpdesk.helpdesk.email_account.SealingEmailAccount",
	"Error Log": "sv_helpdesk.crypto.quiet.QuietErrorLog",
	"RQ Job": "sv_helpdesk.guards.jobs.QuietJob",
	"Scheduled Job Log": "sv_helpdesk.crypto.quiet.QuietJobLog",
}

override_whitelisted_methods = wiring.OVERRIDES
standard_queries = dict.fromkeys(WORDED_BY, "sv_helpdesk.forms.titles.search")
ignore_links_on_delete = list(two_persons_wiring.NAMING_PEOPLE)

permission_query_conditions = {
	**{doctype: f"sv_helpdesk.permissions.conditions.{name}" for doctype, name in HOOKS.items()},
	**wiring.list_conditions(),
}
has_permission = {
	**dict.fromkeys(GROUPS, "sv_helpdesk.permissions.has_permission"),
	**wiring.document_checks(),
}
two_persons_wiring.add_permissions(permission_query_conditions, has_permission)

doc_events = {
	**EVENTS,
	"HD Ticket": {
		"before_validate": "sv_helpdesk.helpdesk.ticket_dates.forget_agreement",
		"before_save": "sv_helpdesk.helpdesk.ticket_dates.keep",
		"validate": [
			"sv_helpdesk.helpdesk.sealed_ticket.keep_sealed",
			"sv_helpdesk.helpdesk.sealed_ticket.keep_at_desk",
			"sv_helpdesk.helpdesk.ticket_status.keep",
		],
		"on_trash": "sv_helpdesk.helpdesk.sealed_ticket.keep_in_queue",
	},
	"HD Team": {"after_rename": "sv_helpdesk.helpdesk.queue_views.follow_team"},
	"HD Ticket Comment": {"before_insert": "sv_helpdesk.helpdesk.sealed_ticket.refuse_text"},
	"Comment": {"before_insert": "sv_helpdesk.helpdesk.sealed_ticket.refuse_text"},
	"Communication": {"before_insert": "sv_helpdesk.helpdesk.sealed_ticket.refuse_text"},
	"File": {"before_insert": "sv_helpdesk.helpdesk.sealed_ticket.refuse_file"},
	"Notification Log": {"before_insert": "sv_helpdesk.helpdesk.sealed_ticket.notify_in_desk_only"},
	"User": {
		"on_update": [
			"sv_helpdesk.permissions.denied_list.follow_account",
			"sv_helpdesk.leaving.accounts.follow",
		],
		"after_rename": [
			"sv_helpdesk.permissions.denied_list.follow_rename",
			"sv_helpdesk.permissions.anonymised.follow_rename",
		],
	},
	"Website Settings": {"validate": "sv_helpdesk.sessions.redirects.validate"},
	"Website Route Redirect": {"validate": "sv_helpdesk.sessions.redirects.validate"},
}
# these first: they tell of an attempt
two_persons_wiring.add_doc_events(doc_events)
wiring.add_doc_events(doc_events, ours=HOOKS)
deadlines_wiring.add_doc_events(doc_events)

scheduler_events = {
	"cron": {
		"*/5 * * * *": [
			"sv_helpdesk.helpdesk.outbox.enqueue",
			"sv_helpdesk.deadlines.sweep.enqueue",
			"sv_helpdesk.importing.running.enqueue",
		],
	},
	"hourly": ["sv_helpdesk.permissions.denied_list.follow_all"],
	"daily": [
		"sv_helpdesk.deadlines.forgetting.forget",
		"sv_helpdesk.two_persons.decide.expire",
		"sv_helpdesk.leaving.accounts.tidy",
		"sv_helpdesk.leaving.unattended.tell_desks",
		"sv_helpdesk.reports.quarters.freeze_finished",
		"sv_helpdesk.subject_access.forgetting.forget_closed",
		"sv_helpdesk.subject_access.reminding.remind",
		"sv_helpdesk.workflows.referral.take_back_expired",
	],
	"daily_long": [
		"sv_helpdesk.crypto.rotation.tend",
		"sv_helpdesk.retention.job.daily",
		"sv_helpdesk.self_check.run.daily",
	],
}
