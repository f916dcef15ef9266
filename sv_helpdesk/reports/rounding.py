"""Arithmetic of published figures: exact fractions, rounded half up once, never in binary floats."""

from decimal import Decimal
from fractions import Fraction
from numbers import Number


def percent(part: int, whole: int | None, decimals: int = 0) -> int | float | None:
	"""Return `part` as a percentage of `whole`, rounded half up.

	Args:
		part: how many.
		whole: of how many.
		decimals: digits behind the point that are kept.

	Returns:
		An int without decimals, else a float; None where there is nothing to take a share of.
	"""
	if not whole:
		return None
	return rounded(Fraction(part * 100, whole), decimals)


def rounded(value: Fraction, decimals: int = 0) -> int | float:
	"""Round an exact fraction; a half goes away from zero, so that -2.5 becomes -3 as 2.5 becomes 3."""
	scaled = abs(value) * 10**decimals
	whole = int(scaled + Fraction(1, 2))
	result = Decimal(whole if value >= 0 else -whole).scaleb(-decimals)
	return float(result) if decimals else int(result)


def change(now: Number | None, before: Number | None) -> int | float | None:
	"""Return the difference of two published figures, exact in decimal digits.

	Returns:
		An int if both figures are, else a float; None if one of them is missing.
	"""
	if now is None or before is None:
		return None
	difference = Decimal(str(now)) - Decimal(str(before))
	return int(difference) if isinstance(now, int) and isinstance(before, int) else float(difference)
