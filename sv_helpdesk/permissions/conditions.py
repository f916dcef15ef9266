"""One list condition per doctype, named after it (`sv_report`, ...).

Frappe before 15.44 does not tell a permission_query_conditions hook which list it is for.
"""

from collections.abc import Callable

from sv_helpdesk.permissions.field_groups import CHILD_TABLES, GROUPS
from sv_helpdesk.permissions.rules import query_condition


def _of(doctype: str) -> Callable[[str | None], str]:
	def condition(user: str | None = None) -> str:
		return query_condition(user, doctype)

	return condition


HOOKS = {doctype: doctype.lower().replace(" ", "_") for doctype in (*GROUPS, *CHILD_TABLES)}
globals().update({name: _of(doctype) for doctype, name in HOOKS.items()})
