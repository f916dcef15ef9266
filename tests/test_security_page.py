"""docs/security.md names tests that exist, and answers every item that was asked."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text()
NAMED = re.compile(r"`((?:tests|sv_helpdesk)/[\w/]+\.py)::(\w+)`")
ITEMS = (
	*("8.1.1", "8.1.2", "8.2.1", "8.2.2", "8.2.3", "8.3.1", "8.3.2", "8.3.3", "14.1.1", "14.1.2"),
	*("14.2.1", "14.2.3", "14.2.6", "14.2.7", "14.2.8", "14.3.2", "14.3.3", "16.1.1", "16.2.1"),
	*("16.2.2", "16.2.5", "16.3.2", "16.4.2", "16.5.1", "16.5.3"),
)


def functions_of(file: str) -> set[str]:
	tree = ast.parse((ROOT / file).read_text())
	return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_page_names_exists():
	named = NAMED.findall(PAGE)
	assert len(named) > 60
	assert [
		pair for pair in named if not (ROOT / pair[0]).exists() or pair[1] not in functions_of(pair[0])
	] == []


def test_every_item_is_answered_with_a_test():
	rows = {line.split("|")[1].strip(): line for line in PAGE.splitlines() if re.match(r"\| \d+\.\d", line)}
	assert tuple(rows) == ITEMS
	assert [item for item, line in rows.items() if not NAMED.search(line)] == []


def test_no_test_is_named_in_a_way_that_is_not_checked():
	assert PAGE.count(".py::") == PAGE.count("test_") - PAGE.count(".py::") == len(NAMED.findall(PAGE))
