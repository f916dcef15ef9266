"""What is made from the matrix of sv_helpdesk/permissions: docs/permissions.md and the doctypes' rights.

`make permissions` writes them; tests/test_matrix.py fails when either differs.
"""

import json
from pathlib import Path

from dev.layout import ROOT
from dev.permissions_page import page

DOCTYPES = ROOT / "sv_helpdesk" / "social_safety" / "doctype"
PAGE = ROOT / "docs" / "permissions.md"
# the rights of the host that the matrix can give, in the order of its screens
GIVEN = ("read", "write", "create", "report", "export")


def role_permissions(doctype: str) -> list[dict]:
	"""Return the rights of the host for one doctype, as its file has them.

	They are the least that the matrix needs: which rows and fields a role has, the rules decide.

	Args:
		doctype: its name.
	"""
	from sv_helpdesk.permissions.matrix import MATRIX
	from sv_helpdesk.permissions.roles import ALL_ROLES

	made = []
	for role in ALL_ROLES:
		held = [right for right in MATRIX if (right.role, right.doctype) == (role, doctype)]
		given = {ptype: 1 for ptype in GIVEN if any(right.allows(ptype) for right in held)}
		if given:
			made.append({**given, "role": role})
	return made


def made_from_matrix() -> dict[Path, str]:
	"""Return the text that each file must have."""
	texts = {PAGE: page()}
	for path in sorted(DOCTYPES.glob("*/*.json")):
		definition = json.loads(path.read_text())
		definition["permissions"] = role_permissions(definition["name"])
		texts[path] = json.dumps(definition, indent=1, sort_keys=True, ensure_ascii=False)
	return texts


def write() -> None:
	"""Write the files that differ and say which."""
	for path, text in made_from_matrix().items():
		if not path.exists() or path.read_text() != text:
			path.write_text(text)
			print(f"Written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
	write()
