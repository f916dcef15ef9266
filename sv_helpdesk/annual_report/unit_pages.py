"""The pages of a unit's plan: a priority each, and a table of figures with their lights."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from sv_helpdesk.annual_report import lights, tables
from sv_helpdesk.annual_report.lights import Light
from sv_helpdesk.annual_report.unit_plan import Plan, Signal
from sv_helpdesk.annual_report.words import Words
from sv_helpdesk.pdf.letters import BOLD, REGULAR
from sv_helpdesk.pdf.pages import Heading
from sv_helpdesk.pdf.styles import BODY, HEADING, SMALL, WIDTH, paragraph

SHAPE, WORD = 8 * mm, 45 * mm
COLOURS = {Light.GREEN: "Green", Light.AMBER: "Amber", Light.RED: "Red"}
TEXTS = {"situation": "Situation", "goal": "Goal and actions", "outcome": "What came of it"}


def signals(plan: Plan, words: Words) -> list[Flowable]:
	"""Return a line per figure: light, word, figure, and from where on it would be another one."""
	return [KeepTogether([_signal(signal, words), Spacer(1, 2 * mm)]) for signal in plan.signals]


def priorities(plan: Plan, words: Words) -> list[Flowable]:
	"""Return each priority with its light and its texts."""
	found: list[Flowable] = []
	for row in plan.priorities:
		found.append(Heading(row.subject, HEADING, 1))
		if row.progress:
			light = Light(row.progress)
			found += [_light(light, words.say(light.value)), Spacer(1, 1 * mm)]
		for fieldname, title in TEXTS.items():
			if text := (row[fieldname] or "").strip():
				style = tables.HEAD.clone("label", keepWithNext=1, spaceBefore=1 * mm)
				found += [paragraph(words.say(title), style)]
				found += [paragraph(line, BODY) for line in text.split("\n")]
	return found


def _light(light: Light, word: str, *further: list[Flowable]) -> Table:
	"""Return shape and word of a light beside each other; keeps with what follows."""
	cells = [[lights.drawing(light), paragraph(word, tables.HEAD), *further]]
	rest = [WIDTH - SHAPE - WORD] if further else []
	made = Table(cells, colWidths=[SHAPE, WORD, *rest], hAlign="LEFT")
	made.setStyle(
		[
			("FONTNAME", (0, 0), (-1, -1), REGULAR),
			("VALIGN", (0, 0), (-1, -1), "TOP"),
			("LEFTPADDING", (0, 0), (0, -1), 0),
		]
	)
	made.keepWithNext = 1
	return made


def _signal(signal: Signal, words: Words) -> Table:
	title = f"{words.say(signal.title)}: {words.number(signal.value)}"
	limits = words.say("Amber from {0}, red from {1}.").format(signal.amber, signal.red)
	texts = [paragraph(title, BODY.clone("signal", fontName=BOLD)), paragraph(limits, SMALL)]
	return _light(signal.light, words.say(COLOURS[signal.light]), texts)
