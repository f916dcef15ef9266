"""Leave the host as it was, and never lose a case by accident."""

import gzip
from functools import partial
from pathlib import Path

import frappe
from frappe import _
from frappe.installer import update_site_config
from frappe.utils import now_datetime

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.dashboard import block
from sv_helpdesk.dashboard.workspaces import ROLES
from sv_helpdesk.helpdesk import queue_views, sealed_ticket, ticket_form
from sv_helpdesk.permissions.roles import ALL_ROLES

CONSENT = "sv_uninstall_with_cases"


def before_uninstall() -> None:
	"""Refuse while there are cases; if told to go on, export them first, then take our traces away.

	Raises:
	        frappe.ValidationError: there are cases and site_config.json doesn't say
	                `sv_uninstall_with_cases: 1`.
	"""
	if frappe.db.count("SV Report") or frappe.db.count("SV Held Mail"):
		if not frappe.conf.get(CONSENT):
			frappe.throw(
				_(
					"There are cases on this site. To remove the app with them, set {0} to 1 in "
					"site_config.json; they are exported first."
				).format(CONSENT)
			)
		print(_("The cases were exported to {0}.").format(export()))
	remove_traces()


def export() -> Path:
	"""Write all our tables, with sealed fields as they stand, and the sealed files to one file.

	With the key file everything in it can be read again, without it nothing. Of a file that is missing on disk
	the row is there, without content.

	Returns: the path of the file, beside the key file.
	"""
	stamp = now_datetime().strftime("%Y%m%d-%H%M%S")
	path = key_ring.key_file().with_name(f"{frappe.local.site}.export-{stamp}.jsonl.gz")
	doctypes = frappe.get_all("DocType", filters={"module": "Social Safety", "issingle": 0}, pluck="name")
	with gzip.open(path, "wt") as file:
		for doctype in sorted(doctypes):
			table = frappe.qb.DocType(doctype)
			for row in frappe.qb.from_(table).select("*").run(as_dict=True):
				file.write(frappe.as_json({"doctype": doctype, **row}, indent=None) + "\n")
		for row in _files():
			path_of_file = _path_of(row)
			# one that was lost before, as where files weren't in a backup, keeps nobody from leaving
			content = path_of_file.read_bytes().hex() if path_of_file.exists() else None
			file.write(frappe.as_json({"doctype": "File", **row, "content": content}, indent=None) + "\n")
	path.chmod(0o600)
	return path


def remove_traces() -> None:
	"""Remove what we put outside our own tables; the key file stays where it is."""
	for row in _files():
		frappe.db.delete("File", {"name": row.name})
		frappe.db.after_commit.add(partial(_path_of(row).unlink, missing_ok=True))
	for ticket in frappe.get_all("SV Report", filters={"ticket": ["is", "set"]}, pluck="ticket"):
		frappe.delete_doc("HD Ticket", ticket, force=True, delete_permanently=True, ignore_missing=True)
		# the host keeps to whom a ticket was assigned
		frappe.db.delete("Comment", {"reference_doctype": "HD Ticket", "reference_name": ticket})
	frappe.db.delete("Notification Log", {"document_type": ["like", "SV %"]})
	frappe.db.delete("Email Unsubscribe", {"email": sealed_ticket.neutral_address()})
	queue_views.remove()
	ticket_form.remove()
	for workspace in ROLES:
		frappe.delete_doc(
			*("Custom HTML Block", block.name_of(workspace)),
			force=True,
			delete_permanently=True,
			ignore_missing=True,
		)
	_take_roles_away()
	frappe.db.delete("Singles", {"doctype": ["like", "SV %"]})
	frappe.db.delete("Scheduled Job Type", {"method": ["like", "sv_helpdesk.%"]})
	frappe.db.delete("Patch Log", {"patch": ["like", "sv_helpdesk.%"]})
	update_site_config(key_ring.CONFIG_KEY, "None")
	update_site_config(CONSENT, "None")


def _take_roles_away() -> None:
	"""Delete our roles; who got into the Desk by one of them alone is a user of the website again."""
	people = set(
		frappe.get_all("Has Role", {"role": ["in", ALL_ROLES], "parenttype": "User"}, pluck="parent")
	)
	for role in ALL_ROLES:
		frappe.db.delete("Has Role", {"role": role})
		frappe.db.delete("Version", {"ref_doctype": "User", "data": ["like", f'%"{role}"%']})
		frappe.delete_doc("Role", role, force=True, delete_permanently=True, ignore_missing=True)
	for user in sorted(people):
		account = frappe.get_doc("User", user)
		account.set_system_user()
		frappe.db.set_value("User", user, "user_type", account.user_type)


def after_uninstall() -> None:
	"""Take away what the uninstall itself wrote: copies of our files' documents among the deleted ones."""
	deleted = frappe.qb.DocType("Deleted Document")
	frappe.qb.from_(deleted).delete().where(
		deleted.deleted_name.like("SV %")
		| deleted.deleted_doctype.like("SV %")
		| deleted.deleted_name.isin(["Social Safety", *ROLES, *ALL_ROLES])
		# reports and pages
		| deleted.data.like('%"module": "Social Safety"%')
		# jobs
		| deleted.data.like('%"method": "sv_helpdesk.%')
	).run()
	# Frappe has committed before this hook and doesn't again
	frappe.db.commit()


def _files() -> list:
	return frappe.get_all(
		"File",
		filters={"attached_to_doctype": ["like", "SV %"]},
		fields=["name", "file_name", "attached_to_doctype", "attached_to_name"],
		order_by="name asc",
	)


def _path_of(row) -> Path:
	return Path(frappe.get_site_path("private", "files", row.file_name))
