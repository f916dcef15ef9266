"""The site named in DEV_SITE as it would answer on the day of the pictures: dev.wsgi with its clock set."""

from collections.abc import Callable, Iterable

import time_machine

from dev.picture_time import NOW, moment
from dev.wsgi import application as of_today

time_machine.travel(moment(NOW), tick=True).start()


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
	"""Answer a request; cookies last until the browser is closed, or it would think that they have run out."""

	def start(status: str, headers: list[tuple[str, str]], *more):
		kept = [
			(name, _without_end(value) if name.lower() == "set-cookie" else value) for name, value in headers
		]
		return start_response(status, kept, *more)

	return of_today(environ, start)


def _without_end(cookie: str) -> str:
	parts = cookie.split("; ")
	return "; ".join(part for part in parts if not part.lower().startswith(("expires=", "max-age=")))
