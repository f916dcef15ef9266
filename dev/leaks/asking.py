"""Requests as data, and sending them."""

import json
from dataclasses import dataclass, field
from urllib.parse import unquote

from dev.leaks.judge import Answer

SECONDS = 60


@dataclass(frozen=True)
class Request:
	"""One HTTP request.

	Attributes:
		method: GET, POST...
		path: from the server's root on.
		params: query; lists and dicts are sent as JSON.
		form: fields of a form, likewise.
		body: sent as JSON instead of a form.
		files: field -> (name, content).
	"""

	method: str
	path: str
	params: dict = field(default_factory=dict)
	form: dict = field(default_factory=dict)
	body: dict | None = None
	files: dict | None = None

	@property
	def asked(self) -> str:
		"""All that the request says."""
		return unquote(f"{self.path} {_flat(self.params)} {_flat(self.form)} {self.body or ''}")

	def __str__(self) -> str:
		said = {**_flat(self.params), **_flat(self.form), **(self.body or {})}
		return f"{self.method} {self.path} {json.dumps(said, default=str)[:400] if said else ''}".strip()


@dataclass(frozen=True)
class Compare:
	"""The same request about something that exists and about something that can't.

	Attributes:
		existing: about the former.
		value: the value that stands in it.
		control: about the latter, `value` replaced.
		control_value: what stands there instead.
		document: place of the document that the answer would tell about.
	"""

	existing: Request
	value: str
	control: Request
	control_value: str
	document: str


def get(path: str, **params) -> Request:
	"""A GET of a path with a query."""
	return Request("GET", path, params=params)


def call(function: str, **arguments) -> Request:
	"""A POST to a whitelisted function."""
	return Request("POST", f"/api/method/{function}", form=arguments)


def send(session, base_url: str, request: Request, headers: dict[str, str]) -> Answer:
	"""Send a request as the person the session belongs to."""
	response = session.request(
		request.method,
		base_url + request.path,
		params=_flat(request.params),
		data=_flat(request.form) or None,
		json=request.body,
		files=request.files,
		headers=headers,
		timeout=SECONDS,
		allow_redirects=False,
	)
	headers = {name.lower(): value for name, value in response.headers.items()}
	return Answer(response.status_code, headers, response.content)


def _flat(values: dict) -> dict:
	return {
		name: value if isinstance(value, str | int | float) else json.dumps(value)
		for name, value in values.items()
		if value is not None
	}
