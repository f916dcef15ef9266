"""Approved minutes go out as numbered copies, as PDF, for who may have them, and are stored nowhere in clear."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from table_world import COMPLETE, SeatedTable, form, refusal

import frappe
from frappe.utils import add_days, today

from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.minutes import approvals, copies, versions
from sv_helpdesk.pdf import letters
from sv_helpdesk.test_utils import make_action, make_party, make_user
from sv_helpdesk.workflows.moving import move

LONG = "\n".join(f"Line {number} of what is known about the matter at hand." for number in range(150))


@pytest.fixture
def table():
	return SeatedTable()


def approve(table, minutes: str) -> str:
	for user in (table.manager, table.member, table.hr):
		frappe.set_user(user)
		approvals.approve(minutes, "Seen" if user == table.hr else "")
	frappe.set_user(table.staff)
	return minutes


def approved(table, **texts) -> str:
	return approve(table, table.submitted(**texts))


def pdf(copy: str, language: str = "nl") -> PdfReader:
	frappe.local.response = frappe._dict()
	copies.download(copy, language)
	assert frappe.local.response.type == "download"
	return PdfReader(BytesIO(frappe.local.response.filecontent))


def words(reader: PdfReader) -> str:
	return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def fonts(reader: PdfReader) -> list:
	return [
		font.get_object()
		for page in reader.pages
		for font in page["/Resources"]["/Font"].get_object().values()
	]


def test_every_page_says_confidential_the_number_and_for_whom(table):
	frappe.db.set_value("User", table.member, "full_name", "Noor de Wit")
	copies.add(minutes := approved(table), table.hr)
	reader = pdf(copies.add(minutes, table.member))
	pages = [page.extract_text() for page in reader.pages]
	assert pages
	for number, page in enumerate(pages, start=1):
		assert "VERTROUWELIJK" in page and "Exemplaar 2 voor Noor de Wit" in page
		assert f"Bladzijde {number} van {len(pages)}" in page


def test_long_minutes_go_on_on_further_pages(table):
	long = table.minutes(**{**COMPLETE, "facts": LONG})
	move("SV Minutes", long, "submit", {"approver": table.manager})
	reader = pdf(copies.add(approve(table, long), table.member), "en")
	assert len(reader.pages) > 3
	assert all("CONFIDENTIAL" in page.extract_text() for page in reader.pages)
	assert all(f"Line {number} of" in words(reader) for number in range(150))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_holds_everything_in_its_language_with_its_title_and_language_tag(table, language):
	make = {"decision_table": table.name, "action_owner": table.hr, "due_on": today()}
	frappe.set_user("Administrator")
	make_action(**make, action_text="Call both of them")
	minutes = approved(table)
	reader = pdf(copies.add(minutes, table.member), language)
	said = words(reader)
	for text in (*COMPLETE.values(), "Call both of them", "Seen"):
		assert text in said, text
	number = frappe.db.get_value("SV Decision Table", table.name, "table_number")
	title = {"nl": f"Verslag van beslistafel {number}", "en": f"Minutes of decision table {number}"}[language]
	assert title in said and reader.metadata.title == title
	assert reader.trailer["/Root"]["/Lang"] == language
	assert not reader.metadata.author
	headings = {
		"nl": ("Feiten", "Besluit", "Afgesproken actie 1"),
		"en": ("Facts", "Decision", "Agreed action 1"),
	}
	for of, found in headings.items():
		assert all((heading in said) == (of == language) for heading in found), of
	assert re.search(r"[0-9a-f]{64}", said.replace(" ", ""))


def test_it_is_a4_and_every_font_is_embedded(table):
	reader = pdf(copies.add(approved(table), table.member))
	assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
	found = fonts(reader)
	assert found
	for font in found:
		descriptor = font["/FontDescriptor"].get_object()
		assert "/FontFile2" in descriptor, font["/BaseFont"]


def test_a_deviation_and_a_correction_stand_in_it(table):
	at_table = form(table.name, table.manager, "SV Decision Table")
	at_table.update({"deviates": 1, "deviated_by": table.manager, "deviation_authority": "Line manager"})
	at_table.deviation_reason = "There is no other way"
	at_table.save()
	minutes = approved(table, follows_advice="Deviates from the advice")
	new = versions.correct(minutes)
	move("SV Minutes", new, "submit", {"approver": table.manager})
	said = words(pdf(copies.add(approve(table, new), table.member), "en"))
	assert "There is no other way" in said and "2, corrects version 1" in said


def test_texts_are_written_as_they_are_and_letters_without_a_glyph_lose_their_accent(table):
	texts = {**COMPLETE, "facts": "Fewer than < 3 & Ömer Çelik"}
	minutes = table.minutes(**texts)
	move("SV Minutes", minutes, "submit", {"approver": table.manager})
	said = words(pdf(copies.add(approve(table, minutes), table.member)))
	assert "Fewer than < 3 & Ömer Çelik" in said
	assert letters.printable("Ộ\u0000中 Đorđević") == "O? Dorđević"


def test_a_recipient_outside_is_kept_encrypted(table):
	copy = copies.add(approved(table), recipient_name="Mr Van der Berg")
	kept = frappe.get_doc("SV Minutes Copy", copy)
	assert "Berg" not in kept.recipient_name
	assert "voor Mr Van der Berg" in words(pdf(copy))


def test_a_copy_is_for_its_recipient_and_who_sends_it_alone(table):
	copy = copies.add(approved(table), table.member)
	for user in (table.member, table.staff, table.manager):
		frappe.set_user(user)
		assert pdf(copy).pages
	said = set()
	for user, name in ((table.hr, copy), (table.outsider, copy), (table.outsider, "0123456789")):
		frappe.set_user(user)
		with pytest.raises(frappe.PermissionError) as refused:
			copies.download(name)
		said.add(str(refused.value))
	assert len(said) == 1


def test_who_gets_a_copy_but_may_not_read_the_minutes_gets_it_from_a_colleague(table):
	copy = copies.add(approved(table), table.outsider)
	assert pdf(copy).pages
	frappe.set_user(table.outsider)
	with pytest.raises(frappe.PermissionError):
		copies.download(copy)


def test_members_send_nothing_out(table):
	minutes = approved(table)
	frappe.set_user(table.member)
	for name in (minutes, "0123456789"):
		with pytest.raises(frappe.PermissionError):
			copies.add(name, table.hr)


def test_nobody_gets_a_copy_twice_or_about_themselves(table):
	minutes = approved(table)
	copies.add(minutes, table.member)
	assert "already" in refusal(copies.add, minutes, table.member)
	assert "Choose a colleague" in refusal(copies.add, minutes)
	assert "Choose a colleague" in refusal(copies.add, minutes, table.hr, "Somebody")
	frappe.set_user("Administrator")
	gone, accused = make_user(enabled=0), make_user()
	make_party(table.report, "Accused", account=accused)
	frappe.set_user(table.staff)
	assert "no account in use" in refusal(copies.add, minutes, gone)
	for spelled in (accused, accused.upper(), accused.replace("u", "ü")):
		assert "can't be chosen" in refusal(copies.add, minutes, spelled)


def test_minutes_that_were_tampered_with_are_not_printed(table):
	copy = copies.add(minutes := approved(table), table.member)
	frappe.db.set_value(
		"SV Minutes", minutes, "decision", frappe.db.get_value("SV Minutes", minutes, "advice")
	)
	assert "checksum differs" in refusal(copies.download, copy)


def test_printing_is_logged_and_leaves_no_file(table):
	copy = copies.add(minutes := approved(table), table.member)
	before = frappe.db.count("File")
	frappe.set_user(table.member)
	pdf(copy)
	frappe.set_user("Administrator")
	assert frappe.db.count("File") == before
	assert of_this_transaction().has("Downloaded", "SV Minutes", minutes)


def copy_of(name: str):
	return frappe.db.get_value("SV Minutes Copy", name, ["copy_number", "given_at"], as_dict=True)


def test_recipients_are_chosen_before_and_get_their_numbered_copies_on_approval(table):
	minutes = table.minutes(**COMPLETE)
	first = copies.add(minutes, table.member)
	assert not copy_of(first).copy_number and not copy_of(first).given_at
	assert "once they are approved" in refusal(copies.download, first)
	assert "already" in refusal(copies.add, minutes, table.member)
	move("SV Minutes", minutes, "submit", {"approver": table.manager})
	second = copies.add(minutes, recipient_name="Mr Van der Berg")
	approve(table, minutes)
	assert [(copy_of(name).copy_number, bool(copy_of(name).given_at)) for name in (first, second)] == [
		(1, True),
		(2, True),
	]
	later = copies.add(minutes, table.hr)
	assert copy_of(later).copy_number == 3
	assert "Exemplaar 2 voor Mr Van der Berg" in words(pdf(second))


def test_who_is_on_the_list_is_taken_off_it_before_but_not_after(table):
	minutes = table.minutes(**COMPLETE)
	wrong, right = copies.add(minutes, table.outsider), copies.add(minutes, table.member)
	said = set()
	for user, name in ((table.member, wrong), (table.outsider, wrong), (table.member, "0123456789")):
		frappe.set_user(user)
		with pytest.raises(frappe.PermissionError) as refused:
			copies.take_off(name)
		said.add(str(refused.value))
	assert len(said) == 1
	frappe.set_user(table.staff)
	copies.take_off(wrong)
	move("SV Minutes", minutes, "submit", {"approver": table.manager})
	approve(table, minutes)
	assert frappe.get_all("SV Minutes Copy", {"minutes": minutes}, pluck="name") == [right]
	assert "stays on the list" in refusal(copies.take_off, right)


def test_who_turned_out_to_be_the_accused_gets_no_copy_on_approval(table):
	minutes = table.minutes(**COMPLETE)
	copies.add(minutes, table.outsider)
	kept = copies.add(minutes, table.member)
	frappe.set_user("Administrator")
	make_party(table.report, "Accused", account=table.outsider)
	frappe.set_user(table.staff)
	move("SV Minutes", minutes, "submit", {"approver": table.manager})
	approve(table, minutes)
	assert frappe.get_all("SV Minutes Copy", {"minutes": minutes}, pluck="name") == [kept]
	assert copy_of(kept).copy_number == 1
	assert not frappe.get_all("Notification Log", {"for_user": table.outsider})


def test_recipients_with_an_account_hear_that_there_is_something_once_it_is_given_out(table):
	minutes = table.minutes(**COMPLETE)
	copy = copies.add(minutes, table.member)
	copies.add(minutes, table.outsider)
	copies.add(minutes, recipient_name="Somebody outside")
	told = {"document_name": ["in", [copy, ""]], "for_user": ["in", [table.member, table.outsider]]}
	rows = ["for_user", "subject", "document_name"]
	assert frappe.get_all("Notification Log", told, rows) == []
	move("SV Minutes", minutes, "submit", {"approver": table.manager})
	approve(table, minutes)
	found = frappe.get_all("Notification Log", told, rows)
	assert {(row.for_user, row.subject, row.document_name or None) for row in found} == {
		(table.member, "Something at a decision table waits for you.", copy),
		(table.outsider, "A colleague has something for you.", None),
	}


def test_actions_are_printed_as_they_were_agreed_whatever_became_of_them(table):
	frappe.set_user("Administrator")
	agreed = {"decision_table": table.name, "action_owner": table.hr, "due_on": today()}
	action = make_action(**agreed, action_text="Call both of them").name
	minutes = approved(table)
	copy = copies.add(minutes, table.member)
	frappe.set_user("Administrator")
	make_action(**agreed, action_text="Agreed a month later")
	frappe.set_user(table.staff)
	changed = form(action, table.staff, "SV Action")
	changed.update({"action_text": "Write to both of them", "due_on": add_days(today(), 30)})
	changed.save()
	move("SV Action", action, "drop", reason="They left")
	frappe.db.set_value("SV Minutes", minutes, "approved_at", "2026-02-03 10:00:00")
	said = words(pdf(copy, "en"))
	assert "Call both of them" in said and "Write to both" not in said and "a month later" not in said
	assert "Open on 2026-02-03" in said and "Dropped" not in said
	assert "Approved at 2026-02-03 10:00" in said and "Version 1" in said and "Printed on" in said


def test_agreed_actions_are_encrypted_and_part_of_what_was_approved(table):
	frappe.set_user("Administrator")
	agreed = {"decision_table": table.name, "action_owner": table.hr, "due_on": today()}
	make_action(**agreed, action_text="Call both of them")
	minutes = approved(table)
	kept = frappe.get_doc("SV Agreed Action", {"minutes": minutes})
	assert "Call" not in kept.action_text and kept.opened("action_text") == "Call both of them"
	with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		kept.save()
	frappe.db.set_value("SV Agreed Action", kept.name, "due_on", "2030-01-01")
	assert not approvals.is_intact(frappe.get_doc("SV Minutes", minutes))
	frappe.set_user(table.outsider)
	with pytest.raises(frappe.PermissionError):
		kept.opened("action_text")


def test_minutes_that_went_back_keep_the_actions_of_their_approval_alone(table):
	minutes = table.submitted()
	move("SV Minutes", minutes, "send_back", reason="A fact is wrong")
	frappe.set_user("Administrator")
	make_action(decision_table=table.name, action_owner=table.hr, due_on=today(), action_text="In time")
	frappe.set_user(table.staff)
	move("SV Minutes", minutes, "submit", {"approver": table.manager})
	approve(table, minutes)
	assert frappe.db.count("SV Agreed Action", {"minutes": minutes}) == 1
