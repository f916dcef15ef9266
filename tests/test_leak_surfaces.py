"""The table of the host's leaks (tests/leak_surfaces.json): every one answered, every guard at work and in it."""

import ast
import json
from pathlib import Path

import pytest

import frappe

from sv_helpdesk.guards import doors, wiring

ROOT = Path(__file__).resolve().parent.parent
TABLE = json.loads((ROOT / "tests" / "leak_surfaces.json").read_text())
# the surfaces that were found in the host: of Helpdesk L-01 to L-25, of Frappe 6.1 to 6.44
KNOWN = {*(f"L-{number:02}" for number in range(1, 26)), *(f"6.{number}" for number in range(1, 45)), "6.2b"}
# asked of every request, not of one function
OF_THE_DOOR = {"any function that names one of our doctypes", "path of a document", "expand_links"}
# doc events of ours that stand before the guards: of sealed tickets, and of the two persons
OTHERS = ("sv_helpdesk.helpdesk.sealed_ticket.", "sv_helpdesk.two_persons.")


def hooked_guards() -> set[str]:
	"""What is at work on this site, in the words of the table."""
	# the two persons have doors there, too
	checked = [
		name
		for name, checks in doors.CHECKS.items()
		if any(check.__module__.startswith("sv_helpdesk.guards.") for check in checks)
	]
	guards = {f"request: {name}" for name in (*checked, *doors.CHECKS_OF_MODULES, *OF_THE_DOOR)}
	guards |= {f"override: {name}" for name in wiring.OVERRIDES}
	for doctype, events in frappe.get_hooks("doc_events").items():
		for event, paths in events.items():
			if any(path.startswith("sv_helpdesk.guards.") for path in paths):
				guards.add(f"event: {'our documents' if doctype.startswith('SV ') else doctype}.{event}")
	for hook, word in (
		("permission_query_conditions", "rows"),
		("has_permission", "rows"),
		("override_doctype_class", "class"),
	):
		for doctype, paths in frappe.get_hooks(hook).items():
			if any(path.startswith("sv_helpdesk.guards.") for path in paths):
				guards.add(f"{word}: {doctype}")
	return guards


def other_events() -> set[str]:
	"""The doc events of ours that are no guards."""
	return {
		f"event: {doctype}.{event}"
		for doctype, events in frappe.get_hooks("doc_events").items()
		for event, paths in events.items()
		if any(path.startswith(OTHERS) for path in paths)
	}


def test_every_known_surface_is_answered():
	ids = [row["id"] for row in TABLE]
	assert len(ids) == len(set(ids)) and set(ids) >= KNOWN and len(KNOWN) == 70


@pytest.mark.parametrize("row", TABLE, ids=[row["id"] for row in TABLE])
def test_an_answer_says_why_and_which_test_shows_it(row):
	assert set(row) == {"id", "surface", "answer", "by", "reason", "shown_by"}
	assert row["answer"] in ("closed by design", "guarded", "not applicable")
	assert bool(row["by"]) == (row["answer"] == "guarded")
	assert row["reason"] and (row["shown_by"] or row["answer"] == "not applicable")
	for test in row["shown_by"]:
		file, _colons, name = test.partition("::")
		tree = ast.parse((ROOT / file).read_text())
		assert name in [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)], test


def test_every_guard_in_the_table_is_at_work():
	named = {guard for row in TABLE for guard in row["by"]}
	assert not named - hooked_guards() - other_events()


def test_every_guard_at_work_is_in_the_table():
	assert not hooked_guards() - {guard for row in TABLE for guard in row["by"]}


def test_every_guard_that_is_hooked_exists():
	paths = [
		*wiring.OVERRIDES.values(),
		*wiring.list_conditions().values(),
		*wiring.document_checks().values(),
	]
	events: dict = {}
	wiring.add_doc_events(events, ours=["SV Report"])
	paths += [path for of_doctype in events.values() for each in of_doctype.values() for path in each]
	assert all(callable(frappe.get_attr(path)) for path in (*paths, *frappe.get_hooks("auth_hooks")))
