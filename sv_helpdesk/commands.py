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


@click.command("sv-invite")
@click.argument("user")
@click.option("--reset", is_flag=True, help="Take an existing second factor away first.")
@pass_context
def invite(context, user: str, reset: bool) -> None:
	"""Print an invitation with which USER can set up a second factor; for who is locked out with everybody.

	Whoever has the server's shell has the key file too, so this asks nobody; it is logged.
	"""
	from sv_helpdesk.sessions import enrolment, factor

	with frappe.init_site(get_site(context)):
		frappe.connect()
		if reset:
			factor.remove(user)
		if factor.is_confirmed(user):
			raise click.ClickException(f"{user} has a second factor already. Use --reset to take it away.")
		click.echo(enrolment.new_invitation(user))
		frappe.db.commit()


commands = [rotate_key, invite]
