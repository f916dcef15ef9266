"""A visit: somebody came back with a right code, and for half an hour needn't type it again."""

from dataclasses import dataclass

from sv_helpdesk.reporting import codes, tokens

SECONDS = 30 * 60


@dataclass(frozen=True)
class Visit:
	"""Made by a right code alone.

	Attributes:
	        report: name of the SV Report that the code belongs to.
	        receipt: name of its SV Receipt.
	"""

	report: str
	receipt: str

	def token(self) -> str:
		"""Return what carries the visit on to the next request; it lasts half an hour from now."""
		return tokens.make(tokens.VISIT, {"receipt": self.receipt})


def begin(code: str) -> Visit | None:
	"""Return the visit that a code opens, or None; why not isn't told.

	Args:
	        code: what was typed.
	"""
	return _visit(codes.find(code))


def go_on(token: str) -> Visit | None:
	"""Return the visit that a browser carries on, or None when it is over or its code has ended.

	Args:
	        token: what `Visit.token` gave it.
	"""
	found = tokens.read(tokens.VISIT, token)
	return _visit(found.content["receipt"]) if found and found.age <= SECONDS else None


def _visit(receipt: str | None) -> Visit | None:
	report = codes.report_of(receipt) if receipt else None
	return Visit(report, receipt) if report else None
