"""Other years that look the same: asks a solver of linear programs what a reader could hold possible.

The model has two columns per cell, by how much another year has more and fewer of it than the real one, and a row
per sum and per pair. The real year is all zeros, so there is always an answer to start from. The solver counts in
binary fractions; what it says is only believed in whole numbers and when `proof` finds no fault with it.
"""

from collections.abc import Iterable, Mapping

import highspy
import numpy as np

from sv_helpdesk.suppression.sensitive import Need
from sv_helpdesk.suppression.system import Key, System

# by how much another year differs from the real one; cells in which it doesn't are left out
Difference = Mapping[Key, int]
NO_LIMIT = highspy.kHighsInf
CLOSED = (0, 0)
# also a change that costs nothing costs this, so that other years differ in few cells
LITTLE = 0.001
ROUNDING = 1e-6
# how often an answer in whole numbers is sought by making what is in fractions so much dearer
TRIES, DEARER = 8, 3
OPTIONS = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.1, "mip_max_nodes": 2000}


class Model:
	"""Which other years are possible while some cells may count something else, which are called open."""

	def __init__(self, system: System):
		"""Begin with all cells closed.

		Args:
			system: one component, as `system.components` returns it.
		"""
		self._keys = [key for key in system.cells if key not in system.certain]
		self._column = {key: 2 * number for number, key in enumerate(self._keys)}
		self._count = system.cells
		self._open: set[Key] = set()
		self._solver = highspy.Highs()
		for name, value in OPTIONS.items():
			self._solver.setOptionValue(name, value)
		self._columns = np.arange(2 * len(self._keys), dtype=np.int32)
		self._prices = np.full(len(self._columns), LITTLE)
		zeros, none = np.zeros(len(self._columns)), np.array([], np.int32)
		self._solver.addCols(len(zeros), self._prices, zeros, zeros, 0, none, none, np.array([]))
		for total, parts in system.sums:
			self._row({**dict.fromkeys(parts, 1), total: -1}, 0, 0)
		for less, more in system.at_most:
			self._row({more: 1, less: -1}, system.cells[less] - system.cells[more], NO_LIMIT)

	def open(self, key: Key, price: float = 0, full: int = 1) -> None:
		"""Let a cell count something else.

		Args:
			key: which.
			price: of a change as large as is needed.
			full: how large that is; a cell that can't go down as far costs as much for what it can.
		"""
		self._open.add(key)
		self._bound(key, *self._limits(key))
		column = self._column[key]
		self._price(column, LITTLE + price / full)
		self._price(column + 1, LITTLE + price / max(1, min(full, self._count[key])))

	def close(self, key: Key) -> None:
		"""Let a cell count what it counts."""
		self._open.discard(key)
		self._bound(key, CLOSED, CLOSED)

	def cheapest(self, need: Need, whole: bool = False) -> Difference | None:
		"""Return how the cheapest other year that meets a need differs from the real one.

		Args:
			need: what must hold in it.
			whole: look among whole numbers only, which takes longer.

		Returns:
			None: there is no such year, or what was found isn't in whole numbers.
		"""
		more, fewer = self._limits(need.cell)
		if need.change > more[1] or -need.change > fewer[1]:
			return None
		if need.change > 0:
			self._bound(need.cell, (need.change, more[1]), CLOSED)
		else:
			self._bound(need.cell, CLOSED, (-need.change, fewer[1]))
		found = self._solve_whole() if whole else self._solve(TRIES)
		self._bound(need.cell, more, fewer)
		return found

	def most(self, needs: Iterable[Need]) -> Difference | None:
		"""Return how another year that meets as many needs as one answer can differs from the real one.

		Args:
			needs: what should hold in it, at most one of a cell, and of open cells only.

		Returns:
			None: what was found isn't in whole numbers.
		"""
		needs = list(needs)
		for cell, change in needs:
			column = self._column[cell] + (change < 0)
			self._price(column, -1)
			self._bound(cell, (0, max(0, change)), (0, max(0, -change)))
		found = self._solve(1)
		for cell, _change in needs:
			self.open(cell)
		return found

	def _limits(self, key: Key) -> tuple[tuple[float, float], tuple[float, float]]:
		return ((0, NO_LIMIT), (0, self._count[key])) if key in self._open else (CLOSED, CLOSED)

	def _bound(self, key: Key, more: tuple[float, float], fewer: tuple[float, float]) -> None:
		column = self._column[key]
		self._solver.changeColBounds(column, *more)
		self._solver.changeColBounds(column + 1, *fewer)

	def _row(self, factors: dict[Key, int], least: float, most: float) -> None:
		columns, values = [], []
		for key, factor in factors.items():
			if key in self._column:
				columns += [self._column[key], self._column[key] + 1]
				values += [factor, -factor]
		self._solver.addRow(least, most, len(columns), np.array(columns, np.int32), np.array(values, float))

	def _price(self, column: int, price: float) -> None:
		self._prices[column] = price
		self._solver.changeColCost(column, price)

	def _solve(self, tries: int) -> Difference | None:
		"""Return the cheapest answer, or one that is dearer if only that is in whole numbers."""
		prices, found = self._prices.copy(), None
		while tries and found is None:
			self._solver.run()
			if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
				break
			found, tries = self._difference(), tries - 1
			if found is None:
				prices[self._in_fractions()] *= DEARER
				self._solver.changeColsCost(len(prices), self._columns, prices)
		if (prices != self._prices).any():
			self._solver.changeColsCost(len(prices), self._columns, self._prices)
		return found

	def _in_fractions(self) -> np.ndarray:
		values = np.asarray(self._solver.getSolution().col_value)
		return np.abs(values - np.rint(values)) > ROUNDING

	def _solve_whole(self) -> Difference | None:
		self._count_in(highspy.HighsVarType.kInteger)
		self._solver.run()
		there = (
			self._solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
		)
		found = self._difference() if there else None
		self._count_in(highspy.HighsVarType.kContinuous)
		return found

	def _count_in(self, kind: highspy.HighsVarType) -> None:
		kinds = np.full(len(self._columns), int(kind), np.uint8)
		self._solver.changeColsIntegrality(len(kinds), self._columns, kinds)

	def _difference(self) -> Difference | None:
		values = np.asarray(self._solver.getSolution().col_value)
		changes = values[0::2] - values[1::2]
		rounded = np.rint(changes)
		if np.abs(changes - rounded).max(initial=0) > ROUNDING:
			return None
		return {self._keys[number]: int(rounded[number]) for number in np.flatnonzero(rounded)}
