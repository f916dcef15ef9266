"""Install and migrate: one list of steps, each of which can be run any number of times."""

from pathlib import Path

import frappe
from frappe import _
from frappe.installer import update_site_config

from sv_helpdesk.crypto import key_changes, key_ring
from sv_helpdesk.crypto.errors import KeyFileError
from sv_helpdesk.dashboard import block
from sv_helpdesk.helpdesk import queue_views, sealed_ticket, ticket_form
from sv_helpdesk.social_safety import choices
from sv_helpdesk.social_safety.masters import sync_masters

SUPPORTED_FRAPPE = (15, 16)


def before_install() -> None:
	"""Refuse a host this app was not made for, before anything is changed."""
	major = int(frappe.__version__.split(".")[0])
	if major not in SUPPORTED_FRAPPE:
		frappe.throw(
			_(
				"This app runs on Frappe 15 and 16, and this site has {0}. Use a site with one of them."
			).format(frappe.__version__)
		)


def setup() -> None:
	"""Bring the site to the state the app needs; called after install and after each migrate."""
	make_key_file()
	check_mail_path()
	sync_masters()
	choices.fill_in()
	keep_neutral_address_silent()
	block.keep()
	queue_views.keep()
	ticket_form.keep()


def make_key_file() -> None:
	"""Make the key file of a new site, outside the site's folder and so outside its backups.

	A site that names a key file keeps it: a missing one is an error, never replaced. One that
	stands at the usual place already (an install that was broken off) is taken over.
	"""
	if frappe.conf.get(key_ring.CONFIG_KEY):
		key_ring.load()
		return
	bench = Path(frappe.local.sites_path).resolve().parent
	path = bench / "config" / "sv_helpdesk" / f"{frappe.local.site}.keys.json"
	if not path.exists() and frappe.db.count("SV Data Key"):
		frappe.throw(
			_(
				"This database has encrypted cases, and site_config.json names no key file. "
				"Put the key file that belongs to it at {0}, or name it as {1} in site_config.json."
			).format(path, key_ring.CONFIG_KEY),
			KeyFileError,
		)
	key_changes.create(path)
	update_site_config(key_ring.CONFIG_KEY, str(path))
	frappe.local.conf[key_ring.CONFIG_KEY] = str(path)


def check_mail_path() -> None:
	"""Refuse a site on which another app has taken the Email Account class from us."""
	from sv_helpdesk.helpdesk.email_account import OUR_CLASS

	classes = frappe.get_hooks("override_doctype_class").get("Email Account", [])
	if classes and classes[-1] != OUR_CLASS:
		frappe.throw(
			_(
				"{0} reads this site's mail in place of sv_helpdesk, so confidential mails would not be sealed. "
				"Install sv_helpdesk after that app."
			).format(classes[-1].split(".")[0])
		)


def keep_neutral_address_silent() -> None:
	"""No mail of the host's own leaves for a sealed ticket: its address is unsubscribed from everything."""
	address = sealed_ticket.neutral_address()
	if not frappe.db.exists("Email Unsubscribe", {"email": address, "global_unsubscribe": 1}):
		frappe.get_doc({"doctype": "Email Unsubscribe", "email": address, "global_unsubscribe": 1}).insert(
			ignore_permissions=True
		)  # runs at install, as nobody in particular
