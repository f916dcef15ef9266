"""What the report of a unit has besides its figures: its priorities, and figures with a traffic light (VU 2024, annex 3)."""

from dataclasses import dataclass

import frappe

from sv_helpdesk.annual_report.lights import Light, light_of
from sv_helpdesk.reports.version import Cell, Version

PRIORITY = "SV Unit Priority"


@dataclass(frozen=True)
class Signal:
	"""A figure with its light.

	Attributes:
		title: what it is.
		value: the figure.
		light: its light.
		amber: from where on it is amber.
		red: from where on it is red.
	"""

	title: str
	value: int | float
	light: Light
	amber: int
	red: int


@dataclass(frozen=True)
class Plan:
	"""The priorities of a unit in a year, as SV Unit Priority has them, and its signals."""

	priorities: tuple[dict, ...]
	signals: tuple[Signal, ...]


def of_unit(version: Version) -> Plan:
	"""Return the plan of the unit that a version is about, with signals of what the version shows."""
	rows = frappe.get_list(
		PRIORITY,
		filters={"unit": version.unit[0], "year": version.year},
		fields=["subject", "situation", "goal", "progress", "outcome"],
		order_by="creation asc, name asc",
		limit_page_length=0,
	)
	return Plan(tuple(rows), tuple(signals(version, frappe.get_cached_doc("SV Settings"))))


def signals(version: Version, settings) -> list[Signal]:
	"""Return the figures that have a light; what a version hides has none.

	Args:
		version: as it is shown.
		settings: the SV Settings, with from where on a figure is amber and red.
	"""
	per_thousand = version.years[0][1]["of_employees"].percent
	follow_up = version.table("follow_up")
	only_report = next((row.cells[0] for row in follow_up.rows if row.code == "report_only"), Cell("unknown"))
	values = {
		"per_thousand": ("Reporters per thousand employees", _tenfold(per_thousand)),
		"only_report": ("Reporters who only report, in percent", only_report.percent),
	}
	found = []
	for name, (title, value) in values.items():
		amber, red = settings.get(f"amber_{name}") or 0, settings.get(f"red_{name}") or 0
		light = None if value is None else light_of(value, amber, red)
		if light:
			found.append(Signal(title, value, light, amber, red))
	return found


def _tenfold(percent: float | None) -> int | None:
	return None if percent is None else round(percent * 10)
