"""R1: a consent hands out exactly the fields of its scope, to whom it names, as long as it is open."""

from unittest.mock import patch

import pytest
from people import PASSWORD, make_people
from sharing import CANARY, Case, text_of, words

import frappe
from frappe.utils import get_datetime

from sv_helpdesk import access_log
from sv_helpdesk.crypto import blind_index
from sv_helpdesk.permissions import consent as rules
from sv_helpdesk.permissions.shared import open_shared_attachment, read_shared, shared_with_me
from sv_helpdesk.social_safety.doctype.sv_consent.sv_consent import withdraw
from sv_helpdesk.test_utils import (
	make_consent,
	make_desk,
	make_party,
	make_report,
	make_table_case,
)

NOT_SHARED = "not shared with you"


@pytest.fixture(scope="module")
def people():
	return make_people("sharing", "SV CCP Staff", "SV CCP Staff", "SV HR Advisor", "SV HR Advisor", None)


@pytest.fixture
def worker(people):
	return people[0]


@pytest.fixture
def colleague(people):
	return people[1]


@pytest.fixture
def recipient(people):
	return people[2]


@pytest.fixture
def other_recipient(people):
	return people[3]


@pytest.fixture
def somebody(people):
	"""A user without a role of ours."""
	return people[4]


@pytest.fixture
def case(worker, colleague):
	return Case(make_desk(worker).name, worker, colleague)


def by(user: str, action, *args, **kwargs):
	frappe.set_user(user)
	try:
		return action(*args, **kwargs)
	finally:
		frappe.set_user("Administrator")


def share(case, scope: str, to_user: str | None = None, **values) -> str:
	values = {"recipient": "", "purpose": f"{CANARY}-purpose", **values}
	return make_consent(case.name, case.reporter.name, scope=scope, to_user=to_user, **values).name


def is_refused(user: str, *consents: str) -> bool:
	"""Whether nothing at all is handed out; the sentence is the same in every case."""
	for consent in consents:
		with pytest.raises(frappe.PermissionError, match=NOT_SHARED):
			by(user, read_shared, consent)
		assert consent not in [row["consent"] for row in by(user, shared_with_me)]
	return True


def shown(message, *attachments) -> dict:
	"""A message as a shared dossier has it."""
	return {
		**{field: message.get(field) for field in ("message_at", "direction", "channel")},
		**{field: text_of(message, field) for field in ("subject", "body")},
		"attachments": [
			{"name": file.name, "title": text_of(file, "original_name"), "size": file.size}
			for file in attachments
		],
	}


def test_contact_details_are_name_address_and_telephone_of_who_consented(case, recipient):
	assert by(recipient, read_shared, share(case, "Contact details", recipient)) == {
		field: text_of(case.reporter, field) for field in ("person_name", "email_address", "phone")
	}


def test_an_identity_is_a_name(case, recipient):
	name = text_of(case.reporter, "person_name")
	assert by(recipient, read_shared, share(case, "Identity", recipient)) == {"person_name": name}


def test_a_summary_is_what_was_written_in_the_referrals_that_name_this_consent(case, recipient):
	consent = share(case, "Summary", recipient)
	case.refer("offered", consent, status="Offered")
	case.refer("draft", consent)
	case.refer("elsewhere", share(case, "Summary", recipient), status="Offered")
	text = words("SV Referral", "offered")["shared_text"]
	assert by(recipient, read_shared, consent) == {"texts": [text]}


def test_a_dossier_is_who_consented_their_story_and_messages_with_their_files(case, recipient):
	story = {field: text_of(case.report, field) for field in ("subject", "narrative", "wishes")}
	person = {field: text_of(case.reporter, field) for field in ("person_name", "email_address", "phone")}
	messages = [shown(case.message, case.file), shown(case.answer)]
	dossier = {**person, **story, "messages": messages}
	assert by(recipient, read_shared, share(case, "Dossier", recipient)) == dossier


def test_minutes_are_advice_decision_and_communication_of_approved_minutes(case, recipient):
	texts = words("SV Minutes", "approved")
	wanted = {field: texts[field] for field in ("advice", "decision", "communication")}
	assert by(recipient, read_shared, share(case, "Minutes", recipient)) == {"minutes": [wanted]}


def test_follow_up_towards_the_accused_hands_out_nothing(case, recipient):
	assert is_refused(recipient, share(case, "Follow-up towards the accused", recipient))


def test_the_list_tells_what_is_shared_what_for_and_until_when(case, recipient, other_recipient):
	endless = share(case, "Identity", recipient, given_at="2024-01-01 10:00:00")
	ends = share(case, "Dossier", recipient, given_at="2024-02-01 10:00:00", valid_until="2099-12-31")
	share(case, "Dossier", other_recipient)
	purpose = f"{CANARY}-purpose"
	assert by(recipient, shared_with_me) == [
		{"consent": endless, "scope": "Identity", "purpose": purpose, "open_until": None},
		{
			"consent": ends,
			"scope": "Dossier",
			"purpose": purpose,
			"open_until": get_datetime("2099-12-31 23:59:59"),
		},
	]


def test_in_acute_danger_the_list_tells_when_it_closes_without_confirmation(case, worker, recipient):
	danger = {"basis": "Danger to safety", "how_given": "", "ground": "Danger", "acute": 1}
	name = by(worker, share, case, "Identity", recipient, **danger)
	(row,) = by(recipient, shared_with_me)
	assert row["open_until"] == get_datetime(frappe.db.get_value("SV Consent", name, "confirm_by"))


def test_a_file_of_a_shared_dossier_is_handed_out_and_no_other_file(case, recipient):
	consent = share(case, "Dossier", recipient)
	by(recipient, open_shared_attachment, consent, case.file.name)
	assert frappe.response.filecontent == f"{CANARY}-file-bytes".encode()
	assert frappe.response.filename == text_of(case.file, "original_name")
	summary = share(case, "Summary", recipient)
	for other in (case.file_of_other, case.file_of_note):
		refuse_file(recipient, consent, other.name)
	refuse_file(recipient, summary, case.file.name)
	refuse_file(recipient, consent, "nothing")


def refuse_file(user: str, consent: str, file: str) -> None:
	with pytest.raises(frappe.PermissionError, match=NOT_SHARED):
		by(user, open_shared_attachment, consent, file)


def test_no_sealed_field_outside_its_scope_is_opened_by_a_consent(case, recipient):
	consent = share(case, "Dossier", recipient)
	for document, field in (
		(case.report, "settlement_text"),
		(case.other, "person_name"),
		(case.reporter, "account"),
		(case.message, "sender"),
		(case.of_other, "body"),
		(case.note, "body"),
		(case.table, "purpose"),
		(frappe.get_doc("SV Consent", consent), "ground"),
	):
		with pytest.raises(frappe.PermissionError):
			by(recipient, document.open_shared, consent, field)
	other_case = Case(case.report.desk, *case.writers)
	with pytest.raises(frappe.PermissionError):
		by(recipient, other_case.report.open_shared, consent, "narrative")


def test_a_made_up_document_opens_nothing_else(case, recipient):
	consent = share(case, "Identity", recipient)
	stored = frappe.get_doc("SV Party", case.other.name)
	made_up = frappe.get_doc({**stored.as_dict(), "name": case.reporter.name})
	assert by(recipient, made_up.open_shared, consent, "person_name") == {
		"person_name": text_of(case.reporter, "person_name")
	}


def test_nobody_else_gets_it_and_nobody_learns_which_consents_there_are(
	case, worker, colleague, recipient, other_recipient, somebody
):
	consent = share(case, "Dossier", recipient)
	outsiders = (worker, colleague, other_recipient, somebody, "Administrator", "Guest")
	assert all(is_refused(outsider, consent, "nothing") for outsider in outsiders)


def test_a_named_person_needs_no_role_of_ours(case, somebody):
	assert by(somebody, read_shared, share(case, "Identity", somebody))


def test_a_desks_consent_is_for_its_members_of_today(case, colleague, recipient, somebody):
	member, former, reader = colleague, recipient, somebody
	rows = [{"user": member}, {"user": reader}, {"user": former, "to_date": "2024-12-31"}]
	desk = make_desk(members=rows)
	consent = share(case, "Identity", to_desk=desk.name)
	assert by(member, read_shared, consent)
	assert [row["consent"] for row in by(member, shared_with_me)] == [consent]
	assert is_refused(former, consent) and is_refused(reader, consent)


def test_a_desk_out_of_use_receives_nothing(case, colleague):
	member, desk = colleague, make_desk(colleague)
	consent = share(case, "Identity", to_desk=desk.name)
	desk.db_set("enabled", 0)
	assert is_refused(member, consent)


def test_it_is_open_to_the_end_of_its_last_day(case, recipient):
	consent = share(case, "Identity", recipient, given_at="2024-03-01 10:00:00", valid_until="2024-03-31")
	with patch.object(rules, "now_datetime", lambda: get_datetime("2024-03-31 23:59:59")):
		assert by(recipient, read_shared, consent)
	with patch.object(rules, "now_datetime", lambda: get_datetime("2024-04-01 00:00:00")):
		assert is_refused(recipient, consent)


def test_what_was_withdrawn_is_closed(case, worker, recipient):
	consent = share(case, "Dossier", recipient)
	by(worker, withdraw, consent, "Spoken")
	assert is_refused(recipient, consent)
	refuse_file(recipient, consent, case.file.name)


@pytest.mark.parametrize("status", ["Declined", "Withdrawn"])
def test_who_declined_or_from_whom_it_was_taken_back_reads_nothing_any_more(case, recipient, status):
	consent = share(case, "Dossier", recipient)
	referral = case.refer("offered", consent, status="Offered")
	assert by(recipient, read_shared, consent)
	frappe.db.set_value("SV Referral", referral.name, "status", status)
	assert is_refused(recipient, consent)
	case.refer("again", consent, status="Offered")
	assert by(recipient, read_shared, consent)


def test_an_exception_without_a_second_person_is_closed(case, worker, recipient):
	offence = {"basis": "Criminal offence", "how_given": "", "ground": "An offence"}
	assert is_refused(recipient, by(worker, share, case, "Identity", recipient, **offence))


def test_who_turns_out_to_be_accused_reads_nothing_any_more_whether_named_or_at_the_desk(case, recipient):
	desk = make_desk(recipient)
	named, at_desk = share(case, "Identity", recipient), share(case, "Identity", to_desk=desk.name)
	assert by(recipient, read_shared, named) and by(recipient, read_shared, at_desk)
	make_party(case.name, "Accused", account=recipient)
	assert is_refused(recipient, named, at_desk)


def test_an_account_that_is_switched_off_reads_nothing(case, recipient):
	consent = share(case, "Identity", recipient)
	frappe.db.set_value("User", recipient, "enabled", 0)
	assert is_refused(recipient, consent)


def test_minutes_that_also_deal_with_a_case_hidden_from_the_recipient_are_left_out(case, recipient):
	consent = share(case, "Minutes", recipient)
	hidden = make_report(desk=case.report.desk).name
	make_table_case(case.table.name, hidden)
	row = {"doctype": "SV Denied", "report": hidden, "origin": "By hand"}
	frappe.get_doc({**row, "user_index": blind_index("account", recipient)}).insert()
	assert by(recipient, read_shared, consent) == {"minutes": []}


def test_every_handing_out_is_logged(case, recipient):
	consent = share(case, "Dossier", recipient)
	for action, args in (
		(shared_with_me, ()),
		(read_shared, (consent,)),
		(open_shared_attachment, (consent, case.file.name)),
	):
		by(recipient, action, *args)
		by(recipient, access_log.write_now)
	rows = frappe.get_all(
		"SV Access Log",
		filters={"user": recipient, "action": "Shared"},
		fields=["document_type", "document_name", "report", "by_right"],
		order_by="creation asc, position asc",
	)
	logged = [tuple(row.values()) for row in rows]
	the_consent = ("SV Consent", consent, case.name, "consent")
	assert logged == [the_consent, the_consent, ("SV Attachment", case.file.name, case.name, "consent")]


def test_a_recipient_has_no_right_to_any_row_of_the_case(case, recipient):
	share(case, "Dossier", recipient)
	frappe.set_user(recipient)
	for document in (case.report, case.reporter, case.message, case.file, case.note, case.table):
		assert not frappe.has_permission(document.doctype, "read", doc=document.name)


@pytest.mark.commits
def test_withdrawing_closes_at_once_in_a_session_that_is_open(web, case, worker, recipient):
	mark = frappe.generate_hash(length=6)
	consent = share(case, "Dossier", recipient, purpose=mark)
	frappe.db.commit()
	reading, working = web.login(recipient, PASSWORD), web.login(worker, PASSWORD)

	def call(session, method: str, **args):
		return session.post(f"{web.base_url}/api/method/sv_helpdesk.{method}", data=args)

	answer = call(reading, "permissions.shared.read_shared", consent=consent)
	assert answer.json()["message"]["narrative"] == text_of(case.report, "narrative")
	assert mark in call(reading, "permissions.shared.shared_with_me").text
	acts = "social_safety.doctype.sv_consent.sv_consent"
	assert call(working, f"{acts}.withdraw", name=consent, how="Spoken").ok
	answer = call(reading, "permissions.shared.read_shared", consent=consent)
	assert answer.status_code == 403 and CANARY not in answer.text
	file = {"consent": consent, "attachment": case.file.name}
	assert call(reading, "permissions.shared.open_shared_attachment", **file).status_code == 403
	assert mark not in call(reading, "permissions.shared.shared_with_me").text
	# by a GET nothing is handed out, withdrawn or confirmed
	for method in ("permissions.shared.read_shared", f"{acts}.withdraw", f"{acts}.confirm"):
		assert working.get(f"{web.base_url}/api/method/sv_helpdesk.{method}").status_code == 403
