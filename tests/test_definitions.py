"""The tables of the annual report: each says what it counts, in English and Dutch; a version survives its way through text."""

import pytest
from test_data_model import without_dutch

from sv_helpdesk.reports.classifications import (
	CLASSIFICATIONS,
	COARSER,
	FIGURES,
	NOT_FILLED_IN,
	NOT_FILLED_IN_TITLE,
)
from sv_helpdesk.reports.definitions import (
	CHAPTERS,
	EXPLAINS,
	POPULATIONS,
	TABLES,
	in_words,
	row_in_words,
	value_in_words,
)
from sv_helpdesk.reports.version import HIDDEN, SHOWN, Cell, Row, Table, Version, from_json


def test_every_word_of_a_table_has_its_dutch():
	titles = [table.title for table in TABLES]
	words = [*CHAPTERS.values(), *POPULATIONS.values(), *EXPLAINS.values(), *titles]
	assert without_dutch(words, FIGURES) == []


@pytest.mark.parametrize("code", CLASSIFICATIONS)
def test_every_value_of_a_classification_has_its_dutch(code):
	found = CLASSIFICATIONS[code]
	assert without_dutch([found.title, NOT_FILLED_IN_TITLE], FIGURES) == []
	assert without_dutch((found.values or {}).values(), found.context) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_a_table_names_what_there_is(table):
	assert table.chapter in CHAPTERS
	assert table.population in POPULATIONS and table.explains
	assert set(table.by) <= set(CLASSIFICATIONS)
	assert table.within is None or table.within.partition("=")[0] in CLASSIFICATIONS


def test_no_two_tables_have_one_code():
	assert len({table.code for table in TABLES}) == len(TABLES)


@pytest.mark.parametrize(("coarse", "fine"), COARSER)
def test_a_coarser_classification_has_a_place_for_every_value(coarse, fine):
	assert set(COARSER[coarse, fine]) == {*CLASSIFICATIONS[fine].values, NOT_FILLED_IN}
	assert set(COARSER[coarse, fine].values()) <= set(CLASSIFICATIONS[coarse].values)


def test_words_come_in_the_language_asked_for():
	assert in_words("Follow-up", "nl") == "Opvolging"
	assert in_words("Follow-up", "en") == "Follow-up"
	assert value_in_words("accused_position", "phd_supervisor", "nl") == "(Co)promotor of begeleider"
	assert value_in_words("gender", NOT_FILLED_IN, "nl") == "Niet ingevuld"
	assert value_in_words("unit", "a1b2", "nl") == "a1b2"
	assert row_in_words("nature", "x", "Discrimination / Racism", "nl") == "Discriminatie / Racisme"
	assert row_in_words("gender", "female", None, "nl") == value_in_words("gender", "female", "nl")


def test_a_version_survives_its_way_through_text():
	rows = (Row("ccp", "Point", 0, (Cell(SHOWN, 12, 34.5, -2),)), Row("other", None, 0, (Cell(HIDDEN),)))
	table = Table("first_desk", (("count", None),), rows, Cell(SHOWN, 40), about=True)
	years = ((2024, {"reporters": Cell(SHOWN, 40)}), (2023, {"reporters": Cell(HIDDEN)}))
	version = Version(
		2024, "internal", 5, "2025-01-02 03:04:05", ("u1", "Unit é"), "Institution", (table,), years, 1
	)
	text = version.as_json()
	assert from_json(text) == version
	assert from_json(text).as_json() == text
	assert version.table("first_desk") == table and version.table("none") is None
