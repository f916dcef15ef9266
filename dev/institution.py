"""An invented university: units, desks, people of every role and mailboxes.

The demo site is made of it; `make intake` and tests use it, or parts of it. Nobody here exists.
Every function can be called again: what is there stays as it is.
"""

from dataclasses import dataclass

DOMAIN = "uni.example"
DESK_ADDRESS = f"sociale-veiligheid@{DOMAIN}"
IT_ADDRESS = f"servicedesk@{DOMAIN}"
TEAM = "Social safety"
PASSWORD = "Zeven-brede-dijken-42"
MAILBOX_PASSWORD = "mailbox-of-the-demo"


@dataclass(frozen=True)
class Person:
	"""Somebody who can log in.

	Attributes:
		function: what they are, for the list of logins.
		name: first and last name.
		user: login, a mail address.
		roles: Frappe roles.
		desk: code of the desk they work at, or "".
		desk_role: Member, Coordinator or Stand-in of that desk.
	"""

	function: str
	name: str
	user: str
	roles: tuple[str, ...]
	desk: str = ""
	desk_role: str = "Member"


def _person(function: str, name: str, local: str, *roles: str, **desk: str) -> Person:
	return Person(function, name, f"{local}@{DOMAIN}", roles, **desk)


PEOPLE = (
	_person(
		"SV Coordinator",
		"Marijke Terpstra",
		"m.terpstra",
		*("SV Coordinator", "Agent"),
		desk="ccp",
		desk_role="Coordinator",
	),
	_person("SV CCP Staff", "Bas Okafor", "b.okafor", "SV CCP Staff", "Agent", desk="ccp"),
	_person("SV CCP Staff (2)", "Lotte Hendriks", "l.hendriks", "SV CCP Staff", "Agent", desk="ccp"),
	_person(
		"SV Confidential Adviser",
		"Nadia el Amrani",
		"n.elamrani",
		"SV Confidential Adviser",
		desk="confidential_adviser",
		desk_role="Coordinator",
	),
	_person(
		"SV Confidential Adviser (2)",
		"Joost Wiersma",
		"j.wiersma",
		"SV Confidential Adviser",
		desk="confidential_adviser",
	),
	_person(
		"SV Ombuds Officer",
		"Femke Lubbers",
		"f.lubbers",
		"SV Ombuds Officer",
		desk="ombuds_officer",
		desk_role="Coordinator",
	),
	_person(
		"SV Companion",
		"Ruud Scholten",
		"r.scholten",
		"SV Companion",
		desk="companion",
		desk_role="Coordinator",
	),
	_person("SV Decision Table Member", "Ingrid Bouwman", "i.bouwman", "SV Decision Table Member"),
	_person("SV HR Advisor", "Kees van Doorn", "k.vandoorn", "SV HR Advisor"),
	_person("SV Manager", "Hanneke Prakash", "h.prakash", "SV Manager"),
	_person("SV Board", "Willem Steenbergen", "w.steenbergen", "SV Board"),
	_person("SV Privacy Officer", "Aylin Demir", "a.demir", "SV Privacy Officer"),
	_person(
		"Confidant for PhD candidates",
		"Tom Adeyemi",
		"t.adeyemi",
		"SV Confidential Adviser",
		desk="phd_confidant",
		desk_role="Coordinator",
	),
	_person("IT helpdesk (no case)", "Sven Kuiper", "s.kuiper", "Agent"),
	_person("System Manager (no case)", "Petra Lammers", "p.lammers", "System Manager"),
)
CASE_WORKER = "b.okafor@uni.example"

# code, title, type, visibility
DESKS = (
	("ccp", "Concerns and complaints point", "Concerns and complaints point", "Whole desk"),
	("ombuds_officer", "Ombuds officer", "Ombuds officer", "Handler only"),
	("confidential_adviser", "Confidential advisers", "Confidential advisers", "Handler only"),
	("companion", "Companions of accused", "Companions", "Handler only"),
	("phd_confidant", "Confidants for PhD candidates", "PhD confidants", "Handler only"),
)
INSTITUTION = "University of the Invented Lowlands"
# unit, employees in 2023 and 2024; the institution has more than its units together
UNITS = (
	(INSTITUTION, 5231, 5346),
	("Faculty of Arts and Social Sciences", 590, 598),
	("Faculty of Health, Medicine and Life Sciences", 1710, 1752),
	("Faculty of Law", 480, 476),
	("Faculty of Psychology and Neuroscience", 395, 402),
	("Faculty of Science and Engineering", 905, 931),
	("School of Business and Economics", 615, 628),
	("Service Centres", 480, 494),
)


@dataclass(frozen=True)
class MailPorts:
	"""Where on this machine's loopback the mail servers listen.

	Attributes:
		imap: port of the IMAP server.
		pop3: port of the POP3 server.
		smtp: port of the SMTP server.
	"""

	imap: int
	pop3: int
	smtp: int


def make_institution(mail: MailPorts, desk_address: str = DESK_ADDRESS, it_address: str = IT_ADDRESS) -> None:
	"""Make the whole institution on the connected site and commit.

	Args:
		mail: servers that hold the two mailboxes; they must answer.
		desk_address: the confidential mailbox, of the desk `ccp`.
		it_address: the mailbox of the IT helpdesk.
	"""
	import frappe

	make_settings()
	make_units()
	make_people(PEOPLE)
	make_mailbox(it_address, mail, default=True)
	make_mailbox(desk_address, mail)
	make_team(TEAM, [person.user for person in PEOPLE if person.desk == "ccp"])
	for code, title, desk_type, visibility in DESKS:
		mailbox = {"email_account": desk_address, "hd_team": TEAM} if code == "ccp" else {}
		make_desk(code, title, desk_type, visibility, PEOPLE, **mailbox)
	frappe.db.commit()


def make_settings() -> None:
	"""Name the institution."""
	import frappe

	settings = frappe.get_single("SV Settings")
	settings.institution_name = INSTITUTION
	settings.institution_short_name = "UIL"
	settings.save()


def open_reporting_page(desk: str) -> None:
	"""Let people report at a desk on the page /melden."""
	import frappe

	frappe.db.set_value("SV Desk", desk, "takes_reports", 1)
	settings = frappe.get_doc("SV Settings")
	settings.reporting_page = 1
	settings.save()


def make_units() -> None:
	"""Make the units with their head counts."""
	import frappe

	for name, *employees in UNITS:
		if frappe.db.exists("SV Unit", name):
			continue
		headcounts = [{"year": 2023 + n, "employees": count} for n, count in enumerate(employees)]
		above = None if name == INSTITUTION else INSTITUTION
		unit = {"doctype": "SV Unit", "unit_name": name, "parent_unit": above, "enabled": 1}
		frappe.get_doc({**unit, "headcounts": headcounts}).insert()


def make_people(people: tuple[Person, ...]) -> None:
	"""Make users with their roles, and the Helpdesk record of those who are agents."""
	import frappe

	for person in people:
		if frappe.db.exists("User", person.user):
			continue
		first, _, last = person.name.partition(" ")
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": person.user,
				"first_name": first,
				"last_name": last,
				"user_type": "System User",
				"language": "en",
				"time_zone": "Europe/Amsterdam",
				"send_welcome_email": 0,
				"new_password": PASSWORD,
				"roles": [{"role": role} for role in person.roles if role != "Agent"],
			}
		)
		user.flags.no_welcome_mail = True
		user.insert()
		if "Agent" in person.roles:
			# gives the user the role Agent, too
			frappe.get_doc({"doctype": "HD Agent", "user": person.user, "agent_name": person.name}).insert()


def make_team(name: str, users: list[str]) -> None:
	"""Make the HD Team in whose queue the sealed tickets of a desk appear."""
	import frappe

	if not frappe.db.exists("HD Team", name):
		members = [{"user": user} for user in users]
		frappe.get_doc({"doctype": "HD Team", "team_name": name, "users": members}).insert()


def make_desk(
	code: str, title: str, desk_type: str, visibility: str, people: tuple[Person, ...], **values: str
) -> None:
	"""Make a desk with its members.

	Args:
		code: its code, also its name.
		title: its title.
		desk_type: see SV Desk.
		visibility: "Whole desk" or "Handler only".
		people: those among them who have this desk become its members.
		values: further fields of SV Desk.
	"""
	import frappe

	if frappe.db.exists("SV Desk", code):
		return
	members = [{"user": p.user, "desk_role": p.desk_role} for p in people if p.desk == code]
	desk = {
		"doctype": "SV Desk",
		"code": code,
		"title": title,
		"desk_type": desk_type,
		"enabled": 1,
		"visibility": visibility,
		"members": members,
		**values,
	}
	frappe.get_doc(desk).insert()


def make_mailbox(
	address: str, mail: MailPorts, default: bool = False, protocol: str = "imap", **values: object
) -> str:
	"""Make the Email Account of a mailbox, set up as for any mailbox of Helpdesk: mails become HD Tickets.

	Args:
		address: mail address and login of the mailbox; also the Email Account's name.
		mail: its servers.
		default: whether the site's own mails leave through it.
		protocol: "imap" or "pop3".
		values: further fields of Email Account.

	Returns:
		The Email Account's name.
	"""
	import frappe

	if frappe.db.exists("Email Account", address):
		return address
	use_imap = protocol == "imap"
	account = {
		"doctype": "Email Account",
		"email_account_name": address,
		"email_id": address,
		"password": MAILBOX_PASSWORD,
		"enable_incoming": 1,
		"default_incoming": int(default),
		"use_imap": int(use_imap),
		"email_server": "127.0.0.1",
		"incoming_port": str(mail.imap if use_imap else mail.pop3),
		"use_ssl": 0,
		"email_sync_option": "UNSEEN",
		"initial_sync_count": "100",
		"append_to": "HD Ticket",
		"imap_folder": [{"folder_name": "INBOX", "append_to": "HD Ticket"}] if use_imap else [],
		"enable_outgoing": 1,
		"default_outgoing": int(default),
		"smtp_server": "127.0.0.1",
		"smtp_port": str(mail.smtp),
		"use_tls": 0,
		"no_smtp_authentication": 1,
		**values,
	}
	if default:
		# else Frappe saves the account that was the default until now, and asks its mail server first
		for kind in ("default_incoming", "default_outgoing"):
			frappe.db.set_value("Email Account", {kind: 1}, kind, 0)
	return frappe.get_doc(account).insert().name
