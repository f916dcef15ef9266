"""A site that was installed earlier is brought up to date, and nothing that somebody chose is changed."""

from importlib import import_module
from pathlib import Path

import frappe

import sv_helpdesk
from sv_helpdesk.deadlines.desk_calendars import from_document
from sv_helpdesk.patches import desk_calendars, outcomes_of_measures
from sv_helpdesk.social_safety import catalogue, masters

PATCHES = Path(sv_helpdesk.__file__).parent / "patches.txt"


def outcomes() -> dict[str, str]:
	rows = frappe.get_all("SV Measure", fields=["name", "fits_outcome"], order_by="name asc")
	return {row.name: row.fits_outcome or "" for row in rows}


def test_every_patch_can_be_run_and_says_what_for():
	names = [line for line in PATCHES.read_text().splitlines() if line and not line.startswith("[")]
	assert names
	for name in names:
		patch = import_module(name)
		assert callable(patch.execute) and patch.__doc__, name


def test_measures_of_an_older_site_learn_after_which_outcome_they_fit():
	for empty in ("", None):
		frappe.db.sql("update `tabSV Measure` set fits_outcome = %s", (empty,))
		unfounded = catalogue.proposed("Accused", catalogue.AFTERWARDS, "Unfounded")
		assert "after_accused_plan" in unfounded
		outcomes_of_measures.execute()
		assert outcomes() == {row["code"]: row["fits_outcome"] for row in masters.shipped("SV Measure")}
		unfounded = catalogue.proposed("Accused", catalogue.AFTERWARDS, "Unfounded")
		assert "after_accused_plan" not in unfounded and "unfounded_file_letter" in unfounded


def test_what_an_institution_chose_or_made_itself_stays():
	frappe.db.set_value("SV Measure", "unfounded_talk", "fits_outcome", "Not unfounded")
	own = {"doctype": "SV Measure", "code": "our_own", "title": "Ours", "phase": "Aftercare", "enabled": 1}
	frappe.get_doc({**own, "meant_for": "Team"}).insert()
	frappe.db.delete("SV Measure", {"name": "unfounded_tasks"})
	before = outcomes()
	for _times in range(2):
		outcomes_of_measures.execute()
		assert outcomes() == before


def test_a_desk_keeps_the_opening_hours_it_had():
	# a site that never had them has nothing to bring over
	desk_calendars.execute()
	old = frappe._dict(name="ccp", opens_at="08:30", closes_at="16:00", holiday_list="not there")
	calendar = frappe.get_doc("SV Calendar", desk_calendars._calendar(old))
	assert from_document(calendar).hours == (((30600, 57600),),) * 5 + ((), ())
	assert calendar.calendar_name == "ccp (08:30-16:00)" and not calendar.holiday_list
