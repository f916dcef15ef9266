"""The data model as a whole: understandable, translated, and without a way around the walls."""

import ast
import csv
import json
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import frappe
from frappe.translate import get_translations_from_apps

from sv_helpdesk.crypto.document import SealedDocument
from sv_helpdesk.forms import english
from sv_helpdesk.permissions.roles import ALL_ROLES, COORDINATOR
from sv_helpdesk.permissions.rules import GUARDED
from sv_helpdesk.social_safety.doctype.sv_figures.sv_figures import WRITTEN

PACKAGE = Path(__file__).parent.parent / "sv_helpdesk"
DOCTYPES = PACKAGE / "social_safety" / "doctype"
LAYOUT = ("Section Break", "Column Break", "Tab Break")
# what comes after the first tab of each
TABS = {
	"SV Report": ("Intake", "Conversation", "Nature", "Course", "Settlement", "Time line", "Keeping"),
	"SV Decision Table": ("Who takes part", "Advice and decision"),
	"SV Minutes": ("Weighing", "Advice and decision", "Communication", "Approval"),
	"SV Referral": ("What is shared", "Course"),
	"SV Action": ("Course",),
	"SV Aftercare": ("Evaluation",),
}
# what a link field shows and finds besides the name, for who may see the document: coded or random
# random, and told to reporters: the only things that may stand for a document
NUMBERS = ("case_number", "table_number")
FOUND_BY = {
	**{"SV Report": "case_number", "SV Decision Table": "table_number", "SV Party": "party_role"},
	# coded, so that several consents of a case can be told apart
	"SV Consent": "scope,basis,given_at",
}
# masters hold no case content; their titles may be shown and found
MASTERS = ("SV Desk", "SV Category", "SV Measure")
RIGHTS_NEVER_GIVEN = ("delete", "submit", "cancel", "amend", "import", "print", "email", "share")
# coded facts; exported by the coordinator alone
MAY_BE_REPORTED = {
	*("SV Access Log", "SV Retention Log"),
	"SV Figures",
	*("SV Report", "SV Referral", "SV Decision Table", "SV Action", "SV Aftercare", "SV Deadline"),
}
WITHOUT_RIGHTS = {
	*("SV Data Key", "SV Denied", "SV Deadline Notice"),
	*("SV Access Log Head", "SV Quarter Figures", "SV Second Factor", "SV Session Pass", "SV Receipt"),
	"SV Import",
}
PYTHON_TEXT = "_"
# of the annual report, see annual_report/words.py
FIGURES_TEXT, FIGURES = "say", "SV Figures"
SCRIPT_TEXT = re.compile(
	r"\b__\(\s*([\"'`])(?P<text>(?:(?!\1).)*)\1(?:,\s*[^,()]+,\s*\"(?P<context>[^\"]*)\")?", re.DOTALL
)
PAGE_TEXT = re.compile(r"\b_\(\s*([\"'])(?P<text>(?:(?!\1).)*)\1", re.DOTALL)


def definitions() -> list[dict]:
	"""Return every doctype of the app as its file has it."""
	return [json.loads(path.read_text()) for path in sorted(DOCTYPES.glob("*/*.json"))]


DEFINITIONS = definitions()
each_doctype = pytest.mark.parametrize("doctype", DEFINITIONS, ids=lambda doctype: doctype["name"])


@cache
def dutch() -> dict[tuple[str, str], str]:
	"""Return the Dutch rows by English text and context."""
	with (PACKAGE / "translations" / "nl.csv").open(newline="") as file:
		rows = list(csv.reader(file))
	keys = [(row[0], row[2] if len(row) > 2 else "") for row in rows]
	assert len(set(keys)) == len(keys), [key for key in keys if keys.count(key) > 1]
	return dict(zip(keys, (row[1] for row in rows), strict=True))


def without_dutch(texts, context: str = "") -> list[str]:
	return [text for text in texts if text and not (dutch().get((text, context)) or dutch().get((text, "")))]


def data_fields(doctype: dict) -> list[dict]:
	return [field for field in doctype["fields"] if field["fieldtype"] not in LAYOUT]


def controller_of(doctype: dict):
	name = frappe.scrub(doctype["name"])
	module = import_module(f"sv_helpdesk.social_safety.doctype.{name}.{name}")
	return getattr(module, doctype["name"].replace(" ", ""))


def test_the_documents_of_the_design_are_there():
	names = {doctype["name"] for doctype in DEFINITIONS}
	wanted = "Desk Unit Category Measure Report Party Denied Consent Message Note Referral Minutes Action"
	assert {f"SV {name}" for name in wanted.split()} <= names
	assert {
		"SV Decision Table",
		"SV Aftercare",
		"SV Deadline",
		"SV Access Log",
		"SV Figures",
		"SV Settings",
	} <= names


@each_doctype
def test_every_field_has_a_label_and_a_description(doctype):
	assert doctype.get("description")
	poor = [f["fieldname"] for f in data_fields(doctype) if not f.get("label") or not f.get("description")]
	assert not poor


@each_doctype
def test_every_form_hides_what_the_host_would_keep_in_clear_text(doctype):
	if not doctype.get("istable") and doctype["name"] not in WITHOUT_RIGHTS:
		script = (PACKAGE / "public" / "js" / "case_form.js").read_text()
		assert f'"{doctype["name"]}",' in script


@each_doctype
def test_everything_a_case_worker_reads_is_there_in_dutch(doctype):
	labels = [field.get("label") for field in doctype["fields"]]
	options = [
		option
		for field in doctype["fields"]
		if field["fieldtype"] == "Select"
		for option in field["options"].split("\n")
	]
	sentences = [doctype["name"], doctype["description"], *(f.get("description") for f in doctype["fields"])]
	groups = [link["group"] for link in doctype["links"]]
	assert without_dutch([*labels, *options], doctype["name"]) == []
	assert without_dutch([*sentences, *groups]) == []


@each_doctype
def test_a_document_is_called_by_a_plain_word_in_both_languages(doctype):
	name = doctype["name"]
	assert english.WORDS[name] and not english.WORDS[name].startswith("SV")
	assert not dutch()[name, ""].startswith("SV")


def test_no_word_is_for_a_document_that_is_not_there():
	assert english.WORDS.keys() == {doctype["name"] for doctype in DEFINITIONS}


@pytest.mark.parametrize("file", ["categories.json", "measures.json"])
def test_what_setup_creates_is_there_in_dutch(file):
	rows = json.loads((PACKAGE / "social_safety" / "setup_data" / file).read_text())
	texts = [row.get(key) for row in rows for key in ("title", "definition", "description", "source")]
	assert without_dutch(texts) == []


def test_the_roles_are_there_in_dutch():
	assert without_dutch(ALL_ROLES) == []


def test_every_message_is_there_in_dutch():
	"""In our list, or, for words such as Send, in the host's own."""
	texts = [*messages_in_python(PACKAGE), *messages_in_scripts(PACKAGE), *messages_in_pages(PACKAGE)]
	assert len(texts) > 50
	theirs = dutch_of_the_host()
	assert [text for text, context in texts if without_dutch([text], context) and not theirs.get(text)] == []


def messages_in_python(folder: Path) -> list[tuple[str, str]]:
	"""Return the texts handed to _() and their contexts; a text that isn't written out fails."""
	found = []
	for path in sorted(folder.rglob("*.py")):
		for node in ast.walk(ast.parse(path.read_text())):
			if not isinstance(node, ast.Call):
				continue
			called = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
			if called not in (PYTHON_TEXT, FIGURES_TEXT):
				continue
			contexts = [
				k.value.value for k in node.keywords if k.arg == "context" and hasattr(k.value, "value")
			]
			contexts += [FIGURES] if called == FIGURES_TEXT else []
			if isinstance(node.args[0], ast.Constant):
				found.append((node.args[0].value, contexts[0] if contexts else ""))
			assert not isinstance(node.args[0], ast.JoinedStr), f"{path}:{node.lineno} can't be translated"
	return found


def messages_in_scripts(folder: Path) -> list[tuple[str, str]]:
	"""Return the texts handed to __() in the Desk's scripts."""
	return [
		(match["text"], match["context"] or "")
		for path in sorted(folder.rglob("*.js"))
		if "node_modules" not in path.parts
		for match in SCRIPT_TEXT.finditer(path.read_text())
	]


def messages_in_pages(folder: Path) -> list[tuple[str, str]]:
	"""Return the texts handed to _() in our pages."""
	pages = (path.read_text() for path in sorted(folder.rglob("*.html")) if "node_modules" not in path.parts)
	return [(match["text"], "") for page in pages for match in PAGE_TEXT.finditer(page)]


def test_our_dutch_leaves_the_dutch_of_the_host_alone():
	"""A row without context holds for the whole site, so it must not be a word the host translates otherwise."""
	theirs = dutch_of_the_host()
	ours = {text: nl for (text, context), nl in dutch().items() if not context}
	assert {text: theirs[text] for text in ours if theirs.get(text, ours[text]) != ours[text]} == {}


def dutch_of_the_host() -> dict[str, str]:
	hosts = [app for app in frappe.get_installed_apps() if app != "sv_helpdesk"]
	return get_translations_from_apps("nl", hosts)


def test_dutch_keeps_the_placeholders():
	broken = [
		text
		for (text, _context), nl in dutch().items()
		if sorted(re.findall(r"\{\d\}", text)) != sorted(re.findall(r"\{\d\}", nl))
	]
	assert broken == []


@each_doctype
def test_no_rights_for_anybody_but_our_roles_and_none_that_carry_data_away(doctype):
	rows = doctype["permissions"] + frappe.get_all(
		"Custom DocPerm", filters={"parent": doctype["name"]}, fields=["*"], order_by="creation asc"
	)
	stored = frappe.get_all("DocPerm", filters={"parent": doctype["name"]}, fields=["*"], order_by="idx asc")
	assert {row["role"] for row in stored} == {row["role"] for row in rows}
	for row in [*rows, *stored]:
		assert row["role"] in ALL_ROLES
		assert not any(row.get(right) for right in RIGHTS_NEVER_GIVEN), row["role"]
		assert not row.get("report") or doctype["name"] in MAY_BE_REPORTED
		assert not row.get("export") or (row["report"] and row["role"] == COORDINATOR)
		assert not row.get("permlevel")
	if doctype.get("istable") or doctype["name"] in WITHOUT_RIGHTS:
		assert not rows


@each_doctype
def test_nothing_of_a_document_is_kept_or_shown_elsewhere(doctype):
	"""No versions, no views, no global search, no titles, no import, no web page, no attachments by mail."""
	meta = frappe.get_meta(doctype["name"])
	switches = (
		*("track_changes", "track_seen", "track_views", "allow_import", "allow_rename", "is_submittable"),
		*("email_append_to", "has_web_view", "allow_guest_to_view", "show_name_in_global_search"),
		*("show_preview_popup", "allow_auto_repeat", "allow_events_in_timeline", "make_attachments_public"),
		*("quick_entry", "is_calendar_and_gantt"),
	)
	for definition in (doctype, meta.as_dict()):
		assert [switch for switch in switches if definition.get(switch)] == []
		for field in definition["fields"]:
			assert not field.get("in_global_search") and not field.get("in_preview"), field["fieldname"]
			assert not field.get("allow_in_quick_entry"), field["fieldname"]
		if doctype["name"] not in MASTERS:
			assert definition.get("title_field") in (None, "", *NUMBERS), (
				"a title is mailed, tagged and linked"
			)
			assert not definition.get("show_title_field_in_link")
		assert (definition.get("search_fields") or None) == FOUND_BY.get(doctype["name"])
	assert doctype["sort_field"] and doctype["sort_order"]


@each_doctype
def test_names_of_documents_tell_nothing(doctype):
	named_by_field = {
		**{"SV Desk": "code", "SV Unit": "unit_name", "SV Category": "code", "SV Measure": "code"},
		"SV Calendar": "calendar_name",
	}
	if doctype.get("istable") or doctype.get("issingle"):
		return
	field = named_by_field.get(doctype["name"])
	assert doctype["autoname"] == (f"field:{field}" if field else "hash")


@each_doctype
def test_sealed_fields_are_long_texts_that_no_list_shows(doctype):
	controller = controller_of(doctype)
	sealed = set(getattr(controller, "SEALED_FIELDS", ()))
	assert not sealed or issubclass(controller, SealedDocument)
	fields = {field["fieldname"]: field for field in doctype["fields"]}
	assert sealed <= set(fields)
	for fieldname in sealed:
		field = fields[fieldname]
		assert field["fieldtype"] == "Long Text"
		assert field.get("no_copy") and field.get("report_hide")
		for switch in (
			"in_list_view",
			"in_standard_filter",
			"in_filter",
			"search_index",
			"reqd",
			"unique",
			"fetch_from",
		):
			assert not field.get(switch), (fieldname, switch)


@each_doctype
def test_free_text_stands_in_sealed_fields_only(doctype):
	"""Long texts of a case are sealed; small ones are codes, addresses of a desk or texts of a master."""
	open_texts = {
		("SV Category", "definition"),
		("SV Measure", "description"),
		("SV Desk", "further_addresses"),
		("SV Desk", "acknowledgement_nl"),
		("SV Desk", "acknowledgement_en"),
		("SV Settings", "emergency_text_nl"),
		("SV Settings", "emergency_text_en"),
		# what a unit plans for all of its people
		*(("SV Unit Priority", field) for field in ("situation", "goal", "outcome")),
		# published on a page
		("SV Page Text", "text"),
		# a picture as text
		("SV Settings", "logo"),
		("SV Data Key", "wrapped_key"),
		# one ciphertext of secret and recovery codes
		("SV Second Factor", "sealed"),
		# codes, one on each line, set by the system
		("SV Report", "attention"),
		("SV Message", "attention"),
		# somebody's script for the host's pages
		("SV Approval", "proposal"),
		# sentences about the site's configuration
		("SV Self Check", "findings"),
		# written to be published, and what is published
		*(("SV Figures", field) for field in (*WRITTEN, "published_version")),
		# numbers without small counts
		("SV Quarter Figures", "figures"),
		# random names of files
		("SV Retention Log", "files_left"),
	}
	sealed = set(getattr(controller_of(doctype), "SEALED_FIELDS", ()))
	texts = {
		field["fieldname"]
		for field in doctype["fields"]
		if field["fieldtype"]
		in ("Long Text", "Small Text", "Text", "Text Editor", "HTML Editor", "Markdown Editor", "Code")
	}
	assert {(doctype["name"], field) for field in texts - sealed} <= open_texts


@each_doctype
def test_child_tables_hold_nothing_sealed(doctype):
	"""Rows of child tables can be listed past their parent's rules on Frappe 15."""
	if doctype.get("istable"):
		types = {field["fieldtype"] for field in doctype["fields"]}
		# times of the day, of a master that everybody reads
		times = {"Data"} if doctype["name"] == "SV Opening Hours" else set()
		assert types <= {"Link", "Select", "Date", "Datetime", "Int", *times}


@each_doctype
def test_a_choice_is_never_made_by_leaving_it_out(doctype):
	"""Frappe takes the first option of a Select as its default: it must be blank or be meant."""
	for field in doctype["fields"]:
		if field["fieldtype"] == "Select":
			options = field["options"].split("\n")
			assert options[0] == "" or field.get("default") in options, field["fieldname"]


@each_doctype
def test_a_case_document_finds_its_case_by_an_index_and_stays_with_it(doctype):
	if doctype.get("istable") or doctype["name"] in ("SV Report", "SV Access Log", "SV Held Mail"):
		return
	for field in doctype["fields"]:
		if field["fieldname"] in ("report", "decision_table"):
			assert field.get("search_index") and field.get("set_only_once")


def test_every_form_of_a_case_hides_what_the_host_would_store_in_clear_text():
	script = (PACKAGE / "public" / "js" / "case_form.js").read_text()
	listed = script.split("CASE_FORMS = [")[1].split("]")[0]
	assert set(re.findall(r'"(SV [^"]+)"', listed)) == set(GUARDED)


@each_doctype
def test_every_link_leads_somewhere(doctype):
	for field in doctype["fields"]:
		if field["fieldtype"] in ("Link", "Table", "Table MultiSelect"):
			assert frappe.db.exists("DocType", field["options"]), field["fieldname"]


@each_doctype
def test_the_files_are_as_frappe_writes_them(doctype):
	name = frappe.scrub(doctype["name"])
	text = (DOCTYPES / name / f"{name}.json").read_text()
	assert text == json.dumps(doctype, indent=1, sort_keys=True, ensure_ascii=False)
	assert doctype["field_order"] == [field["fieldname"] for field in doctype["fields"]]
	assert doctype["module"] == "Social Safety"


@pytest.mark.parametrize(("doctype", "tabs"), TABS.items())
def test_a_form_of_the_work_has_tabs_in_the_order_of_the_work(doctype, tabs):
	fields = frappe.get_meta(doctype).fields
	assert fields[0].fieldtype != "Tab Break", "what the document is stands in the first tab"
	assert tuple(field.label for field in fields if field.fieldtype == "Tab Break") == tabs
