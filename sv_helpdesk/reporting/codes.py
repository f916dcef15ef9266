"""The receipt code: sixteen digits with which a reporter comes back to their case.

It is shown once and stored nowhere. What is stored is a slow hash of it, made with a key from the key file: who
has the database alone can't try codes, and who guesses over the page needs long for each. The code ends when the
report is withdrawn, by whoever (workflows/case.py); what removes personal data has to call `end` as well.
"""

import secrets

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

import frappe

from sv_helpdesk.crypto import key_ring

DOCTYPE = "SV Receipt"
DIGITS = 16
# 32 MB and about a tenth of a second for each try
COST, BLOCK, LANES = 2**15, 8, 1


def give(report: str) -> str:
	"""Make the code of a case and return it; afterwards nobody can show it any more.

	Args:
	        report: name of the SV Report.
	"""
	code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
	receipt = frappe.get_doc({"doctype": DOCTYPE, "report": report, "code_index": _index(code)})
	receipt.set_new_name()
	# nobody has a right to these rows
	receipt.db_insert()
	return code


def find(typed: str) -> str | None:
	"""Return the name of the SV Receipt that a typed code opens; a wrong one takes as long as a right one.

	Args:
	        typed: what somebody typed, with spaces or dashes.
	"""
	digits = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
	return frappe.db.get_value(DOCTYPE, {"code_index": _index(digits)})


def report_of(receipt: str) -> str | None:
	"""Return the case a receipt leads to, or None when its code has ended."""
	return frappe.db.get_value(DOCTYPE, {"name": receipt}, "report")


def is_open(report: str) -> bool:
	"""Tell whether somebody can come back to a case with a code."""
	return bool(frappe.db.exists(DOCTYPE, {"report": report}))


def end(report: str) -> None:
	"""Let the code of a case lead nowhere any more."""
	frappe.db.delete(DOCTYPE, {"report": report})


def in_groups(code: str) -> str:
	"""Return a code as people read and write it down."""
	return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _index(digits: str) -> str:
	pepper = key_ring.load().key_for("receipt codes")
	return Scrypt(salt=pepper, length=32, n=COST, r=BLOCK, p=LANES).derive(digits.encode()).hex()
