"""Taking the app away: never with cases by accident, and without leaving anything."""

import gzip
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from people import make_desk_without_mail, some_mailbox
from test_dialogue import mail

import frappe

from sv_helpdesk import exported, uninstall
from sv_helpdesk.crypto import files, key_ring
from sv_helpdesk.helpdesk import intake

pytestmark = pytest.mark.commits

DESK = "uninstall_desk"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def case():
	"""A case with its ticket, not committed."""
	make_desk_without_mail(DESK)
	frappe.db.set_value("SV Desk", DESK, "email_account", some_mailbox())
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


def test_a_file_that_is_missing_on_disk_keeps_nobody_from_leaving(case, tmp_path):
	files.store(b"ZZLOST", case.name, "SV Attachment", "lost")
	(row,) = (row for row in uninstall._files() if row.attached_to_name == "lost")
	Path(frappe.get_site_path("private", "files", row.file_name)).unlink()
	path = uninstall.export()
	try:
		assert exported.read(path, key_ring.load(), tmp_path / "read").rows
	finally:
		path.unlink()
	assert row.name not in [file.name for file in (tmp_path / "read" / "files").iterdir()]


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


@pytest.fixture(scope="module")
def left():
	"""A site before the app came, and after it was used for cases and taken away again; with the path of the export."""
	from dev.layout import SITES
	from dev.sites import frappe_command, set_config, site_without_us, test_settings
	from dev.steps import Steps

	if not SITES.joinpath(frappe.local.site).is_dir():
		pytest.skip("makes a site, which only our own bench can do")
	steps, site = Steps("left"), "left.localhost"
	site_without_us(steps, site, test_settings(site))
	run = partial(_inside, SITES, site)
	run("make_people")
	before = json.loads(run("look"))
	frappe_command(steps, "--site", site, "install-app", "sv_helpdesk")
	run("use")
	set_config(site, sv_uninstall_with_cases=1)
	keys = Path(json.loads((SITES / site / "site_config.json").read_text())["sv_key_file"])
	frappe_command(steps, "--site", site, "uninstall-app", "sv_helpdesk", "--yes", "--no-backup")
	(export,) = keys.parent.glob(f"{site}.export-*.jsonl.gz")
	yield frappe._dict(before=before, after=json.loads(run("look")), export=export, key_file=keys)
	for path in (export, keys):
		path.unlink()


def _inside(folder, site: str, what: str) -> str:
	path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
	command = [sys.executable, "-m", "dev.inside", site, f"host_as_it_is.{what}"]
	done = subprocess.run(command, cwd=folder, env={**os.environ, **path}, capture_output=True, text=True)
	assert not done.returncode, done.stderr
	return done.stdout.splitlines()[-1] if done.stdout else ""


@pytest.mark.slow
def test_after_an_uninstall_with_cases_every_table_is_as_on_a_site_that_never_had_the_app(left):
	before, after = left.before["tables"], left.after["tables"]
	assert set(after) == set(before)
	for table, was in before.items():
		assert after[table]["made"] == was["made"], table
	differences = {
		table: sorted(set(after[table]["rows"]) ^ set(was["rows"]))
		for table, was in before.items()
		if after[table]["rows"] != was["rows"]
	}
	assert differences == {}


@pytest.mark.slow
def test_after_an_uninstall_files_settings_and_redis_are_as_before(left):
	assert left.after["files"] == left.before["files"]
	assert left.after["config"] == left.before["config"]
	assert left.after["redis"] == []


@pytest.mark.slow
def test_what_an_uninstall_exported_is_read_with_its_key_file_alone(left, tmp_path):
	target = tmp_path / "read"
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]
	paths = [str(left.export), str(left.key_file), str(target)]
	subprocess.run([*command, "sv-read-export", *paths], check=True, env=os.environ)
	text = (target / "rows.jsonl").read_text()
	assert "ZZBODY" in text and "ZZSUBJECT" in text and "reporter@uni.example" in text
	rows = [json.loads(line) for line in text.splitlines()]
	# the keys themselves stay wrapped
	sealed = [row["doctype"] for row in rows if row["doctype"] != "SV Data Key" and "sv1." in json.dumps(row)]
	assert sealed == []
	assert [file.read_text() for file in (target / "files").iterdir()] == ["ZZFILE"]
