"""The languages of our PDFs, and how days and moments are written in them, whatever the site's settings say."""

from datetime import date, datetime

from frappe.utils import get_datetime, getdate

# the first one holds where another is asked for
LANGUAGES = ("nl", "en")
DAY = {"nl": "%d-%m-%Y", "en": "%Y-%m-%d"}


def language_of(asked: str) -> str:
	"""Return the language that was asked for, or Dutch."""
	return asked if asked in LANGUAGES else LANGUAGES[0]


def day(value: date | str | None, language: str) -> str:
	"""Return a day as readers of the language write it; today for none."""
	return getdate(value).strftime(DAY[language])


def moment(value: datetime | str, language: str) -> str:
	"""Return a moment to the minute as readers of the language write it."""
	return get_datetime(value).strftime(f"{DAY[language]} %H:%M")
