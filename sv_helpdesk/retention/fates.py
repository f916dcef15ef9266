"""What becomes of each of our documents when its case or decision table is anonymised: one table.

A row goes, unless a figure counts it (reports/populations.py, reports/deadline_figures.py). Of a row that stays
each field is named: coded facts stay, whatever says or finds out who somebody is becomes empty. A test holds
the table against field_groups, so that no document and no field of ours is forgotten.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fate:
	"""What becomes of the rows of one document.

	Attributes:
		keeps: fields that stay as they are.
		empties: fields that become empty.
		only: a field and the values with which a row stays; the others go.
	"""

	keeps: tuple[str, ...] = ()
	empties: tuple[str, ...] = ()
	only: tuple[str, tuple[str, ...]] | None = None

	@property
	def goes(self) -> bool:
		"""Whether nothing of any row stays."""
		return not self.keeps


GOES = Fate()


def _stays(keeps: str, empties: str = "", only: tuple[str, tuple[str, ...]] | None = None) -> Fate:
	return Fate(tuple(keeps.split()), tuple(empties.split()), only)


# by which of our documents a row is found; the records themselves come first
FATES: dict[str, Fate] = {
	"SV Report": _stays(
		"desk kind status received_at channel first_desk confidentiality language asked_by advice_topic"
		" only_if_repeated main_category further_categories criminal_offence whistleblower_report"
		" accused_position power_relation unit ladder_step reached_step intervention intervention_overruled"
		" intervention_reason outcome bad_faith_established vulnerable_dependence retention_class"
		" handed_over_from anonymised_at held_index",
		"case_number handler ticket attention accused_informed_on acknowledged_at feedback_given_at repeats"
		" kind_changes settled_at closed_at anonymise_on anonymise_confirmed_at anonymise_confirmed_by"
		" anonymise_announced_on legal_hold legal_hold_review_on import_key subject narrative wishes"
		" settlement_text withdrawal_text",
	),
	"SV Decision Table": _stays(
		"desk status urgency opened_on closed_on started_from advice_request advice_status outcome deviates"
		" anonymised_at held_index",
		"table_number first_meeting_at manager coordinator members manager_stated_at coordinator_stated_at"
		" deviated_by deviation_authority deviation_reason purpose import_key",
	),
	"SV Table Case": _stays("decision_table subject kind reports"),
	# other people of a case are in no figure
	"SV Party": _stays(
		"report party_role staff_group contract gender",
		"anonymous unit position vulnerable_dependence supported_by support_desk address_index name_index"
		" account_index address_account_index person_name email_address phone account remarks",
		("party_role", ("Reporter",)),
	),
	# as populations.REFERRED has it
	"SV Referral": _stays(
		"report referral_type target line status referred_on from_desk",
		"party target_desk shared consent warm warm_talk_at outcome accepted_at accepted_by completed_at"
		" import_key shared_text decline_reason feedback target_details",
		("status", ("Offered", "Accepted", "Completed")),
	),
	"SV Deadline": _stays(
		"report decision_table desk kind calendar status started_at due_at met_at cancelled_at breached_at",
		"document_type document_name deadline_owner warn_at next_at stage paused_at left_seconds term history",
	),
	**dict.fromkeys(
		(
			*("SV Consent", "SV Message", "SV Attachment", "SV Note", "SV Step", "SV Action"),
			*("SV Aftercare", "SV Aftercare Contact", "SV Minutes", "SV Contribution", "SV Agreed Action"),
			*("SV Minutes Approval", "SV Minutes Copy", "SV Communication Line", "SV Access Grant"),
			*("SV Complaint", "SV Complaint Part", "SV Complaint Copy"),
			*("SV Denied", "SV Receipt", "SV Held Mail", "SV Deadline Notice", "SV Approval"),
		),
		GOES,
	),
}
# rows of tables, as their documents have them: a field that is named above keeps its rows or loses them
ROWS: dict[str, Fate] = {
	"SV Report Category": _stays("category"),
	"SV Kind Change": GOES,
	"SV Table Case Report": _stays("report", "left_at"),
	"SV Table Member": GOES,
	"SV Deadline Event": GOES,
	"SV Aftercare Measure": GOES,
}
# why a document of ours isn't touched
STANDS = {
	**dict.fromkeys(
		(
			*(
				"SV Desk",
				"SV Unit",
				"SV Unit Priority",
				"SV Category",
				"SV Measure",
				"SV Calendar",
				"SV Term",
			),
			*("SV Settings", "SV Page Text"),
			*("SV Desk Member", "SV Opening Hours", "SV Closing Day", "SV Unit Headcount"),
		),
		"It is of the organisation, and of no case.",
	),
	**dict.fromkeys(
		("SV Confidant Report", "SV Delivered Figures", "SV Delivered Number", "SV Figures"),
		"Numbers that others delivered, or that were frozen; nobody's case is in it.",
	),
	**dict.fromkeys(
		("SV Subject Request", "SV Subject Case"),
		"subject_access.forgetting takes out of requests what tells of the case; they have a term of their own.",
	),
	"SV Quarter Figures": "Numbers without small counts, as they were told.",
	"SV Access Log": "Its rows form a chain, so none goes; nobody sees those about what was anonymised any more.",
	"SV Access Log Head": "The end of that chain.",
	"SV Self Check": "About the site.",
	"SV Import": "That cases were taken over, in numbers; a file waits for the job alone.",
	"SV Second Factor": "About an account of a colleague.",
	"SV Session Pass": "About a session of a colleague.",
	"SV Data Key": "The row stays so that no new key is made; crypto.data_keys.destroy empties it.",
	"SV Retention Log": "It tells what was destroyed, and holds nothing of it.",
}
