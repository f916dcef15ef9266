"""Which fields of a document belong together: the columns of the matrix.

Every field stands in one group (a test holds this). A group is either plain or sealed. Whoever may
read a row reads all its plain fields, because filters and reports would tell them anyway; what not
everybody may read who sees the row is sealed, or stands in a document of its own.
"""

# what only the system fills in: nobody changes it through a form or an address
SYSTEM = "kept by the system"


def _groups(**groups: str) -> dict[str, tuple[str, ...]]:
	"""Return the groups by name; `system` becomes SYSTEM, _ a space."""
	return {
		SYSTEM if name == "system" else name.replace("_", " "): tuple(fields.split())
		for name, fields in groups.items()
	}


GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
	"SV Report": _groups(
		place="desk",
		case="kind status handler received_at channel first_desk confidentiality language asked_by"
		" advice_topic accused_informed_on acknowledged_at feedback_given_at only_if_repeated repeats",
		nature="main_category further_categories criminal_offence whistleblower_report accused_position"
		" power_relation unit ladder_step reached_step intervention intervention_overruled intervention_reason"
		" outcome bad_faith_established",
		retention="retention_class",
		system="case_number ticket attention vulnerable_dependence kind_changes settled_at closed_at"
		" anonymise_on anonymise_announced_on anonymise_confirmed_at anonymise_confirmed_by legal_hold"
		" legal_hold_review_on anonymised_at held_index handed_over_from import_key",
		story="subject narrative wishes settlement_text withdrawal_text",
	),
	"SV Party": _groups(
		profile="report party_role anonymous staff_group contract gender unit position vulnerable_dependence",
		support="supported_by support_desk",
		system="address_index name_index account_index address_account_index",
		identity="person_name email_address phone account",
		remarks="remarks",
	),
	"SV Consent": _groups(
		consent="report party basis scope acute to_desk to_user how_given given_at valid_until",
		system="withdrawn_at withdrawn_how withdrawn_by decided_by second_person confirmed_at confirm_by",
		words="recipient purpose ground",
	),
	"SV Message": _groups(
		message="report direction channel message_at",
		system="author delivery_status attempts next_attempt_at delivery_error acknowledgement automatic"
		" duplicates attention asks_reporter message_index content_index sender_index",
		words="sender recipient subject body",
		mail_headers="message_id in_reply_to",
	),
	"SV Attachment": _groups(
		attachment="report message note",
		system="size file",
		name="original_name media_type",
	),
	"SV Note": _groups(
		talk="report note_type talk_at duration_minutes party",
		system="author retracted retracted_at",
		words="body",
		retraction="retraction_reason",
	),
	"SV Step": _groups(
		system="report decision_table document_type document_name step from_status to_status taken_at taken_by",
		reason="reason",
	),
	"SV Referral": _groups(
		referral="report party target status referred_on from_desk target_desk shared"
		" consent warm warm_talk_at outcome",
		system="referral_type line accepted_at accepted_by completed_at import_key",
		shared_text="shared_text",
		answer="decline_reason feedback",
		details="target_details",
	),
	"SV Complaint": _groups(
		complaint="report complainant accused advice_status remedy",
		course="status handed_over_on admissibility_on complainant_heard_at accused_heard_at advice_on decided_on"
		" deviates appeal_lodged_on appeal_by appeal_over_on appeal_outcome",
		system="closed_on sides_changed_at",
		words="committee inadmissible_reason not_heard_reason decider deviation_reason appeal_text",
	),
	"SV Complaint Part": _groups(
		part="complaint kind part_date origin consent for_committee open_to",
		system="report part_number file size given_out_at",
		words="withheld_ground title body",
		file_type="media_type",
	),
	"SV Complaint Copy": _groups(
		system="complaint report copy_number recipient parts given_at given_by",
	),
	"SV Decision Table": _groups(
		place="desk",
		table="status urgency opened_on first_meeting_at closed_on started_from advice_request advice_status outcome",
		seats="manager coordinator members",
		deviation="deviates deviated_by deviation_authority",
		system="table_number import_key manager_stated_at coordinator_stated_at anonymised_at held_index",
		purpose="purpose",
		deviation_reason="deviation_reason",
	),
	"SV Table Case": _groups(case="decision_table subject kind reports"),
	"SV Minutes": _groups(
		meeting="decision_table meeting_at writer follows_advice",
		approval="status approver approve_by",
		system="version corrects submission submitted_at approved_at checksum",
		sections="facts reporter_heard accused_heard not_heard_reason interpretation risks options_weighed"
		" proportionality subsidiarity advice decision reasons communication distribution",
	),
	"SV Contribution": _groups(
		system="decision_table minutes section author written_at taken_in",
		text="text",
	),
	"SV Agreed Action": _groups(
		system="decision_table minutes action action_owner due_on action_status",
		text="action_text",
	),
	"SV Minutes Approval": _groups(
		system="decision_table minutes submission member how approved_at recorded_by",
		remarks="remarks",
	),
	"SV Minutes Copy": _groups(
		system="decision_table minutes copy_number recipient given_at given_by",
		name="recipient_name",
	),
	"SV Action": _groups(
		agreement="decision_table report aftercare action_owner due_on measure severity"
		" concerns name_disclosed",
		progress="status progress",
		text="action_text",
		evidence="evidence",
	),
	"SV Communication Line": _groups(
		line="decision_table minutes addressed_to communicated_at",
		text="line_text",
	),
	"SV Aftercare": _groups(
		plan="report meant_for party unit responsible informed unfounded_path measures learning_conversation",
		system="plan_number status closed_on evaluated_on learned_on",
		words="plan evaluation learned",
	),
	"SV Aftercare Contact": _groups(
		appointment="aftercare report planned_on held_by",
		contact="held_at disadvantage repetition",
		system="status",
		words="how_it_goes needs",
	),
	"SV Deadline": _groups(
		system="report decision_table desk document_type document_name kind calendar deadline_owner status started_at"
		" due_at warn_at next_at stage paused_at left_seconds met_at cancelled_at breached_at term history",
	),
	"SV Deadline Notice": _groups(system="user deadline stage urgent noted_at told_at told_in"),
	"SV Held Mail": _groups(
		mail="status",
		system="mailbox desk report reason error_type earlier received_at file message_index content_index",
		words="sender subject",
	),
	"SV Desk": _groups(
		desk="code title desk_type enabled visibility reply_name takes_reports email_account further_addresses hd_team"
		" members calendar acknowledgement_nl acknowledgement_en",
	),
	"SV Unit": _groups(unit="unit_name parent_unit enabled headcounts"),
	"SV Unit Priority": _groups(priority="year unit subject progress situation goal outcome"),
	"SV Category": _groups(category="code title definition figure_group display_order enabled"),
	"SV Measure": _groups(
		measure="code title phase meant_for fits_outcome severity source enabled description"
	),
	"SV Calendar": _groups(
		calendar="calendar_name hours new_years_day good_friday easter kings_day ascension_day whitsun christmas"
		" liberation_day closing_days holiday_list",
	),
	"SV Term": _groups(term="kind desk valid_from valid_until amount unit moves warn_percent"),
	"SV Settings": _groups(
		settings="institution_name institution_short_name main_colour second_colour logo amber_per_thousand red_per_thousand amber_only_report red_only_report threshold_internal threshold_published"
		" signal_person signal_unit aftercare_weeks aftercare_months"
		" retention_years retention_years_unfounded retention_years_withdrawn retention_years_advice"
		" retention_years_extended retention_notice_days sealed_raised_by require_second_factor second_factor_hours emergency_text_nl emergency_text_en reporting_page leave_to",
	),
	"SV Confidant Report": _groups(count="received_on confidant unit about", system="import_key"),
	"SV Delivered Figures": _groups(
		delivery="year source body unit delivered_on numbers", system="entered_by"
	),
	"SV Figures": _groups(
		figures="year origin status employees_total figures",
		texts="numbers_nl numbers_en profile_nl profile_en nature_nl nature_en"
		" accused_nl accused_en referrals_nl referrals_en follow_up_nl follow_up_en"
		" advice_nl advice_en tables_nl tables_en confidants_nl confidants_en delivered_nl delivered_en",
		system="frozen_at frozen_by approved_by published_at threshold_internal threshold_published"
		" hidden_internal hidden_published published_version",
		working="working_version",
		internal="internal_version",
	),
	"SV Access Grant": _groups(
		system="report asked_number user kind reason consent asked_by asked_at confirmed_by confirmed_at"
		" refused_at valid_until ended_at ended_by",
		words="explanation",
	),
	"SV Subject Request": _groups(
		place="desk",
		handling="handler",
		request="language decision ground carried_out_on second_person",
		system="request_number kind status received_on due_on lengthened_on identity_checked cases prepared_by"
		" prepared_at released_by released_at handed_out_how closed_on registration",
		person="person_name other_names addresses",
		words="asked reasons carried_out passages",
		lengthening="lengthening_reason",
		choices="choices",
		answer="answer",
	),
	"SV Access Log": _groups(
		system="logged_at user action by_right document_type document_name report from_address position"
		" previous_hash row_hash",
	),
	"SV Access Log Head": _groups(system="position row_hash head_hash"),
	"SV Approval": _groups(
		system="kind status target_doctype target_name summary asked_by asked_at expires_at decided_by"
		" decided_at concerns proposal fingerprint",
	),
	"SV Retention Log": _groups(
		system="destroyed_at record retention years due_on confirmed_by rows_destroyed rows_kept files_destroyed"
		" files_left",
	),
	"SV Self Check": _groups(system="checked_at finding_count findings"),
	"SV Denied": _groups(system="report user_index origin party known_as"),
	"SV Second Factor": _groups(
		system="user sealed confirmed_at last_step failures locked_until invitation_mark invitation_until",
	),
	"SV Quarter Figures": _groups(system="quarter frozen_at figures"),
	"SV Session Pass": _groups(system="user expires_at mark"),
	"SV Page Text": _groups(text="page language text"),
	"SV Receipt": _groups(system="report code_index"),
	"SV Import": _groups(
		system="desk source status asked_by asked_at ended_at file uid_validity position total cases added known"
		" held failure"
	),
	"SV Data Key": _groups(system="reference wrapped_key master_key_id destroyed_at"),
}

# rows of child tables could be listed past their parent on Frappe 15; they hold plain fields only
CHILD_TABLES = {
	"SV Table Case Report": "SV Table Case",
	"SV Report Category": "SV Report",
	"SV Kind Change": "SV Report",
	"SV Table Member": "SV Decision Table",
	"SV Aftercare Measure": "SV Aftercare",
	"SV Desk Member": "SV Desk",
	"SV Opening Hours": "SV Calendar",
	"SV Closing Day": "SV Calendar",
	"SV Deadline Event": "SV Deadline",
	"SV Delivered Number": "SV Delivered Figures",
	"SV Unit Headcount": "SV Unit",
	"SV Subject Case": "SV Subject Request",
}


def group_of(doctype: str, fieldname: str) -> str | None:
	"""Return the group of a field, or None if the doctype or field is unknown."""
	groups = GROUPS.get(doctype, {})
	return next((group for group, fields in groups.items() if fieldname in fields), None)
