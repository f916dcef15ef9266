"""What a report is called."""

from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.reports.version import Version


def title_of(version: Version, words: Words) -> str:
	"""Return the title: of the annual report, or of the report of one unit."""
	if version.unit:
		return words.say("Social safety at {0} in {1}").format(version.unit[1], version.year)
	return words.say("Annual report on social safety {0}").format(version.year)


def full_title(version: Version, words: Words) -> str:
	"""Return the title with the name of the institution, if it has one."""
	return ", ".join(filter(None, (title_of(version, words), version.institution)))
