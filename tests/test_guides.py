"""The guides: in both languages, in the words on the screen, with pictures that are there, and linked to whose they are."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest
from accessibility import faults
from browser_fixtures import console_errors
from grant_helpers import acting_as
from people import make_people
from test_data_model import DEFINITIONS, PACKAGE, dutch, dutch_of_the_host

import frappe

from dev import camera, picture_world, pictures
from sv_helpdesk import guides
from sv_helpdesk.dashboard.workspaces import HOMES
from sv_helpdesk.permissions.roles import ALL_ROLES, COMPANION, COORDINATOR, HR_ADVISOR, MANAGER
from sv_helpdesk.test_utils import make_user

pytest_plugins = ["browser_fixtures"]
ROOT = PACKAGE.parent
# to a file of ours, without the part of it
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
PICTURE = re.compile(r"!\[.+\]\((.+)/(\w+)/(\w+)\.png\)")
HEADING = re.compile(r"^#+ .+$", re.MULTILINE)
each_guide = pytest.mark.parametrize("name", guides.GUIDES)


def words_on_the_screen(language: str) -> set[str]:
	"""Return every label, button and title there is, in a language."""
	if language == "nl":
		return {*dutch().values(), *dutch_of_the_host().values()}
	labels = {field.get("label") for doctype in DEFINITIONS for field in doctype["fields"]}
	return {*labels, *(text for text, _context in dutch()), *dutch_of_the_host()}


@each_guide
def test_a_guide_is_the_same_in_both_languages(name):
	english, nl = (guides.source(name, language) for language in guides.LANGUAGES)
	assert len(HEADING.findall(english)) == len(HEADING.findall(nl)) > 3
	assert (
		[found[2] for found in PICTURE.findall(english)] == [found[2] for found in PICTURE.findall(nl)] != []
	)
	assert len(BOLD.findall(english)) == len(BOLD.findall(nl))


@each_guide
@pytest.mark.parametrize("language", guides.LANGUAGES)
def test_a_guide_names_what_stands_on_the_screen(name, language):
	known = words_on_the_screen(language)
	assert [word for word in BOLD.findall(guides.source(name, language)) if word not in known] == []


@each_guide
@pytest.mark.parametrize("language", guides.LANGUAGES)
def test_a_guide_has_its_pictures_in_its_own_language_and_make_pictures_takes_them(name, language):
	for folder, of_language, picture in PICTURE.findall(guides.source(name, language)):
		assert (f"{folder}/", of_language) == (guides.IN_FILES, language)
		assert picture in pictures.NAMES
		assert (PACKAGE / "public" / "pictures" / language / f"{picture}.png").exists()


def test_what_readme_and_docs_show_and_lead_to_is_there():
	pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
	found = [(page, target) for page in pages for target in LINK.findall(page.read_text())]
	assert len(found) > 40
	assert [(page.name, target) for page, target in found if not (page.parent / target).exists()] == []
	shown = {path.stem for _page, target in found if (path := Path(target)).suffix == ".png"}
	assert set(pictures.NAMES) <= shown


def test_there_is_no_guide_but_these_and_no_picture_that_is_not_taken():
	for language in guides.LANGUAGES:
		assert {path.stem for path in (guides.FOLDER / language).glob("*")} == set(guides.GUIDES)
		assert {path.stem for path in (camera.FOLDER / language).glob("*")} == set(pictures.NAMES)


def test_every_role_has_a_guide_and_every_workspace_leads_to_it():
	assert {role for roles in guides.GUIDES.values() for role in roles} == set(ALL_ROLES)
	for path in (PACKAGE / "social_safety" / "workspace").glob("*/*.json"):
		links = json.loads(path.read_text())["links"]
		assert [link["label"] for link in links if link.get("link_to") == "guide"] == ["Guide"]


@pytest.mark.parametrize(
	("role", "theirs"),
	[
		(COORDINATOR, ["coordinator", "ccp_desk"]),
		(COMPANION, ["own_cases"]),
		(HR_ADVISOR, ["hr", "decision_table"]),
		(MANAGER, ["decision_table"]),
	],
)
def test_people_read_the_guides_for_their_own_work(role, theirs):
	with acting_as(make_user(role)):
		assert [guide["name"] for guide in guides.mine()] == theirs


def test_a_guide_is_shown_in_the_readers_language_with_pictures_a_browser_finds(monkeypatch):
	with acting_as(make_user(MANAGER)):
		monkeypatch.setattr(frappe.local, "lang", "nl")
		[guide] = guides.mine()
		assert guide["title"] == "Aan een beslistafel"
		assert '<img src="/assets/sv_helpdesk/pictures/nl/tables.png"' in guide["html"]
		assert "<strong>Beslistafels</strong>" in guide["html"]
		monkeypatch.setattr(frappe.local, "lang", "fr")
		assert guides.mine()[0]["title"] == "At a decision table"


@pytest.mark.parametrize("role", [None, "System Manager"])
def test_who_has_no_role_of_ours_is_told_whom_to_ask(role):
	with acting_as(make_user(role)), pytest.raises(frappe.PermissionError, match="Ask a coordinator"):
		guides.mine()


@pytest.mark.commits
@pytest.mark.parametrize("role", HOMES)
def test_a_workspace_opens_the_guide_of_its_role_without_an_error(page_of, role):
	[user] = make_people(f"guided{ALL_ROLES.index(role)}", role)
	page = page_of(user)
	told = console_errors(page)
	page.goto(f"/app/{HOMES[role].lower().replace(' ', '-')}")
	page.get_by_role("link", name="Guide", exact=True).click()
	page.wait_for_url("**/app/guide")
	page.locator(".sv-guide h2").first.wait_for()
	assert page.locator(".sv-guide img").count()
	page.wait_for_function(
		"() => [...document.querySelectorAll('.sv-guide img')].every((img) => img.naturalWidth)"
	)
	assert faults(page.locator(".layout-main-section:visible")) == []
	assert told == []


@pytest.mark.commits
def test_who_has_more_guides_finds_them_on_top_and_an_address_opens_each(page_of):
	[user] = make_people("guidedmore", HR_ADVISOR)
	page = page_of(user)
	page.goto("/app/guide/decision_table")
	page.get_by_text("At a decision table").first.wait_for()
	page.get_by_role("link", name="HR: carrying out measures and aftercare").click()
	page.wait_for_url("**/app/guide/hr")
	page.locator(".sv-guide").get_by_text("Carry out an action").wait_for()
	page.get_by_role("link", name="At a decision table").wait_for()


# The table of make pictures


def slug(name: str) -> str:
	return name.lower().replace(" ", "-")


@pytest.mark.parametrize("picture", pictures.PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_of_a_page_there_is(picture):
	assert picture.who in picture_world.USERS
	desk, place, *further = picture.route.strip("/").split("/")
	assert desk == "app"
	if place == "query-report":
		assert frappe.db.exists("Report", further[0])
		return
	doctypes = {slug(doctype["name"]): doctype for doctype in DEFINITIONS}
	others = frappe.get_all("Page", pluck="name") + [
		slug(name) for name in frappe.get_all("Workspace", pluck="name")
	]
	assert place in {*doctypes, *others}
	if picture.tab:
		assert picture.tab in [field["fieldname"] for field in doctypes[place]["fields"]]
	known = [found for _text, found, *_more in Formatter().parse(picture.route) if found]
	assert set(known) <= {*picture_world.World.__annotations__}


def test_no_picture_has_the_name_of_another():
	assert len(set(pictures.NAMES)) == len(pictures.NAMES)
