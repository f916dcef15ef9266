"""What a step (stap) of casework is: from which state to which, by whom, with what filled in, and what follows.

Each document with states has one table of its steps in a module of this package (case, referral...);
machines.py knows them all. moving.py takes steps, and nothing else changes a state.
"""

from collections.abc import Callable
from dataclasses import dataclass

from frappe import _

Check = Callable[[object], None]


@dataclass(frozen=True)
class Step:
	"""One step.

	Attributes:
		name: how code and interface call it.
		label: what its button says; English, translated when it is shown.
		sources: states it starts from.
		target: state it leads to.
		who: capacities (permissions.capacities) of which one is enough; none: only the system takes it.
		asks: fields that are filled in on the way; others stay as they are.
		needs: fields that must be filled by then, whether asked for or filled before.
		stamps: fields that get the moment or the day of the step, unless asked for and filled in.
		clears: fields that become empty.
		sets: fields that its checks fill in.
		where: the documents it is for; none: all. Two steps of one name differ in this.
		reason: whether who takes it must say why; kept with the step, encrypted.
		aside: whether the work goes another way by it: the state leads to a step that isn't.
		before: what must be true before anything is filled in; called with the document, changes and locks nothing
			and refuses with a sentence, which the form tells beforehand.
		checks: what else must be true; each is called with the document as it would become and refuses with a sentence.
		follows: what happens with it, called with the saved document.
	"""

	name: str
	label: str
	sources: tuple[str, ...]
	target: str
	who: tuple[str, ...] = ()
	asks: tuple[str, ...] = ()
	needs: tuple[str, ...] = ()
	stamps: tuple[str, ...] = ()
	clears: tuple[str, ...] = ()
	sets: tuple[str, ...] = ()
	where: Callable[[object], bool] | None = None
	reason: bool = False
	aside: bool = False
	before: tuple[Check, ...] = ()
	checks: tuple[Check, ...] = ()
	follows: tuple[Check, ...] = ()

	def is_for(self, doc) -> bool:
		"""Tell whether this step is meant for a document, in whatever state that is."""
		return not self.where or self.where(doc)

	@property
	def leads_on(self) -> bool:
		"""Whether it is what a state naturally leads to; going back or giving up never is."""
		return not (self.aside or self.reason)

	@property
	def title(self) -> str:
		"""Its label in the user's language."""
		return _(self.label, context="SV Step")


@dataclass(frozen=True)
class Machine:
	"""The states of one kind of document and the steps between them.

	Attributes:
		doctype: whose `status` it is.
		start: state of a new document.
		steps: in the order in which people take them; the first that is possible is the next one.
		follows: what happens with every step, called with the saved document.
	"""

	doctype: str
	start: str
	steps: tuple[Step, ...]
	follows: tuple[Check, ...] = ()

	def step(self, name: str, doc) -> Step | None:
		"""Return the step of this name that is for this document, if there is one."""
		return next((step for step in self.steps if step.name == name and step.is_for(doc)), None)
