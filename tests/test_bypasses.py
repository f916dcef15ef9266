"""Whatever passes by the rights of the session's user is known, counted and has its reason."""

from collections import Counter
from pathlib import Path

import pytest
from bypass_scan import uses_in, uses_of
from bypass_table import BYPASSES

PACKAGE = Path(__file__).parents[1] / "sv_helpdesk"
MOST_WITHOUT_A_RIGHT = 10


def shipped() -> list[Path]:
	"""Every Python file that is in use on a site: tests and their factories are not."""
	return [file for file in sorted(PACKAGE.rglob("*.py")) if not file.name.startswith("test_")]


def in_the_code() -> dict[tuple[str, str], Counter]:
	return {
		(str(file.relative_to(PACKAGE)), function): kinds
		for file in shipped()
		for function, kinds in uses_in(file).items()
	}


def in_the_table() -> dict[tuple[str, str], Counter]:
	return {
		(file, function): listed(uses)
		for file, functions in BYPASSES.items()
		for function, (uses, _reason) in functions.items()
	}


def listed(uses: str) -> Counter:
	pairs = [use.split() for use in uses.split(", ")]
	return Counter({kind: int(number[0]) if number else 1 for kind, *number in pairs})


def row(place: tuple[str, str], kinds: Counter) -> str:
	uses = ", ".join(kind if number == 1 else f"{kind} {number}" for kind, number in sorted(kinds.items()))
	return f'{place[0]}: "{place[1]}": ("{uses}", "reason")'


def test_every_bypass_in_the_code_stands_in_the_table():
	code, table = in_the_code(), in_the_table()
	missing = [row(place, kinds) for place, kinds in sorted(code.items()) if table.get(place) != kinds]
	assert not missing, "Add or correct in tests/bypass_table.py:\n" + "\n".join(missing)


def test_the_table_lists_nothing_that_is_gone():
	gone = sorted(set(in_the_table()) - set(in_the_code()))
	assert not gone, f"Remove from tests/bypass_table.py: {gone}"


def test_every_bypass_has_a_reason():
	for file, functions in BYPASSES.items():
		for function, (_uses, reason) in functions.items():
			assert len(reason.split()) >= 4, (file, function)


def test_at_most_ten_writes_ignore_permissions():
	total = sum(kinds["ignore_permissions"] for kinds in in_the_code().values())
	assert 0 < total <= MOST_WITHOUT_A_RIGHT


@pytest.mark.parametrize(
	("source", "kind"),
	[
		("doc.insert(ignore_permissions=True)", "ignore_permissions"),
		("doc.insert(**{'ignore_permissions': 1})", "ignore_permissions"),
		("doc.flags.ignore_permissions = True", "ignore_permissions"),
		("setattr(doc.flags, 'ignore_permissions', 1)", "ignore_permissions"),
		("doc.flags.ignore_validate = True", "flags.ignore_validate"),
		("frappe.local.flags.in_install = True", "flags.in_install"),
		("frappe.flags.in_import = True", "flags.in_import"),
		("read = frappe.get_all", "get_all"),
		("frappe.db.get_all('SV Report')", "db.get_all"),
		("frappe.local.db.sql('select 1')", "db.sql"),
		("db.get_value('SV Report', name, 'desk')", "db.get_value"),
		("frappe.db.some_new_method()", "db.some_new_method"),
		("database = frappe.db", "db itself"),
		("getattr(frappe, name)('SV Report')", "frappe itself"),
		("from frappe import get_all as listed", "import get_all"),
		("from frappe import db", "import db"),
		("import frappe as f", "import frappe under another name"),
		("frappe.qb.from_(table)", "qb.from_"),
		("frappe.qb.update(table)", "qb.update"),
		("frappe.qb.get_query('SV Report')", "qb.get_query"),
		("frappe.get_cached_doc('SV Desk', name)", "get_cached_doc"),
		("doc.db_set('status', 'Closed')", "db_set"),
		("frappe.set_user('Administrator')", "set_user"),
		("frappe.session.user = 'Administrator'", "set_user"),
		("frappe.local.login_manager.login_as(user)", "set_user"),
	],
)
def test_another_way_of_writing_it_is_found(source, kind):
	assert uses_of(f"class C:\n\tdef method(self):\n\t\t{source}") == {"C.method": Counter({kind: 1})}


def test_what_asks_for_rights_or_reads_nothing_is_not_a_bypass():
	harmless = "frappe.get_list('SV Report')\nfrappe.db.commit()\ntable = frappe.qb.DocType('SV Report')\n"
	assert uses_of(harmless + "# frappe.get_all('SV Report')\n'frappe.set_user'") == {}
