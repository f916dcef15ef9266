"""What the guard at the door costs an ordinary request, beside a hook that does nothing."""

import time
from statistics import median
from types import SimpleNamespace

import pytest

import frappe

from sv_helpdesk.guards import request

pytest_plugins = ["guard_fixtures"]

MOST = 3
ROUNDS, EACH = 60, 40
GUARD = "sv_helpdesk.guards.request.guard"
# what the Desk and Helpdesk ask all day
ORDINARY = {
	"a list of the Desk": (
		"/api/method/frappe.desk.reportview.get",
		{"doctype": "ToDo", "fields": '["name"]'},
	),
	"a form of the Desk": ("/api/method/frappe.desk.form.load.getdoc", {"doctype": "Note", "name": "Wifi"}),
	"a function nobody guards": ("/api/method/frappe.ping", {}),
	"a list of the API": ("/api/resource/ToDo", {"limit_page_length": "20"}),
	"a page": ("/app/todo", {}),
	"a file": ("/private/files/manual.pdf", {}),
	"a saved document": (
		"/api/method/frappe.desk.form.save.savedocs",
		{"doc": frappe.as_json({"doctype": "Note", "content": "The printer " * 200}), "action": "Save"},
	),
}


def nothing() -> None:
	"""The empty hook."""


def microseconds(hook) -> float:
	"""What one request spends on this hook: the host looks its hooks up, resolves the name and calls."""
	start = time.perf_counter()
	for _turn in range(EACH):
		for path in frappe.get_hooks("auth_hooks", []):
			if path == GUARD:
				frappe.get_attr(path)
				hook()
	return (time.perf_counter() - start) / EACH * 1e6


@pytest.mark.parametrize("what", ORDINARY)
def test_an_ordinary_request_costs_at_most_three_empty_hooks(what, monkeypatch):
	path, form = ORDINARY[what]
	monkeypatch.setattr(frappe.local, "request", SimpleNamespace(path=path, method="POST"), raising=False)
	frappe.local.form_dict = frappe._dict(form)
	for hook in (nothing, request.guard):
		microseconds(hook)
	rounds = [(microseconds(nothing), microseconds(request.guard)) for _round in range(ROUNDS)]
	ratio = median(guard / empty for empty, guard in rounds)
	empty, guard = (median(times) for times in zip(*rounds, strict=True))
	print(f"{what}: empty hook {empty:.1f} µs, guard {guard:.1f} µs, {ratio:.2f}x")
	assert ratio <= MOST


def test_a_function_nobody_guards_is_looked_up_once(monkeypatch):
	monkeypatch.setattr(
		frappe.local, "request", SimpleNamespace(path="/api/method/frappe.ping", method="GET"), raising=False
	)
	frappe.local.form_dict = frappe._dict()
	request.guard()
	monkeypatch.setattr(request, "true_name", lambda path: pytest.fail("looked up again"))
	request.guard()
