"""Which rows are counted: of which period, for which reader, of which desks and units."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Scope:
	"""What a count covers.

	Attributes:
		first: the first day of the period, in the site's time zone.
		last: its last day.
		reader: who reads the exact numbers: cases denied to that person are left out (R6). None: the system
			counts, the same for everybody, for figures that are suppressed before they leave.
		own: only what the reader's rights as a colleague of a desk let them read.
		desks: only of these desks; None: of all.
		units: only of these units; None: of all.
	"""

	first: date
	last: date
	reader: str | None = None
	own: bool = False
	desks: frozenset[str] | None = None
	units: frozenset[str] | None = None


def of_year(year: int, reader: str | None = None) -> Scope:
	"""Return what a calendar year's figures cover."""
	return Scope(date(year, 1, 1), date(year, 12, 31), reader)
