"""A desk asks its own reporter by mail to be joined: what arrives says nothing of anybody or of other cases."""

import pytest
from grant_helpers import acting_as
from people import make_desk_without_mail, make_person
from test_dialogue import REPORTER, mail, messages, sent

import frappe

from sv_helpdesk.helpdesk import joining, outbox
from sv_helpdesk.permissions.roles import CCP_STAFF, CONFIDENTIAL_ADVISER
from sv_helpdesk.test_utils import make_party, make_report

pytest_plugins = ["mail_fixtures", "desk_fixtures"]
pytestmark = pytest.mark.commits

ELSEWHERE = "asking_advisers"
# of the asked case and of the other one: nothing of either may travel
CANARIES = {
	"subject": "ZZOTHERSUBJECT",
	"narrative": "ZZOTHERSTORY",
	"person_name": "ZZACCUSED Sam de Boer",
	"email_address": "zzaccused@uni.example",
}


@pytest.fixture
def asked(ccp, imap_server, smtp_sink):
	"""A case that came in by mail, about somebody known at another desk; and that other case."""
	staff = make_person("ilse", CCP_STAFF, desk=ccp.desk)
	frappe.db.set_value("SV Desk Member", {"parent": ccp.desk, "user": staff}, "desk_role", "Coordinator")
	make_desk_without_mail(ELSEWHERE)
	frappe.db.set_value("SV Desk", ELSEWHERE, {"title": "ZZOTHERDESK", "desk_type": "Confidential advisers"})
	adviser = make_person("joris", CONFIDENTIAL_ADVISER, desk=ELSEWHERE)
	imap_server.deliver(ccp.email_id, mail(Message_ID="<joined@uni.example>"))
	frappe.db.commit()
	frappe.get_doc("Email Account", ccp.name).receive()
	frappe.db.rollback()
	outbox.send_waiting()
	smtp_sink.clear()
	case = frappe.get_last_doc("SV Report")
	frappe.db.set_value("SV Report", case.name, {"handler": staff, "language": "nl"})
	texts = {key: CANARIES[key] for key in ("subject", "narrative")}
	other = make_report(desk=ELSEWHERE, handler=adviser, **texts)
	make_party(other.name, person_name="ZZOTHERREPORTER", email_address="zzother@uni.example")
	for report in (other.name, case.name):
		make_party(report, "Accused", **{key: CANARIES[key] for key in ("person_name", "email_address")})
	frappe.db.commit()
	return frappe._dict(case=case.name, other=other, staff=staff, adviser=adviser)


def ask(asked) -> None:
	with acting_as(asked.staff):
		joining.ask(asked.case)
		frappe.db.commit()


def test_the_question_arrives_at_the_reporter_and_says_nothing_of_anybody(asked, smtp_sink):
	ask(asked)
	assert outbox.send_waiting() == 1
	(mail_out,) = smtp_sink.mails
	(content,) = sent(smtp_sink)
	assert list(mail_out.recipients) == [REPORTER] and content["In-Reply-To"] == "<joined@uni.example>"
	assert content.get_content().startswith("Het kan helpen") and "toestemming" in content.get_content()
	told = mail_out.raw.decode() + content.get_content() + content["Subject"]
	# whole words: two letters come about by chance in what is random in a mail
	words = (*CANARIES.values(), "ZZOTHERDESK", "ZZOTHERREPORTER", "zzother@uni.example")
	for hidden in (*words, asked.other.name, asked.other.case_number, asked.staff, asked.adviser):
		assert hidden not in told, hidden
	# it is read by what is in the mail alone: one plain text, and no link to follow
	assert not content.is_multipart() and "http" not in told


def test_the_other_desk_hears_of_no_question_and_nothing_is_kept_in_clear(asked, smtp_sink):
	ask(asked)
	notices_before = frappe.db.count("Notification Log")
	outbox.send_waiting()
	assert [row.report for row in messages(direction="Outgoing", acknowledgement=0)] == [asked.case]
	assert frappe.db.count("Notification Log") == notices_before
	assert not frappe.db.count("Email Queue") and not frappe.db.count("Error Log")
	for (table,) in frappe.db.sql("show tables"):
		rows = repr(frappe.db.sql(f"select * from `{table}`"))
		assert "Het kan helpen" not in rows, table
		for canary in CANARIES.values():
			assert canary not in rows, table


def test_the_answer_of_the_reporter_joins_their_own_case(asked, smtp_sink, imap_server, ccp):
	ask(asked)
	outbox.send_waiting()
	question = sent(smtp_sink)[-1]
	imap_server.deliver(
		ccp.email_id, mail("Re: ja", In_Reply_To=question["Message-ID"], Message_ID="<yes@uni.example>")
	)
	frappe.get_doc("Email Account", ccp.name).receive()
	frappe.db.rollback()
	assert [row.report for row in messages(direction="Incoming")] == [asked.case] * 2
