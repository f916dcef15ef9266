"""Every use in the shipped package of something that passes by the rights of the session's user.

file -> function -> (what and how often, why that is right). tests/test_bypasses.py holds it against the code and
prints what to add. A reason says who may call the function and what of the answer leaves it.
"""

MAIL = "Mail and reporting page have no user who could have a right; nothing found here is shown to anybody."
JOB = "Runs in the outbox's job after the right was checked; a document is changed, nothing is shown."
FIGURE = "Figures count every desk's cases (R3); coded facts only, and only figures leave reports/."
LOADING = "Called by `make figures` and bench on the server, by nobody through the web."
RECEIPT = (
	"Nobody has a right to receipts; whoever has the code is led to one case, and none of it is shown here."
)
SYSTEM_ROW = "Written by the system for itself; no user has a right to create such rows, and none is asked."
OWN_SAVE = "Called while a document is saved that the user was allowed to save."
TWO_PERSONS = (
	"Whoever acts has no right to the approvals; they are looked up, recorded and told all the same."
)
GATE = "The gate itself, on the session's own user; of a row no more than yes or no leaves the server."
ALIKE = "Numbers only, of cases that aren't denied to the user; names of cases stay inside."
CHOOSING = (
	"Asked while a document of the case is saved; only yes or no leaves it, in one sentence for all reasons."
)
DENYING = "Nobody has a right to the list; who may write the case was checked before, nothing is shown."
GRANTING = "Nobody may write grants by hand; the function has checked who gives, confirms or ends before."
DATES = "When a case is due stands on its ticket for whoever sees that, as the queue needs it; nothing is returned."
STATES = "Whether a case is closed stands on its ticket for whoever sees that, as the queue needs it; nothing is returned."
LEAVING = "An account that has lost its roles: what it asked for and was given ends; nothing of it is shown."
APPOINTING = "Two persons have agreed who runs a desk that nobody runs; nothing of its cases is read."
HANDING_OVER = "Who runs the desk hands over without reading: names of rows stay inside, only numbers leave."
SELF_CHECK = "The daily job or the server's shell looks at the site's configuration; no content is read."
UNINSTALL = "bench uninstall-app on the server; there is no user, and everything goes."
LOG = "The access log writes and checks its own rows; texts of a case are not in it, and nothing is shown."
MATTER = "Names of cases stay inside permissions/; what leaves is a refusal in one sentence for all reasons."
STEP = "Who takes the step was asked before; what is looked up decides whether it fits, and is not shown."
COMPLAINT = (
	"Of a part of a complaint that is saved, handed over or given out by who may; a refusal leaves it."
)
COMPLAINT_TOLD = "After a person or complaint of the case was saved by who may, or for an answer: a day is emptied, or yes or no."
CARRYING_OUT = "permitted_context has checked that the task is the user's; coded facts of DOMAIN's list only."
SHARED = "Names of documents; covers asks for each whether the consent opens it to this user."
GUARD = "A guard must know what is asked about whoever asks; it refuses or not, and shows nothing of it."
MIGRATING = "Runs once on the server when the app is brought up to date; there is no user."
CLOCK = "Clocks follow from documents that somebody had the right to change; nothing of them is shown here."
DEADLINE = "Opening hours and terms, which all our people may read, and the desk they are looked up by; no more than a moment leaves it."
OWN_FILE = "A reporter has no right to documents and sees none: only who opened their own case, when and by what right."
MISSING = "Sweep and agenda ask for rights themselves, and an agenda takes only whether its user is among who is missing."
IMPORT = "A job that was asked for by who leads the desk: how far it is, and nothing of a case."
LEADS = "Who asks leads this desk, which was looked at before; numbers and moments only."
RECOUNTED = "Whoever hides a case reads nothing of this: numbers that others were told become smaller."
KEEPING = "The daily job of retention, which nobody calls through the web: what was confirmed goes, nothing of it is shown."
SWEEP = "The sweep's job, which nobody calls through the web: who is told was asked of the rules; people get a number."

SUBJECT = (
	"Who may answer is asked of the rules for each case; names of cases go to nobody who may not use them."
)
SUBJECT_OPENED = (
	"Names of documents of cases that the handler may use; each text is opened by their own right."
)
SUBJECT_OWN = (
	"A request is written by code alone, for who was found to answer it; nothing is shown to who registers."
)

BYPASSES = {
	"access_log/belonging.py": {
		"_of_table": (
			"db.get_value, qb.from_",
			"Names the case of a row of the log; the rules decide who reads that.",
		),
		"case_of": ("db.get_value 2", "Names the case of a row of the log; the rules decide who reads that."),
	},
	"access_log/chain.py": {
		"_head": ("db.get_value", LOG),
		"append": ("db.bulk_insert, qb.update", LOG),
		"begin": ("db.exists, db_insert", SYSTEM_ROW),
	},
	"access_log/document.py": {
		"LoggedDocument.db_insert": ("db_insert", "The document's own insert, which is noted in the log."),
		"LoggedDocument.db_update": ("db_update", "The document's own update, which is noted in the log."),
	},
	"access_log/host_log.py": {
		"NotingAccessLog.db_insert": ("db_insert", "The host's own row about an export, which is noted."),
		"NotingAccessLog.note": ("db.get_value", LOG),
	},
	"access_log/openings.py": {
		"opened": ("db.get_value", LOG),
	},
	"access_log/own_file.py": {
		"_at_tables": ("get_all 5", OWN_FILE),
		"_complaint_of_another": ("db.exists, get_all", OWN_FILE),
		"_rows": ("get_all", OWN_FILE),
		"cases_of": ("get_all 2", OWN_FILE),
		"openings_of": ("qb.from_", OWN_FILE),
	},
	"access_log/own_page.py": {
		"_desks": ("qb.from_", OWN_FILE),
		"_names": ("get_all", OWN_FILE),
	},
	"access_log/refusals.py": {
		"take": ("db.exists", LOG),
	},
	"access_log/verification.py": {
		"_rows": ("qb.from_", LOG),
	},
	"commands.py": {
		"import_mails": ("db.get_value", "On the server's command line: whether there is such a desk."),
		"invite": ("db.get_value", "On the server's command line: whether there is such an account."),
	},
	"aftercare/plan_on_paper.py": {
		"_measures": ("db.get_value", "Titles of the catalogue's measures, which everybody may read."),
		"pdf": ("db.get_value", "The desk of the case, whose name stands on the letter."),
	},
	"aftercare/plans.py": {
		"to_print": ("db.exists", "The right to the plan is checked next, in the same words for none."),
	},
	"aftercare/unfounded_letter.py": {
		"_was_measured": (
			"db.get_value, get_all",
			"Whether there was a measure, so that the letter doesn't deny it; who works on the case prints it.",
		),
		"download": ("db.get_value", "Coded facts of the case, for who works on it, after that was checked."),
	},
	"annual_report/downloads.py": {
		"_stored": (
			"db.exists",
			"Before the right to a version is asked; none and not one's own look alike.",
		),
	},
	"annual_report/unit_plan.py": {
		"of_unit": (
			"get_cached_doc",
			"From where on a figure is amber and red stands in each unit's report.",
		),
	},
	"complaints/consents.py": {
		"_refuse_of_other_sides": ("db.get_value", COMPLAINT),
		"check": ("db.get_value", COMPLAINT),
		"check_side": ("db.get_value", COMPLAINT),
	},
	"complaints/copies.py": {
		"_give": ("db.get_value", "The case's number, for a complaint whose right was checked."),
		"_note": (
			"db.set_value, db_insert",
			"That a copy went out, of a complaint whose right was checked; nobody may write that by hand.",
		),
	},
	"complaints/files.py": {
		"name_of": ("db.get_value", "The case's number, for a part whose right was checked."),
	},
	"complaints/on_paper.py": {
		"_facts": ("db.get_value", "Desk and number of a case, for the desk that gives the copy out."),
	},
	"complaints/parts.py": {
		"next_number": (
			"db.get_value, qb.from_",
			"A number only; what is numbered is then saved by the rules.",
		),
		"of": (
			"get_all",
			"Names of parts of a complaint whose right was checked; each text is opened by it.",
		),
	},
	"complaints/told.py": {
		"_accused": ("get_all", COMPLAINT_TOLD),
		"_empty": ("db.get_value, db.set_value", COMPLAINT_TOLD),
		"_named": ("db.get_value", COMPLAINT_TOLD),
		"is_told": ("db.get_value", COMPLAINT_TOLD),
	},
	"crypto/data_keys.py": {
		"_row": ("db.get_value", "Keys are nobody's to read; the key leaves as opened text, after a check."),
		"_row_as_it_is_now": (
			"db.sql, qb.from_",
			"Keys are nobody's to read; the key leaves as opened text, after a check.",
		),
		"_insert": ("db_insert", SYSTEM_ROW),
		"destroy": (
			"db.get_value, db.set_value",
			"Empties a key; whoever calls it has checked that it may go.",
		),
		"destroyed_since": ("qb.from_", SELF_CHECK),
		"master_keys_in_use": ("qb.from_", "Ids of master keys, for the self-check and the daily job."),
		"rewrap": (
			"db.set_value, qb.from_ 2",
			"bench sv-rotate-key and the daily job: wraps keys, reads no case.",
		),
	},
	"crypto/document.py": {
		"SealedDocument._seal_changes": ("db.get_value", OWN_SAVE),
		"SealedDocument.db_insert": (
			"db_insert",
			"The document's own insert, with its sealed fields encrypted.",
		),
		"SealedDocument.db_set": ("db_set", "The document's own db_set, which refuses sealed fields."),
		"SealedDocument.db_update": (
			"db_update",
			"The document's own update, with its sealed fields encrypted.",
		),
	},
	"crypto/file_journal.py": {
		"sweep": ("db.get_value", "Tells whether an encrypted file has a row; deletes those that have none."),
	},
	"crypto/files.py": {
		"remove": ("db.delete, db.get_value", "A job of the system that is done with it; nothing is shown."),
		"read": (
			"db.get_value",
			"Where the bytes are; every caller has checked the right to the case before.",
		),
		"store": (
			"db_insert",
			"File's own hooks would write names and comments; the caller saves the owner.",
		),
	},
	"crypto/quiet.py": {
		"QuietJobLog._is_of_ours": (
			"db.get_value",
			"Of which job a row of the host's log is, so that it stays quiet.",
		),
		"QuietJobLog.db_set": (
			"db_set",
			"The host's own log of its jobs, with what failed and without values.",
		),
	},
	"dashboard/block.py": {
		"_keep": (
			"db.exists",
			"At install and migrate: the place in the workspace, in which nothing of a case stands.",
		),
	},
	"dashboard/parts.py": {
		"_rows": ("db.sql", "Every count holds the rules' own conditions for the session's user."),
	},
	"deadlines/absence.py": {
		"announce": (
			"db_set 2",
			"A member of the desk writes three fields of their own row, and nothing else.",
		),
	},
	"deadlines/actors.py": {
		"_asked": ("get_all", SWEEP),
	},
	"deadlines/answers.py": {
		"_due": ("db.sql", SWEEP),
	},
	"deadlines/applying.py": {
		"apply_to_running": (
			"db.exists",
			"Who may change the term is decided next, in the same words whether it exists.",
		),
		"candidates": ("db.get_value, qb.from_", CLOCK),
		"move_batch": ("db.get_value", CLOCK),
	},
	"deadlines/clocks.py": {
		"_write": ("db.set_value", CLOCK),
		"locked": ("db.sql", CLOCK),
		"of": ("get_all", CLOCK),
		"start": ("db_insert", SYSTEM_ROW),
	},
	"deadlines/delivery.py": {
		"_tell": ("db.exists, db.sql", SWEEP),
		"_told_in": ("db.sql", SWEEP),
		"_waiting": ("db.sql", SWEEP),
		"in_sight": ("get_all", SWEEP),
	},
	"deadlines/desk_calendars.py": {
		"calendar_of": ("db.get_value", DEADLINE),
	},
	"deadlines/following.py": {
		"_drafts_follow": ("get_all", CLOCK),
	},
	"deadlines/forgetting.py": {
		"forget_some": (
			"db.delete, db.sql",
			"The daily job: rows of who was told of what has stopped long ago.",
		),
	},
	"deadlines/history.py": {
		"_lengths": ("db.sql", CLOCK),
		"note": ("db.sql", SYSTEM_ROW),
		"waited": ("qb.from_", CLOCK),
	},
	"deadlines/lacking.py": {
		"since": ("db.get_value", CLOCK),
	},
	"deadlines/moves.py": {
		"_write": ("db.sql", CLOCK),
	},
	"deadlines/owners.py": {
		"pass_on": ("db.set_value", CLOCK),
		"give_further_to": ("db.set_value", CLOCK),
		"give_to": ("db.set_value", CLOCK),
	},
	"deadlines/place.py": {
		"Place.desk": ("db.get_value", CLOCK),
		"Place.owner": ("db.get_value", CLOCK),
	},
	"deadlines/readings.py": {
		"endangered": ("db.get_value", CLOCK),
		"is_awaited": ("db.get_value", CLOCK),
		"is_unwritten": ("db.exists", CLOCK),
		"last_step": ("db.get_value", CLOCK),
	},
	"deadlines/recounting.py": {
		"recount": ("db.sql", RECOUNTED),
		"told_of": ("db.sql", RECOUNTED),
	},
	"deadlines/sight.py": {
		"_clocks": ("db.sql", "Every question holds the rules' own conditions for the session's user."),
	},
	"deadlines/sweep.py": {
		"_due": ("db.sql", SWEEP),
		"_move": ("db.sql", SWEEP),
		"_repeat": ("db.sql 2", "Sets how the sweep's own transactions lock rows; reads and writes none."),
	},
	"deadlines/telling.py": {
		"_acute": ("get_all", SWEEP),
		"write": ("db.sql", SWEEP),
	},
	"deadlines/terms.py": {
		"named": ("db.get_value", DEADLINE),
		"terms_of": ("qb.from_", DEADLINE),
	},
	"deadlines/with_reporter.py": {
		"_of_case": ("db.get_value", CLOCK),
	},
	"forms/neighbours.py": {
		"_seen": ("db.sql", "The rules' own conditions for the session's user, on both ends of the link."),
	},
	"forms/time_line.py": {
		"_names": ("get_all", "Full names of colleagues who did something in rows that the user may see."),
		"of_case": (
			"db.sql",
			"Each arm has the rules' own condition for the session's user; coded facts only.",
		),
	},
	"forms/titles.py": {
		"_rows": (
			"db.sql",
			"The rules' own condition for the session's user; plain words, and names where they may.",
		),
	},
	"guards/checks/charts.py": {
		"chart": ("db.get_value 2", GUARD),
	},
	"guards/checks/documents.py": {
		"absent_file": ("get_all", GUARD),
		"absent_if_hidden": ("db.exists, db.get_value", GUARD),
		"counted_anew": ("db.exists, qb.update", GUARD),
		"links": ("db.exists 2", GUARD),
		"made_up_document": ("db.exists 2", GUARD),
		"prepared_report": ("db.exists", GUARD),
	},
	"guards/checks/helpdesk.py": {
		"communication": ("db.get_value", GUARD),
		"saved_reply": ("db.get_value", GUARD),
		"tickets": ("db.get_value", GUARD),
	},
	"guards/checks/linked.py": {
		"fields": ("db.exists", GUARD),
	},
	"guards/counting.py": {
		"get_group_by_count": ("qb.from_", "Assignments of the rows that get_list gave to this user."),
	},
	"guards/records.py": {
		"_comes_with_the_app": ("flags.in_install, flags.in_migrate", "No client sets these flags."),
		"keep_document": ("flags.in_uninstall", "The app's own uninstall takes its documents away."),
		"leads_to_ours": ("db.exists", GUARD),
		"refuse_about_our_doctypes": ("db.get_value", GUARD),
		"refuse_kept_report": ("db.get_value", GUARD),
		"refuse_mailed_report": ("db.get_value", GUARD),
	},
	"guards/rows.py": {
		"has_permission": ("db.get_value", GUARD),
		"may_read_prepared_report": ("db.get_value 2", GUARD),
	},
	"guards/subjects.py": {
		"may_read": ("db.exists, db.get_value", GUARD),
	},
	"guards/tickets.py": {
		"may_see": ("db.get_value 2, db.sql", GUARD),
		"withdraw_from_outsiders": ("db.delete, db.set_value, get_all", MAIL),
	},
	"helpdesk/acknowledgement_letter.py": {
		"download": (
			"db.exists, db.get_value",
			"The right to the person is checked next, in the same words for none; then number, desk and day.",
		),
	},
	"helpdesk/conversation.py": {
		"_attachments": ("get_all", "of_case has checked the right to the case whose files these are."),
		"of_case": (
			"get_all",
			"The right to the case is checked in the line above; its messages come with it.",
		),
		"open_attachment": ("db.get_value", "To which case the file belongs, to check the right to that."),
	},
	"helpdesk/email_account.py": {
		"receive_for_desk": ("db.get_value", MAIL),
	},
	"helpdesk/held_mail.py": {
		"_held": ("db.exists", "Whether it is there; the answer is the same as for a mail without a right."),
		"hold": ("ignore_permissions", MAIL),
		"take_in": ("db_set 2", "_held has checked the right to this mail; the form can't set its status."),
	},
	"helpdesk/holiday_list.py": {
		"days": ("get_all", DEADLINE),
	},
	"helpdesk/from_outside.py": {
		"add_message": ("ignore_permissions 2", MAIL),
		"flag": ("db.get_value, db.set_value", MAIL),
		"make_case": ("flags.ignore_mandatory, ignore_permissions 2", MAIL),
		"queue": ("db.get_value, db_set", MAIL),
	},
	"helpdesk/intake.py": {
		"_answers_itself": ("db.count", MAIL),
		"_count_duplicate": ("db.get_value, db.set_value, qb.from_", MAIL),
		"_take_in_bounce": ("db.get_value, db.set_value", MAIL),
		"_warnings": ("get_all", MAIL),
		"take_in": ("db.get_value", "Locks the desk's row, so that one mail at a time is taken in."),
	},
	"helpdesk/joining.py": {
		"ask": (
			"db.get_value 2",
			"Who may work on the case was asked first; the mail answered is named to nobody.",
		),
	},
	"helpdesk/mailbox_reader.py": {
		"ImapReader.note": ("db.set_value", "How far the host's IMAP folder was read; no case of ours."),
	},
	"helpdesk/mailboxes.py": {
		"address_of": (
			"db.get_value 2",
			"The address of a desk, which everybody may know; printed on its letters.",
		),
		"addresses": (
			"db.get_value, get_all",
			"Addresses of desks, which everybody may know; used by the mail path.",
		),
		"desk_of_account": ("db.get_value", MAIL),
	},
	"helpdesk/outbox.py": {
		"_claim": ("qb.from_", JOB),
		"_fail": ("db_set", JOB),
		"_mailbox": ("db.get_value", "The desk's mailbox, to send from; the caller has checked the case."),
		"_postpone": ("db_set", JOB),
		"_insert": (
			"ignore_permissions",
			"reply has checked the right to the case; an acknowledgement has no user.",
		),
		"_send": ("db_set, flags.mute_emails, get_cached_doc", JOB),
		"acknowledge": ("get_cached_doc", MAIL),
		"reply": ("db.get_value", "To which case the message belongs, to check the right to that."),
	},
	"helpdesk/queue_views.py": {
		"follow_desk": (
			"db.set_value, get_all",
			"Called while the desk is saved; names of tickets stay inside, and only their team changes.",
		),
		"has_permission": ("db.get_value", GUARD),
		"keep": (
			"db.exists, db_insert, get_all",
			"Views hold the names of teams, no case; who changes a desk need not be an agent.",
		),
		"remove": ("db.delete, db.exists", "Our own views only; they are made anew or the app goes."),
	},
	"helpdesk/sealed_ticket.py": {
		"create": ("ignore_permissions", "Staff who open cases need not be Agents; the ticket says nothing."),
		"is_sealed": (
			"db.exists, db.get_value",
			"Refusing must not depend on who asks; yes or no stays in the server.",
		),
		"keep_at_desk": ("db.get_value 2", "The team of the case's desk, compared and not shown."),
		"keep_in_queue": ("flags.in_uninstall", "The app's own uninstall takes its tickets away."),
		"keep_sealed": ("db.get_value", "What the ticket holds already, compared and not shown."),
		"neutral_address": ("db.get_single_value", "A setting that stands on every sealed ticket."),
	},
	"helpdesk/threads.py": {
		"_referred_by_id": ("get_all", MAIL),
		"_referred_by_number": ("get_all", MAIL),
		"_took_part": ("db.exists 2", MAIL),
		"of_desk": ("db.get_value", MAIL),
	},
	"helpdesk/ticket_dates.py": {
		"_clocks_of": ("get_all", DATES),
		"_tickets_of": ("get_all", DATES),
		"_write": ("qb.update", DATES),
		"keep": ("db.get_value", DATES),
		"show_all": ("get_all", DATES),
	},
	"helpdesk/ticket_form.py": {
		"keep": ("db.exists 2", "Install and migrate have no user."),
		"remove": ("db.delete, db.exists", UNINSTALL),
	},
	"helpdesk/ticket_status.py": {
		"in_helpdesk": ("get_all", "Statuses of Helpdesk, which every agent may read."),
		"_write": ("db.set_value", STATES),
		"show_all": ("get_all", STATES),
	},
	"importing/api.py": {
		"_folders": ("db.get_value", LEADS),
		"_imports": ("get_all", LEADS),
		"stop": ("db.get_value", "At which desk it is, to ask whether the user leads that; not shown."),
	},
	"importing/checking.py": {
		"taken_over": (
			"get_all",
			"Keys that the file itself names, of the desk that its sender leads, without cases hidden from them.",
		),
	},
	"importing/mails.py": {
		"_note": ("db.get_value, db.set_value", IMPORT),
		"take_in": ("db.get_value 2", IMPORT),
		"take_in_folder": ("db.get_value 2, db.set_value", IMPORT),
	},
	"importing/rules_of_cases.py": {
		"Today.__init__": ("get_all", "Privacy officers as keyed hashes; no more than a sentence leaves it."),
	},
	"importing/running.py": {
		"_end": ("db.get_value, db.set_value", IMPORT),
		"_go_on": ("db.get_value", IMPORT),
		"_is_running": ("db.get_value, db.set_value", IMPORT),
		"_load": ("db.get_value", IMPORT),
		"begin": ("db_insert", SYSTEM_ROW),
		"enqueue": ("db.exists", IMPORT),
		"run": ("get_all", IMPORT),
		"stop": ("db.get_value", IMPORT),
	},
	"importing/words.py": {
		"Words.__init__": ("get_cached_value", "Names of who works at the desk, for who leads it."),
		"_masters": ("get_all", "Categories, units and desks, which all our people may read."),
	},
	"install.py": {
		"keep_neutral_address_silent": ("db.exists, ignore_permissions", "Install and migrate have no user."),
		"make_key_file": ("db.count", "Install and migrate: are there encrypted cases already?"),
	},
	"leaving/accounts.py": {
		"end": ("db.set_value 2, get_all", LEAVING),
		"tidy": ("db.get_value, get_all 2", LEAVING),
	},
	"leaving/appointing.py": {
		"_make_coordinator": ("db_insert, db_set 2", APPOINTING),
		"may_appoint": ("db.exists", "Whether there is such a desk; only yes or no leaves it."),
	},
	"leaving/fits.py": {"give": ("db.set_value 2", HANDING_OVER)},
	"leaving/hand_over.py": {"_check_successor": ("db.get_value", HANDING_OVER)},
	"leaving/held.py": {
		"_Place._of_request": ("get_all", HANDING_OVER),
		"_Place._of_supported": ("db.exists", HANDING_OVER),
		"_Place._rows": ("get_all", HANDING_OVER),
		"_Place._rows_of_tables": ("get_all", HANDING_OVER),
		"_names": ("get_all", HANDING_OVER),
	},
	"leaving/in_use_again.py": {
		"may_take": ("db.get_value", "Whether a desk is in use; only yes or no leaves it."),
		"take": (
			"db_set",
			"Who led the desk was looked at before; nothing else of it is changed, nothing shown.",
		),
	},
	"leaving/still_open.py": {
		"_number": (
			"db.sql",
			"How much is open at a desk, for who takes it out of use; without what is hidden from them.",
		),
	},
	"leaving/unattended.py": {
		"tell_desks": ("get_all", "A job of the system; who runs a desk is told a number, no case."),
	},
	"minutes/approvals.py": {
		"_waiting": ("db.exists", "Who may is decided next, in the same words whether the minutes exist."),
		"given": (
			"qb.from_",
			"Who approved, for the app: every caller has the right to the minutes or locks them.",
		),
		"standing": ("db.exists", "Minutes that aren't there are nobody's to approve, like those of others."),
		"term": ("db.get_value", DEADLINE),
	},
	"minutes/agreed.py": {
		"of": ("qb.from_", "Of minutes that the caller locks, or may read; the texts are encrypted."),
	},
	"minutes/contributions.py": {
		"rows_of": ("qb.from_", "Who wrote when, read current while minutes are saved or copied; no text."),
	},
	"minutes/copies.py": {
		"_copies": ("qb.from_", "Numbers and recipients, for who sends these minutes out; read current."),
		"_found": ("db.exists", "Who may is decided next, in the same words whether it exists."),
		"add": (
			"db.exists, db.get_value",
			"Who may is decided next, in the same words whether the minutes exist.",
		),
		"download": (
			"db.get_value 2",
			"The recipient's and the table's name, for who may have the copy.",
		),
		"give_out": (
			"db.delete, db.set_value",
			"Approved minutes go out to who is on the list; nobody has a right to change it by hand.",
		),
		"take_off": ("db.delete", "Who sends these minutes out, asked first; nobody may delete by hand."),
	},
	"minutes/invitation.py": {
		"download": ("db.exists", "The right to the table is checked next, in the same words for none."),
	},
	"minutes/missing_approvals.py": {
		"_given": ("get_all", MISSING),
		"_seated": ("get_all", MISSING),
		"missing_of": ("qb.from_", MISSING),
	},
	"minutes/who_wrote.py": {
		"by_section": ("db.get_value", "Names of colleagues, for who may read the minutes."),
	},
	"minutes/printing.py": {
		"_Print.facts": (
			"db.get_value",
			"The number of the version that was corrected, for a reader of the new one.",
		),
		"_name": ("db.get_value", "Names of colleagues who sat at a table, for who may read its minutes."),
	},
	"minutes/system_rows.py": {
		"write": ("db_insert", SYSTEM_ROW),
	},
	"minutes/versions.py": {
		"correct": (
			"db.exists, db.get_value",
			"Who may is decided next, in the same words whether the minutes exist.",
		),
	},
	"notices.py": {
		"_is_unread": (
			"db.exists",
			"Whether somebody still has the same notice before them; nothing leaves.",
		),
		"_language": ("get_cached_value", "In which language somebody is told."),
		"_mail": ("db.get_value", "The address of somebody who is told; the mail says nothing."),
		"_show": ("db_insert", "Nobody may write a notice for somebody else; the sentence is neutral."),
		"correct_number": (
			"db.delete, db.set_value",
			"The number in a notice of somebody from whom something was just hidden; it only becomes smaller.",
		),
		"tell_number": (
			"db.exists, db_set",
			"The number in a notice of the same person is brought up to date.",
		),
	},
	"onboarding/first_steps.py": {
		"_desks": (
			"get_all",
			"Desks hold nothing of a case; only a coordinator, asked first, is told of them.",
		),
		"units": ("db.count", "Whether there are any; only a coordinator, asked first, is told."),
	},
	"onboarding/mail.py": {
		"default_outgoing": (
			"db.get_value",
			"Whether there is one; only a coordinator, asked first, is told.",
		),
	},
	"patches/clocks_of_open_documents.py": {
		"_batches": ("get_all", CLOCK),
	},
	"patches/desk_calendars.py": {
		"_calendar": ("db.exists", MIGRATING),
		"execute": ("db.set_value, qb.from_", MIGRATING),
	},
	"patches/held_contacts.py": {"execute": ("qb.from_, qb.update", MIGRATING)},
	"patches/outcomes_of_measures.py": {
		"execute": (
			"db.set_value, get_all",
			"Runs in migrate, on the server; measures hold nothing of a case.",
		),
	},
	"patches/roles_before_two_persons.py": {"execute": ("db.exists, get_all", MIGRATING)},
	"pdf/house.py": {
		"of_settings": (
			"get_cached_doc",
			"The institution's name, logo and colours, which stand on what it publishes.",
		),
	},
	"pdf/sender.py": {
		"name": (
			"db.get_single_value, db.get_value",
			"Names of the institution and of the desk, no content.",
		),
		"name_of": ("db.get_value", "The name of a colleague, on paper that somebody with the right makes."),
	},
	"permissions/acting.py": {
		"acting_roles": ("get_cached_value", "The decision itself: is this account switched on?"),
	},
	"permissions/alike.py": {
		"_people": ("get_all", ALIKE),
		"_rows": ("get_all", ALIKE),
	},
	"permissions/becoming_denied.py": {
		"_end_grants": ("db.set_value, get_all", DENYING),
		"_forget_in_host": ("db.delete, get_all", DENYING),
		"_unassign": ("db.get_value, db.set_value", DENYING),
		"take_away": ("db.get_value, db.set_value", DENYING),
	},
	"permissions/break_glass.py": {
		"ask": ("db.get_value", "Whether the number is a case's changes nothing in the answer."),
		"my_requests": ("get_all", "The session user's own requests, as that person wrote them."),
	},
	"permissions/capacities.py": {
		"theirs": ("db.exists", "Who may is decided next, in the same words whether it exists."),
	},
	"permissions/carrying_out.py": {
		"_assigned": ("db.exists", "Is there such a task? The right to it is asked in the next line."),
		"_consent_to_name": (
			"get_all",
			"Names of consents; opened_to asks of each whether it is the user's.",
		),
		"_of_plan": ("db.get_value", CARRYING_OUT),
		"_of_table": ("get_all 2", CARRYING_OUT),
		"_person_of_plan": ("db.get_value", "Only asked for a consent of that person, and never shown."),
		"reports_of": ("db.get_value, get_all 2", "Names of cases for code of ours; they are not shown."),
	},
	"permissions/case_numbers.py": {
		"numbers_of": ("db.sql", "The rules' own condition, and the denied list for the privacy officer."),
	},
	"permissions/confirming.py": {
		"_described": ("get_cached_value", "The full name of who asks, for the second person."),
		"_tell_opened": ("db.get_value", "Who is told that a case was opened; nothing of it is."),
		"confirm": ("db.set_value", GRANTING),
		"open_requests": ("get_all", "Checks who may confirm, and leaves out what is denied to them."),
		"people": ("get_all 2", "Who can be the second person: users, to be told without content."),
		"refuse": ("db.set_value", GRANTING),
	},
	"permissions/consent.py": {
		"_holds": ("db.sql", "The decision itself: is this consent open now? Yes or no, and nothing of it."),
		"in_force_among": ("db.sql", "The same, for many cases at once; their names came from the caller."),
	},
	"permissions/decision.py": {
		"points_at_own": ("db.get_value, get_all", "The decision itself: which cases a table has already."),
		"rights_in_hand": (
			"db.exists",
			"The decision itself: is this a stored record or one made up by a client?",
		),
		"rights_on": ("db.sql", "The decision itself: the row rules, asked for one name."),
	},
	"permissions/denied_by_hand.py": {
		"_others_left": ("db.get_value 2", DENYING),
		"allow_again": ("db.delete", DENYING),
		"deny": ("db.exists, db.get_value", DENYING),
		"entries": ("db.count", "A number, for who may write the case."),
		"require_second_person": ("db.get_value", "The case's number, for the second person who is asked."),
	},
	"permissions/denied_list.py": {
		"denied_among": ("get_all", DENYING),
		"hide_alike": ("get_all", DENYING),
		"accounts": ("qb.from_", "All accounts as keyed hashes, to find the ones of an accused."),
		"_require_second_person": (
			"get_all",
			"Whether one of the accounts is a privacy officer's; shows nothing.",
		),
		"_accused_known_as": ("get_all", "Finds the accused who has an account's address; shows nothing."),
		"add": ("db_insert", "Nobody has a right to the list: it says who is accused."),
		"follow": ("db.delete, get_all", "Nobody has a right to the list: it says who is accused."),
		"follow_all": ("get_all 2", "A job of the system; nobody has a right to the list."),
		"follow_account": ("db.exists", "Runs when an account is saved, and tells its saver nothing."),
		"follow_rename": (
			"db.set_value, get_all",
			"Runs when an account is renamed, and tells its saver nothing.",
		),
		"_note_known_as": ("db.set_value", "A job of the system; nobody has a right to the list."),
		"is_denied": ("db.exists", "The decision itself: yes or no, to code of ours that never shows it."),
	},
	"permissions/anonymised.py": {
		"follow_rename": (
			"db.set_value",
			"Runs when an account is renamed; what it changes is a keyed hash that nobody is shown.",
		),
	},
	"permissions/desk_people.py": {
		"knows_of_repetition": ("db.get_value", "How a desk works; only yes or no leaves it."),
		"on": ("qb.from_", "Who works at which desk on a day; used by decisions, not shown."),
	},
	"permissions/fields.py": {
		"keep_to_rights": (
			"ignore_permissions",
			"Nothing is written here: the system's own writes are not held to somebody's field rights.",
		),
	},
	"permissions/grants.py": {
		"locked": ("db.get_value", GRANTING),
		"write": ("db.get_value, db_insert", GRANTING),
	},
	"permissions/outliving.py": {
		"keep_hidden": ("db.set_value", DENYING),
		"keep_request_hidden": ("db.get_value, get_all", DENYING),
		"let_go": ("db.delete, db.exists 2", DENYING),
		"tidy": ("get_all 2", DENYING),
		"_readers_of_figures": ("get_all", DENYING),
	},
	"permissions/recipients.py": {
		"_other_people": (
			"get_all",
			"Keyed hashes, to leave out other people's messages; they are not shown.",
		),
		"_tables": ("db.sql", SHARED),
		"can_receive": ("db.get_value", "The decision itself: is this account in use? Yes or no."),
		"documents": ("get_all", SHARED),
		"is_given_back": ("get_all", "The decision itself: is what was offered over? Yes or no."),
	},
	"permissions/readable.py": {
		"_of_doctype": (
			"db.sql",
			"The decision itself: the row rules, asked for many names and people at once.",
		),
	},
	"permissions/relations.py": {
		"Relations.granted": ("db.sql", "The decision itself: the cases a grant opens to a user."),
		"Relations.of_many": ("qb.from_", "The decision itself: which of several users have a grant at all."),
		"_members": ("qb.from_", "The decision itself: the desks that users are members of."),
	},
	"permissions/repetition.py": {
		"_titles": ("get_all", "Desks of which a reporter consents to be joined with this one."),
		"_visible": ("db.sql", "Asks the rules' own condition which of these cases the user may see."),
		"numbers": ("db.get_value", "The caller may read the case; nothing of it is handed out."),
	},
	"permissions/seats.py": {
		"_invitations": ("db.sql", "One's own invitations, the denied list asked in the same query."),
		"accept_seat": ("db.set_value", "One's own seat only, found by _invitations."),
		"decline_seat": ("db.set_value", "One's own seat only, found by _invitations."),
		"state_confidentiality": ("db.set_value", "One's own statement only, at a table one has a right to."),
	},
	"permissions/same_matter.py": {
		"_made_directly_from": ("get_all 2", MATTER),
		"_made_from": ("db.get_value 2", MATTER),
		"_with_the_same_accused": ("get_all 2", MATTER),
	},
	"permissions/second_person.py": {
		"_colleagues": ("get_all", "The decision itself: is there anybody else at the desk with a right?"),
		"has_lapsed": (
			"db.exists",
			"The decision itself: was an earlier exception never confirmed? Yes or no.",
		),
		"may_confirm": ("db.get_value", "The decision itself: which desk's stand-in may be asked."),
		"tell_people": (
			"db.get_value, get_all",
			"Who may be told is asked of may_confirm; the sentence is neutral.",
		),
		"to_confirm": ("get_all", "may_confirm is asked of each exception before anything of it is shown."),
	},
	"permissions/shared.py": {
		"_named": ("db.sql", "Names of open consents in favour of the user; opened_to asks for each again."),
	},
	"permissions/sides.py": {
		"_handler": ("db.get_value", CHOOSING),
		"_named": ("get_all", CHOOSING),
		"_side_of_handler": ("db.get_value 2", CHOOSING),
		"_side_of_who_accepts": ("db.get_value", CHOOSING),
		"holders": ("get_all", "Who has a part in a case, compared with who was denied and not shown."),
		"reports_of": ("db.get_value, get_all 2", CHOOSING),
		"tables_about": ("get_all 3", CHOOSING),
		"takes_other_side": ("db.get_value", CHOOSING),
	},
	"permissions/telling_repetition.py": {"_has_further_reporters": ("db.exists", OWN_SAVE)},
	"permissions/temporary_access.py": {
		"_check_colleague": ("db.get_value", GRANTING),
		"_consent_for": ("get_all", "may_give was asked before; only whether there is one matters."),
		"colleagues": ("get_all", "Who works on cases, for who may give access; the same for every case."),
		"end": ("db.set_value", GRANTING),
		"may_give": ("db.exists, db.get_value", "The decision itself, for who runs a desk without reading."),
	},
	"referrals/letter.py": {
		"_why_it_may_be_read": ("db.get_value", "Consent or exception, for the letter that the desk sends."),
		"download": (
			"db.exists, db.get_value",
			"The right to the referral is checked next; the case's number only.",
		),
		"pdf": (
			"db.get_value",
			"The case number as reference, for the desk that sends the letter; download has checked that.",
		),
	},
	"reporting/codes.py": {
		"end": ("db.delete", RECEIPT),
		"find": ("db.get_value", RECEIPT),
		"give": ("db_insert", RECEIPT),
		"is_open": ("db.exists", RECEIPT),
		"report_of": ("db.get_value", RECEIPT),
	},
	"reporting/dialogue.py": {
		"of": (
			"get_all 2",
			"For a visit, which a right code makes; each text is opened for it by the message itself.",
		),
	},
	"reporting/page_texts.py": {
		"shown": ("get_all", "A text that was written to be published."),
	},
	"reporting/rendering.py": {
		"answer": ("db.get_single_value", "The institution's name, which stands on its public page."),
	},
	"reporting/report_form.py": {
		"choices": ("get_all", "The names of the institution's parts, to choose from on its public page."),
	},
	"reporting/switch.py": {
		"desks": ("get_all", "Which desks take reports on the public page, and who reads them."),
		"emergency": ("db.get_single_value", "A text for the public page."),
		"is_on": ("db.get_single_value", "Whether there is a public page."),
		"leave_to": ("db.get_single_value", "An address for the public page."),
	},
	"reporting/taking.py": {
		"_refuse_twice": ("db.get_value", "Whether this form made a message; yes or no leaves it."),
		"acknowledgement": ("get_cached_doc", "What the desk says to everybody who reports."),
		"more": ("db.get_value", "Locks the case of a visit, so that one message at a time is added."),
		"new_report": ("db.get_value", "Locks the desk's row, so that one report at a time is taken in."),
		"withdraw": ("db.get_value 2", "Locks the case of a visit; of it only the language is used."),
	},
	"reports/deadline_figures.py": {
		"_rows": (
			"qb.from_",
			"Of own desks by the rules of rows; of whole desks (R3) small counts are suppressed.",
		),
		"first_end": ("qb.from_", "When the first promise ended, for the daily job of quarters."),
	},
	"reports/delivered.py": {
		"_rows": ("qb.from_", FIGURE),
		"saved": ("qb.from_", "Names and moments, compared when a year is frozen; nothing of it leaves."),
	},
	"reports/earlier.py": {
		"_counted_here": (
			"qb.from_",
			"What was published of earlier years, which every reader of figures may see.",
		),
	},
	"reports/flat.py": {
		"published": ("qb.from_", FIGURE),
	},
	"reports/head_counts.py": {
		"by_unit": ("qb.from_", FIGURE),
	},
	"reports/populations.py": {
		"_advice_requests": ("qb.from_", FIGURE),
		"_confidant_reports": ("qb.from_", FIGURE),
		"_denied_to": ("qb.from_", FIGURE),
		"_no_case_denied": ("qb.from_", FIGURE),
		"_of_advice_request": ("qb.from_", FIGURE),
		"_of_table": ("qb.from_", FIGURE),
		"_referrals": ("qb.from_", FIGURE),
		"_reporters": ("qb.from_", FIGURE),
		"_reports": ("qb.from_", FIGURE),
		"_table_cases": ("qb.from_", FIGURE),
		"_tables": ("qb.from_", FIGURE),
	},
	"reports/quarters.py": {
		"_freeze": ("db_insert", SYSTEM_ROW),
		"freeze_finished": ("get_all", "Which quarters were counted."),
		"of_other_desks": (
			"db.get_value",
			"Figures of whole desks without small counts, handed to coordinators by the report.",
		),
	},
	"reports/readers.py": {
		"_is_denied_something": (
			"db.exists",
			"Whether anything at all is denied to somebody, for the rules that hide figures.",
		),
		"_people": ("get_all", "The desks whose coordinators make the figures; no case."),
		"tell_maker": ("db.get_value", "The year of a case, for a sentence to who isn't kept from it."),
		"years_with_something_denied": ("get_all", "Years, for the rules that hide their figures."),
	},
	"reports/records.py": {
		"Records._read_categories": ("qb.from_", FIGURE),
		"Records._read_desks": ("qb.from_", FIGURE),
		"Records._read_units": ("qb.from_", FIGURE),
	},
	"reports/small_counts.py": {
		"threshold": ("db.get_single_value", "A setting that every reader of figures sees at work."),
	},
	"reports/taking_over.py": {
		"_Loading._desks": ("db.exists", LOADING),
		"_Loading._insert": ("flags.ignore_mandatory", LOADING),
		"_Loading._institution": ("db.exists, get_all", LOADING),
		"_Loading._name_of_institution": ("db.get_single_value", LOADING),
		"_Loading._units": ("db.exists", LOADING),
		"_categories": ("get_all", LOADING),
		"_problems_with_site": ("db.exists 2", LOADING),
	},
	"reports/year_figures.py": {
		"count": (
			"get_cached_doc",
			"The thresholds and the name of the institution, which every version names.",
		),
		"thresholds": (
			"get_cached_doc",
			"The thresholds and the name of the institution, which every version names.",
		),
	},
	"retention/announcing.py": {
		"_note_told": ("db.set_value", KEEPING),
		"_people": ("db.get_value", KEEPING),
		"_tell_reviews": ("get_all", KEEPING),
	},
	"retention/destroying.py": {
		"_destroy": ("db.get_value, db.set_value", KEEPING),
		"_files_of": ("get_all", KEEPING),
		"anonymise": ("db.set_value 2", KEEPING),
		"anonymise_table": ("db.get_value", KEEPING),
		"destroy_mail": ("db.get_value", KEEPING),
	},
	"retention/due.py": {
		"_is_asked_about": ("db.exists, get_all", KEEPING),
		"_others_left": ("db.exists", KEEPING),
		"over": ("get_all", KEEPING),
		"mails_left": ("get_all", KEEPING),
		"tables_left": ("get_all", KEEPING),
		"is_needed_elsewhere": ("db.exists", KEEPING),
	},
	"retention/log.py": {
		"are_removed": ("db.set_value", KEEPING),
		"files_left": ("get_all", KEEPING),
		"write": ("db_insert", SYSTEM_ROW),
	},
	"retention/rows.py": {
		"_clear": ("db.get_table_columns, db.set_value", KEEPING),
		"_delete": ("db.delete 2", KEEPING),
		"_empty": ("db.delete", KEEPING),
		"_named": ("get_all", KEEPING),
		"_staying": ("get_all", KEEPING),
	},
	"retention/steps.py": {
		"notice_days": ("db.get_single_value", "A setting: how long before its day a case is announced."),
	},
	"retention/terms.py": {
		"_chosen": ("db.get_single_value", "A setting: for how many years cases are kept."),
		"follow_step": ("db.set_value", STEP),
		"give_missing": ("db.set_value, get_all", KEEPING),
	},
	"retention/traces.py": {
		"_delete": ("db.delete 2", KEEPING),
		"_delete_naming": ("get_all", KEEPING),
		"_delete_ticket": ("db.delete, get_all 2", KEEPING),
		"_forget_routes": ("qb.from_ 2", KEEPING),
		"_named_in_full": ("get_all", KEEPING),
		"_has_columns": ("db.get_table_columns", "Which columns a table of the host's has; no row of it."),
		"_places": ("qb.from_ 2", "Which documents of the host have a link to any other; no row of them."),
	},
	"self_check/carriers.py": {
		"_has": ("db.exists", SELF_CHECK),
		"_rows": ("get_all", SELF_CHECK),
		"mailed_and_kept_reports": ("get_all 2", SELF_CHECK),
	},
	"self_check/fetching.py": {
		"_came_with_the_host": ("db.exists", SELF_CHECK),
		"_doctypes_that_fetch": ("get_all", SELF_CHECK),
	},
	"self_check/mail.py": {
		"send": ("db.get_value", SELF_CHECK),
	},
	"self_check/people.py": {
		"accounts": ("db.get_value, get_all", SELF_CHECK),
		"desks": ("db.get_value, get_all 2", SELF_CHECK),
		"unattended_cases": ("get_all", SELF_CHECK),
	},
	"self_check/rights.py": {
		"_counted": ("get_all", SELF_CHECK),
		"_held": ("db.exists, get_all", SELF_CHECK),
		"effective_rights": ("db.exists", SELF_CHECK),
		"our_doctypes": ("get_all", SELF_CHECK),
	},
	"self_check/run.py": {
		"daily": ("db_insert, get_all", SELF_CHECK),
	},
	"self_check/settings.py": {
		"second_factor": ("db.get_single_value", SELF_CHECK),
		"system_settings": ("db.get_singles_dict", SELF_CHECK),
	},
	"self_check/sweeping.py": {
		"deadlines": ("db.exists 2", SELF_CHECK),
	},
	"sessions/enrolment.py": {
		"invite": ("db.get_value", "_check_inviter has checked who invites; is there such an account?"),
		"new_invitation": (
			"db_update",
			"invite and reset have checked who invites; nobody has a right to factors.",
		),
	},
	"sessions/factor.py": {
		"_note_failure": ("db_update", GATE),
		"accept": ("db_update", GATE),
		"confirm": ("db_update", GATE),
		"new_row": ("db_insert", GATE),
		"prepare": ("db_update", GATE),
		"remove": (
			"db.delete 2",
			"reset has checked that two persons want it; nobody has a right to factors.",
		),
		"row_of": ("db.get_value", GATE),
	},
	"sessions/gate.py": {
		"_forget": ("db.delete", GATE),
		"_is_valid": ("db.get_value", GATE),
		"_mark": ("db.get_value, qb.from_", GATE),
		"drop_all_passes": ("db.delete", GATE),
		"is_required": (
			"db.get_single_value",
			"A choice for the whole site, asked before anybody has a right.",
		),
		"let_pass": ("db.delete, db.get_single_value, db_insert", GATE),
	},
	"sessions/keys.py": {
		"require": ("flags.disable_traceback", "Only takes the stack trace out of an answer that refuses."),
	},
	"social_safety/case_number.py": {
		"_unused": (
			"db.exists",
			"A random number must be new whoever asks; the answer isn't shown.",
		),
	},
	"social_safety/catalogue.py": {
		"out_of_place": ("get_all", "Codes of the measures catalogue, which holds nothing of a case."),
		"proposed": ("get_all", "The catalogue is for everybody with a role of ours."),
	},
	"social_safety/checks.py": {
		"in_use": ("get_cached_value", OWN_SAVE),
		"same_case": ("db.get_value", OWN_SAVE),
	},
	"social_safety/choices.py": {
		"contacts_after": ("db.get_single_value", "A choice for the whole site, no case."),
		"fill_in": ("db.get_singles_dict, db.set_single_value", "Install and migrate have no user."),
		"reporters_of_a_signal": ("db.get_single_value", "A choice for the whole site, no case."),
	},
	"social_safety/doctype/sv_action/sv_action.py": {
		"SVAction.check_concerns": ("db.get_value", OWN_SAVE),
		"SVAction.check_name_may_be_known": ("db.exists, db.get_value", OWN_SAVE),
		"SVAction.check_no_sanction_for_reporting": ("db.get_value 3", OWN_SAVE),
		"SVAction.take_report_of_aftercare": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_aftercare/sv_aftercare.py": {
		"SVAftercare.check_person": ("db.get_value", OWN_SAVE),
		"SVAftercare.check_unfounded": ("db.get_value", OWN_SAVE),
		"SVAftercare.propose_measures": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_aftercare_contact/sv_aftercare_contact.py": {
		"SVAftercareContact.check_holder": ("db.get_value", OWN_SAVE),
		"SVAftercareContact.holds_others": ("db.exists", OWN_SAVE),
		"SVAftercareContact.take_report": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_communication_line/sv_communication_line.py": {
		"SVCommunicationLine.check_minutes": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_complaint/sv_complaint.py": {
		"SVComplaint.check_case": ("db.exists, db.get_value", OWN_SAVE),
		"SVComplaint.check_sides": ("db.get_value", OWN_SAVE),
		"SVComplaint.was_under_way": ("db.exists", OWN_SAVE),
	},
	"social_safety/doctype/sv_complaint_part/sv_complaint_part.py": {
		"SVComplaintPart.take_report": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_consent/sv_consent.py": {
		"SVConsent.check_basis": ("db.get_value", OWN_SAVE),
		"_locked": ("db.exists", "Without it the host's error would tell which consents there are."),
		"_waiting": ("db.get_value", "The case number, for who was found to be the second person."),
		"confirm": ("db_set", "may_confirm is asked first; nobody has a right to change a consent."),
		"withdraw": ("db_set", "The right to the case is asked first; nobody may change a consent."),
	},
	"social_safety/doctype/sv_decision_table/sv_decision_table.py": {
		"SVDecisionTable.check_origin": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_delivered_figures/sv_delivered_figures.py": {
		"SVDeliveredFigures.refuse_change_of_frozen": ("qb.from_", OWN_SAVE),
		"SVDeliveredFigures.refuse_second": ("db.exists", OWN_SAVE),
	},
	"social_safety/doctype/sv_desk/sv_desk.py": {
		"SVDesk._addresses_of_other_desks": ("get_all", OWN_SAVE),
		"_address_of": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_figures/sv_figures.py": {
		"SVFigures.check_unique": ("db.exists", OWN_SAVE),
	},
	"social_safety/doctype/sv_party/sv_party.py": {
		"SVParty._kind_of_report": ("db.get_value", OWN_SAVE),
		"SVParty.check_account": ("db.get_value", OWN_SAVE),
		"SVParty.update_report": ("db.exists, db.set_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_referral/sv_referral.py": {
		"SVReferral.check_consent": ("db.get_value", OWN_SAVE),
		"SVReferral.validate": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_report/sv_report.py": {
		"SVReport._has_anonymous_reporter": ("db.exists", OWN_SAVE),
	},
	"social_safety/doctype/sv_subject_request/sv_subject_request.py": {
		"SVSubjectRequest.pass_on": ("db.delete, db.set_value", SUBJECT_OWN),
	},
	"social_safety/doctype/sv_table_case/sv_table_case.py": {
		"SVTableCase.check_table": ("db.get_value", OWN_SAVE),
	},
	"social_safety/doctype/sv_term/sv_term.py": {
		"SVTerm.check_that_no_other_holds": ("get_all", OWN_SAVE),
	},
	"social_safety/doctype/sv_unit/sv_unit.py": {
		"SVUnit.check_parents": ("db.get_value", OWN_SAVE),
	},
	"social_safety/interventions.py": {
		"_count_talks": ("db.count", OWN_SAVE),
		"follow_talks": ("db.get_value, db.set_value", OWN_SAVE),
	},
	"social_safety/masters.py": {
		"_create": ("db.exists, ignore_permissions", "Install and migrate have no user."),
	},
	"social_safety/report/requests_about_own_data/requests_about_own_data.py": {
		"_rows": (
			"db.get_value, get_all",
			"For the privacy officer, who has no right to requests: numbers alone, each registration once.",
		),
	},
	"social_safety/report/who_opened_what/who_opened_what.py": {
		"_rows": (
			"db.get_value, get_all",
			"Case numbers for the privacy officer's rows, which get_list chose.",
		),
	},
	"social_safety/reporters.py": {
		"addresses": ("get_all", "Keyed hashes, to know a mail by; they are not shown."),
		"first_talk": ("qb.from_", CLOCK),
		"wrote": ("get_all", "Keyed hashes, to know a mail by; they are not shown."),
	},
	"social_safety/severity.py": {
		"_measures": ("get_all", "The catalogue is for everybody with a role of ours."),
	},
	"social_safety/unit_tree.py": {
		"Units.__init__": ("get_all", "The organisation's units, which everybody may know."),
	},
	"subject_access/answering.py": {
		"_Answer.case": ("db.get_value", SUBJECT_OPENED),
	},
	"subject_access/choosing.py": {
		"_case": ("db.get_value", SUBJECT_OPENED),
	},
	"subject_access/collecting.py": {
		"_answered_by_colleagues": ("get_all 2", SUBJECT),
	},
	"subject_access/files.py": {
		"read": (
			"db.get_value",
			"A file that is part of an answer which the user may read; the log names it.",
		),
	},
	"subject_access/forgetting.py": {
		"case_is_anonymised": (
			"db.delete, db.get_value, db.set_value, get_all",
			"What is over its term goes, of requests and of anonymised cases; nothing is shown to anybody.",
		),
		"destroy": (
			"db.delete 3, get_all",
			"What is over its term goes, of requests and of anonymised cases; nothing is shown to anybody.",
		),
		"forget_closed": (
			"get_all",
			"What is over its term goes, of requests and of anonymised cases; nothing is shown to anybody.",
		),
	},
	"subject_access/items.py": {
		"_is_told_the_kind": ("db.exists 2", SUBJECT_OPENED),
		"_names": ("get_all", SUBJECT_OPENED),
	},
	"subject_access/others.py": {
		"_identities": ("db.get_value, get_all 2", SUBJECT_OPENED),
	},
	"subject_access/phrases.py": {
		"in_words": ("db.get_value", "Titles of desks and categories, which everybody may read."),
	},
	"subject_access/registering.py": {
		"_all_desks": (
			"get_all",
			"Which desks there are, for who registers at all of them; nothing of what they hold.",
		),
		"make": ("db_insert 2", SUBJECT_OWN),
	},
	"subject_access/reminding.py": {
		"_people": (
			"get_all",
			"Which cases a request is about, so that nobody is told from whom one is hidden.",
		),
		"remind": (
			"get_all",
			"The daily job tells handlers of their own requests, in a sentence without content.",
		),
	},
	"subject_access/searching.py": {
		"Known.namesakes": (
			"get_all",
			"Which accounts bear the name of the person who asks; only keyed hashes leave it.",
		),
		"_as_party": ("get_all", SUBJECT),
		"_at": ("get_all", SUBJECT),
		"_written_to": ("get_all", SUBJECT),
	},
	"subject_access/sharing_out.py": {
		"_people": ("db.get_value", SUBJECT),
		"keep_from_its_person": ("db.exists", DENYING),
	},
	"subject_access/taking_away.py": {
		"take_away": ("db.set_value, get_all", DENYING),
	},
	"subject_access/whose.py": {
		"Whose.__init__": (
			"get_all",
			"Who is in a case; what leaves it is whether something of it is theirs.",
		),
	},
	"two_persons/accounts.py": {
		"_new_social_logins": ("get_all", OWN_SAVE),
		"after_rename": ("db.set_value 2", "What was approved follows the account's new user id."),
		"before_validate": ("db.get_value", OWN_SAVE),
		"validate": ("db.get_value", OWN_SAVE),
	},
	"two_persons/approvals.py": {
		"_use": ("db.get_value, db.set_value, qb.from_", TWO_PERSONS),
	},
	"two_persons/decide.py": {
		"_decide": ("db_set", "The second person's role was checked above; forms change no approval."),
		"is_asked": ("db.exists", TWO_PERSONS),
		"expire": ("qb.update", "A job of the system, of nobody in particular."),
	},
	"two_persons/desks.py": {
		"_stored": ("get_all", OWN_SAVE),
		"validate": ("db.get_value", OWN_SAVE),
	},
	"two_persons/logins.py": {
		"read_secret": ("db.exists", TWO_PERSONS),
		"token_permission": ("db.get_value", TWO_PERSONS),
	},
	"two_persons/mails.py": {
		"may_read": ("db.sql", TWO_PERSONS),
	},
	"two_persons/notices.py": {
		"_show": ("db.get_value, db_insert", TWO_PERSONS),
		"send_mail": ("db.get_value", TWO_PERSONS),
		"show": ("db.get_value", "A year, to tell nobody of figures that are hidden from them."),
		"watchers": ("qb.from_", TWO_PERSONS),
	},
	"two_persons/our_forms.py": {
		"_dynamic_links": ("db.exists", OWN_SAVE),
		"_opens_ours": ("db.get_value", OWN_SAVE),
	},
	"two_persons/roles.py": {
		"profile_validate": ("get_all", OWN_SAVE),
		"role_on_trash": ("flags.in_uninstall", UNINSTALL),
	},
	"two_persons/rows.py": {
		"_asked_already": ("db.exists", TWO_PERSONS),
		"write": ("db_insert", TWO_PERSONS),
	},
	"two_persons/scripts.py": {
		"is_our_doctype": ("db.get_value", OWN_SAVE),
		"made_up": ("db.exists", OWN_SAVE),
	},
	"two_persons/settings.py": {
		"mailbox_before_validate": ("db.exists", OWN_SAVE),
		"_changed": ("db.get_value", OWN_SAVE),
		"system_settings_validate": ("db.get_singles_dict", OWN_SAVE),
	},
	"two_persons/staff.py": {
		"_check_address": ("db.get_value", OWN_SAVE),
		"_first_of_site": ("db.exists 2", TWO_PERSONS),
		"came_by_approval": ("get_all", TWO_PERSONS),
		"ours_among": ("get_all", OWN_SAVE),
		"roles_of": ("get_all", TWO_PERSONS),
		"start_anew": (
			"db.delete 2, db.set_value",
			"After two persons gave the role; it takes ways in, and gives none.",
		),
		"was_ever_staff": ("db.exists", TWO_PERSONS),
	},
	"uninstall.py": {
		"_files": ("get_all", UNINSTALL),
		"after_uninstall": ("qb.from_", UNINSTALL),
		"before_uninstall": ("db.count 2", UNINSTALL),
		"export": ("get_all, qb.from_", UNINSTALL),
		"_take_roles_away": ("db.delete 2, db.set_value, get_all", UNINSTALL),
		"remove_traces": ("db.delete 7, get_all", UNINSTALL),
	},
	"workflows/action.py": {
		"refuse_unfinished": ("db.get_value", STEP),
		"table_has_not_ended": ("db.get_value", STEP),
	},
	"workflows/aftercare.py": {
		"_planned": ("get_all", STEP),
		"case_is_open": ("db.get_value", STEP),
		"contacts_are_over": ("db.exists", STEP),
		"contacts_get_a_holder": ("db.set_value", STEP),
		"nothing_waits_for_the_desk": ("db.exists", STEP),
		"tell_when_all_is_over": ("db.exists", STEP),
		"workers": ("db.get_value", STEP),
	},
	"workflows/aftercare_plans.py": {
		"_open_plan": ("db.get_value", STEP),
		"_schedule": ("db.exists", STEP),
		"_wanted": ("get_all", STEP),
		"make_plans": ("db.exists", STEP),
	},
	"workflows/api.py": {
		"steps": ("db.exists", "A document that isn't there has no steps, like one that isn't the user's."),
	},
	"workflows/case.py": {
		"acknowledged": ("db.get_value 2, db.set_value", JOB),
		"aftercare_is_over": ("db.exists", STEP),
		"nobody_waits_elsewhere": ("db.get_value", STEP),
		"tables_of": ("get_all", STEP),
		"take_back_offers": ("get_all", STEP),
	},
	"workflows/complaint.py": {
		"_has_complaint": ("db.exists", STEP),
		"_require_part": ("db.exists", STEP),
		"accused_is_told": ("db.get_value", STEP),
		"appeal_term_is_over": ("db.exists", STEP),
		"names_are_known": ("db.get_value", STEP),
	},
	"workflows/contact.py": {
		"is_linked": ("db.exists", STEP),
		"plan_is_running": ("db.get_value", STEP),
	},
	"workflows/document.py": {
		"SteppedDocument._status_before": ("db.get_value", OWN_SAVE),
	},
	"workflows/figures.py": {
		"a_second_person_approves": (
			"db.get_value",
			"Who approved, which everybody who reads the figures may know.",
		),
	},
	"workflows/joining_a_table.py": {
		"_consents_to": ("get_all", "Names of consents, for the case worker; only yes or no leaves it."),
		"_meeting": ("db.get_value", "Another desk's table by its number; one refusal for all reasons."),
		"_comes_back": ("db.set_value", "The case worker's own case, with the consent checked before."),
		"_rows_of": ("get_all 2", "Names of rows for code of ours; they are not shown."),
		"consent_ended": (
			"db.delete, db.get_value, db.set_value, get_all",
			"Who withdrew the consent works the case, asked before; it leaves the tables and nothing is shown.",
		),
		"put_on_table": ("db.exists", "Who may is decided next, in the same words whether the case exists."),
	},
	"workflows/minutes.py": {
		"_lacks_consent": ("db.get_value", STEP),
		"_reporters_consent": ("get_all 2", STEP),
		"follow_up_ended": ("get_all", STEP),
	},
	"workflows/moving.py": {
		"_locked": ("db.exists", "Taken or not is decided next, in the same words whether it exists."),
		"_went": ("db_insert", SYSTEM_ROW),
		"follow": ("db.set_value", STEP),
	},
	"workflows/referral.py": {
		"case_goes_along": ("db.exists, db.get_value", STEP),
		"consent_ended": ("get_all", STEP),
		"is_consented_to": ("db.get_value", STEP),
		"take_back_expired": ("get_all", "A daily job; nothing is shown to anybody."),
		"tell_senders": ("db.get_value", STEP),
	},
	"workflows/subject_request.py": {
		"can_be_erased": ("db.get_value", STEP),
		"cases_are_marked": ("db.set_value", STEP),
	},
	"workflows/table.py": {
		"deals_with_something": ("db.exists", STEP),
		"let_go": ("db.exists, db.get_value", STEP),
		"minutes_are_approved": ("get_all", STEP),
		"nothing_was_approved": ("db.exists", STEP),
		"refuse_change_of_deviation": ("get_all", STEP),
		"was_written": ("db.exists", STEP),
	},
}
