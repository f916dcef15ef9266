"""What a receiving desk gets when it accepts a hand-over: a case of its own, for its own notes (R3).

The case says nothing of what was told at the other desk: what was shared is read in the hand-over, as long
as the consent is open. It is hidden from whom the first one is hidden from (R6), and counted nowhere again.
"""

import frappe

from sv_helpdesk.moments import this_minute
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.workflows.moving import follow

CHANNEL = "Hand-over"


def open_case(referral) -> None:
	"""Make the receiver's case.

	Args:
		referral: the SV Referral, just accepted; one to somebody outside makes none.
	"""
	if not referral.target_desk:
		return
	case = frappe.get_doc(
		{
			"doctype": "SV Report",
			"kind": "Report",
			"desk": referral.target_desk,
			"first_desk": referral.from_desk,
			"handler": referral.accepted_by,
			"channel": CHANNEL,
			"received_at": this_minute(),
			"handed_over_from": referral.name,
		}
	)
	# the receiver may make cases at this desk; which hand-over it comes from, only this says
	case.flags.set_by_method = ("handed_over_from",)
	case.insert()
	denied_list.hide_alike(referral.report, case.name)
	follow("SV Report", case.name, "handle")
