"""Numbers that people use for a case or a decision table.

They are random: a running series would tell somebody who may not see a case that it
exists, and how many there are. Signs that look alike (0 and O, 1, I and L, U and V) are left out.
"""

import re
import secrets

import frappe

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PATTERN = re.compile(rf"\bSV-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}\b", re.IGNORECASE)


def new() -> str:
	"""Return a new case number such as SV-7KQ2-M9XD."""
	return f"SV-{_signs(4)}-{_signs(4)}"


def new_table_number() -> str:
	"""Return a new number of a decision table, such as BT-4HN8, that no table has yet."""
	return _unused("BT", "SV Decision Table", "table_number")


def new_plan_number() -> str:
	"""Return a new number of an aftercare plan, such as NZ-4HN8, that no plan has yet."""
	return _unused("NZ", "SV Aftercare", "plan_number")


def new_request_number() -> str:
	"""Return a new number of somebody's request about their own data, such as VZ-4HN8, that no request has yet."""
	return _unused("VZ", "SV Subject Request", "request_number")


def _unused(prefix: str, doctype: str, fieldname: str) -> str:
	while True:
		number = f"{prefix}-{_signs(4)}"
		if not frappe.db.exists(doctype, {fieldname: number}):
			return number


def _signs(count: int) -> str:
	return "".join(secrets.choice(ALPHABET) for _ in range(count))
