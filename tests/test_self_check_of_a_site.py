"""The self-check of a whole site: silent on the invented institution, and a command that says how it ended."""

import os
import subprocess
import sys

import frappe

from dev.institution import DESKS, PEOPLE, make_desk, make_people
from sv_helpdesk.self_check import run


def test_the_invented_institution_has_no_finding_of_its_own():
	before = set(run.findings())
	make_people(PEOPLE)
	for code, title, desk_type, visibility in DESKS:
		make_desk(code, title, desk_type, visibility, PEOPLE)
	named = {person.user for person in PEOPLE} | {f"esk {code} " for code, *_rest in DESKS}
	new = set(run.findings()) - before
	assert [str(finding) for finding in new if any(name in finding.sentence for name in named)] == []


def test_the_command_prints_each_finding_and_ends_with_one_while_there_are_any():
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]

	def ended() -> tuple[int, list[str]]:
		done = subprocess.run(
			[*command, "sv-selfcheck"], capture_output=True, text=True, cwd=os.getcwd(), env=os.environ
		)
		return done.returncode, done.stdout.splitlines()

	code, lines = ended()
	assert code == (0 if lines == ["findings 0"] else 1)
	share = frappe.get_doc(doctype="DocShare", user="Guest", share_doctype="SV Unit", share_name="x", read=1)
	share.set_new_name()
	share.db_insert()
	frappe.db.commit()
	try:
		code, lines = ended()
	finally:
		frappe.db.delete("DocShare", {"name": share.name})
		frappe.db.commit()
	assert code == 1
	assert [line for line in lines if line.startswith("share: 1 documents of SV Unit are shared")]
	assert lines[-1] == f"findings {len(lines) - 1}"
