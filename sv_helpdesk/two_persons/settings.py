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
	# by which access ends, and without which nothing is looked through
	*("time_zone", "enable_scheduler"),
)
# where a confidential mailbox is read and sent, and what hands out its password: the host logs in there at once
MAIL_PLACES = (
	*("email_id", "email_server", "incoming_port", "use_imap", "use_ssl", "use_starttls"),
	*("smtp_server", "smtp_port", "use_tls", "use_ssl_for_outgoing", "no_smtp_authentication"),
	*("validate_ssl_certificate", "validate_ssl_certificate_for_outgoing", "frappe_mail_site"),
	*("login_id", "auth_method", "connected_app", "connected_user", "backend_app_flow"),
)
MAIL_FIELDS = ("enable_incoming", "enable_outgoing", "append_to")


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


def job_validate(doc, method: str | None = None) -> None:
	"""Scheduled Job Type.validate: one of ours that is stopped, or runs at other times."""
	if cstr(doc.method).startswith("sv_helpdesk.") and not doc.is_new():
		if any(doc.has_value_changed(field) for field in ("stopped", "frequency", "cron_format", "method")):
			approvals.report(KIND, doc.doctype, cstr(doc.name), cstr(doc.method))


def mailbox_before_validate(doc, method: str | None = None) -> None:
	"""Email Account.before_validate: a confidential mailbox is read from or sent through another place by two persons.

	The host's own validation logs in at the new place, so that its password and mails would be there by then.

	Raises:
		frappe.PermissionError: nobody has approved it yet.
	"""
	if not from_outside() or not frappe.db.exists("SV Desk", {"email_account": doc.name}):
		return
	if places := _changed(doc, MAIL_PLACES):
		values = {fieldname: cstr(doc.get(fieldname)) for fieldname in places}
		approvals.require(
			KIND,
			doc.doctype,
			doc.name,
			approvals.fingerprint_of(values),
			summary=", ".join(f"{doc.meta.get_label(key)}: {value}" for key, value in values.items()),
		)
	if _changed(doc, MAIL_FIELDS):
		approvals.report(KIND, doc.doctype, doc.name)


def _changed(doc, fields: tuple[str, ...]) -> list[str]:
	"""Return which of these fields a save would change; what a version doesn't have is passed by."""
	fields = [field for field in fields if doc.meta.has_field(field)]
	stored = frappe.db.get_value("Email Account", doc.name, fields, as_dict=True) or {}
	return [field for field in fields if cstr(doc.get(field) or "0") != cstr(stored.get(field) or "0")]
