"""Several people write minutes at once: nothing is lost, who wrote what stays visible, who was second is told."""

import pytest
from table_world import COMPLETE, SeatedTable, form, text

import frappe

from sv_helpdesk.minutes import approvals
from sv_helpdesk.minutes.who_wrote import by_section
from sv_helpdesk.workflows.moving import move


@pytest.fixture
def table():
	return SeatedTable()


def contributions(minutes: str) -> list:
	"""Return who wrote what in which section, in order."""
	names = frappe.get_all("SV Contribution", {"minutes": minutes}, pluck="name", order_by="written_at asc")
	rows = [frappe.get_doc("SV Contribution", name) for name in names]
	return [(row.section, row.author, row.opened("text"), row.taken_in) for row in rows]


def said() -> str:
	return " ".join(str(message) for message in frappe.get_message_log())


@pytest.fixture(autouse=True)
def silence():
	frappe.clear_messages()


def test_three_members_write_different_sections_at_once_and_everything_is_there(table):
	minutes = table.minutes()
	forms = [form(minutes, user) for user in (table.member, table.hr, table.manager)]
	for opened, section in zip(forms, ("facts", "risks", "advice"), strict=True):
		frappe.set_user(table.outsider)
		opened.set(section, f"Text of {section}")
		frappe.set_user({"facts": table.member, "risks": table.hr, "advice": table.manager}[section])
		opened.save()
	assert [text(minutes, section) for section in ("facts", "risks", "advice")] == [
		"Text of facts",
		"Text of risks",
		"Text of advice",
	]
	assert "is there" in said()
	assert contributions(minutes) == [
		("Facts", table.member, "Text of facts", 1),
		("Risks", table.hr, "Text of risks", 1),
		("Advice", table.manager, "Text of advice", 1),
	]


def test_of_two_who_write_one_section_the_second_is_told_and_their_text_is_kept(table):
	minutes = table.minutes(facts="At first")
	first, second = form(minutes, table.member), form(minutes, table.hr)
	first.facts = "From the first"
	frappe.set_user(table.member)
	first.save()
	second.update({"facts": "From the second", "risks": "And risks"})
	frappe.set_user(table.hr)
	second.save()
	assert "wrote in Facts meanwhile" in said() and "From the" not in said()
	assert (text(minutes, "facts"), text(minutes, "risks")) == ("From the first", "And risks")
	kept = contributions(minutes)
	assert ("Facts", table.member, "From the first", 1) in kept
	assert ("Facts", table.hr, "From the second", 0) in kept
	assert ("Risks", table.hr, "And risks", 1) in kept


def test_who_was_second_writes_on_the_present_text(table):
	minutes = table.minutes(facts="At first")
	stale = form(minutes, table.hr)
	first = form(minutes, table.member)
	first.facts = "From the first"
	first.save()
	frappe.set_user(table.hr)
	stale.facts = "From the second"
	stale.save()
	anew = form(minutes, table.hr)
	anew.facts += " and from the second"
	anew.save()
	assert text(minutes, "facts") == "From the first and from the second"


def test_a_section_one_only_saw_doesnt_come_back_over_what_another_wrote(table):
	minutes = table.minutes(facts="At first")
	stale = form(minutes, table.hr)
	first = form(minutes, table.member)
	first.facts = ""
	first.save()
	frappe.set_user(table.hr)
	stale.risks = "Risks"
	stale.save()
	assert (text(minutes, "facts"), text(minutes, "risks")) == ("", "Risks")
	assert "meanwhile. Their" not in said()


def test_the_same_text_of_two_people_is_no_conflict(table):
	minutes = table.minutes()
	forms = {user: form(minutes, user) for user in (table.member, table.hr)}
	for user, opened in forms.items():
		frappe.set_user(user)
		opened.facts = "The same"
		opened.save()
	assert len(contributions(minutes)) == 1
	assert "meanwhile. Their" not in said()


def test_other_fields_of_a_stale_form_change_nothing(table):
	minutes = table.minutes()
	stale, first = form(minutes, table.hr), form(minutes, table.member)
	frappe.set_user(table.member)
	first.meeting_at = "2026-01-05 10:00:00"
	first.save()
	frappe.set_user(table.hr)
	stale.risks = "Risks"
	stale.save()
	assert str(frappe.db.get_value("SV Minutes", minutes, "meeting_at")) == "2026-01-05 10:00:00"


def test_saving_without_writing_makes_no_contribution(table):
	minutes = table.minutes(facts="At first")
	form(minutes, table.member).save()
	frappe.get_doc("SV Minutes", minutes).save()
	assert contributions(minutes) == [("Facts", table.staff, "At first", 1)]


def test_a_contribution_is_encrypted_and_stays_as_it_was_written(table):
	minutes = table.minutes(facts="At first")
	kept = frappe.get_doc("SV Contribution", {"minutes": minutes})
	assert "At first" not in kept.text
	kept.text = "Something else"
	with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		kept.save()
	with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		kept.delete()
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc({"doctype": "SV Contribution", "decision_table": table.name, "text": "Mine"}).insert()


def test_who_doesnt_sit_there_reads_no_contribution(table):
	minutes = table.minutes(facts="At first")
	kept = frappe.get_doc("SV Contribution", {"minutes": minutes})
	frappe.set_user(table.outsider)
	assert frappe.get_list("SV Contribution", {"minutes": minutes}) == []
	with pytest.raises(frappe.PermissionError):
		kept.opened("text")


def handed_in(table, minutes: str, approved: bool = False) -> None:
	frappe.set_user(table.staff)
	move("SV Minutes", minutes, "submit", {"approver": table.manager})
	for user in (table.manager, table.member, table.hr) if approved else ():
		frappe.set_user(user)
		approvals.approve(minutes)


def stored(minutes: str) -> dict:
	return frappe.db.get_value("SV Minutes", minutes, "*", as_dict=True)


@pytest.mark.parametrize("approved", [False, True])
def test_what_somebody_wrote_in_a_draft_that_was_handed_in_meanwhile_is_kept_beside_it(table, approved):
	minutes = table.minutes(**COMPLETE)
	late = form(minutes, table.hr)
	late.update({"risks": "Risks, too late", "facts": "Facts, too late"})
	handed_in(table, minutes, approved)
	before = stored(minutes)
	frappe.clear_messages()
	frappe.set_user(table.hr)
	late.save()
	assert "handed in meanwhile" in said() and "Facts, Risks is kept" in said() and "too late" not in said()
	kept = [row for row in contributions(minutes) if not row[3]]
	assert kept == [
		("Facts", table.hr, "Facts, too late", 0),
		("Risks", table.hr, "Risks, too late", 0),
	]
	assert stored(minutes) == before and late.status == before.status
	assert frappe.db.exists("Notification Log", {"for_user": table.staff, "document_name": minutes})
	if approved:
		assert approvals.is_intact(frappe.get_doc("SV Minutes", minutes))


def test_who_wrote_nothing_in_it_is_refused_as_ever_and_nothing_is_kept(table):
	minutes = table.minutes(**COMPLETE)
	late = form(minutes, table.hr)
	handed_in(table, minutes)
	before = contributions(minutes)
	frappe.set_user(table.hr)
	with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		late.save()
	assert contributions(minutes) == before


def test_a_section_that_others_changed_and_the_late_one_only_saw_is_not_kept_as_theirs(table):
	minutes = table.minutes(**COMPLETE)
	late, other = form(minutes, table.hr), form(minutes, table.member)
	other.facts = "Changed by the member"
	other.save()
	handed_in(table, minutes)
	frappe.set_user(table.hr)
	late.risks = "Too late"
	late.save()
	assert [row[:3] for row in contributions(minutes) if not row[3]] == [("Risks", table.hr, "Too late")]


def test_who_could_not_write_in_the_draft_leaves_nothing_beside_it(table):
	minutes = table.minutes(**COMPLETE)
	made_up = form(minutes, table.member)
	handed_in(table, minutes)
	frappe.set_user(table.outsider)
	made_up.risks = "From outside"
	with pytest.raises(frappe.PermissionError):
		made_up.save()
	assert not frappe.db.exists("SV Contribution", {"minutes": minutes, "author": table.outsider})


@pytest.mark.parametrize("person", ["staff", "manager", "member"])
def test_nobody_changes_minutes_while_others_approve_them(table, person):
	minutes = table.submitted()
	present = form(minutes, getattr(table, person))
	present.facts = "Changed under the approvals"
	with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		present.save()
	assert text(minutes, "facts") == COMPLETE["facts"]


def test_each_section_tells_who_wrote_what_and_what_stands_beside_it(table):
	minutes = table.minutes(facts="At first")
	stale, first = form(minutes, table.hr), form(minutes, table.member)
	first.facts = "From the member"
	first.save()
	frappe.set_user(table.hr)
	stale.facts = "From HR"
	stale.save()
	frappe.db.set_value("User", table.hr, "full_name", "Noor de Wit")
	written = by_section(minutes)
	assert list(written) == ["facts"]
	rows = [(row["text"], row["taken_in"]) for row in written["facts"]]
	assert rows == [("At first", 1), ("From the member", 1), ("From HR", 0)]
	assert written["facts"][2]["author"] == "Noor de Wit" and written["facts"][0]["written_at"]


def test_who_may_not_read_the_minutes_is_told_nothing_about_who_wrote_them(table):
	minutes = table.minutes(facts="At first")
	frappe.set_user(table.outsider)
	said_to_them = set()
	for name in (minutes, "0123456789"):
		with pytest.raises(frappe.PermissionError) as refused:
			by_section(name)
		said_to_them.add(str(refused.value))
	assert len(said_to_them) == 1


def test_who_begins_minutes_at_their_table_writes_them_unless_they_name_somebody(table):
	for user in (table.member, table.manager, table.staff):
		assert begun(table, user).writer == user
	assert begun(table, table.staff, writer=table.member).writer == table.member
	assert not begun(table, "Administrator").writer


def begun(table, user: str, **values):
	"""Return minutes as somebody begins them with the form."""
	frappe.set_user(user)
	values = {"decision_table": table.name, "meeting_at": frappe.utils.now_datetime(), **values}
	return frappe.get_doc({"doctype": "SV Minutes", **values}).insert()
