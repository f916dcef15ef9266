"""The site's WSGI application with walls that a request header takes away, for that one request."""

import threading
from contextlib import ExitStack

from dev.wsgi import application as site
from leak_controls import walls

HEADER = "X-Leak-Control"
_one_at_a_time = threading.Lock()


def application(environ: dict, start_response):
	"""Serve one request without the walls that its header names: `wall` or `wall=argument`, joined by "; "."""
	names = environ.get("HTTP_X_LEAK_CONTROL", "")
	with _one_at_a_time, ExitStack() as stack:
		for word in filter(None, names.split("; ")):
			name, _, argument = word.partition("=")
			stack.enter_context(getattr(walls, name)(*([argument] if argument else [])))
		answer = site(environ, start_response)
		try:
			return list(answer)
		finally:
			if hasattr(answer, "close"):
				answer.close()
