"""The page docs/permissions.md, for somebody who has to answer for it and doesn't read code."""

from importlib import import_module

INTRODUCTION = """# Who may see and do what

This page is made from the table that the app decides by (`sv_helpdesk/permissions/matrix.py`) with
`make permissions`; a test fails when the two differ. What isn't named here is refused.

A right always has three parts: the **role** somebody has, the **relation** that makes a row theirs, and the
**field groups** they may read or change there. Two things go before every right:

* **The denied list.** Whoever a case is hidden from, first of all its accused (R6), sees nothing of it, of the decision
  tables it is dealt with at and of its aftercare, whatever role, seat or task they have, and isn't told.
* **Nobody in particular.** Guest and everybody without one of these roles, so also helpdesk agents and system managers,
  have no right to any case. Administrator and jobs have none by this table either, and no text is decrypted for them;
  but the host lets Administrator list and read the coded facts of every case. Who may be Administrator is the
  institution's to decide (`docs/security.md`).

Nobody at all can delete, share, mail, print, import, submit, cancel or amend any of these documents in the host's
ways. What is shared by consent, and what HR sees of tables and plans it carries something out for, is not a right to
rows: it is handed out field by field (`sv_helpdesk/permissions/shared.py`).

Plain fields are coded facts: who may read a row may read all of them. Groups marked 🔒 are encrypted texts.
"""

MEANING = {
	"desk": "the case's desk is one where they work today. At a desk set to *Handler only*: they handle the case, or"
	" nobody does yet and they are that desk's coordinator or stand-in.",
	"own": "they handle the case and work at its desk today, or nobody handles it yet and they are that desk's"
	" coordinator or stand-in. How the desk is set up makes no difference.",
	"granted": "somebody gave them access to this case for a time, and it has not ended (temporary access, break-glass).",
	"seat": "they have a seat at the decision table and accepted it themselves.",
	"decides": "they are named as the manager who decides at the decision table, and gave the confidentiality statement.",
	"asked": "they are named as the manager who decides at the decision table, before their statement, too.",
	"assigned": "it is assigned to them by name: the owner of an action, the one who holds a contact of aftercare,"
	" the addressee of a communication line.",
	"supports": "they are named as supporting this person, and this person is the accused. Nothing else of the case.",
	"received": "it was handed over to a desk where they work today, is not a draft or declined, and the consent it"
	" rests on is open at this moment.",
	"second": "they are named as the second person of an answer about somebody's own data, which waits for their release"
	" or was released by them.",
	"published": "it has been published.",
	"coordinates": "they are coordinator or stand-in of that desk today, or of every desk that goes by a calendar.",
	"common": "no desk has made it its own: a term for all desks, a calendar that none goes by.",
	"all": "every row.",
}


def page() -> str:
	"""Return the whole page."""
	from sv_helpdesk.permissions.relations import RELATIONS
	from sv_helpdesk.permissions.roles import ALL_ROLES

	parts = [INTRODUCTION, "## What a relation means\n"]
	parts.append("".join(f"* **{relation}**: {MEANING[relation]}\n" for relation in RELATIONS))
	parts += [_of_role(role) for role in ALL_ROLES]
	parts += [_nobody(), _fields()]
	return "\n".join(parts)


def _of_role(role: str) -> str:
	from sv_helpdesk.permissions.matrix import MATRIX

	# documents with the same rights stand in one row
	rows: dict[tuple, list[str]] = {}
	for doctype in dict.fromkeys(right.doctype for right in MATRIX if right.role == role):
		alike: dict[tuple, list[str]] = {}
		for right in MATRIX:
			if (right.role, right.doctype) == (role, doctype):
				alike.setdefault(_cells(right), []).append(right.relation)
		for cells, relations in alike.items():
			rows.setdefault((", ".join(relations), *cells), []).append(doctype)
	head = (
		"| documents | rows | reads | changes | fills in a new one | further |\n|---|---|---|---|---|---|\n"
	)
	lines = [
		f"| {', '.join(doctypes)} | {' | '.join(cell or '-' for cell in cells)} |\n"
		for cells, doctypes in rows.items()
	]
	return f"## {role}\n\n{head}{''.join(lines)}"


def _cells(right) -> tuple[str, ...]:
	from sv_helpdesk.permissions.field_groups import GROUPS

	only = " (only while {} is {})".format(*right.only_while) if right.only_while else ""
	return (
		_listed(right.read, tuple(GROUPS[right.doctype])),
		_listed(right.write, right.read) + (only if right.write else ""),
		_listed(right.create, right.read),
		", ".join(right.further),
	)


def _listed(groups: tuple[str, ...], everything: tuple[str, ...]) -> str:
	"""Name the groups, or say that it is all of them but what the system keeps."""
	from sv_helpdesk.permissions.field_groups import SYSTEM

	if groups and set(everything) - set(groups) <= {SYSTEM}:
		return "all" if set(groups) == set(everything) else f"all but what is {SYSTEM}"
	return ", ".join(groups)


def _nobody() -> str:
	from sv_helpdesk.permissions.field_groups import GROUPS
	from sv_helpdesk.permissions.matrix import MATRIX

	closed = [doctype for doctype in GROUPS if doctype not in {right.doctype for right in MATRIX}]
	return f"## Nobody\n\nNo role has any right to: {', '.join(closed)}.\n"


def _fields() -> str:
	from sv_helpdesk.permissions.field_groups import CHILD_TABLES, GROUPS

	lines = []
	for doctype, groups in GROUPS.items():
		sealed = _sealed_fields(doctype)
		for group, fields in groups.items():
			lock = " 🔒" if set(fields) <= sealed else ""
			lines.append(f"| {doctype} | {group}{lock} | {', '.join(fields)} |\n")
	children = ", ".join(f"{child} (of {parent})" for child, parent in CHILD_TABLES.items())
	head = "| document | group | fields |\n|---|---|---|\n"
	return (
		f"## Field groups\n\n{head}{''.join(lines)}\n"
		f"Rows of a table within a document are seen with the document: {children}.\n"
	)


def _sealed_fields(doctype: str) -> set[str]:
	name = doctype.lower().replace(" ", "_")
	module = import_module(f"sv_helpdesk.social_safety.doctype.{name}.{name}")
	return set(getattr(getattr(module, doctype.replace(" ", "")), "SEALED_FIELDS", ()))
