"""The parts of a complaint's file (dossier), and which of them each reader gets (A&O 6.1.2: both sides see their own)."""

import frappe
from frappe import _

COMPLAINT, ADVICE, DECISION = "Complaint", "Advice", "Decision"
COMMITTEE, COMPLAINANT, ACCUSED = "Committee", "Complainant", "Accused"
RECIPIENTS = (COMMITTEE, COMPLAINANT, ACCUSED)
BOTH, NEITHER = "Both", "Neither"
INFORMAL = "Out of the informal case"


def of(complaint: str, recipient: str) -> list[str]:
	"""Return the names of the parts that a reader gets, in the order of the file.

	Args:
		complaint: name of the SV Complaint.
		recipient: one of RECIPIENTS; the committee gets exactly the parts that are marked for it.
	"""
	chosen = {"for_committee": 1} if recipient == COMMITTEE else {"open_to": ["in", (BOTH, recipient)]}
	return frappe.get_all(
		"SV Complaint Part", {"complaint": complaint, **chosen}, pluck="name", order_by="part_number asc"
	)


def next_number(complaint: str, doctype: str, fieldname: str) -> int:
	"""Return the number of a new part or copy of a complaint; one at a time gets one.

	Args:
		complaint: name of the SV Complaint, locked until the end of the transaction.
		doctype: what is numbered.
		fieldname: its number.
	"""
	frappe.db.get_value("SV Complaint", complaint, "name", for_update=True)
	row = frappe.qb.DocType(doctype)
	# as they are now, not as this transaction began
	query = frappe.qb.from_(row).select(row[fieldname]).where(row.complaint == complaint).for_update()
	return max((number or 0 for number in query.run(pluck=True)), default=0) + 1


def refuse_given_out(part) -> None:
	"""What somebody got on paper stays as they got it.

	Raises:
		frappe.ValidationError: the part was given out.
	"""
	if part.given_out_at:
		frappe.throw(_("This part was given out and stays as it is. Make a new part for what has changed."))
