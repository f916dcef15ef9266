"""Several people write minutes at once: nothing is lost, who wrote what stays visible, who was second is told."""

import pytest
from table_world import SeatedTable, form, text

import frappe


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
