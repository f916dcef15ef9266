"""Taking the app away: never with cases by accident, and without leaving anything."""

import gzip
import json
import os
import subprocess
import sys

import pytest
from people import make_desk_without_mail
from test_dialogue import mail

import frappe

from sv_helpdesk import uninstall
from sv_helpdesk.helpdesk import intake

pytestmark = pytest.mark.commits

DESK = "uninstall_desk"


@pytest.fixture
def case():
	"""A case with its ticket, not committed."""
	make_desk_without_mail(DESK)
	frappe.db.set_value("SV Desk", DESK, "email_account", frappe.get_all("Email Account", pluck="name")[0])
	report = intake.take_in(mail(Message_ID="<uninstall@uni.example>"), DESK, None).report
	yield frappe.get_doc("SV Report", report)
	frappe.db.rollback()


def test_the_app_is_not_removed_while_there_are_cases(case):
	with pytest.raises(frappe.ValidationError, match="exported first"):
		uninstall.before_uninstall()
	assert frappe.db.exists("HD Ticket", case.ticket)


def test_the_export_has_every_case_and_not_a_word_in_clear(case):
	path = uninstall.export()
	try:
		text = gzip.open(path, "rt").read()
	finally:
		path.unlink()
	rows = [json.loads(line) for line in text.splitlines()]
	assert case.name in [row["name"] for row in rows if row["doctype"] == "SV Report"]
	assert "SV Data Key" in {row["doctype"] for row in rows}
	assert "ZZBODY" not in text and "ZZSUBJECT" not in text and "reporter@uni.example" not in text


@pytest.mark.slow
def test_after_an_uninstall_no_table_of_the_host_mentions_the_app():
	"""On a site of its own, made by dev/ (so only on our own bench)."""
	from dev.layout import SITES, TEST_SITE
	from dev.sites import fresh_site, test_settings
	from dev.steps import Steps

	if frappe.local.site != TEST_SITE:
		pytest.skip("makes a site, which only our own bench can do")
	site = "uninstall.localhost"
	fresh_site(Steps("uninstall"), site, test_settings(site))
	bench = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site]
	subprocess.run([*bench, "uninstall-app", "sv_helpdesk", "--yes", "--no-backup"], cwd=SITES, check=True)
	script = (
		"import frappe; frappe.init('%s'); frappe.connect()\n"
		"for (table,) in frappe.db.sql('show tables'):\n"
		"  for row in frappe.db.sql(f'select * from `{table}`'):\n"
		"    text = repr(row)\n"
		"    if any(word in text for word in (\"'SV \", 'sv_helpdesk', 'Social Safety', 'verzegeld')): print(table, text)\n"
	)
	found = subprocess.run(
		[sys.executable, "-c", script % site],
		cwd=SITES,
		env=os.environ,
		capture_output=True,
		text=True,
		check=True,
	)
	assert found.stdout == ""
