"""docs/operations.md and docs/privacy.md say what is so, where a program can tell."""

import re

import pytest
from test_data_model import DEFINITIONS, controller_of
from test_security_page import ROOT

import frappe

from sv_helpdesk import commands
from sv_helpdesk.crypto import rotation
from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.permissions.roles import ALL_ROLES

OPERATIONS, PRIVACY = ((ROOT / "docs" / f"{name}.md").read_text() for name in ("operations", "privacy"))
SETTINGS = next(doctype for doctype in DEFINITIONS if doctype["name"] == "SV Settings")
KEPT_IN = "\n".join(line.split("|")[3] for line in PRIVACY.splitlines() if line.count("|") == 5)


def section(page: str, heading: str) -> str:
	return re.split(r"^#+ ", page.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def keeps_secrets(doctype: dict) -> bool:
	return issubclass(controller_of(doctype), SealedDocument) or doctype["name"] == "SV Second Factor"


@pytest.mark.parametrize("name", [doctype["name"] for doctype in DEFINITIONS if keeps_secrets(doctype)])
def test_the_privacy_page_names_every_document_with_sealed_fields(name):
	assert re.search(rf"\b{name}\b(?! \w)", KEPT_IN)


@pytest.mark.parametrize("role", ALL_ROLES)
def test_the_privacy_page_names_every_role(role):
	assert role in section(PRIVACY, "Who may see it")


def test_the_privacy_page_has_every_term_as_it_is_when_nobody_changes_it():
	fields = SETTINGS["fields"]
	first = next(number for number, field in enumerate(fields) if field["fieldname"] == "keeping_section")
	of_section = []
	for field in fields[first + 1 :]:
		if field["fieldtype"] == "Section Break":
			break
		of_section += [field] if field["fieldtype"] == "Int" else []
	terms = {field["label"]: field["default"] for field in of_section if field.get("default")}
	assert terms
	told = section(PRIVACY, "How long")
	assert [label for label, years in terms.items() if f"{label}: {years}" not in told] == []
	assert f"| {rotation.DAYS} days | `{rotation.DAYS_KEY}`" in told


def test_the_operations_page_has_every_command_of_ours_and_no_other():
	named = set(re.findall(r"\bsv-[a-z-]+", OPERATIONS)) - {"sv-helpdesk"}
	assert named == {command.name for command in commands.commands}
	assert all(callable(frappe.get_attr(path)) for path in re.findall(r"execute ([\w.]+)", OPERATIONS))


def test_the_operations_page_names_what_the_self_check_says_of_keys():
	told = section(OPERATIONS, "What to watch")
	source = (ROOT / "sv_helpdesk" / "self_check" / "keys.py").read_text()
	codes = set(re.findall(r"\"(key-[a-z-]+)\"", source))
	assert codes and codes == set(re.findall(r"`(key-[a-z-]+)`", told))


def test_the_operations_page_has_every_rhythm_in_which_something_happens_by_itself():
	told = section(OPERATIONS, "Scheduler and workers")
	rhythms = {"cron": "5 minutes", "hourly": "an hour", "daily": "a day", "daily_long": "a day"}
	events = frappe.get_hooks("scheduler_events", app_name="sv_helpdesk")
	assert set(events) == set(rhythms) and list(events["cron"]) == ["*/5 * * * *"]
	assert all(f"| {rhythm} |" in told for rhythm in rhythms.values())


@pytest.mark.parametrize("page", ["operations", "privacy"])
def test_links_of_the_page_lead_somewhere_and_others_lead_to_it(page):
	text = (ROOT / "docs" / f"{page}.md").read_text()
	for target, heading in re.findall(r"\]\(([\w./-]+)(?:#([\w-]+))?\)", text):
		file = (ROOT / "docs" / target).resolve()
		assert file.exists(), target
		anchors = {
			re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
			for line in file.read_text().splitlines()
			if line.startswith("#")
		}
		assert not heading or heading in anchors, (target, heading)
	for other in ("README.md", "docs/architecture.md"):
		assert f"{page}.md)" in (ROOT / other).read_text(), other
