"""What the solver says is worked out again: another year that isn't possible is no witness."""

import pytest
from figure_tables import ALL, row, together

from sv_helpdesk.suppression.proof import Proof

REPORTS, REPORTERS = row(2, 20, 40, name="reports"), row(3, 20, 40, name="reporters")
HIDDEN = {("reports", "0"), ("reports", "1"), ("reporters", "0"), ("reporters", "1")}
SYSTEM = together(REPORTS, REPORTERS, at_most=[(("reports", "0"), ("reporters", "0"))])


def test_a_year_that_looks_the_same_is_possible():
	assert Proof(SYSTEM, HIDDEN).holds({("reports", "0"): -2, ("reports", "1"): 2})
	assert Proof(SYSTEM, HIDDEN).holds({})


@pytest.mark.parametrize(
	"difference",
	[
		{("reports", "0"): -2},
		{("reports", "0"): -3, ("reports", "1"): 3},
		{("reports", "0"): 2, ("reports", "1"): -2},
		{("reporters", "0"): 1, ("reporters", "2"): -1},
		{("reports", "0"): -1, ("reports", ALL): -1},
	],
	ids=[
		"a sum is wrong",
		"below none",
		"more reports than reporters",
		"another is shown",
		"its total is shown",
	],
)
def test_a_year_that_looks_different_is_not(difference):
	assert not Proof(SYSTEM, HIDDEN).holds(difference)


def test_what_everybody_knows_does_not_differ():
	fixed = together(REPORTS, fixed={("reports", "0")})
	assert not Proof(fixed, HIDDEN).holds({("reports", "0"): -2, ("reports", "1"): 2})
