"""What was planted, as the walk needs it: free of Frappe, so that it can be kept beside the server."""

from dataclasses import dataclass, field

from dev.leaks.canaries import Canary, Registry

# a report on ordinary tickets, which the helpdesk may see
HOST_REPORT = "Tickets van de proef"


@dataclass
class World:
	"""A planted site.

	Attributes:
		base_url: address of its web server.
		registry: its canaries.
		documents: place (case / doctype / label) -> (doctype, name).
		doctypes: our doctypes that have documents of their own.
		tables: our child tables -> parent and fields.
		passwords: user -> password.
		api_key: key and secret of the System Manager, joined by a colon.
		facts: whatever else surfaces ask for, such as names of File URLs.
		stored: names that somebody has written into a document of the host.
		sealed: place of the case that has a sealed ticket.
		functions: dotted paths of our whitelisted functions -> names of their arguments.
	"""

	base_url: str
	registry: Registry
	documents: dict[str, tuple[str, str]]
	doctypes: list[str]
	tables: dict[str, tuple[str, list[str]]]
	passwords: dict[str, str]
	api_key: str
	facts: dict = field(default_factory=dict)
	functions: dict[str, list[str]] = field(default_factory=dict)
	stored: set[str] = field(default_factory=set)
	sealed: str = "ccp2/SV Report/case"

	def name(self, place: str) -> str:
		"""Name of the document planted at a place."""
		return self.documents[place][1]

	def canary(self, text: str) -> Canary | None:
		"""The canary of that text."""
		return self.registry.canaries.get(text)
