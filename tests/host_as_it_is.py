"""A site of the host seen from inside, to compare it with itself before the app came: `python -m dev.inside SITE ...`."""

import hashlib
import json
from email.message import EmailMessage
from pathlib import Path

import frappe

# the site's own life: what the host notes by itself while it works, numbers it has given, apps it counts again
NOTED_BY_THE_HOST = (
	*("tabScheduled Job Log", "tabError Log", "tabActivity Log", "__Auth", "tabSessions"),
	*("tabSeries", "tabInstalled Application"),
)
# of a row that the host writes again, and of assignments in turn: whose it is now, and whose turn was last
WRITTEN_AGAIN = ("creation", "modified", "modified_by", "owner", "last_user")
LIVING = ("locks", "logs", "task-logs", "private/backups")
STAFF = ("eva@uni.example", "bo@uni.example")


def make_people(_site: str) -> None:
	"""Two accounts and their team, which the institution had before the app came."""
	for user in STAFF:
		person = frappe.new_doc("User")
		person.update({"email": user, "first_name": user.partition("@")[0].title(), "send_welcome_email": 0})
		person.flags.no_welcome_mail = True
		person.insert()
	team = {"doctype": "HD Team", "team_name": "Meldpunt", "users": [{"user": user} for user in STAFF]}
	frappe.get_doc(team).insert()


def use(_site: str) -> None:
	"""Work with the app: a mail with a file becomes a case, which goes to a table; somebody is told and has roles."""
	from sv_helpdesk import notices
	from sv_helpdesk import test_utils as make
	from sv_helpdesk.helpdesk import intake
	from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR

	eva, bo = STAFF
	for user, role in ((eva, COORDINATOR), (bo, CCP_STAFF)):
		frappe.get_doc("User", user).add_roles(role)
	members = [{"user": eva, "desk_role": "Coordinator"}, {"user": bo}]
	desk = make.make_desk(code="ccp", members=members, hd_team="Meldpunt")
	mailbox = frappe.get_all("Email Account", pluck="name", order_by="name asc")[0]
	frappe.db.set_value("SV Desk", desk.name, "email_account", mailbox)
	report = intake.take_in(_mail(), desk.name, None).report
	case = frappe.get_doc("SV Report", report)
	case.handler = bo
	case.save()
	make.make_party(report, "Accused", account=eva)
	table = make.make_decision_table(desk=desk.name)
	make.make_table_case(table.name, report)
	make.make_minutes(table.name)
	notices.tell([bo], lambda language: "There is something for you to do.", "SV Report", report)


def _mail() -> bytes:
	message = EmailMessage()
	message["From"] = "reporter@uni.example"
	message["Subject"] = "ZZSUBJECT"
	message["Message-ID"] = "<used@uni.example>"
	message.set_content("ZZBODY")
	message.add_attachment(b"ZZFILE", maintype="text", subtype="plain", filename="file.txt")
	return message.as_bytes()


def look(_site: str) -> None:
	"""Print every table (how it is made, its rows), every file, the configuration and what Redis has of the site."""
	found: dict[str, object] = {"tables": {}, "files": {}, "config": {}, "redis": []}
	for (table,) in frappe.db.sql("show tables"):
		is_counted = table.endswith("_seq") or table in NOTED_BY_THE_HOST
		rows = [] if is_counted else frappe.db.sql(f"select * from `{table}`", as_dict=True)
		found["tables"][table] = {
			"made": _made(table),
			"rows": sorted(_in_words(table, row) for row in rows if not _is_of_installed_apps(row)),
		}
	root = Path(frappe.get_site_path()).resolve()
	for path in sorted(root.rglob("*")):
		inside = path.relative_to(root).as_posix()
		if path.is_file() and not inside.startswith(LIVING) and inside != "site_config.json":
			found["files"][inside] = hashlib.sha256(path.read_bytes()).hexdigest()
	found["config"] = json.loads((root / "site_config.json").read_text())
	cache = frappe.cache() if callable(frappe.cache) else frappe.cache
	ours = cache.keys(f"*{frappe.conf.db_name}*")
	found["redis"] = sorted(key for key in map(str, ours) if "sv_" in key.lower() or "SV " in key)
	print(json.dumps(found, default=str))


def _made(table: str) -> list[str]:
	return [
		*(repr(row) for row in frappe.db.sql(f"show columns from `{table}`")),
		*sorted(
			repr((row[1], row[2], row[3], row[4])) for row in frappe.db.sql(f"show index from `{table}`")
		),
	]


def _is_of_installed_apps(row) -> bool:
	return "Installed Applications" in (row.get("doctype"), row.get("ref_doctype"))


def _in_words(table: str, row) -> str:
	if table == "tabDefaultValue":
		# the host deletes and writes them anew
		del row["name"]
	return json.dumps(
		{key: value for key, value in row.items() if key not in WRITTEN_AGAIN}, default=str, sort_keys=True
	)
