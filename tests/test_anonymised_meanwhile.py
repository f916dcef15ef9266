"""Who works on a case at the very moment it is anonymised is refused: nothing of theirs is left in it, and nothing looks saved."""

import subprocess
import sys

import pytest
from ended_cases import confirm, end
from grant_helpers import acting_as, case_of, desk_of

import frappe
from frappe.utils import add_days, today

from sv_helpdesk.crypto.errors import KeyMissingError
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.test_utils import make_message, make_note, make_user
from sv_helpdesk.workflows.moving import move

pytestmark = pytest.mark.commits

ANONYMISE = """
import sys
import frappe
from frappe.utils import getdate
from sv_helpdesk.retention import destroying

frappe.init(sys.argv[1])
frappe.connect()
assert destroying.anonymise(sys.argv[2], getdate())
frappe.db.commit()
"""


@pytest.fixture
def staff():
	return make_user(CCP_STAFF)


@pytest.fixture
def case(staff):
	"""A case that another process has anonymised since this transaction last looked."""
	case = case_of(desk_of(make_user(COORDINATOR), None, staff), staff, narrative="What happened")
	end(case)
	confirm(staff, case)
	frappe.db.commit()
	assert not frappe.db.get_value("SV Report", case, "anonymised_at")
	subprocess.run(
		[sys.executable, "-c", ANONYMISE, frappe.local.site, case],
		check=True,
		capture_output=True,
		timeout=120,
	)
	assert not frappe.db.get_value("SV Report", case, "anonymised_at"), "it looks at what was"
	yield case
	frappe.db.rollback()


@pytest.mark.parametrize(
	("step", "values", "reason"),
	[
		("hold", {"legal_hold_review_on": add_days(today(), 9)}, "An inquiry"),
		("reopen", {}, "It began again"),
	],
)
def test_no_step_is_taken_with_it(case, staff, step, values, reason):
	with acting_as(staff), pytest.raises(frappe.PermissionError, match="can't take this step"):
		move("SV Report", case, step, values, reason)


@pytest.mark.parametrize("make", [make_note, make_message])
def test_nothing_is_written_in_it(case, staff, make):
	with acting_as(staff), pytest.raises(KeyMissingError):
		make(case, body="A new word")
