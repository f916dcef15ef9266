"""What the app holds about somebody in a case: each thing is an item that goes into the answer or stays out.

Of a reporter everything goes in that is theirs or about them. Of an accused nothing that a reporter told goes in by
itself, and nothing at all before they know of the case (R1, R6; GDPR art. 15(4)): who handles it chooses. A name
alone may be somebody else's, so that nothing found by it goes in unseen.
"""

from dataclasses import dataclass

import frappe

from sv_helpdesk.complaints import parts, told
from sv_helpdesk.permissions import sides
from sv_helpdesk.permissions.decision import rights_on
from sv_helpdesk.subject_access.searching import SENDER, Known
from sv_helpdesk.subject_access.whose import OF_NOBODY, OTHERS, THEIRS, Whose

REPORTER, ACCUSED = "Reporter", "Accused"
GOES_IN, OF_OTHERS, UNDECIDED = "Goes in", "Rights of others", ""
# what somebody may choose for an item
CHOICES = (GOES_IN, OF_OTHERS, "Not about this person", "Harms an investigation")
CASE, STORY, SETTLEMENT, OPENINGS = "case", "story", "settlement", "openings"
# fields by doctype, or by part of a case: first those that are plain, then the sealed ones
FIELDS: dict[str, tuple[str, str]] = {
	"SV Party": (
		"party_role staff_group contract gender unit position vulnerable_dependence",
		"person_name email_address phone account remarks",
	),
	CASE: (
		"case_number kind status received_at channel confidentiality main_category unit intervention outcome"
		" accused_informed_on settled_at closed_at anonymise_on",
		"",
	),
	STORY: ("", "subject narrative wishes"),
	SETTLEMENT: ("", "settlement_text withdrawal_text"),
	"SV Message": ("direction channel message_at", "subject body"),
	"SV Attachment": ("size", "original_name"),
	"SV Note": ("note_type talk_at duration_minutes retracted", "body"),
	"SV Consent": (
		"basis scope how_given given_at valid_until to_desk withdrawn_at",
		"recipient purpose ground",
	),
	"SV Referral": (
		"referral_type target status referred_on target_desk shared outcome",
		"target_details shared_text",
	),
	"SV Aftercare": ("status evaluated_on closed_on", "plan evaluation"),
	"SV Aftercare Contact": ("planned_on held_at disadvantage repetition", "how_it_goes needs"),
	"SV Action": ("due_on status severity", "action_text"),
	"SV Minutes": ("meeting_at", "reporter_heard accused_heard decision communication"),
	"SV Complaint": (
		"status handed_over_on admissibility_on complainant_heard_at accused_heard_at advice_on decided_on"
		" deviates remedy appeal_lodged_on appeal_by appeal_over_on appeal_outcome closed_on",
		"committee inadmissible_reason not_heard_reason deviation_reason appeal_text",
	),
	"SV Complaint Part": ("kind part_date", "title body"),
	"SV Complaint Copy": ("copy_number recipient given_at parts", ""),
}
# what tells that a case is a formal complaint
OF_KIND = ("kind", "accused_informed_on")
# how a side of a formal complaint is called as a reader of its file
READER_OF_FILE = {"complainant": parts.COMPLAINANT, "accused": parts.ACCUSED}


@dataclass(frozen=True)
class Item:
	"""One thing that is held.

	Attributes:
		key: by which its choice is kept.
		row: the SV Subject Case it belongs to.
		part: a doctype, or a part of a case.
		doc: the document; None for who opened the case.
		proposed: what is chosen unless somebody chooses otherwise; UNDECIDED: somebody has to.
	"""

	key: str
	row: object
	part: str
	doc: object | None
	proposed: str

	def fields(self) -> tuple[list[str], list[str]]:
		"""Return its plain and its sealed fields."""
		plain, sealed = FIELDS[self.part]
		return plain.split(), sealed.split()


def of_request(request, known: Known) -> list[Item]:
	"""Return everything that is held, case by case, as the session's user may open it.

	Args:
		request: the SV Subject Request.
		known: by what its person is known.
	"""
	return [item for row in request.cases for item in _OfCase(row, known).items()]


class _OfCase:
	"""What is held about one person in one case."""

	def __init__(self, row, known: Known):
		self.row = row
		self.case = frappe.get_doc("SV Report", row.report)
		self.own = _names("SV Party", report=row.report, name=row.party) if row.party else []
		self.is_told = row.role == ACCUSED and told.is_told(row.report, row.party)
		self.whose = Whose(row.report, self.own, known.marks())

	def items(self) -> list[Item]:
		about_me = {"report": self.row.report, "party": self.row.party}
		found = [self._item("SV Party", name) for name in self.own]
		if self.row.role != SENDER:
			found += [self._of_case(CASE), self._of_case(STORY), self._of_case(SETTLEMENT)]
		found += self._messages()
		if self.row.party:
			found += self._notes()
			for doctype in ("SV Consent", "SV Referral", "SV Aftercare"):
				found += [self._item(doctype, name) for name in _names(doctype, **about_me)]
			found += self._contacts()
			found += [self._item("SV Action", name) for name in _names("SV Action", concerns=self.row.party)]
			found += self._minutes()
			found += self._complaints()
			found.append(
				Item(f"{OPENINGS}:{self.row.report}", self.row, OPENINGS, None, self._proposed(OPENINGS))
			)
		return found

	def _item(self, doctype: str, name: str, proposed: str | None = None) -> Item:
		chosen = self._proposed(doctype) if proposed is None else self._no_surer_than(proposed)
		return Item(f"{doctype}:{name}", self.row, doctype, frappe.get_doc(doctype, name), chosen)

	def _of_case(self, part: str) -> Item:
		return Item(f"{part}:{self.row.report}", self.row, part, self.case, self._proposed(part))

	def _proposed(self, part: str) -> str:
		role = self.row.role
		if role == ACCUSED:
			if not self.is_told or part in (STORY, SETTLEMENT, OPENINGS):
				return OF_OTHERS
			undecided = part in (CASE, "SV Minutes", "SV Complaint")
			return UNDECIDED if undecided else self._no_surer_than(GOES_IN)
		if role != REPORTER and part in (CASE, STORY, SETTLEMENT, OPENINGS):
			return OF_OTHERS
		# of several reporters it isn't known who told it
		of_several = part in (STORY, SETTLEMENT) and not self.whose.is_only_reporter
		return self._no_surer_than(UNDECIDED if part == "SV Minutes" or of_several else GOES_IN)

	def _no_surer_than(self, proposed: str) -> str:
		return UNDECIDED if proposed == GOES_IN and self.row.found_by == "Name" else proposed

	def _messages(self) -> list[Item]:
		"""Messages from and to the person; of a dialogue that names nobody, those of the only reporter."""
		found = []
		for name in _names("SV Message", report=self.row.report):
			message = frappe.get_doc("SV Message", name)
			whose = self.whose.of_message(message)
			if whose == OTHERS or (whose != THEIRS and self.row.role != REPORTER):
				continue
			sure = whose == THEIRS or (whose == OF_NOBODY and self.whose.is_only_reporter)
			own = sure and message.direction == "Incoming"
			found.append(self._item("SV Message", name, self._proposed("SV Message") if sure else UNDECIDED))
			found += [
				self._item("SV Attachment", file, self._proposed("SV Attachment") if own else UNDECIDED)
				for file in _names("SV Attachment", message=name)
			]
		return found

	def _notes(self) -> list[Item]:
		"""Talks with the person; of a note that says about nobody in particular, somebody decides."""
		found = [
			self._item("SV Note", name)
			for name in _names("SV Note", report=self.row.report, party=self.row.party)
		]
		if self.row.role == REPORTER:
			about_nobody = _names("SV Note", report=self.row.report, party=["is", "not set"])
			found += [self._item("SV Note", name, UNDECIDED) for name in about_nobody]
		return found

	def _contacts(self) -> list[Item]:
		plans = _names("SV Aftercare", report=self.row.report, party=self.row.party)
		return [
			self._item("SV Aftercare Contact", name)
			for plan in plans
			for name in _names("SV Aftercare Contact", aftercare=plan)
		]

	def _minutes(self) -> list[Item]:
		"""Approved minutes that the handler may read: what was heard from the person, and what was decided."""
		if self.row.role not in (REPORTER, ACCUSED):
			return []
		names = [
			name
			for table in sorted(sides.tables_about(self.row.report))
			for name in _names("SV Minutes", decision_table=table, status="Approved")
			if rights_on("SV Minutes", name, frappe.session.user)
		]
		return [self._item("SV Minutes", name) for name in names]

	def _complaints(self) -> list[Item]:
		"""The formal complaint of which they are a side, with what of its file is open to them and who got it."""
		found = []
		for side, reader in READER_OF_FILE.items():
			for name in _names("SV Complaint", report=self.row.report, **{side: self.row.party}):
				if rights_on("SV Complaint", name, frappe.session.user):
					found += [self._item("SV Complaint", name), *self._file_of(name, reader)]
		return found

	def _file_of(self, complaint: str, reader: str) -> list[Item]:
		"""Parts and copies: what is withheld from them, or was told in the case, is proposed for none."""
		made = _names("SV Complaint Part", complaint=complaint, origin=["!=", parts.INFORMAL])
		theirs = set(parts.of(complaint, reader)) & set(made)
		copies = _names("SV Complaint Copy", complaint=complaint, recipient=["in", (reader, parts.COMMITTEE)])
		return [
			*(
				self._item("SV Complaint Part", name, None if name in theirs else OF_OTHERS)
				for name in _names("SV Complaint Part", complaint=complaint)
			),
			*(self._item("SV Complaint Copy", name) for name in copies),
		]


def sealed_fields(item: Item) -> list[str]:
	"""Return the sealed fields of an item that are about its person: of minutes not what the other side said."""
	_plain, sealed = item.fields()
	other_side = {REPORTER: "accused_heard", ACCUSED: "reporter_heard"}.get(item.row.role)
	return [name for name in sealed if name != other_side]


def plain_fields(item: Item) -> list[str]:
	"""Return the plain fields of an item; a case's number and its state are told to who reported it."""
	plain, _sealed = item.fields()
	if item.part != CASE:
		return plain
	if item.row.role != REPORTER:
		plain = ["kind", "received_at", "outcome", "settled_at", "anonymise_on"]
	return plain if _is_told_the_kind(item.row) else [name for name in plain if name not in OF_KIND]


def _is_told_the_kind(row) -> bool:
	"""Tell whether somebody is told what kind of case it is: one of several reporters may have complained formally (R1).

	Left out of every case with several, so that it tells nothing where it is missing.
	"""
	sides = [{"report": row.report, side: row.party} for side in READER_OF_FILE]
	if any(frappe.db.exists("SV Complaint", side) for side in sides):
		return True
	others = {"report": row.report, "party_role": row.role, "name": ["!=", row.party]}
	return not frappe.db.exists("SV Party", others)


def _names(doctype: str, **filters) -> list[str]:
	return frappe.get_all(doctype, filters, pluck="name", order_by="creation asc, name asc")
