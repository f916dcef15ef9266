"""Of several reporters of a case only who complained formally sees that somebody opened a complaint (R1)."""

from complaint_world import Complaint
from grant_helpers import acting_as

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.access_log import openings, own_file
from sv_helpdesk.test_utils import make_party


def test_another_reporter_does_not_learn_that_there_is_a_complaint():
	complaint = Complaint()
	other = make_party(complaint.report, person_name="Kim Jansen").name
	complaint.part(body="A word")
	complaint.copy("complainant")
	with acting_as(complaint.staff):
		openings.opened(complaint.case())
		for part in frappe.get_all("SV Complaint Part", {"complaint": complaint.name}, pluck="name"):
			openings.opened(frappe.get_doc("SV Complaint Part", part))
	access_log.write_now()
	seen = {
		party: {opening.what for opening in own_file.openings_of({"name": complaint.report, "own": [party]})}
		for party in (complaint.complainant, other)
	}
	assert seen[complaint.complainant] >= {"The case itself", "Formal complaint"}
	assert "The case itself" in seen[other] and "Formal complaint" not in seen[other]
