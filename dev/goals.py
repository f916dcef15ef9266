"""Says which goals of a measurement were met; every benchmark ends with it."""


def told(goals: list[tuple[str, bool]]) -> int:
	"""Print each goal and how many were met; return 0 if all were, to end the program with.

	Args:
		goals: what was wanted, and whether it was met.
	"""
	for title, met in goals:
		print(f"{'met' if met else 'MISSED':>7}: {title}")
	print(f"{sum(met for _title, met in goals)} of {len(goals)} goals met")
	return 0 if all(met for _title, met in goals) else 1
