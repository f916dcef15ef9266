"""How people log in stays the host's business; that it was changed is told at once."""

import frappe
from frappe.utils import cstr

from sv_helpdesk.two_persons import approvals
from sv_helpdesk.two_persons.outside import from_outside

KIND = "Authentication settings"
# every change of these
WHOLE = (
	"Social Login Key",
	"LDAP Settings",
	"OAuth Provider Settings",
	"OAuth Client",
	"OAuth Settings",
	"SMS Settings",
)
# of System Settings only what lets people in, or keeps them in; what a version doesn't have is passed by
FIELDS = (
	*(
		"enable_two_factor_auth",
		"bypass_2fa_for_retricted_ip_users",
		"bypass_restrict_ip_check_if_2fa_enabled",
	),
	*(
		"two_factor_method",
		"otp_issuer_name",
		"lifespan_qrcode_image",
		"session_expiry",
		"deny_multiple_sessions",
	),
	*("allow_login_using_mobile_number", "allow_login_using_user_name", "allow_login_after_fail"),
	*("allow_consecutive_login_attempts", "login_with_email_link", "login_with_email_link_expiry"),
	*(
		"disable_user_pass_login",
		"enable_password_policy",
		"minimum_password_score",
		"force_user_to_reset_password",
	),
	*("reset_password_link_expiry_duration", "password_reset_limit", "logout_on_password_reset"),
	*("document_share_key_expiry", "allow_older_web_view_links", "disable_document_sharing"),
)
MAIL_FIELDS = (
	"email_server",
	"email_id",
	"login_id",
	"enable_incoming",
	"smtp_server",
	"enable_outgoing",
	"append_to",
)


def report_change(doc, method: str | None = None) -> None:
	"""validate of those in WHOLE: told at once."""
	approvals.report(KIND, doc.doctype, cstr(doc.name))


def system_settings_validate(doc, method: str | None = None) -> None:
	"""System Settings.validate: which of these were changed, not to what."""
	if not from_outside():
		return
	stored = frappe.db.get_singles_dict("System Settings")
	fields = [field for field in FIELDS if doc.meta.has_field(field)]
	if changed := [
		field for field in fields if cstr(doc.get(field) or "0") != cstr(stored.get(field) or "0")
	]:
		labels = [doc.meta.get_label(field) for field in changed]
		approvals.report(KIND, doc.doctype, doc.name, ", ".join(labels))


def mailbox_validate(doc, method: str | None = None) -> None:
	"""Email Account.validate: a confidential mailbox that is read from or sent through another place."""
	if not from_outside() or not frappe.db.exists("SV Desk", {"email_account": doc.name}):
		return
	stored = frappe.db.get_value("Email Account", doc.name, MAIL_FIELDS, as_dict=True) or {}
	if any(cstr(doc.get(field) or "") != cstr(stored.get(field) or "") for field in MAIL_FIELDS):
		approvals.report(KIND, doc.doctype, doc.name)
