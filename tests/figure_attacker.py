"""Somebody who reads figures and computes what isn't shown; knows nothing of how the hidden cells were picked."""

from collections.abc import Collection, Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from sv_helpdesk.suppression.system import Key, System


class Attacker:
	"""Asks a solver, in whole numbers, whether a year is possible that looks the same."""

	def __init__(self, system: System, hidden: Collection[Key]):
		self.system = system
		self.unknown = set(hidden) | set(system.never_shown)
		self._at = {key: number for number, key in enumerate(system.cells)}
		counts = np.array(list(system.cells.values()), float)
		free = np.array([key in self.unknown for key in system.cells], bool)
		self._least, self._most = np.where(free, 0, counts), np.where(free, np.inf, counts)
		sums = [self._row({**dict.fromkeys(parts, 1), total: -1}) for total, parts in system.sums]
		pairs = [self._row({more: 1, less: -1}) for less, more in system.at_most]
		self._rules = [self._rule(sums, 0, 0), self._rule(pairs, 0, np.inf)]
		self._seen = [counts]

	def can_be(self, cells: Collection[Key], least: float = 0, most: float = np.inf) -> bool:
		"""Tell whether these cells can count together what is asked, for all that is shown and known."""
		row = self._row(dict.fromkeys(cells, 1))
		if any(least <= row @ year <= most for year in self._seen):
			return True
		found = milp(
			np.zeros(len(row)),
			integrality=np.ones(len(row)),
			bounds=Bounds(self._least, self._most),
			constraints=[rule for rule in (*self._rules, self._rule([row], least, most)) if rule],
		)
		if found.success:
			self._seen.append(np.rint(found.x))
		return found.success

	def _row(self, factors: dict[Key, int]) -> np.ndarray:
		row = np.zeros(len(self._at))
		for key, factor in factors.items():
			row[self._at[key]] = factor
		return row

	def _rule(self, rows: list[np.ndarray], least: float, most: float) -> LinearConstraint | None:
		return LinearConstraint(csr_array(np.array(rows)), least, most) if rows else None


def told(system: System, hidden: Collection[Key], threshold: int) -> list[str]:
	"""Return what a reader would learn about somebody, a line each; nothing is as it should be."""
	public = set(system.fixed) | set(system.known)
	attacker = Attacker(system, hidden)
	return [
		*_of_small(attacker, public, threshold),
		*_of_moves(attacker, public, threshold),
		*_of_rows(attacker, public, threshold),
	]


def _of_small(attacker: Attacker, public: set[Key], threshold: int) -> Iterator[str]:
	for key, count in attacker.system.cells.items():
		if 0 < count < threshold and key not in public:
			if key not in attacker.unknown:
				yield f"{key} is small and shown"
			if not attacker.can_be([key], most=0):
				yield f"{key} isn't 0"
			if not attacker.can_be([key], least=threshold):
				yield f"{key} is small"


def _of_moves(attacker: Attacker, public: set[Key], threshold: int) -> Iterator[str]:
	for key, before in attacker.system.restated.items():
		if key in public or not 0 < abs(attacker.system.cells[key] - before) < threshold:
			continue
		if not (attacker.can_be([key], most=before) and attacker.can_be([key], least=before)):
			yield f"{key} moved"
		if not (
			attacker.can_be([key], most=before - threshold)
			or attacker.can_be([key], least=before + threshold)
		):
			yield f"{key} moved by a few"


def _of_rows(attacker: Attacker, public: set[Key], threshold: int) -> Iterator[str]:
	cells = attacker.system.cells
	for total, parts in attacker.system.sums:
		for part in parts:
			others = [other for other in parts if other != part]
			if not 0 < cells[part] == cells[total] or public.issuperset(others) or {total, part} <= public:
				continue
			if not attacker.can_be(others, least=min(threshold, cells[part])):
				yield f"all of {total} are in {part}"
			if part not in public and not attacker.can_be([part], most=max(0, cells[part] - threshold)):
				yield f"{part} can't be much less"
