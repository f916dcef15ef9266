"""Functions that run another one the client names: none that is guarded is reached through them."""

from collections.abc import Callable

from sv_helpdesk.guards.mentions import mentions_ours
from sv_helpdesk.guards.subjects import refuse
from sv_helpdesk.guards.wiring import OVERRIDES


def through(key: str) -> Callable[[dict], None]:
	"""Return a check: the function named by this argument may be run indirectly.

	Args:
		key: name of the argument.
	"""

	def check(arguments: dict) -> None:
		# these take their checks from this module
		from sv_helpdesk.guards import doors, request

		function = request.true_name(arguments.get(key))
		if function and (
			function in (*doors.CHECKS, *OVERRIDES.values())
			or (not doors.asks(function) and mentions_ours(arguments))
		):
			refuse()

	return check
