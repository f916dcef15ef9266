"""bench commands of this app."""

import click

import frappe
from frappe.commands import get_site, pass_context


@click.command("sv-rotate-key")
@pass_context
def rotate_key(context) -> None:
	"""Add a new master key to the site's key file and wrap every case key with it.

	Contents are not touched. The old master keys stay in the file: backups made before need them.
	"""
	from sv_helpdesk.crypto import data_keys

	site = get_site(context)
	with frappe.init_site(site):
		frappe.connect()
		key_id, count = data_keys.rotate()
		click.echo(f"{site}: key {key_id} is now in use, {count} case keys were wrapped with it.")


commands = [rotate_key]
