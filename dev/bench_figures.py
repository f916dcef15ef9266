"""What counting a year costs, side by side with the bare aggregates over the same rows, in one run.

`make bench-figures` runs it on an empty site, in the sites folder.
"""

import os
import sys
import time
from collections.abc import Callable
from statistics import median

import frappe

from dev.figure_world import YEAR, grow_to, make_units_and_desks
from dev.goals import told
from sv_helpdesk.annual_report import document
from sv_helpdesk.pdf import house
from sv_helpdesk.reports import counted, year_figures
from sv_helpdesk.reports.definitions import TABLES
from sv_helpdesk.reports.records import Records
from sv_helpdesk.reports.scope import of_year
from sv_helpdesk.reports.version import WORKING, Version

CASES = 100_000
ROUNDS = 5
MOST_OF_BARE = 2

IN_YEAR = f">= '{YEAR}-01-01' and {{0}} < '{YEAR + 1}-01-01'"
RECEIVED = "r.`received_at` " + IN_YEAR.format("r.`received_at`")
OF_REPORTS = (
	f"r.`kind` in ('Report', 'Formal complaint') and ifnull(r.`handed_over_from`, '') = '' and {RECEIVED}"
)
OPEN = (
	f"t.`opened_on` < '{YEAR + 1}-01-01' and (t.`closed_on` is null or t.`closed_on` >= '{YEAR}-01-01')"
	" and t.`status` <> 'Called off'"
)
REFERRED = (
	"f.`referred_on` "
	+ IN_YEAR.format("f.`referred_on`")
	+ " and f.`status` in ('Offered', 'Accepted', 'Completed')"
)
# what somebody would write by hand: tables, conditions and columns of each population
BARE = {
	"reporters": (
		"`tabSV Report` r join `tabSV Party` p on p.`report` = r.`name`",
		f"p.`party_role` = 'Reporter' and {OF_REPORTS}",
	),
	"reports": ("`tabSV Report` r", OF_REPORTS),
	"advice_requests": ("`tabSV Report` r", f"r.`kind` = 'Advice request' and {RECEIVED}"),
	"referrals": ("`tabSV Referral` f", REFERRED),
	"tables": ("`tabSV Decision Table` t", OPEN),
	"table_cases": (
		"`tabSV Table Case` c join `tabSV Decision Table` t on t.`name` = c.`decision_table`",
		OPEN,
	),
	"confidant_reports": (
		"`tabSV Confidant Report` c",
		"c.`received_on` " + IN_YEAR.format("c.`received_on`"),
	),
}
COLUMNS = {
	"nature": "r.`main_category`",
	"unit": "r.`unit`",
	"first_desk": "r.`first_desk`",
	"first_desk_type": "r.`first_desk`",
	"from_desk_type": "f.`from_desk`",
	"staff_group": "p.`staff_group`",
	"contract": "p.`contract`",
	"gender": "p.`gender`",
	"criminal_offence": "r.`criminal_offence`",
	"accused_position": "r.`accused_position`",
	"leading_position": "r.`accused_position`",
	"follow_up": "r.`intervention`",
	"referral_type": "f.`referral_type`",
	"referred_to": "f.`target`",
	"line": "f.`line`",
	"asked_by": "r.`asked_by`",
	"advice_topic": "r.`advice_topic`",
	"led_to_table": "r.`name` in (select `advice_request` from `tabSV Decision Table` where `advice_request` is not null)",
	"subject": "c.`subject`",
	"kind": "c.`kind`",
	"outcome": "t.`outcome`",
	"started": f"t.`opened_on` < '{YEAR}-01-01'",
	"several_reports": "t.`name` in (select `parent` from `tabSV Table Case Report` group by `parent` having count(*) > 1)",
	"about": "c.`about`",
}


def bare() -> None:
	"""Count every table, and those of units by unit, as plain statements."""
	for table in TABLES:
		if table.population not in BARE or not table.by:
			continue
		inside = [table.within.partition("=")[0]] if table.within else []
		units = ["unit"] if table.per_unit else []
		columns = ", ".join(COLUMNS[name] for name in (*table.by, *units, *inside))
		rows, where = BARE[table.population]
		frappe.db.sql(f"select {columns}, count(*) from {rows} where {where} group by {columns}")


def count() -> dict:
	"""Count every cell of the year, those of units included."""
	return counted.count(of_year(YEAR), Records(), units=True)


def in_pdf(version: Version) -> bytes:
	"""Return the annual report."""
	return document.pdf(version, "nl", {}, house.of_settings())


def seconds(work: Callable[[], object]) -> float:
	"""Do something and return how long it took."""
	start = time.perf_counter()
	work()
	return time.perf_counter() - start


def run() -> list[tuple[str, bool]]:
	"""Measure everything, print it, and return the goals with whether each is met."""
	grow_to(CASES)
	# what the server reads first stays in its memory
	bare()
	rounds = [(seconds(bare), seconds(count)) for _round in range(ROUNDS)]
	by_hand, ours = (median(times) for times in zip(*rounds, strict=True))
	ratio = median(our / other for other, our in rounds)
	cells, year = count(), year_figures.count(YEAR)
	versions = seconds(lambda: year_figures.versions(year))
	working = year_figures.versions(year)[WORKING][None]
	# what is read once, such as the letters, isn't part of a report
	in_pdf(working)
	pdf = seconds(lambda: in_pdf(working))
	for title, took in (
		("bare aggregates", by_hand),
		(f"all figures of the year ({len(cells):,} cells)", ours),
		("three versions of all units, suppressed", versions),
		("PDF of the annual report, working version", pdf),
	):
		print(f"  {title:45} {took * 1000:9.0f} ms")
	print(f"  counting is {ratio:.2f} x the bare aggregates")
	return [
		(f"{CASES:,} reports are counted", cells[("reports",)] == cells[("reporters",)] == CASES),
		(f"at most {MOST_OF_BARE} x the bare aggregates", ratio <= MOST_OF_BARE),
	]


def main() -> int:
	"""Run in the site DEV_SITE; return 0 if every goal is met."""
	frappe.init(os.environ["DEV_SITE"])
	frappe.connect()
	try:
		make_units_and_desks()
		goals = run()
	finally:
		frappe.destroy()
	return told(goals)


if __name__ == "__main__":
	sys.exit(main())
