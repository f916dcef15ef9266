"""A search of every place in which a word could be left: database, its raw files, uploads, Redis, logs."""

import re
import secrets
import socket
import threading
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import frappe

from dev import leak_search
from dev.layout import BENCH

COMMAND_PART = re.compile(rb'"((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(rb"\\(x[0-9a-f]{2}|.)", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"b": b"\b"}

RUN = "zq" + secrets.token_hex(4)


def new_word() -> str:
	"""A word that nobody else writes; all words of one run begin alike."""
	return RUN + secrets.token_hex(3)


def search_for(*words: str) -> leak_search.Search:
	search = leak_search.Search(words)
	for word, forms in search.forms.items():
		# as names of people are written
		forms |= {word.upper().encode(), word.capitalize().encode()}
	return search


def near_words(places):
	"""The places, of each only what stands around words of this run: quick to search for many words."""
	(forms,) = search_for(RUN).forms.values()
	for place, content in places:
		pieces = []
		for form in forms:
			at = content.find(form)
			while at >= 0:
				pieces.append(content[max(0, at - 100) : at + 200])
				at = content.find(form, at + 1)
		if pieces:
			yield place, b"\n".join(pieces)


class RedisTap:
	"""Everything that is said to a Redis server while it listens; what RQ compressed is unpacked."""

	def __init__(self, url: str):
		address = urlsplit(url)
		self.socket = socket.create_connection((address.hostname, address.port))
		# reading a mailbox leaves the process a time after which sockets give up
		self.socket.settimeout(None)
		self.socket.sendall(b"MONITOR\r\n")
		assert self.socket.recv(5) == b"+OK\r\n"
		self.heard = bytearray()
		self.thread = threading.Thread(target=self._listen, daemon=True)
		self.thread.start()

	def _listen(self):
		while heard := self.socket.recv(1 << 16):
			self.heard += heard

	def stop(self) -> bytes:
		self.socket.shutdown(socket.SHUT_RDWR)
		self.thread.join()
		self.socket.close()
		return b"\n".join(self._parts())

	def _parts(self):
		for part in COMMAND_PART.findall(bytes(self.heard)):
			plain = ESCAPED.sub(_unescaped, part)
			yield plain
			try:
				yield zlib.decompress(plain)
			except zlib.error:
				continue


def _unescaped(match):
	sign = match[1]
	return bytes.fromhex(sign[1:].decode()) if len(sign) == 3 else LETTERS.get(sign, sign)


@pytest.fixture
def taps():
	"""Listens to both Redis servers; call it for what was said until now."""
	listening = {name: RedisTap(frappe.conf[name]) for name in ("redis_cache", "redis_queue")}
	heard = {}

	def stop():
		heard.update(
			(f"said to {name}", tap.stop())
			for name, tap in listening.items()
			if f"said to {name}" not in heard
		)
		return list(heard.items())

	yield stop
	stop()


@pytest.fixture
def database_root():
	"""A connection of the database's root; only our own bench's password is known."""
	import pymysql

	password = BENCH / "database_password"
	if not password.exists() or Path(frappe.local.sites_path).resolve() != BENCH / "sites":
		yield None
		return
	conf = frappe.conf
	root = pymysql.connect(
		host=conf.db_host, port=int(conf.db_port), user="root", password=password.read_text()
	)
	yield root
	root.close()


def everywhere(root, since):
	frappe.db.commit()
	yield from leak_search.database_dump()
	yield from leak_search.site_files()
	yield from leak_search.redis_values()
	yield from leak_search.bench_logs()
	if root:
		leak_search.flush_tables(root)
		yield from leak_search.database_folder(since)
