"""Units."""

from sv_helpdesk.test_utils import SVTestCase, make_unit


class TestSVUnit(SVTestCase):
	def test_a_unit_is_not_part_of_itself(self):
		faculty = make_unit()
		department = make_unit(parent_unit=faculty.name)
		faculty.parent_unit = department.name
		self.assert_refused("part of itself", faculty.save)

	def test_a_year_has_one_head_count(self):
		rows = [{"year": 2024, "employees": 10}, {"year": 2024, "employees": 11}]
		self.assert_refused("twice", make_unit, headcounts=rows)
