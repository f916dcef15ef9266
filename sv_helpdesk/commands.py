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
		if not frappe.db.get_value("User", user, "enabled"):
			raise click.ClickException(
				"There is no account in use with this user id. Check how it is written."
			)
		if reset:
			factor.remove(user)
		if factor.is_confirmed(user):
			raise click.ClickException(f"{user} has a second factor already. Use --reset to take it away.")
		click.echo(enrolment.new_invitation(user))
		frappe.db.commit()


@click.command("sv-verify-log")
@click.option("--position", type=int, help="A position that was mailed with the self-check.")
@click.option("--fingerprint", help="The fingerprint that was mailed with it.")
@pass_context
def verify_log(context, position: int | None, fingerprint: str | None) -> None:
	"""Check that no row of the access log was changed, removed, inserted or cut off.

	With a position and its fingerprint from a mail, also that the log still goes through there.
	"""
	from sv_helpdesk import access_log

	if (position is None) != (fingerprint is None):
		raise click.UsageError("A position and its fingerprint belong together: give both or neither.")
	site = get_site(context)
	with frappe.init_site(site):
		frappe.connect()
		fault = access_log.verify((position, fingerprint) if position else None)
		if fault:
			raise click.ClickException(f"{site}: {fault}")
		click.echo(f"{site}: the access log is whole, up to row {access_log.end()[0]} {access_log.end()[1]}.")


@click.command("sv-selfcheck")
@pass_context
def self_check(context) -> None:
	"""Look through the site's rights, scripts, accounts, keys and settings; exit code 1 if something is wrong."""
	from sv_helpdesk.self_check import run

	with frappe.init_site(get_site(context)):
		frappe.connect()
		found = run.findings()
	for finding in found:
		click.echo(finding)
	click.echo(f"findings {len(found)}")
	raise SystemExit(1 if found else 0)


commands = [rotate_key, invite, verify_log, self_check]
