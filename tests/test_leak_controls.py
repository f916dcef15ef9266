"""The walls can be taken away by the tests' own application, and by nothing that is shipped."""

import ast
import inspect
from pathlib import Path

import pytest
from leak_controls import application, walls

import frappe

import sv_helpdesk
from dev.leaks.controls import HEADER, WALLS
from dev.leaks.people import USERS
from dev.leaks.surfaces import SURFACES

PACKAGE = Path(sv_helpdesk.__file__).parent
SHIPPED = [path for path in PACKAGE.rglob("*.py") if not path.name.startswith("test_")]


def test_nothing_shipped_knows_of_the_controls():
	words = ("leak_controls", HEADER.lower(), "unittest", "mock", "dev.leaks", "from tests", "import tests")
	for path in SHIPPED:
		if path.name == "test_utils.py":
			continue
		text = path.read_text().lower()
		assert not [word for word in words if word in text], path


def test_no_rule_or_guard_is_switched_by_a_setting_an_environment_variable_or_a_header():
	for folder in ("permissions", "guards", "access_log"):
		for path in (PACKAGE / folder).rglob("*.py"):
			for node in ast.walk(ast.parse(path.read_text())):
				named = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
				assert named not in ("os.environ", "frappe.conf", "frappe.flags.in_test"), f"{path}: {named}"
				assert not named.endswith(("get_request_header", "developer_mode")), f"{path}: {named}"


def test_every_control_names_a_wall_surfaces_and_people_that_there_are():
	for control in WALLS:
		for wall in (control.wall, *control.besides):
			assert callable(getattr(walls, wall.partition("=")[0]))
		assert any(surface.id.startswith(control.surfaces) for surface in SURFACES), control
		assert set(control.people) <= set(USERS)


def test_every_wall_has_a_control():
	functions = {
		name
		for name, function in inspect.getmembers(walls, inspect.isfunction)
		if function.__module__ == walls.__name__
	}
	helpers = {
		"hooks",
		"everywhere",
		"without_hooks",
		"hooks_of",
		"door",
		"rows_of",
		"events_of",
		"replacement",
	}
	assert functions - helpers <= {control.wall for control in WALLS}


def test_a_wall_is_back_after_the_request():
	before = frappe.get_hooks("auth_hooks")
	with walls.door_guard():
		assert frappe.get_hooks("auth_hooks") != before
	assert frappe.get_hooks("auth_hooks") == before


def test_without_the_header_the_application_is_the_sites_own(monkeypatch):
	seen = []
	monkeypatch.setattr(application, "site", lambda environ, start: seen.append(environ) or [b"x"])
	assert application.application({}, None) == [b"x"]
	assert seen == [{}]


def test_an_unknown_wall_is_a_fault_and_not_passed_over(monkeypatch):
	monkeypatch.setattr(application, "site", lambda environ, start: [b"x"])
	with pytest.raises(AttributeError):
		application.application({"HTTP_X_LEAK_CONTROL": "no_such_wall"}, None)


def test_rows_in_the_table_of_surfaces_are_unique():
	ids = [surface.id for surface in SURFACES]
	assert len(ids) == len(set(ids))
