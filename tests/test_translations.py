"""Nothing of ours is left in English for a Dutch reader: words that no call hands to the dictionary are found, too.

What is handed to it is looked up in test_data_model.py.
"""

import ast
import json
import re
from pathlib import Path

import pytest
from test_data_model import PACKAGE, dutch, dutch_of_the_host, without_dutch

from sv_helpdesk.onboarding import first_steps
from sv_helpdesk.workflows.machines import machines

SHIPPED = PACKAGE / "social_safety"
# what shows its first argument or one of these named ones to people
SHOWING = ("throw", "msgprint")
SHOWN_BY_NAME = ("label", "title", "description")
# a word or more, beginning as words for people do; a code begins small
WORDS = re.compile(r"[A-Z][a-z]+|\w+ \w+")
IN_SCRIPTS = (
	re.compile(
		r"\.(?:text|html|append|set_title|set_description|msgprint|throw|show_alert)\(\s*([\"'`])(?P<text>[^\"'`]+)\1"
	),
	re.compile(
		r"\b(?:label|title|placeholder|primary_action_label|description|message)\s*:\s*([\"'`])(?P<text>[^\"'`]+)\1"
	),
	re.compile(r"\.attr\(\s*\"(?:title|alt|placeholder|aria-label)\"\s*,\s*([\"'`])(?P<text>[^\"'`]+)\1"),
)
# of a step, whose label is looked up as a whole
HANDED_ON = (" (they said)",)
TAGS_AND_JINJA = re.compile(
	r"<(script|style)\b.*?</\1>|{[{%#].*?[}%#]}|<!--.*?-->|<[^>]*>|&\w+;", re.DOTALL | re.IGNORECASE
)


def scripts() -> list[Path]:
	return [path for path in sorted(PACKAGE.rglob("*.js")) if "node_modules" not in path.parts]


def translated(text: str) -> bool:
	return not without_dutch([text]) or bool(dutch_of_the_host().get(text))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("workspace/*/*.json")), ids=lambda path: path.stem)
def test_a_workspace_is_there_in_dutch(path):
	workspace = json.loads(path.read_text())
	shown = [workspace["title"], *(row["label"] for row in (*workspace["links"], *workspace["shortcuts"]))]
	assert [text for text in shown if not translated(text)] == []
	cards = [
		block["data"]["card_name"] for block in json.loads(workspace["content"]) if block["type"] == "card"
	]
	assert cards == [row["label"] for row in workspace["links"] if row["type"] == "Card Break"]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("page/*/*.json")), ids=lambda path: path.stem)
def test_a_page_is_there_in_dutch(path):
	assert translated(json.loads(path.read_text())["title"])


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("report/*/*.json")), ids=lambda path: path.stem)
def test_a_report_is_there_in_dutch(path):
	assert translated(json.loads(path.read_text())["report_name"])


def test_the_first_steps_are_there_in_dutch():
	assert [step.title for step in first_steps.STEPS if not translated(step.title)] == []


def test_the_steps_of_documents_are_there_in_dutch():
	labels = [step.label for machine in machines().values() for step in machine.steps]
	assert len(labels) > 30 and without_dutch(labels, "SV Step") == []


def words_past_the_dictionary(source: str) -> list[str]:
	"""Return the words for people in Python code that no `_` is put around."""
	found = []
	for node in ast.walk(ast.parse(source)):
		if isinstance(node, ast.Call):
			called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
			shown = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_BY_NAME]
			shown += node.args[:1] if called in SHOWING else []
		elif isinstance(node, ast.Dict):
			keys = [getattr(key, "value", None) for key in node.keys]
			shown = [value for key, value in zip(keys, node.values, strict=True) if key in SHOWN_BY_NAME]
		else:
			continue
		for value in shown:
			text = "".join(
				part.value
				for part in ast.walk(value)
				if isinstance(part, ast.Constant) and isinstance(part.value, str)
			)
			if isinstance(value, (ast.Constant, ast.JoinedStr)) and WORDS.search(text):
				found.append(text)
	return found


def test_python_shows_nobody_words_past_the_dictionary():
	assert words_past_the_dictionary(
		'frappe.throw(f"No case {name}"); x = {"label": "Two words"}; f(title="A")'
	)
	found = {
		str(path.relative_to(PACKAGE)): words
		for path in sorted(PACKAGE.rglob("*.py"))
		if not path.name.startswith("test_")
		if (words := [text for text in words_past_the_dictionary(path.read_text()) if text not in HANDED_ON])
	}
	assert found == {}


def words_in_script(source: str) -> list[str]:
	"""Return the words for people in a script that no `__` is put around."""
	found = [match["text"] for pattern in IN_SCRIPTS for match in pattern.finditer(source)]
	texts = [re.sub(r"\$\{.*?\}|<[^>]*>", " ", text) for text in found]
	return [text.strip() for text in texts if WORDS.search(text)]


def test_scripts_show_nobody_words_past_the_dictionary():
	assert words_in_script('$x.text("Two words"); ({ title: "Case" }); $("<i>").attr("alt", "A picture")')
	assert not words_in_script('$x.text(__("Two words")); $x.append("<b class=\'small text\'>")')
	found = {path.name: words for path in scripts() if (words := words_in_script(path.read_text()))}
	assert found == {}


def test_a_text_of_a_script_is_written_out_in_one_piece():
	"""A sum of strings, or one with a value in it, is never found in the dictionary."""
	broken = re.compile(r"\b__\(\s*(?:\"[^\"]*\"\s*\+|`[^`]*\$\{)")
	assert broken.search('__("One " + two)') and broken.search("__(`One ${two}`)")
	assert [path.name for path in scripts() if broken.search(path.read_text())] == []


def words_in_page(source: str) -> str:
	"""Return what a page says outside of its expressions, tags and attributes that are put together."""
	return " ".join(re.sub(r'[\w-]+="[^"]*"', " ", TAGS_AND_JINJA.sub(" ", source)).split())


def test_pages_say_nothing_past_the_dictionary():
	assert words_in_page("<p class='x'>Two {{ _('words') }}</p>") == "Two"
	pages = [path for path in sorted(PACKAGE.rglob("*.html")) if "node_modules" not in path.parts]
	found = {
		path.name: words
		for path in pages
		if re.search("[A-Za-z]{2}", words := words_in_page(path.read_text()))
	}
	assert pages and found == {}


def test_no_dutch_is_empty_or_stands_twice():
	assert [text for text, nl in dutch().items() if not nl.strip()] == []
