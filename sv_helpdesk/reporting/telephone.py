"""Telephone numbers in what the page shows are links that call: who is in danger types nothing."""

import re

from markupsafe import Markup, escape

# of emergencies; Dutch numbers, those without a region too; and international ones. A date is none
NUMBER = re.compile(
	r"""(?<![\w#+./@-])(?!\d{1,2}[-./]\d{1,2}[-./]\d{4})
	(?: 112 | 113 | 0[89]00[ -]?\d{4}(?:\d{3})? | \+\d{2}(?:[ ()-]{0,2}\d){8,11} | 0(?:[ )-]{0,2}\d){9} )
	(?![\w@]|[-./:]\d)""",
	re.VERBOSE,
)
TAG = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL)
# written where a call from abroad leaves it out
TRUNK_ZERO = "(0)"
NO_DIGITS = re.compile(r"[^\d+]")


def callable_numbers(text: str) -> Markup:
	"""Return a text in which each telephone number is a link that calls it.

	Args:
	        text: plain text, which is escaped, or safe HTML as Markup.
	"""
	parts = TAG.split(escape(text))
	# every second part is a tag, or a link as it is
	return Markup("".join(part if place % 2 else NUMBER.sub(_link, part) for place, part in enumerate(parts)))


def _link(found: re.Match) -> str:
	number = found[0]
	return f'<a href="tel:{NO_DIGITS.sub("", number.replace(TRUNK_ZERO, ""))}">{number}</a>'
