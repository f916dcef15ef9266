"""Two thousand earlier cases at once, as a coordinator has them who begins."""

import time

import pytest
from grant_helpers import desk_of
from import_helpers import case_row, person_row, workbook

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.importing import loading
from sv_helpdesk.importing.checking import check
from sv_helpdesk.importing.workbook import tables
from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_user

ROWS = 2000
# of a job, which is ended after an hour; on a quiet machine it takes about one minute
MOST_SECONDS = 1800


@pytest.mark.slow
def test_two_thousand_cases_with_their_people_are_taken_over_in_one_transaction():
	coordinator = make_user(COORDINATOR)
	desk = desk_of(coordinator).name
	numbers = range(1, ROWS + 1)
	people = [
		person_row(number, person_name=f"Some {number}", party_role=role)
		for number in numbers
		for role in ("Reporter", "Accused")
	]
	content = workbook([case_row(number, narrative="What was told. " * 40) for number in numbers], people)
	began = time.monotonic()
	found = check(tables(content), desk)
	checked = time.monotonic()
	assert (found.faults, len(found.cases), found.people) == ([], ROWS, 2 * ROWS)
	assert loading.load(loading.pack(found.cases), desk, coordinator) == ROWS
	access_log.write_now()
	took = time.monotonic() - checked
	print(f"checked in {checked - began:.1f} s, loaded in {took:.1f} s")
	assert took < MOST_SECONDS
	assert frappe.db.count("SV Report", {"desk": desk}) == ROWS
