"""Finds the cases of a desk in which somebody is named: by blind indexes, so that nothing is opened for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import frappe

from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import denied_list

SENDER = "Sender"
# by what somebody is recognised, the surest first
FOUND_BY = {
	"Address": ("address_index",),
	"Account": ("account_index", "address_account_index"),
	"Name": ("name_index",),
}
INDEXES = tuple(index for indexes in FOUND_BY.values() for index in indexes)


class Found(NamedTuple):
	"""A person in a case: its name, their SV Party (none for who only wrote), role, and by what they were found."""

	report: str
	party: str | None
	role: str
	found_by: str


@dataclass(frozen=True)
class Known:
	"""What somebody is known by, in clear text; never kept so.

	Attributes:
		names: the name and others.
		addresses: e-mail addresses and accounts.
	"""

	names: tuple[str, ...]
	addresses: tuple[str, ...]

	@classmethod
	def by(cls, person_name: str | None, other_names: str | None, addresses: str | None) -> "Known":
		"""Return what is known from texts with one name or address on each line."""
		return cls(
			_lines(f"{person_name or ''}\n{other_names or ''}"), _lines((addresses or "").replace(",", "\n"))
		)

	@classmethod
	def of(cls, request) -> "Known":
		"""Return by what the person of an SV Subject Request is known, opened for the session's user."""
		return cls.by(*(request.opened(name) for name in ("person_name", "other_names", "addresses")))

	def indexes(self) -> dict[str, set[str]]:
		"""Return the blind indexes by field of SV Party; none of what isn't known."""
		values = {
			"Address": {blind_index("address", text) for text in self.addresses},
			"Account": {blind_index("account", text) for text in self.addresses},
			"Name": {blind_index("name", text) for text in self.names},
		}
		return {index: values[kind] - {""} for kind, indexes in FOUND_BY.items() for index in indexes}

	def marks(self) -> set[str]:
		"""Return the indexes of addresses and names, as SV Message.exchanged_with wants them."""
		found = self.indexes()
		return found["address_index"] | found["name_index"]

	def is_user(self, user: str) -> bool:
		"""Tell whether this is an account of this site, whichever of its addresses is known."""
		return blind_index("account", user) in self.accounts

	@cached_property
	def accounts(self) -> frozenset[str]:
		"""The indexes of the accounts of this site that are this person's, by any address or name they log in with."""
		known = self.indexes()["account_index"]
		return frozenset(
			index for index, others in denied_list.accounts().items() if known & {index, *others}
		)

	@cached_property
	def namesakes(self) -> frozenset[str]:
		"""The indexes of the accounts of this site that bear one of the names: perhaps this person's."""
		names = self.indexes()["name_index"]
		users = frappe.get_all("User", fields=["name", "full_name"], order_by="name asc") if names else ()
		return frozenset(
			blind_index("account", user.name)
			for user in users
			if blind_index("name", user.full_name or "") in names
		)


def found(known: Known, desk: str) -> list[Found]:
	"""Return everything of a desk in which somebody is named, in every role, whoever may see it.

	Nobody is shown this: `sharing_out` decides who gets which case to answer for.

	Args:
		known: by what they are known.
		desk: name of the SV Desk.
	"""
	rows = [*_as_party(known)]
	reports = {row.report for row in rows}
	rows += [Found(report, None, SENDER, "Address") for report in _written_to(known) if report not in reports]
	at_desk = set(_at(desk, {row.report for row in rows}))
	return [row for row in rows if row.report in at_desk]


def _as_party(known: Known) -> list[Found]:
	wanted = {index: values for index, values in known.indexes().items() if values}
	if not wanted:
		return []
	parties = frappe.get_all(
		"SV Party",
		or_filters={index: ["in", sorted(values)] for index, values in wanted.items()},
		fields=["name", "report", "party_role", *INDEXES],
		order_by="creation asc, name asc",
	)
	return [Found(row.report, row.name, row.party_role, _by_what(row, wanted)) for row in parties]


def _by_what(party, wanted: dict[str, set[str]]) -> str:
	return next(
		kind
		for kind, indexes in FOUND_BY.items()
		if any(party[index] in wanted.get(index, ()) for index in indexes)
	)


def _written_to(known: Known) -> list[str]:
	senders = known.indexes()["address_index"]
	if not senders:
		return []
	written = {"sender_index": ["in", sorted(senders)]}
	return sorted(set(frappe.get_all("SV Message", written, pluck="report", order_by="creation asc")))


def _at(desk: str, reports: set[str]) -> list[str]:
	if not reports:
		# for the host nothing is in an empty list, but an empty value
		return []
	named = {"name": ["in", sorted(reports)], "desk": desk}
	return frappe.get_all("SV Report", named, pluck="name", order_by="creation asc")


def _lines(text: str) -> tuple[str, ...]:
	return tuple(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
