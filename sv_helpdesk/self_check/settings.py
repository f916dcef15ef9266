"""Settings, of the host and our own, that open ways around us."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cint

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.self_check.finding import Finding


def site_config() -> Iterator[Finding]:
	"""What stands in site_config.json or common_site_config.json."""
	if cint(frappe.conf.get("server_script_enabled")):
		yield Finding(
			"server-scripts",
			_(
				"Server scripts are switched on; they read the whole database. Switch off server_script_enabled."
			),
		)
	if cint(frappe.conf.get("developer_mode")):
		yield Finding(
			"developer-mode",
			_("Developer mode is on; doctypes can be changed. Switch it off on a site with cases."),
		)
	if cint(frappe.conf.get("ignore_csrf")):
		yield Finding(
			"no-csrf",
			_(
				"Other websites can send requests for our people. Take ignore_csrf out of the site's configuration."
			),
		)
	if frappe.conf.get("allow_cors") == "*":
		yield Finding(
			"any-origin",
			_("Every website may read this site's answers. Name the allowed ones in allow_cors."),
		)


def system_settings() -> Iterator[Finding]:
	"""What is switched on in System Settings."""
	settings = frappe.db.get_singles_dict("System Settings")
	for fieldname, code, sentence in (
		(
			"allow_login_using_mobile_number",
			"login-by-number",
			_("People log in with a mobile number, which IT can change. Switch it off in System Settings."),
		),
		(
			"allow_login_using_user_name",
			"login-by-username",
			_("People log in with a username, which isn't their user id. Switch it off in System Settings."),
		),
		(
			"allow_guests_to_upload_files",
			"guest-uploads",
			_("Anybody may upload files. Switch that off in System Settings."),
		),
		(
			"allow_older_web_view_links",
			"old-links",
			_("Old links open documents without a login. Switch that off in System Settings."),
		),
	):
		if cint(settings.get(fieldname)):
			yield Finding(code, sentence)


def second_factor() -> Iterator[Finding]:
	"""Whether our people need a second factor, in SV Settings and in the key file (see sessions.gate)."""
	in_file = key_ring.load().second_factor
	in_settings = bool(cint(frappe.db.get_single_value("SV Settings", "require_second_factor", cache=False)))
	if in_file != in_settings:
		yield Finding(
			"second-factor-differs",
			_(
				"The settings and the key file differ about the second factor, so it is needed. Find out who changed it, then save the settings of social safety."
			),
		)
	elif not in_file:
		yield Finding(
			"no-second-factor",
			_(
				"A password is enough to open cases. Switch on the second factor in the settings of social safety."
			),
		)
