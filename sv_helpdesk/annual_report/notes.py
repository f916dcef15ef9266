"""What a reader must know to read the figures: signs, what is hidden and why, what is counted when."""

from sv_helpdesk.annual_report.words import HIDDEN_SIGN, UNKNOWN_SIGN, Words
from sv_helpdesk.reports.version import INTERNAL, WORKING, Version


def mark(version: Version, words: Words) -> str:
	"""Return what stands on every page and sheet of a version that isn't published; "" for one that is."""
	if version.name == WORKING:
		return words.say("Working version – not for circulation")
	if version.preview:
		return words.say("Preview – not published yet")
	return words.say("Internal – not for publication") if version.name == INTERNAL else ""


def signs(words: Words) -> list[tuple[str, str]]:
	"""Return each sign in the tables with what it means."""
	return [
		(HIDDEN_SIGN, words.say("Not shown, because a small number could be found out from it.")),
		("0", words.say("Nobody and nothing.")),
		(words.say("n/a"), words.say("Not applicable: there can't be any.")),
		(UNKNOWN_SIGN, words.say("Unknown, or not calculated.")),
	]


def of_version(version: Version, words: Words) -> list[str]:
	"""Return the notes on a version, a paragraph each."""
	found = [_on_hiding(version, words)]
	if version.threshold:
		found.append(
			words.say(
				"Numbers from which a hidden one could be calculated are hidden too: totals, other parts of a total, "
				"and percentages. All hidden numbers look alike, however large they are."
			)
		)
	found += [
		words.say(
			"Percentages are rounded to whole numbers, so that they needn't add up to 100. What has no value isn't "
			"left out but counted as not filled in."
		),
		words.say(
			"A change is the difference from the year before: of numbers, or of rounded percentages in percentage "
			"points. It is shown only where both years are."
		),
		words.say("Counted on {0}. What changed in the cases later isn't in these figures.").format(
			words.moment(version.counted_at)
		),
	]
	return found


def _on_hiding(version: Version, words: Words) -> str:
	if not version.threshold:
		return words.say("Nothing is hidden in this version: it can identify people. Keep it to yourself.")
	return words.say("Numbers from 1 to {0} are hidden. In this version {1} cells are hidden.").format(
		version.threshold - 1, words.number(version.hidden)
	)
