"""Desks, cases and very many clocks for `make bench-deadlines`, put in by statements for many rows at once."""

from datetime import datetime, timedelta

import frappe

# a Wednesday on which nobody is away
NOW = datetime(2031, 3, 5, 12)
DESKS = 10
CASES = 2000
ROLES = ("Coordinator", "Stand-in", "Member", "Member")
# the clocks that come to be due are about one case each, and at each of four stages; see set_due
STAGES = 4
CLOCK = "clock-%08d"


def make_desks_and_cases() -> None:
	"""Make the desks with four people each, and cases that one of them handles."""
	from frappe.core.doctype.user import user

	from sv_helpdesk.test_utils import make_desk, make_user

	# it drops all that Frappe remembers, for each of many users
	user.ask_pass_update = lambda: None
	# mails are queued only
	account = frappe.new_doc("Email Account")
	account.update({"name": "Bench", "email_account_name": "Bench", "email_id": "bench@uni.example"})
	account.update({"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "localhost"})
	account.db_insert()
	for number in range(DESKS):
		people = [make_user(email=f"bench{number}-{place}@uni.example") for place in range(len(ROLES))]
		members = [{"user": name, "desk_role": role} for name, role in zip(people, ROLES, strict=True)]
		make_desk(code=f"bench_{number}", members=members)
	frappe.db.sql(
		"insert into `tabSV Report` (`name`, `creation`, `modified`, `desk`, `handler`, `status`, `kind`,"
		" `case_number`, `received_at`)"
		" select concat('case-', `seq`), %(now)s, %(now)s, concat('bench_', `seq` %% %(desks)s),"
		" concat('bench', `seq` %% %(desks)s, '-', 2 + (`seq` div %(desks)s) %% 2, '@uni.example'),"
		" 'Handling', 'Report', concat('BENCH-', `seq`), %(now)s from seq_1_to_2000",
		{"now": NOW, "desks": DESKS},
	)
	_grown("SV Report")


def grow_to(number: int) -> None:
	"""Put in open clocks that are not due, until there are so many."""
	there = frappe.db.count("SV Deadline")
	frappe.db.sql(
		"insert into `tabSV Deadline` (`name`, `creation`, `modified`, `report`, `document_type`, `document_name`,"
		" `desk`, `deadline_owner`, `kind`, `calendar`, `status`, `started_at`, `due_at`, `warn_at`, `next_at`)"
		" select concat('clock-', lpad(`seq`, 8, '0')), %(now)s, %(now)s, `case`.`name`, 'SV Report', `case`.`name`,"
		" `case`.`desk`, `case`.`handler`, 'Triage', 'Working time', 'Running', %(now)s - interval 30 day,"
		" %(now)s + interval 2 + `seq` %% 100 day, %(now)s + interval 1 + `seq` %% 100 day,"
		" %(now)s + interval 1 + `seq` %% 100 day"
		f" from seq_{there + 1}_to_{number} inner join `tabSV Report` `case`"
		" on `case`.`name` = concat('case-', 1 + `seq` %% %(cases)s)",
		{"now": NOW, "cases": CASES},
	)
	_grown("SV Deadline")


def _grown(doctype: str) -> None:
	"""Do what the server does by itself some seconds after a table has grown, so that no statement is timed before it."""
	frappe.db.commit()
	frappe.db.sql(f"analyze table `tab{doctype}`")


def set_due(number: int) -> None:
	"""Let the first so many clocks be due now, a quarter each: a warning, the last hour, the breach, the day after.

	What earlier rounds told of them is taken away.
	"""
	for doctype in ("SV Deadline Notice", "SV Deadline Event"):
		frappe.db.sql(f"truncate `tab{doctype}`")
	for stage in range(STAGES):
		due_at = NOW + (timedelta(hours=5), timedelta(minutes=30), timedelta(), timedelta(days=-1))[stage]
		frappe.db.sql(
			"update `tabSV Deadline` set `stage` = %s, `due_at` = %s, `next_at` = %s, `warn_at` = %s,"
			" `breached_at` = null, `status` = 'Running' where `name` <= %s and substr(`name`, 7) %% 4 = %s",
			(stage, due_at, NOW - timedelta(minutes=stage), NOW, CLOCK % number, stage),
		)
	frappe.db.commit()
