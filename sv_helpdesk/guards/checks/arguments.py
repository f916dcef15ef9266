"""Reading a request's arguments, which may be JSON, lists or single values."""

import json
from collections.abc import Iterator


def parsed(value: object) -> object:
	"""Return what a JSON text holds; anything else as it is."""
	if isinstance(value, str) and value.lstrip()[:1] in ("[", "{", '"'):
		try:
			return json.loads(value)
		except (ValueError, RecursionError):
			return value
	return value


def as_dict(value: object) -> dict:
	"""Return the JSON object in an argument, empty if it is none."""
	value = parsed(value)
	return value if isinstance(value, dict) else {}


def each(value: object) -> Iterator[str | int]:
	"""Yield the names in an argument that may hold one or many, as values or as documents."""
	value = parsed(value)
	for item in value if isinstance(value, list | tuple) else [value]:
		if isinstance(item, dict):
			item = item.get("name")
		if isinstance(item, str | int) and item != "":
			yield item
