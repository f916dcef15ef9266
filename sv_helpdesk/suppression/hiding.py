"""Picks which cells of a system aren't shown, so that a reader is left in the doubt that is needed.

Four steps: sensitive cells are hidden; what a reader can hold possible then is looked up; for each need that is not
met yet, the cells are hidden that meet it most cheaply; and what turns out not to be needed is shown again.
Hiding more never tells more, so what was met stays met. Each need that is met has another year as its witness.
"""

from collections.abc import Collection, Iterable
from itertools import groupby
from math import isqrt
from random import Random

from sv_helpdesk.suppression import sensitive
from sv_helpdesk.suppression.model import Difference, Model
from sv_helpdesk.suppression.proof import Proof
from sv_helpdesk.suppression.sensitive import Need
from sv_helpdesk.suppression.system import Key, System

# of the needs that wait, the share for which one other year is sought; more at once get in each other's way
AT_ONCE = 1 / 8
# looking for many at once goes on as long as it meets so many
ENOUGH = 5


class NotProtectable(ValueError):
	"""Small figures could be computed whatever is hidden, from what everybody knows or was published before."""

	def __init__(self):
		super().__init__(
			"Some small figures can't be protected: what was published before, or is the same every year, tells them."
			" Take a table out of the report, or put some of its codes or units together."
		)


def hidden(system: System, threshold: int, already: Collection[Key]) -> frozenset[Key]:
	"""Return the cells of one component that aren't shown, those that stand in no table included.

	Args:
		system: as `system.components` returns it.
		threshold: the smallest count above zero that may be shown.
		already: cells that aren't shown whatever the threshold.

	Raises:
		NotProtectable: even hiding all that can be hidden leaves too little doubt.
	"""
	found = sensitive.found(system, threshold)
	hiding = _Hiding(found, already)
	if found.needs:
		hiding.look_up(found.needs)
		hiding.hide_partners()
		hiding.show_again()
		hiding.check()
	return frozenset(hiding.hidden & set(system.cells))


class _Hiding:
	"""One component while it is decided which of its cells are hidden.

	Attributes:
		hidden: the cells of which a reader knows no count.
	"""

	def __init__(self, found: sensitive.Sensitive, already: Collection[Key]):
		self._system = found.system
		self._needs = found.needs
		self._forced = found.cells | found.system.never_shown | (set(already) & set(found.system.cells))
		self._reader = Model(found.system)
		self._prices = _prices(found.system)
		self._witness: dict[Need, Difference] = {}
		self.hidden: set[Key] = set()
		for key in sorted(self._forced):
			self._hide(key)

	def look_up(self, needs: Iterable[Need]) -> list[Need]:
		"""Look for witnesses of many needs at once, and return the needs that have none after it."""
		waiting, met, turn = self._without_witness(needs), ENOUGH, 0
		while met >= ENOUGH:
			chance = Random(turn)
			some = {need.cell: need for need in waiting if chance.random() < AT_ONCE}
			self._take(self._reader.most(some.values()), waiting)
			left = self._without_witness(waiting)
			waiting, met, turn = left, len(waiting) - len(left), turn + 1
		return waiting

	def hide_partners(self) -> None:
		"""Hide what most cheaply meets each need that isn't met yet, the largest need first."""
		model = Model(self._system)
		waiting = sorted(self._without_witness(self._needs), key=lambda need: (-abs(need.change), need))
		for size, needs in groupby(waiting, lambda need: abs(need.change)):
			for key, price in self._prices.items():
				model.open(key, 0 if key in self.hidden else price, size)
			for need in self.look_up(needs):
				if need not in self._witness:
					self._hide_for(need, model, waiting)

	def _hide_for(self, need: Need, model: Model, waiting: list[Need]) -> None:
		difference = model.cheapest(need) or model.cheapest(need, whole=True)
		if not difference:
			raise NotProtectable
		for key in sorted(set(difference) - self.hidden):
			self._hide(key)
			model.open(key)
		self._take(difference, waiting)

	def show_again(self) -> None:
		"""Show what isn't needed, the dearest first."""
		partners = self.hidden - self._forced
		for key in sorted(partners, key=lambda key: (-self._prices[key], key)):
			self._show_if_possible(key)

	def _show_if_possible(self, key: Key) -> None:
		witnesses = dict(self._witness)
		lost = [need for need, difference in witnesses.items() if key in difference]
		self._reader.close(key)
		self.hidden.discard(key)
		for need in lost:
			del self._witness[need]
		for need in lost:
			if need in self._witness:
				continue
			difference = self._reader.cheapest(need)
			if not difference:
				self._witness = witnesses
				self._hide(key)
				return
			self._take(difference, lost)

	def check(self) -> None:
		"""Go through all witnesses once more, in whole numbers.

		Raises:
			NotProtectable: one of them isn't as the real year looks to a reader.
		"""
		proof = Proof(self._system, self.hidden)
		met = all(need.is_met(self._witness.get(need, {}).get(need.cell, 0)) for need in self._needs)
		if not met or not all(map(proof.holds, {id(one): one for one in self._witness.values()}.values())):
			raise NotProtectable

	def _without_witness(self, needs: Iterable[Need]) -> list[Need]:
		return [need for need in needs if need not in self._witness]

	def _hide(self, key: Key) -> None:
		self.hidden.add(key)
		self._reader.open(key)

	def _take(self, difference: Difference | None, needs: Iterable[Need]) -> None:
		"""Keep another year as the witness of each of these needs that it meets and that has none."""
		for need in needs if difference else ():
			if need not in self._witness and need.is_met(difference.get(need.cell, 0)):
				self._witness[need] = difference


def _prices(system: System) -> dict[Key, int]:
	"""Return what hiding each cell costs a reader: large counts more than small ones, totals more than details.

	By the root: by the count itself, many small cells would be hidden in place of one that is large.
	"""
	totals = {total for total, _parts in system.sums}
	return {
		key: 8 + isqrt(16 * count) + (key in totals)
		for key, count in system.cells.items()
		if key not in system.certain
	}
