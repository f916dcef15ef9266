"""Which Dutch public holidays count, by the library `holidays`.

Two answers exist side by side: a desk chooses the holidays on which it is closed; for statutory terms the law on
terms (Algemene termijnenwet, article 3) has a fixed list, with Good Friday and 5 May every year.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

# what a calendar can choose, and how the library calls its days
CHOICES = {
	"new_years_day": ("New Year's Day",),
	"good_friday": ("Good Friday",),
	"easter": ("Easter Sunday", "Easter Monday"),
	"kings_day": ("King's Day",),
	"ascension_day": ("Ascension Day",),
	"whitsun": ("Whit Sunday", "Whit Monday"),
	"christmas": ("Christmas Day", "Second Day of Christmas"),
}
LIBERATION_DAY = "Liberation Day"
NEVER, EVERY_FIFTH_YEAR, EVERY_YEAR = "Never", "Every fifth year", "Every year"


@dataclass(frozen=True)
class HolidayRules:
	"""A choice of public holidays.

	Attributes:
		left_out: keys of CHOICES on which the desk works. A holiday that the library brings and that isn't
			among the CHOICES counts.
		liberation_day: NEVER, EVERY_FIFTH_YEAR (2025, 2030...) or EVERY_YEAR.
	"""

	left_out: frozenset[str] = frozenset({"good_friday"})
	liberation_day: str = EVERY_FIFTH_YEAR

	def is_holiday(self, day: date) -> bool:
		"""Tell whether a day is a holiday by these rules."""
		return day in days_of(self, day.year)


# Good Friday is worked, and Liberation Day in most years
USUAL = HolidayRules()
# article 3 of the law on terms: its list, 5 May, and Good Friday made equal to them
STATUTORY = HolidayRules(frozenset(), EVERY_YEAR)


@lru_cache(maxsize=1024)
def days_of(rules: HolidayRules, year: int) -> frozenset[date]:
	"""Return the holidays of a year by these rules."""
	left_out = {name for key in rules.left_out for name in CHOICES[key]} | {LIBERATION_DAY}
	public = holidays.country_holidays("NL", years=year, language="en_US")
	found = {day for day in public if set(public.get_list(day)) - left_out}
	if rules.liberation_day == EVERY_YEAR or (rules.liberation_day == EVERY_FIFTH_YEAR and year % 5 == 0):
		found.add(date(year, 5, 5))
	return frozenset(found)
