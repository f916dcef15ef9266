"""Prints what a walk brought."""

from collections import defaultdict

from dev.leaks.controls import NEEDLESS, NEEDLESS_HERE
from dev.leaks.surface import Surface
from dev.leaks.walk import Leak, Outcome

SHOWN = 3


def tell(outcome: Outcome, surfaces: list[Surface], seconds: float) -> int:
	"""Print every leak with its request, surfaces that proved nothing, and the sum; 0 when all is well."""
	for surface in surfaces:
		leaks = [leak for leak in outcome.leaks.values() if leak.surface == surface.id]
		if leaks:
			_tell_surface(surface, leaks)
	unproven = [s for s in surfaces if not s.unproven and not outcome.proofs.get(s.id)]
	for surface in unproven:
		answers = dict(outcome.statuses[surface.id])
		print(f"  NOT PROVEN {surface.id}: nobody found what they may see there ({answers})")
	for fault in outcome.faults[:10]:
		print(f"  FAULT {fault}")
	print(
		f"surfaces {len(surfaces)}, requests {outcome.requests}, leaks {len(outcome.leaks)}"
		f" ({len(unproven)} surfaces not proven, {len(outcome.faults)} faults, {seconds:.0f} s)"
	)
	return int(bool(outcome.leaks or unproven or outcome.faults))


def _tell_surface(surface: Surface, leaks: list[Leak]) -> None:
	by_request = defaultdict(list)
	for leak in leaks:
		by_request[leak.what].append(leak)
	print(f"  LEAK {surface.id}")
	for what, some in by_request.items():
		people = sorted({leak.identity for leak in some})
		places = sorted({leak.place for leak in some})
		print(f"    {what}: {len(some)}: {', '.join(people)}")
		print(f"      {', '.join(places[:6])}{' ...' if len(places) > 6 else ''}")
		for leak in some[:SHOWN]:
			print(f"      {leak.identity}: {leak.request} -> HTTP {leak.status}, {leak.place}")


def tell_controls(faults: dict[str, str], seconds: float) -> int:
	"""Print the walls whose absence nobody noticed; 0 when there are none.

	Args:
		faults: wall -> why its control isn't caught, or "".
		seconds: how long it took.
	"""
	counted = {wall: fault for wall, fault in faults.items() if fault != NEEDLESS_HERE}
	for wall, fault in counted.items():
		if fault:
			print(f"  CONTROL {wall} not caught: {fault}")
	for wall in faults.keys() - counted.keys():
		print(f"  (without {wall} the host wouldn't leak here: {NEEDLESS[wall]})")
	caught = sum(not fault for fault in counted.values())
	print(f"controls {caught} of {len(counted)} caught ({seconds:.0f} s)")
	return int(caught < len(counted))
