"""A desk takes over a spreadsheet of earlier cases: everything that is wrong is told, and nothing is half loaded."""

import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from grant_helpers import acting_as, desk_of
from import_helpers import FORTY, case_row, in_base64, person_row, planted, workbook
from openpyxl import load_workbook

import frappe

from sv_helpdesk import access_log
from sv_helpdesk.importing import api, loading, template
from sv_helpdesk.importing.checking import check
from sv_helpdesk.importing.columns import CASES, PEOPLE
from sv_helpdesk.importing.workbook import tables
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.reports.flat import figures
from sv_helpdesk.test_utils import make_desk, make_report, make_unit, make_user

ROWS = 2000


@pytest.fixture
def coordinator():
	return make_user(COORDINATOR)


@pytest.fixture
def desk(coordinator):
	return desk_of(coordinator).name


def found_in(desk: str, content: bytes):
	return check(tables(content), desk)


def told(desk: str, *cases: dict, people=(), touch=None) -> list[str]:
	"""Return what is said of a workbook, each with its place."""
	found = found_in(desk, workbook(list(cases), list(people), touch))
	return [f"{fault.sheet} {fault.row} {fault.column}: {fault.sentence}" for fault in found.faults]


def loaded(desk: str, *cases: dict, people=(), by: str = "Administrator") -> list:
	"""Take over these rows and return the cases, in their order."""
	found = found_in(desk, workbook(list(cases), list(people)))
	assert not found.faults, found.faults
	loading.load(loading.pack(found.cases), desk, by)
	keys = [f"{desk}/{case['import_key']}" for case in cases]
	return [frappe.get_doc("SV Report", {"import_key": key}) for key in keys]


def refused(desk: str, coordinator: str, *files: bytes) -> str:
	with acting_as(coordinator), pytest.raises(frappe.ValidationError) as refusal:
		api.look_through(desk, in_base64(*files))
	return str(refusal.value)


def repacked(content: bytes, **parts: bytes) -> bytes:
	"""Return a workbook with parts put in or replaced; a name has _ for / and __ for a dot."""
	out = BytesIO()
	named = {name.replace("__", ".").replace("_", "/"): part for name, part in parts.items()}
	with ZipFile(BytesIO(content)) as packed, ZipFile(out, "w", ZIP_DEFLATED) as made:
		for name in packed.namelist():
			made.writestr(name, named.pop(name, None) or packed.read(name))
		for name, part in named.items():
			made.writestr(name, part)
	return out.getvalue()


def test_forty_planted_faults_among_2000_rows_are_all_named_and_nothing_is_loaded(desk, coordinator):
	make_report(desk=desk, import_key=f"{desk}/OLD-1")
	content, where = planted(ROWS)
	assert len(where) == len(FORTY) == 40
	before, began = frappe.db.count("SV Report"), time.monotonic()
	with acting_as(coordinator):
		found = api.look_through(desk, in_base64(content))
		with pytest.raises(frappe.ValidationError, match="nothing is taken over"):
			api.take_over(desk, in_base64(content))
	assert time.monotonic() - began < 40
	faults = {(fault["sheet"], fault["row"], fault["column"]): fault["sentence"] for fault in found["faults"]}
	assert set(faults) == set(where)
	assert len(found["faults"]) == 40 and not found["further"]
	assert not [place for place, words in where.items() if words not in faults[place]]
	assert frappe.db.count("SV Report") == before
	assert not frappe.db.exists("SV Import", {"desk": desk})


def test_what_is_told_names_the_column_and_nothing_that_stands_there(desk):
	(fault,) = told(desk, case_row(1, unit="Afdeling van Jansen"), people=[person_row(1)])
	assert fault.startswith("Cases 2 P: ") and "Jansen" not in fault


def test_an_earlier_case_comes_in_with_all_that_its_rows_say_and_opens_sealed(desk, coordinator):
	unit = make_unit().name
	case = case_row(
		1,
		unit=unit,
		kind="Formal complaint",
		received_at="01-03-2023 14:30",
		acknowledged_at="1-3-2023",
		further_categories="Racism; sexual_harassment",
		criminal_offence="ja",
		outcome="Partly founded",
		narrative="What Quibberdyflap said",
		first_desk=desk,
	)
	people = [
		person_row(1, person_name="Ann Quibberdyflap", email_address="ann@home.example", unit=unit),
		person_row(1, person_name="Bob Quibberdyflap"),
		person_row(1, party_role="Accused", person_name="Cas Quibberdyflap", position="Colleague"),
		person_row(1, party_role="Accused", person_name="Dirk Quibberdyflap"),
	]
	(report,) = loaded(desk, case, people=people)
	assert (report.status, report.kind, report.unit) == ("Closed", "Formal complaint", unit)
	assert str(report.received_at) == str(report.acknowledged_at) == "2023-03-01 14:30:00"
	assert str(report.closed_at) == "2023-12-01 00:00:00"
	assert {row.category for row in report.further_categories} == {"racism", "sexual_harassment"}
	assert (report.intervention, report.intervention_reason) == ("Advice", "Taken over")
	roles = frappe.get_all("SV Party", {"report": report.name}, pluck="party_role", order_by="creation asc")
	assert sorted(roles) == ["Accused", "Accused", "Reporter", "Reporter"]
	stored = frappe.db.get_value("SV Report", report.name, "*")
	assert "Quibberdyflap" not in str(stored)
	with acting_as(coordinator):
		assert report.opened("narrative") == "What Quibberdyflap said"


def test_nothing_starts_with_an_earlier_case(desk, coordinator):
	open_case = case_row(1, status="Handling", handler=coordinator, settled_at=None, closed_at=None)
	settled = case_row(2, status="Settled", closed_at=None)
	places = ("SV Deadline", "HD Ticket", "SV Message", "Notification Log", "Email Queue")
	before = {doctype: frappe.db.count(doctype) for doctype in places}
	reports = loaded(
		desk,
		open_case,
		settled,
		case_row(3, unit=make_unit().name),
		people=[
			person_row(number, party_role=role, person_name=name)
			for number in (1, 2, 3)
			# a signal of repetition, of which nobody is told anew
			for role, name in (("Reporter", f"Ann {number}"), ("Accused", "Eve Somebody"))
		],
	)
	assert [report.status for report in reports] == ["Handling", "Settled", "Closed"]
	assert reports[0].handler == coordinator and not reports[0].ticket
	assert {doctype: frappe.db.count(doctype) for doctype in places} == before


def test_whoever_is_accused_never_sees_the_case_that_was_taken_over(desk):
	accused, other = make_user(CCP_STAFF), make_user()
	home = frappe.get_doc("SV Desk", desk)
	home.append("members", {"user": accused, "desk_role": "Member"})
	home.save()
	people = [
		person_row(1, party_role="Accused", person_name="X", email_address=accused),
		person_row(2, party_role="Accused", person_name="Y", account=other),
	]
	first, second = loaded(desk, case_row(1), case_row(2), people=people)
	assert not frappe.has_permission("SV Report", "read", doc=first.name, user=accused)
	assert frappe.db.count("SV Denied", {"report": ["in", (first.name, second.name)]}) == 2


def test_the_access_log_says_who_took_a_case_over(desk, coordinator):
	(report,) = loaded(desk, case_row(1), by=coordinator)
	access_log.write_now()
	row = {"report": report.name, "action": "Imported"}
	assert frappe.get_all("SV Access Log", row, pluck="user") == [coordinator]


def test_earlier_cases_count_in_the_figures_of_their_year(desk):
	for doctype in ("SV Report", "SV Party"):
		frappe.db.delete(doctype)
	loaded(
		desk,
		*(case_row(number) for number in range(1, 13)),
		case_row(13, received_at="2022-06-01"),
		people=[person_row(number) for number in range(1, 14)],
	)
	assert figures(2023)["reports"] == 12
	assert figures(2022)["reports"] == 1


def test_a_second_import_of_the_same_rows_is_refused_and_told(desk):
	rows = [case_row(1), case_row(2)]
	loaded(desk, *rows)
	assert [fault.partition(": ")[2][:38] for fault in told(desk, *rows)] == [
		"A case with this key was taken over be"
	] * 2
	# another desk's keys are its own (R3)
	assert not told(make_desk().name, *rows)


def test_whom_a_case_is_hidden_from_does_not_find_it_by_its_key(desk, coordinator):
	stand_in = make_user(CCP_STAFF)
	home = frappe.get_doc("SV Desk", desk)
	home.append("members", {"user": stand_in, "desk_role": "Stand-in"})
	home.save()
	accused = person_row(1, party_role="Accused", person_name="X", account=stand_in)
	loaded(desk, case_row(1), case_row(2), people=[accused], by=coordinator)
	files = in_base64(workbook([case_row(1), case_row(2)]))
	for user, rows in ((coordinator, [2, 3]), (stand_in, [3])):
		with acting_as(user):
			assert [fault["row"] for fault in api.look_through(desk, files)["faults"]] == rows
	with acting_as(stand_in):
		(again,) = found_in(desk, workbook([case_row(1)])).cases
	assert loading.load(loading.pack([again]), desk, stand_in) == 1


def test_how_many_were_taken_over_is_told_to_who_did_it(desk, coordinator):
	stand_in = make_user(CCP_STAFF)
	home = frappe.get_doc("SV Desk", desk)
	home.append("members", {"user": stand_in, "desk_role": "Stand-in"})
	home.save()
	with acting_as(coordinator):
		api.take_over(desk, in_base64(workbook([case_row(1)])))
	for user, total in ((coordinator, 1), (stand_in, None)):
		with acting_as(user):
			[here] = api.desks()
			[taken_over] = here["imports"]
			assert (taken_over["asked_by"], taken_over["total"]) == (coordinator, total)


def test_what_another_job_has_loaded_meanwhile_takes_the_whole_file_back(desk):
	found = found_in(desk, workbook([case_row(1), case_row(2)]))
	packed = loading.pack(found.cases)
	loaded(desk, case_row(2))
	with pytest.raises(loading.RowRefused, match=r"3$"):
		loading.load(packed, desk, "Administrator")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_template_is_filled_in_and_its_example_is_passed_over(desk, language):
	book = load_workbook(BytesIO(template.workbook(desk, language)))
	assert len(book.sheetnames) == 4
	cases, people = book.worksheets[1:3]
	assert cases.max_row == people.max_row == 2
	assert cases.data_validations.dataValidation and people.data_validations.dataValidation
	for page, sheet, row in ((cases, CASES, case_row(7)), (people, PEOPLE, person_row(7))):
		page.append([row.get(column.name) for column in sheet.columns])
	out = BytesIO()
	book.save(out)
	found = found_in(desk, out.getvalue())
	assert not found.faults
	assert [case.key for case in found.cases] == ["K-7"]
	assert len(found.cases[0].people) == 1


def test_the_example_of_the_template_is_itself_right_but_for_its_key(desk):
	book = load_workbook(BytesIO(template.workbook(desk, "nl")))
	for page in book.worksheets[1:3]:
		page["A2"] = "X-1"
	out = BytesIO()
	book.save(out)
	assert not found_in(desk, out.getvalue()).faults


def test_text_files_are_taken_instead_of_a_workbook(desk, coordinator):
	columns = (
		*("import_key", "kind", "status", "received_at", "channel", "confidentiality"),
		*("main_category", "intervention", "settled_at", "closed_at"),
	)
	heads = ";".join(CASES.label(CASES.column(name), "nl") for name in columns)
	row = case_row(1)
	cases = f"{heads}\r\n" + ";".join(str(row[name]) for name in columns)
	people = ";".join(PEOPLE.label(PEOPLE.column(name), "nl") for name in ("import_key", "party_role"))
	with acting_as(coordinator):
		found = api.look_through(desk, in_base64(cases.encode("cp1252"), f"{people}\nK-1;Melder".encode()))
	assert (found["faults"], found["cases"], found["people"]) == ([], 1, 1)


def test_what_does_not_belong_to_the_template_is_told_rather_than_lost(desk):
	def touch(book):
		cases = book.worksheets[0]
		cases["AK1"], cases["AJ2"] = "Something else", "lost"
		cases.merge_cells("R2:S2")
		book.create_sheet("Notes").append(["one"])
		book.worksheets[2].append(["two"])

	said = told(desk, case_row(1), people=[person_row(1)], touch=touch)
	assert len(said) == 4, said
	for place, words in (
		("Notes 0 ", "isn't one of the template's"),
		("Cases 1 AK", "isn't known"),
		("Cases 2 AJ", "no heading"),
		("Cases 2 R", "merged"),
	):
		assert any(fault.startswith(f"{place}:") and words in fault for fault in said), (place, said)


def test_a_file_without_the_sheet_or_a_needed_column_says_so(desk):
	assert "no sheet Cases" in told(desk, touch=lambda book: book.remove(book.worksheets[0]))[0]
	(fault,) = told(desk, case_row(1), touch=lambda book: book.worksheets[0].delete_cols(2))
	assert "no column Kind" in fault
	assert "no cases" in told(desk)[0]


def test_what_depends_on_people_is_told(desk, coordinator):
	officer = make_user(PRIVACY_OFFICER)
	case = case_row(1, status="Handling", handler=coordinator, settled_at=None, closed_at=None)
	accused = {"party_role": "Accused", "person_name": "X"}
	said = told(
		desk,
		case,
		case_row(2, kind="Formal complaint"),
		people=[
			person_row(1, **accused, account=coordinator),
			person_row(1, **accused, account="nobody@uni.example"),
			person_row(1, party_role="Witness", person_name="Y"),
			person_row(1, party_role="Witness", person_name="y"),
			person_row(2, anonymous="yes"),
			person_row(2, **accused, email_address=officer.upper()),
		],
	)
	assert [fault.split(": ")[0] for fault in said] == [
		*("Cases 2 E", "People 3 G", "People 5 D", "People 6 C", "People 7 E"),
	]


def test_files_that_were_made_to_hurt_are_refused_with_a_sentence(desk, coordinator):
	good = workbook([case_row(1)])
	bomb = repacked(good, xl_worksheets_sheet9__xml=b"0" * 120_000_000)
	entities = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
	far = workbook([case_row(1)], touch=lambda book: book.worksheets[0].cell(3, 5000, "x"))
	deep = workbook([case_row(1)], touch=lambda book: book.worksheets[0].cell(900_000, 1, "x"))
	for content, words in (
		(bomb, "too large"),
		(repacked(good, xl_vbaProject__bin=b"x"), "macros"),
		(repacked(good, xl_externalLinks_externalLink1__xml=b"<x/>"), "from other files"),
		(repacked(good, xl_sharedStrings__xml=entities), "can't be read"),
		(repacked(good, xl_sharedStrings__xml=entities.decode().encode("utf-16")), "can't be read"),
		(repacked(good, xl_workbook__xml=b"<broken"), "can't be read"),
		(good[:200], "is no workbook"),
		(b"\xd0\xcf\x11\xe0" + b"\0" * 100, "password"),
		(b"\0\1\2\3", "can't be read"),
		(far, "too large"),
		(deep, "too large"),
	):
		assert words in refused(desk, coordinator, content), words
	assert "too large" in refused(desk, coordinator, b"a;" * 4_000_000)
	assert "one workbook" in refused(desk, coordinator)
	with acting_as(coordinator), pytest.raises(frappe.ValidationError, match="can't be read"):
		api.look_through(desk, ["no base64!"])


def test_nobody_but_who_leads_the_desk_takes_cases_over(desk, coordinator):
	elsewhere = make_user(COORDINATOR)
	desk_of(elsewhere)
	member = make_user(CCP_STAFF)
	home = frappe.get_doc("SV Desk", desk)
	home.append("members", {"user": member, "desk_role": "Member"})
	home.save()
	files = in_base64(workbook([case_row(1)]))
	calls = (
		lambda: api.look_through(desk, files),
		lambda: api.take_over(desk, files),
		lambda: api.download_template(desk),
		lambda: api.folders(desk),
		lambda: api.take_in_folder(desk, "Archive"),
		lambda: api.stop("nothing"),
		lambda: api.look_through("nowhere", files),
	)
	for user in (elsewhere, member, "Administrator", "Guest"):
		with acting_as(user):
			for call in calls:
				with pytest.raises(frappe.PermissionError):
					call()
	for user, seen in ((coordinator, [desk]), (member, [])):
		with acting_as(user):
			assert [row["name"] for row in api.desks()] == seen


def test_a_dry_run_says_what_keeps_nothing_from_being_taken_over(desk, coordinator):
	frappe.db.delete("SV Figures")
	frappe.get_doc(
		{
			"doctype": "SV Figures",
			"year": 2023,
			"origin": "Taken over",
			"status": "Published",
			"figures": "{}",
		}
	).db_insert()
	with acting_as(coordinator):
		found = api.look_through(desk, in_base64(workbook([case_row(1), case_row(2)], [person_row(1)])))
	assert (found["cases"], found["people"], found["faults"]) == (2, 1, [])
	assert [note[:24] for note in found["notes"]] == ["1 cases have no reporter", "The figures of 2023 are "]
