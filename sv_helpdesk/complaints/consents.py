"""What of the informal case goes to the committee, and to the two sides: nothing without consent or an exception (R1, R2).

Asked when a part is put into the file, when the complaint is handed over and of each copy: a consent that was
withdrawn meanwhile closes it, and so does one from before the complaint got other sides.
"""

import frappe
from frappe import _

from sv_helpdesk.complaints import parts
from sv_helpdesk.moments import to_minute
from sv_helpdesk.permissions.consent import BY_CONSENT, is_open
from sv_helpdesk.social_safety import checks
from sv_helpdesk.workflows.referral import is_for

# the scope that covers what was told, written and sent in a case
COVERING = "Dossier"


def check(part, complaint) -> None:
	"""Refuse a part out of the informal case that nobody allowed the committee to get.

	Args:
		part: the SV Complaint Part.
		complaint: the SV Complaint.

	Raises:
		frappe.ValidationError: says what the consent lacks; parts that were made for the complaint need none.
	"""
	if part.origin != parts.INFORMAL:
		return
	checks.require(part, "consent")
	if not is_open(part.consent):
		frappe.throw(
			_(
				"The consent for part {0} of the file is withdrawn, has ended or waits for a second person. Ask for it again, or don't give this part to the committee."
			).format(part.part_number)
		)
	_refuse_of_other_sides(part, complaint)
	if frappe.db.get_value("SV Consent", part.consent, "scope") != COVERING:
		frappe.throw(
			_(
				"The consent for part {0} of the file is for sharing something else. Ask for one for the dossier."
			).format(part.part_number)
		)
	if not is_for(part.consent, complaint.opened("committee") if complaint.committee else ""):
		frappe.throw(
			_(
				"The consent for part {0} of the file is for somebody else. Write under Committee to whom the person consented, as it stands in the consent."
			).format(part.part_number)
		)


def check_side(part, complaint) -> None:
	"""Refuse to open a part out of the informal case to the other side than whose consent it is.

	Who consented allowed the committee to get it, and nobody else; what is there by an exception goes to
	neither side.

	Args:
		part: the SV Complaint Part.
		complaint: the SV Complaint.
	"""
	if part.origin != parts.INFORMAL or part.open_to == parts.NEITHER:
		return
	checks.require(part, "consent")
	_refuse_of_other_sides(part, complaint)
	given = frappe.db.get_value("SV Consent", part.consent, ["basis", "party"], as_dict=True)
	whose = given.party if given.basis == BY_CONSENT else None
	sides = {parts.COMPLAINANT: complaint.complainant, parts.ACCUSED: complaint.accused}
	if part.open_to not in {side for side, party in sides.items() if party and party == whose}:
		frappe.throw(
			_(
				"This part comes out of the informal case, and its consent is for the committee. Open it to who consented, or to neither side."
			)
		)


def _refuse_of_other_sides(part, complaint) -> None:
	"""Who consented did so for the complaint as it was: of these people, about these."""
	changed = complaint.sides_changed_at
	given = frappe.db.get_value("SV Consent", part.consent, ["creation", "given_at"], as_dict=True)
	if changed and (given.creation < changed or given.given_at < to_minute(changed)):
		frappe.throw(
			_(
				"The consent for part {0} of the file was given when the complaint had other sides. Ask for it again, or give this part to nobody."
			).format(part.part_number)
		)
