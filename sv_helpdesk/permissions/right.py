"""One row of the matrix, and how rows are written down for several roles, documents and relations at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from sv_helpdesk.permissions.field_groups import GROUPS, SYSTEM

# the host's rights that carry a document away, or destroy or freeze it: nobody has them on anything
NEVER = ("delete", "share", "email", "print", "import", "submit", "cancel", "amend")
READING = ("read", "select")
EVERYTHING = "every group"


@dataclass(frozen=True)
class Right:
	"""One row of the matrix.

	Attributes:
		role: one of our roles.
		doctype: what it is a right to.
		relation: the rows it is a right to.
		read: field groups that are shown.
		write: field groups that may be changed.
		create: field groups that may be filled in when a new one is made; none: no new ones.
		further: further rights of the host, "report" (Report Builder) and "export".
		only_while: a field and the value it must have, or this right is not there.
	"""

	role: str
	doctype: str
	relation: str
	read: tuple[str, ...]
	write: tuple[str, ...] = ()
	create: tuple[str, ...] = ()
	further: tuple[str, ...] = ()
	only_while: tuple[str, str] | None = None

	def allows(self, ptype: str) -> bool:
		"""Tell whether this row gives a right of the host; an unknown one is not given."""
		if ptype in READING:
			return bool(self.read)
		if ptype in ("write", "create"):
			return bool(self.write if ptype == "write" else self.create)
		return ptype in self.further


def rights_for(
	roles: str | Iterable[str],
	doctypes: str | Iterable[str],
	relations: str | Iterable[str],
	read: str | tuple[str, ...] = EVERYTHING,
	write: str | tuple[str, ...] = (),
	create: str | tuple[str, ...] = (),
	**more,
) -> list[Right]:
	"""Return the rows for each of these roles, documents and relations."""
	listed = [[one] if isinstance(one, str) else one for one in (roles, doctypes, relations)]
	return [
		Right(
			role,
			doctype,
			relation,
			read=_groups(doctype, read),
			write=_groups(doctype, write, (SYSTEM,)),
			create=_groups(doctype, create, (SYSTEM,)),
			**more,
		)
		for role in listed[0]
		for doctype in listed[1]
		for relation in listed[2]
	]


def _groups(doctype: str, named: str | tuple[str, ...], without: tuple[str, ...] = ()) -> tuple[str, ...]:
	groups = GROUPS[doctype] if named == EVERYTHING else named
	return tuple(group for group in groups if group not in without)
