"""In a browser: a mail becomes a case, which the CCP's staff answer, talk about, refer with consent and settle."""

import pytest
from browser_fixtures import console_errors
from desk_fixtures import MAILBOX
from journey_helpers import begin_beside, open_tab, shows, take
from mail_helpers import make_mail
from people import make_person

import frappe
from frappe.utils import now

from sv_helpdesk.helpdesk import outbox
from sv_helpdesk.permissions.roles import CCP_STAFF

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures", "desk_fixtures", "mail_fixtures"]
DOCTOR = "The company doctor"


@pytest.fixture
def staff(ccp, imap_server):
	"""Somebody of the CCP, whose mailbox has got a mail."""
	user = make_person("journeying", CCP_STAFF, desk=ccp.desk)
	frappe.db.commit()
	mail = make_mail("jo@uni.example", MAILBOX, "Over mijn collega", "Hij riep naar mij op de gang.")
	imap_server.deliver(MAILBOX, mail)
	frappe.get_doc("Email Account", ccp.name).receive()
	outbox.send_waiting()
	frappe.db.commit()
	return user


def test_from_a_mail_to_help_elsewhere_and_to_aftercare(page_of, staff, smtp_sink):
	(case,) = frappe.get_all("SV Report", fields=["name", "case_number"], order_by="creation asc")
	page = page_of(staff)
	told = console_errors(page)
	page.goto("/app/ccp-desk")
	page.locator(".sv-board:visible").get_by_role("button", name="Without a handler").click()
	page.locator(".list-row", has_text=case.case_number).locator("a").first.click()
	shows(page, "SV Report")
	open_tab(page, "Conversation")
	page.locator(".sv-dialogue").get_by_text("Hij riep naar mij op de gang.").wait_for()
	page.get_by_role("button", name="Answer").first.click()
	answer = page.locator(".modal.show", has_text="Your answer")
	answer.locator("textarea").fill("Wanneer kunnen wij u bellen?")
	answer.get_by_role("button", name="Send").click()
	page.locator(".sv-dialogue", has_text="Wanneer kunnen wij u bellen?").wait_for()
	frappe.db.rollback()
	outbox.send_waiting()
	assert any(b"Wanneer kunnen wij u bellen?" in mail.raw for mail in smtp_sink.mails)

	take(page, "Start triage", "Triage")
	take(page, "Take up", "Handling", handler=staff)
	reporter = frappe.db.get_value("SV Party", {"report": case.name})
	open_tab(page, "Details")
	begin_beside(page, "SV Note", note_type="Talk", talk_at=now(), party=reporter, body="She wants rest.")
	page.go_back()
	shows(page, "SV Report")
	begin_beside(
		page,
		"SV Consent",
		party=reporter,
		scope="Summary",
		how_given="Spoken",
		recipient=DOCTOR,
		purpose="To get help",
	)
	page.goto(f"/app/sv-report/{case.name}")
	shows(page, "SV Report")
	frappe.db.rollback()
	begin_beside(
		page,
		"SV Referral",
		party=reporter,
		target="Occupational physician",
		target_details=DOCTOR,
		shared="Summary",
		consent=frappe.db.get_value("SV Consent", {"report": case.name}),
		shared_text="She sleeps badly.",
	)
	take(page, "Offer", "Offered")
	take(page, "Accept (they said)", "Accepted")
	take(page, "Complete", "Completed", outcome="Helped")

	page.goto(f"/app/sv-report/{case.name}")
	shows(page, "SV Report")
	take(
		page,
		"Settle",
		"Settled",
		outcome="Founded",
		main_category="bullying",
		settlement_text="They talked, and she works elsewhere.",
	)
	frappe.db.rollback()
	plan = frappe.db.get_value("SV Aftercare", {"report": case.name, "meant_for": "Reporter"})
	page.goto(f"/app/sv-aftercare/{plan}")
	shows(page, "SV Aftercare")
	take(page, "Begin", "Running")
	assert told == []
