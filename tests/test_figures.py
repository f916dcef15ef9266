"""A year's cases become the figures that were published about it, counted from the documents."""

import copy
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import frappe

from dev import figures as make_figures
from sv_helpdesk.reports import codes, flat
from sv_helpdesk.reports.case_file import CaseFileError, problems_of, read_json
from sv_helpdesk.reports.definitions import TABLES
from sv_helpdesk.reports.head_counts import employees
from sv_helpdesk.reports.rounding import change, percent, rounded
from sv_helpdesk.reports.taking_over import take_over

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CASES, EXPECTED = FIXTURES / "um2024_cases.json", FIXTURES / "um2024_expected.json"
# every doctype that taking over makes documents of
LOADED = (
	"SV Desk",
	"SV Unit",
	"SV Report",
	"SV Party",
	"SV Referral",
	"SV Decision Table",
	"SV Table Case",
	"SV Confidant Report",
	"SV Delivered Figures",
	"SV Figures",
)
CATEGORIES = ("bullying", "harassment", "worrying_behaviour", "discrimination_racism")
TODAY = date(2026, 6, 1)


def small_year(**other) -> dict:
	"""A year with one of everything."""
	year = {
		"year": 2024,
		"employees_total": 1000,
		"reports": [
			{
				"key": "R1",
				"received_on": "2024-03-01",
				"main_category": "harassment",
				"follow_up": "mediation",
				"first_desk": "ccp",
				"channel": "email",
				"confidentiality": "anonymous",
				"accused_position": "phd_supervisor",
				"unit": "Faculty of Invention",
				"criminal_offence": True,
				"reporters": [
					{"staff_group": "phd_candidate", "contract": "temporary", "gender": "female"},
					{"staff_group": "support_staff", "contract": "permanent", "gender": "male"},
				],
			}
		],
		"referrals": [{"report": "R1", "to": "police", "referred_on": "2024-03-02"}],
		"advice_requests": [
			{
				"key": "A1",
				"desk": "ccp",
				"asked_by": "manager",
				"topic": "other",
				"asked_on": "2024-04-01",
			}
		],
		"decision_tables": [
			{
				"key": "T1",
				"opened_on": "2023-11-01",
				"outcome": "police_report",
				"from_advice_request": "A1",
				"cases": [{"subject": "student", "kind": "worrying_behaviour", "reports": ["R1"]}],
			}
		],
		"faculty_phd_confidant_reports": [{"confidant": 1, "about": "phd_supervisor"}],
		"published_figures_of_2023": {"advice_requests": 3, "reporters_percent_of_employees": 3.4},
	}
	return year | other


def empty_year() -> dict:
	"""A year in which nothing happened."""
	lists = (
		"reports",
		"referrals",
		"advice_requests",
		"decision_tables",
		"faculty_phd_confidant_reports",
	)
	return {"year": 2024, "employees_total": 1000, **{name: [] for name in lists}}


@pytest.fixture
def load(tmp_path):
	"""A function that takes a year over and returns its figures."""

	# cases and tables that tests of other files left in the site are none of this year's
	for doctype in ("SV Report", "SV Party", "SV Referral", "SV Decision Table", "SV Table Case"):
		frappe.db.delete(doctype)

	def load_year(data: dict) -> dict:
		path = tmp_path / "cases.json"
		path.write_text(json.dumps(data))
		take_over(path)
		return flat.figures(data["year"])

	return load_year


@pytest.fixture
def statements(monkeypatch):
	"""The statements that were sent to the database since the test asked for this fixture."""
	sent, send = [], frappe.db.sql

	def record(query, *args, **kwargs):
		sent.append(str(query))
		return send(query, *args, **kwargs)

	monkeypatch.setattr(frappe.db, "sql", record)
	return sent


def stored() -> dict[str, int]:
	"""How many documents there are of each kind that taking over makes."""
	return {doctype: frappe.db.count(doctype) for doctype in LOADED}


# Arithmetic


@pytest.mark.parametrize(
	("part", "whole", "decimals", "result"),
	[
		(1, 8, 0, 13),  # 12.5
		(1, 40, 0, 3),  # 2.5, which Python's round() makes 2
		(1, 200, 0, 1),  # 0.5
		(49, 10000, 0, 0),
		(1, 400, 1, 0.3),  # 0.25
		(29, 2000, 1, 1.5),  # 1.45, which in binary is a little less
		(139, 5346, 1, 2.6),
		(0, 7, 0, 0),
		(0, 0, 0, None),
		(3, None, 1, None),
	],
)
def test_percentages_are_rounded_half_up_from_exact_fractions(part, whole, decimals, result):
	assert percent(part, whole, decimals) == result


def test_a_negative_half_is_rounded_away_from_zero_too():
	assert [rounded(Fraction(-5, 2)), rounded(Fraction(-1, 4), 1)] == [-3, -0.3]


def test_changes_are_exact_differences_of_rounded_figures():
	assert change(2.6, 3.4) == -0.8
	assert change(27, 29) == -2
	assert change(None, 29) is None
	assert flat.changes({"a": 5, "g": {"total": 4}}, {"a": 2, "g": 1}) == {"a": 3, "g": 3}


def test_every_code_fits_the_options_of_its_field():
	fields = {
		("SV Report", "intervention"): codes.FOLLOW_UP.values(),
		("SV Report", "accused_position"): codes.ACCUSED_POSITION.values(),
		("SV Report", "confidentiality"): codes.CONFIDENTIALITY.values(),
		("SV Report", "channel"): [*codes.CHANNEL.values(), "Hand-over"],
		("SV Report", "asked_by"): codes.ASKED_BY.values(),
		("SV Report", "advice_topic"): codes.ADVICE_TOPIC.values(),
		("SV Party", "staff_group"): codes.STAFF_GROUP.values(),
		("SV Party", "contract"): codes.CONTRACT.values(),
		("SV Party", "gender"): codes.GENDER.values(),
		("SV Referral", "target"): [
			*(target.target for target in codes.REFERRED_TO.values()),
			"Concerns and complaints point",
		],
		("SV Table Case", "subject"): codes.TABLE_SUBJECT.values(),
		("SV Table Case", "kind"): codes.TABLE_KIND.values(),
		("SV Decision Table", "outcome"): [*codes.TABLE_OUTCOME.values(), "Still running"],
		("SV Desk", "desk_type"): [*(desk.desk_type for desk in codes.DESKS.values()), "Other"],
	}
	for (doctype, fieldname), options in fields.items():
		field = frappe.get_meta(doctype).get_field(fieldname)
		assert set(filter(None, field.options.split("\n"))) == set(options), (doctype, fieldname)


# The file


@pytest.mark.parametrize(
	("spoil", "message"),
	[
		(
			lambda d: d["reports"][0].update(main_category="gossip"),
			"R1 (row 1 of reports): main_category has an unknown code gossip. Known are: bullying,",
		),
		(
			lambda d: d["reports"][0].update(follow_up=["advice"]),
			"R1 (row 1 of reports): follow_up has an unknown code. Known are:",
		),
		(
			lambda d: d["reports"][0]["reporters"][1].update(gender="F"),
			"R1 (row 1 of reports), row 2 of reporters: gender has an unknown code F.",
		),
		(
			lambda d: d["reports"][0].pop("first_desk"),
			"R1 (row 1 of reports): the key first_desk is missing.",
		),
		(
			lambda d: d["reports"][0].update(criminal_ofence=True),
			"R1 (row 1 of reports): the key criminal_ofence is unknown.",
		),
		(
			lambda d: d["reports"][0].update(received_on="2025-01-01"),
			"R1 (row 1 of reports): received_on is 2025-01-01, after 2024-12-31.",
		),
		(
			lambda d: d["reports"][0].update(received_on="2024-02-30"),
			"R1 (row 1 of reports): received_on is not a date of the form YYYY-MM-DD.",
		),
		(
			lambda d: d["advice_requests"][0].update(asked_on="2023-12-31"),
			"A1 (row 1 of advice_requests): asked_on is 2023-12-31, before 2024-01-01.",
		),
		(
			lambda d: d["advice_requests"][0].update(key="R1"),
			"R1 (row 1 of advice_requests): another row has the same key.",
		),
		(
			lambda d: d["referrals"][0].update(report="R9"),
			"row 1 of referrals: report names R9, which is not a key of reports.",
		),
		(
			lambda d: (
				d["reports"][0].update(first_desk="companion")
				or d["referrals"][0].update(to="companion_of_accused")
			),
			"row 1 of referrals: the desk that the report came to can't hand it over to itself.",
		),
		(
			lambda d: d["decision_tables"][0]["cases"][0].update(reports=["R1", "R9"]),
			"row 1 of cases: reports names R9, which is not a key of reports.",
		),
		(
			lambda d: d["decision_tables"][0].update(opened_on="2025-01-01"),
			"T1 (row 1 of decision_tables): opened_on is 2025-01-01, after 2024-12-31.",
		),
		(
			lambda d: d["decision_tables"][0].update(still_running=True, closed_on="2024-05-05"),
			"T1 (row 1 of decision_tables): still_running is true, but closed_on has a date.",
		),
		(
			lambda d: d["decision_tables"][0].update(outcome=None),
			"T1 (row 1 of decision_tables): outcome is null, but still_running isn't true.",
		),
		(lambda d: d.update(employees_total=5346.5), "employees_total is not a whole number"),
		(lambda d: d.pop("employees_total"), "The file: the key employees_total is missing."),
		(lambda d: d.update(reports={}), "reports is not a list."),
		(lambda d: d.update(year="2024"), "year is missing, or is no year"),
	],
)
def test_what_is_wrong_with_a_file_is_said_with_row_and_field(spoil, message):
	data = small_year()
	assert problems_of(data, CATEGORIES, TODAY) == []
	spoil(data)
	assert any(message in problem for problem in problems_of(data, CATEGORIES, TODAY))


def test_all_problems_of_a_file_are_said_at_once():
	data = small_year()
	data["reports"][0].update(main_category="gossip", channel="fax")
	data["referrals"][0].pop("to")
	assert len(problems_of(data, CATEGORIES, TODAY)) == 3


def test_a_text_that_is_no_code_is_not_repeated_in_the_message():
	data = small_year()
	data["reports"][0]["follow_up"] = "Jan de Vries belde terug"
	(problem,) = problems_of(data, CATEGORIES, TODAY)
	assert "Vries" not in problem and "follow_up" in problem


@pytest.mark.parametrize(
	("text", "message"),
	[
		("figures", "is not JSON"),
		("[]", "something else than a JSON object"),
		('{"year": 2024, "year": 2023}', "a key twice: year"),
		('{"year": NaN}', "NaN is not a number"),
	],
)
def test_a_file_that_is_no_json_object_is_refused(tmp_path, text, message):
	path = tmp_path / "cases.json"
	path.write_text(text)
	with pytest.raises(CaseFileError, match=message):
		read_json(path)
	with pytest.raises(CaseFileError, match="can't be read"):
		read_json(tmp_path / "other.json")


# Taking over


def test_the_cases_of_2024_give_every_published_figure(load):
	compared = make_figures.compare(read_json(EXPECTED), load(read_json(CASES)))
	assert len(compared) == 66
	assert [row for row in compared if row[1] != row[2]] == []


def test_an_unknown_code_loads_nothing(load):
	data = small_year()
	data["decision_tables"][0]["cases"][0]["kind"] = "quarrel"
	before = stored()
	with pytest.raises(CaseFileError, match="kind has an unknown code quarrel"):
		load(data)
	assert stored() == before


def test_a_row_that_the_site_refuses_is_named_and_takes_everything_back(load):
	frappe.db.set_value("SV Category", "bullying", "enabled", 0)
	data = small_year()
	data["reports"].append({**copy.deepcopy(data["reports"][0]), "key": "R2", "main_category": "bullying"})
	before = stored()
	with pytest.raises(CaseFileError, match=r"R2 \(row 2 of reports\) was refused"):
		load(data)
	assert stored() == before


def test_a_year_is_taken_over_once(load):
	load(small_year())
	before = stored()
	with pytest.raises(CaseFileError, match="taken over into this site already"):
		load(small_year())
	assert stored() == before


def test_other_employees_than_the_units_have_are_refused(load):
	load(empty_year() | {"reports": small_year()["reports"]})
	with pytest.raises(CaseFileError, match="taken over"):
		load(empty_year())
	frappe.db.delete("SV Report", {"import_key": ["like", "2024/%"]})
	with pytest.raises(CaseFileError, match="employees_total"):
		load(empty_year() | {"employees_total": 999})


@pytest.mark.parametrize(
	("published", "message"),
	[
		({"advice": 3}, "advice is not a figure"),
		({"category_percent_of_reporters": {"gossip": 3}}, "gossip is not a figure"),
		({"category_percent_of_reporters": 3}, "is not an object with figures"),
		({"reporters": "3"}, "reporters is not a number"),
		([], "is not an object"),
	],
)
def test_published_figures_that_nothing_compares_with_are_refused(load, published, message):
	with pytest.raises(CaseFileError, match=message):
		load(small_year(published_figures_of_2023=published))


def test_taken_over_cases_say_so_in_their_own_words(load):
	load(small_year())
	report = frappe.get_doc("SV Report", {"import_key": "2024/R1"})
	assert (report.intervention, report.intervention_overruled, report.intervention_reason) == (
		"Mediation",
		1,
		"Taken over",
	)
	assert report.accused_position == "(Co)promotor or supervisor"
	assert frappe.db.count("SV Party", {"report": report.name, "anonymous": 1}) == 2
	table = frappe.get_doc("SV Decision Table", {"import_key": "2024/T1"})
	assert (table.status, str(table.closed_on)) == ("Settled", "2024-12-31")


# Counting


def test_figures_follow_the_documents(load):
	before = load(small_year())
	assert before["mediation_count"] == 2
	assert before["category_percent_of_reporters"]["discrimination_racism"] == 0
	report = frappe.get_doc("SV Report", {"import_key": "2024/R1"})
	report.update({"intervention": "External investigation", "main_category": "racism"})
	report.save()
	after = flat.figures(2024)
	assert (after["mediation_count"], after["investigation_count"]) == (0, 2)
	assert after["category_percent_of_reporters"]["harassment"] == 0
	assert after["category_percent_of_reporters"]["discrimination_racism"] == 100


def test_reporters_are_counted_and_reports_apart(load):
	data = small_year()
	alone = copy.deepcopy(data["reports"][0]) | {"key": "R2", "accused_position": "colleague"}
	alone["reporters"] = alone["reporters"][:1]
	data["reports"].append(alone)
	result = load(data)
	assert (result["reporters"], result["reports"], result["first_desk_reporters"]["ccp"]) == (3, 2, 3)
	assert result["staff_group_percent_of_reporters"]["phd_candidate"] == 67
	assert result["accused_in_leading_position_percent_of_reports"] == 50
	assert result["harassment_reporters_female_percent"] == 67
	assert result["reporters_percent_of_employees"] == 0.3
	assert result["change_from_2023"]["reporters_percent_of_employees"] == -3.1
	assert result["change_from_2023"]["advice_requests"] == -2
	assert result["change_from_2023"]["reporters"] is None


def test_a_year_without_anything_has_no_percentages(load):
	result = load(empty_year())
	assert (result["reports"], result["mediation_count"], result["decision_tables"]["total"]) == (0, 0, 0)
	assert result["reporters_percent_of_employees"] == 0
	assert set(result["category_percent_of_reporters"].values()) == {None}
	assert result["faculty_phd_confidants"]["about_supervisor_percent"] is None
	assert result["change_from_2023"]["advice_requests"] is None


def test_signals_and_other_years_are_not_among_the_reports(load):
	data = small_year()
	for number in range(2, 6):
		data["reports"].append(copy.deepcopy(data["reports"][0]) | {"key": f"R{number}"})
	load(data)

	def change_report(key, **values):
		frappe.db.set_value("SV Report", {"import_key": f"2024/{key}"}, values)

	change_report("R1", kind="Signal")
	change_report("R2", received_at="2024-12-31 23:59:59")
	change_report("R3", received_at="2025-01-01 00:00:00")
	change_report("R4", kind="Formal complaint")
	# somebody who saw it happen is no reporter
	witness = {"report": frappe.db.get_value("SV Report", {"import_key": "2024/R4"}), "party_role": "Witness"}
	frappe.get_doc({"doctype": "SV Party", **witness}).insert()
	result = flat.figures(2024)
	assert (result["reports"], result["reporters"]) == (3, 6)
	assert result["advice_requests"]["total"] == 1


def test_only_what_ccp_sent_on_is_a_referral_by_ccp(load):
	data = small_year()
	data["reports"].append(copy.deepcopy(data["reports"][0]) | {"key": "R2", "first_desk": "ombuds_officer"})
	data["referrals"] += [
		{"report": "R1", "to": "ombuds_officer", "referred_on": "2024-03-03"},
		{"report": "R2", "to": "police", "referred_on": "2024-03-03"},
	]
	result = load(data)["referrals_by_ccp"]
	assert result == {
		"total": 2,
		"ombuds_officer": 1,
		"confidential_adviser": 0,
		"companion_of_accused": 0,
		"other": 1,
	}
	frappe.db.set_value("SV Referral", {"target": "Ombuds officer", "from_desk": "ccp"}, "status", "Declined")
	assert flat.figures(2024)["referrals_by_ccp"]["total"] == 1


def test_a_table_counts_in_every_year_in_which_it_was_open(load):
	data = small_year()
	table = data["decision_tables"][0]
	data["decision_tables"] += [
		table
		| {"key": "T2", "opened_on": "2024-05-05", "closed_on": "2024-06-06", "from_advice_request": None},
		table
		| {
			"key": "T3",
			"opened_on": "2022-05-05",
			"still_running": True,
			"outcome": None,
			"from_advice_request": None,
		},
	]
	data["decision_tables"].append(table | {"key": "T4", "opened_on": "2024-12-31"})
	result = load(data)
	tables = result["decision_tables"]
	assert result["advice_requests"]["led_to_decision_table"] == 1
	assert (tables["total"], tables["carried_over_from_previous_year"], tables["still_running"]) == (4, 2, 1)
	assert tables["case_subject"]["student"] == 4
	before, after = (flat.figures(year)["decision_tables"] for year in (2023, 2025))
	assert (before["total"], before["carried_over_from_previous_year"], before["still_running"]) == (2, 1, 2)
	assert (after["total"], after["carried_over_from_previous_year"]) == (1, 1)


def test_employees_are_those_of_the_largest_units_or_of_their_parts():
	def unit(name, parent=None, employees=None):
		counts = [{"year": 2019, "employees": employees}] if employees is not None else []
		values = {"unit_name": name, "parent_unit": parent, "enabled": 1, "headcounts": counts}
		frappe.get_doc({"doctype": "SV Unit", **values}).insert()

	unit("Whole")
	unit("Part one", "Whole", 30)
	unit("Part two", "Whole")
	unit("Room", "Part two", 12)
	assert employees(2019) == 42
	unit("Counted whole", None, 100)
	unit("Counted part", "Counted whole", 60)
	assert employees(2019) == 142
	assert employees(2018) is None


def test_more_cases_take_no_more_statements(load, statements):
	data = small_year()
	load(data)
	statements.clear()
	flat.figures(2024)
	few = len(statements)
	for number in range(2, 22):
		for name, sign in (("reports", "R"), ("advice_requests", "A"), ("decision_tables", "T")):
			data[name].append(copy.deepcopy(data[name][0]) | {"key": f"{sign}{number}"})
	data |= {"year": 2022, "published_figures_of_2021": data.pop("published_figures_of_2023")}
	load(json.loads(json.dumps(data).replace('"2024-', '"2022-').replace('"2023-', '"2021-')))
	statements.clear()
	assert flat.figures(2022)["reports"] == 21
	assert len(statements) == few <= len(TABLES) + 5


def test_exact_figures_are_not_for_the_browser():
	assert flat.figures not in frappe.whitelisted


# make figures


def test_make_figures_marks_what_differs_and_names_what_is_no_figure():
	counted = {"reports": 3, "tables": {"total": 1}, "share": None}
	lines = make_figures.table(
		make_figures.compare({"reports": 4, "tables": {"total": 1}, "share": None}, counted)
	)
	assert lines.endswith("2 of 3 equal")
	assert [line.split() for line in lines.splitlines() if "differs" in line] == [
		["reports", "4", "3", "differs"]
	]
	with pytest.raises(CaseFileError) as error:
		make_figures.compare({"repots": 4, "tables": {"sum": 1}, "reports": "3"}, counted)
	assert [problem.split(" is ")[0] for problem in error.value.problems] == [
		"repots",
		"tables.sum",
		"reports",
	]


@pytest.mark.parametrize(
	("year", "message"),
	[("2023", "is not about 2023"), ("24", "not a year in four digits"), ("", "not a year in four digits")],
)
def test_make_figures_refuses_a_file_about_another_year(year, message):
	with pytest.raises(CaseFileError, match=message):
		make_figures.run(year, CASES, EXPECTED)
