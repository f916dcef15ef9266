"""Deadlines belong to something."""

import frappe

from sv_helpdesk.test_utils import SVTestCase, make_report


class TestSVDeadline(SVTestCase):
	def test_a_deadline_of_nothing_is_refused(self):
		self.assert_refused("belongs to nothing", make_deadline)

	def test_a_deadline_is_not_over_before_it_starts(self):
		late = {"started_at": "2026-01-02 09:00:00", "due_at": "2026-01-01 09:00:00"}
		self.assert_refused("is before", make_deadline, report=make_report().name, **late)


def make_deadline(**values):
	clock = {"kind": "Triage", "started_at": "2026-01-01 09:00:00", "due_at": "2026-01-08 09:00:00"}
	return frappe.get_doc({"doctype": "SV Deadline", **clock, **values}).insert()
