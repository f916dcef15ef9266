"""Two work on the figures of one year at once: nothing is left out unsaid, and there is one answer."""

import pytest
from grant_helpers import acting_as
from test_clocks_at_once import elsewhere  # noqa: F401 - a fixture

import frappe
from frappe.utils import today

from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_user
from sv_helpdesk.workflows.moving import move

pytestmark = pytest.mark.commits
YEAR = 2017


@pytest.fixture
def coordinator():
	user = make_user(COORDINATOR)
	frappe.db.commit()
	yield user
	frappe.db.rollback()
	for doctype in ("SV Figures", "SV Delivered Figures"):
		frappe.db.delete(doctype, {"year": YEAR})
	frappe.db.commit()


@pytest.fixture
def draft(coordinator):
	with acting_as(coordinator):
		made = frappe.get_doc({"doctype": "SV Figures", "year": YEAR}).insert()
	frappe.db.commit()
	# from here on this transaction sees everything as it is now
	frappe.db.sql("select count(*) from `tabSV Figures`")
	return made


def delivery():
	numbers = [{"counts": "Reports", "number": 40}]
	return frappe.get_doc(
		{
			"doctype": "SV Delivered Figures",
			"year": YEAR,
			"source": "Other bodies",
			"body": "Made up",
			"delivered_on": today(),
			"numbers": numbers,
		}
	)


def test_what_was_delivered_while_a_year_was_counted_is_not_left_out_unsaid(coordinator, draft, elsewhere):  # noqa: F811
	elsewhere(
		"insert into `tabSV Delivered Figures` (`name`, `year`, `source`, `body`, `modified`) values (%s, %s, %s, %s, now())",
		*("at-once", YEAR, "Other bodies", "Made up"),
	)
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match="saved a moment ago"):
		move("SV Figures", draft.name, "freeze")
	frappe.db.rollback()
	with acting_as(coordinator):
		assert move("SV Figures", draft.name, "freeze").status == "Frozen"


def test_nothing_is_delivered_to_a_year_that_was_frozen_a_moment_ago(coordinator, draft, elsewhere):  # noqa: F811
	elsewhere("update `tabSV Figures` set `status` = 'Frozen' where `name` = %s", draft.name)
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match="are frozen"):
		delivery().insert()


def test_two_who_begin_the_same_year_at_once_make_one_row(coordinator, elsewhere):  # noqa: F811
	frappe.db.sql("select count(*) from `tabSV Figures`")
	elsewhere(
		"insert into `tabSV Figures` (`name`, `year`, `origin`, `status`) values ('at-once', %s, 'Counted here', 'Draft')",
		YEAR,
	)
	with acting_as(coordinator), pytest.raises(frappe.ValidationError):
		frappe.get_doc({"doctype": "SV Figures", "year": YEAR}).insert()
