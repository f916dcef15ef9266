"""bench commands of this app."""

from pathlib import Path

import click

import frappe
from frappe.commands import get_site, pass_context


@click.command("sv-rotate-key")
@click.option(
	"--copied", metavar="FINGERPRINT", help="What sv-check-key-copy says of the copies with the new key."
)
@pass_context
def rotate_key(context, copied: str | None) -> None:
	"""Turn the master key in two steps: make a new one; use it, once copies of the key file have it.

	Contents are not touched. The old master key is destroyed when backups no longer need it (sv_backup_days).
	"""
	from sv_helpdesk.crypto import key_ring, rotation
	from sv_helpdesk.crypto.errors import KeyFileError

	site = get_site(context)
	with frappe.init_site(site):
		frappe.connect()
		try:
			if copied:
				count = rotation.confirm(copied)
				key_id = key_ring.load().active
				click.echo(f"{site}: key {key_id} is now in use, {count} case keys were wrapped with it.")
			else:
				key_id = rotation.begin()
				click.echo(
					f"{site}: key {key_id} waits in {key_ring.key_file()}. Now replace every copy of that file,"
				)
				click.echo(
					"check each with sv-check-key-copy, and go on with sv-rotate-key --copied FINGERPRINT."
				)
		except KeyFileError as error:
			raise click.ClickException(str(error)) from None


@click.command("sv-check-key-copy")
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_context
def check_key_copy(context, copy: Path) -> None:
	"""Compare COPY with the site's key file, without showing a key; exit code 1 if they differ."""
	from sv_helpdesk.crypto import key_copies, key_ring
	from sv_helpdesk.crypto.errors import KeyFileError

	with frappe.init_site(get_site(context)):
		frappe.connect()
		try:
			fault = key_copies.fault(copy)
		except KeyFileError as error:
			fault = str(error)
		if fault:
			raise click.ClickException(fault)
		click.echo(f"The copy has the same keys. Fingerprint: {key_ring.load().fingerprint}")


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


@click.command("sv-import-mails")
@click.argument("mails", type=click.Path(exists=True))
@click.option("--desk", required=True, help="Code of the desk whose mails they are.")
@pass_context
def import_mails(context, mails: str, desk: str) -> None:
	"""Take in earlier correspondence of a desk: a folder of .eml files, or one .mbox file.

	Nobody is answered and nothing is due. Mails that are here already are passed over, so it can be run again.
	"""
	from sv_helpdesk.importing import mail_files

	with frappe.init_site(get_site(context)):
		frappe.connect()
		if not frappe.db.get_value("SV Desk", {"name": desk}, "enabled"):
			raise click.ClickException("There is no desk in use with this code. Look in the list of desks.")
		counted = mail_files.take_in(mails, desk)
	for outcome, number in sorted(counted.items()):
		click.echo(f"{outcome}: {number}")
	click.echo(f"mails: {counted.total()}. Delete the files now: what they hold is sealed in the cases.")


@click.command("sv-read-export")
@click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("keys", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(exists=False, path_type=Path))
@pass_context
def read_export(context, export: Path, keys: Path, target: Path) -> None:
	"""Write what an uninstall has exported (EXPORT) in clear text to a new folder (TARGET), with its key file (KEYS).

	The cases needn't be on the site, nor the app: any site of the bench will do.
	"""
	from sv_helpdesk import exported
	from sv_helpdesk.crypto import key_ring

	with frappe.init_site(get_site(context)):
		frappe.local.conf[key_ring.CONFIG_KEY] = str(keys)
		read = exported.read(export, key_ring.load(), target)
	for place in read.unreadable:
		click.echo(
			f"changed or moved before the uninstall, so it stays encrypted: {', '.join(place)}", err=True
		)
	click.echo(f"{target}: {read.rows} rows in clear text. Keep the folder as you kept the cases.")


commands = [rotate_key, check_key_copy, invite, verify_log, self_check, import_mails, read_export]
