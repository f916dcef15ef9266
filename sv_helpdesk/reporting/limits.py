"""How often the page can be used, without keeping who uses it.

An address is counted under a keyed hash, whose key follows from the key file and the day and is stored nowhere;
counts live in Redis for minutes. When Redis is emptied counting begins anew, and when it can't be reached the page
asks for work or patience. Many people of an institution can share one address.
"""

import hashlib
import hmac
import ipaddress
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone

import redis

import frappe

from sv_helpdesk.crypto import key_ring


@dataclass(frozen=True)
class Limit:
	"""How often something may happen.

	Attributes:
	        name: what is counted.
	        of_address: how often from one address; more is refused.
	        of_all: how often altogether; more is let in for work or patience alone (pressure.py).
	        seconds: in which time.
	"""

	name: str
	of_address: int
	of_all: int
	seconds: int


CODES = Limit("codes", 5, 60, 60)
REPORTS = Limit("reports", 20, 60, 600)
MESSAGES = Limit("messages", 20, 120, 600)


def mark_of(address: str) -> str:
	"""Return the keyed hash that stands for an address today.

	Args:
	        address: an IP address; of version 6 the network that one subscriber has.
	"""
	with suppress(ValueError):
		parsed = ipaddress.ip_address(address)
		address = (
			str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
		)
	today = datetime.now(timezone.utc).date().isoformat()
	key = key_ring.load().key_for(f"addresses of {today}")
	return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()[:32]


def is_exceeded(limit: Limit, mark: str) -> bool:
	"""Count one more from an address; tell whether that is too many.

	Args:
	        limit: one of the limits above.
	        mark: see `mark_of`.
	"""
	return _count(f"{limit.name}|{mark}", limit.seconds) > limit.of_address


def give_back(limit: Limit, mark: str) -> None:
	"""Take back one that was counted: it was a right one."""
	for what in (f"{limit.name}|{mark}", limit.name):
		with suppress(redis.RedisError):
			frappe.cache.decr(_key(what))


def count_of_all(limit: Limit) -> None:
	"""Count one more altogether."""
	_count(limit.name, limit.seconds)


def is_pressing(limit: Limit) -> bool:
	"""Tell whether so many came altogether that the next ones have to show that they are worth it."""
	try:
		return int(frappe.cache.get(_key(limit.name)) or 0) >= limit.of_all
	except redis.RedisError:
		return True


def is_first(mark: str, seconds: int) -> bool:
	"""Tell whether this token is used for the first time, as far as is known.

	Args:
	        mark: of the token.
	        seconds: how long it is kept.
	"""
	try:
		return bool(frappe.cache.set(_key(f"used|{mark}"), 1, nx=True, ex=seconds))
	except redis.RedisError:
		return True


def _count(what: str, seconds: int) -> int:
	key = _key(what)
	try:
		number = frappe.cache.incr(key)
		if number <= 1:
			frappe.cache.expire(key, seconds)
	except redis.RedisError:
		return 0
	return number


def _key(what: str) -> bytes:
	return frappe.cache.make_key(f"sv_reporting|{what}")
