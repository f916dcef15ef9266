"""Which documents of the host meet the two persons, as hooks.py needs it: names only."""

from sv_helpdesk.two_persons.code_fields import CODE
from sv_helpdesk.two_persons.our_forms import ABOUT
from sv_helpdesk.two_persons.settings import WHOLE

HERE = "sv_helpdesk.two_persons"
EVENTS = {
	"User": {
		"before_validate": "accounts.before_validate",
		"validate": "accounts.validate",
		"on_update": "accounts.on_update",
		"on_trash": "accounts.on_trash",
		"before_rename": "accounts.before_rename",
		"after_rename": "accounts.after_rename",
	},
	"Has Role": {"validate": "roles.has_role_validate", "on_trash": "roles.has_role_on_trash"},
	"Role Profile": {"validate": "roles.profile_validate"},
	"Role": {
		"validate": "roles.role_validate",
		"on_trash": "roles.role_on_trash",
		"before_rename": "roles.role_before_rename",
	},
	"OAuth Bearer Token": {"validate": "logins.token_validate"},
	"OAuth Authorization Code": {"validate": "logins.token_validate"},
	"DefaultValue": {"validate": "logins.default_validate"},
	"SV Desk": {"validate": "desks.validate"},
	"SV Desk Member": {"validate": "desks.member_validate"},
	"Scheduled Job Type": {"validate": "settings.job_validate"},
	"System Settings": {"validate": "settings.system_settings_validate"},
	"Email Account": {"before_validate": "settings.mailbox_before_validate"},
	"DocType": {"before_rename": "our_forms.before_rename"},
}
LISTS = {
	"OAuth Bearer Token": "logins.bearer_tokens",
	"OAuth Authorization Code": "logins.authorization_codes",
	"Email Queue": "mails.queue",
}
DOCUMENTS = {
	"OAuth Bearer Token": "logins.token_permission",
	"OAuth Authorization Code": "logins.token_permission",
	"Email Queue": "mails.may_read",
}
# of a case or table, with links to accounts: the host would name them to whoever tries to delete one
NAMING_PEOPLE = (
	*("SV Report", "SV Kind Change", "SV Party", "SV Consent", "SV Message", "SV Note", "SV Referral"),
	*("SV Aftercare", "SV Aftercare Contact", "SV Action", "SV Deadline", "SV Access Grant"),
	*("SV Decision Table", "SV Table Member", "SV Minutes", "SV Communication Line"),
	*("SV Deadline Notice", "SV Step", "SV Contribution", "SV Agreed Action"),
	*("SV Minutes Approval", "SV Minutes Copy", "SV Complaint Copy", "SV Subject Request", "SV Import"),
)


def add_doc_events(events: dict[str, dict[str, str | list[str]]]) -> None:
	"""Add our doc events to those of the app.

	Args:
		events: doc_events as hooks.py has them; changed in place.
	"""
	for doctype, ours in EVENTS.items():
		for event, path in ours.items():
			_add(events.setdefault(doctype, {}), event, path)
	for doctypes, event, path in (
		# before the host has its own reasons to refuse: an attempt is told of all the same
		(ABOUT, "before_validate", "our_forms.before_validate"),
		(CODE, "validate", "scripts.validate"),
		(WHOLE, "validate", "settings.report_change"),
	):
		for doctype in doctypes:
			_add(events.setdefault(doctype, {}), event, path)


def add_permissions(lists: dict[str, str | list[str]], documents: dict[str, str | list[str]]) -> None:
	"""Add our list conditions and document checks to those of the app.

	Args:
		lists: permission_query_conditions as hooks.py has them; changed in place.
		documents: has_permission, likewise.
	"""
	for doctype, path in LISTS.items():
		_add(lists, doctype, path)
	for doctype, path in DOCUMENTS.items():
		_add(documents, doctype, path)


def _add(paths: dict[str, str | list[str]], key: str, path: str) -> None:
	before = paths.get(key, [])
	paths[key] = [*([before] if isinstance(before, str) else before), f"{HERE}.{path}"]
