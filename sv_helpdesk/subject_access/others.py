"""Takes everybody else out of a text: names and parts of them, addresses, telephone numbers, as the cases know them.

Rather too much than too little: who prepares an answer sees what will go, and what is missing by it.
"""

import re
import unicodedata
from collections.abc import Iterable
from email.utils import getaddresses
from pathlib import PurePath

import frappe
from frappe import _

from sv_helpdesk.subject_access.searching import Known

# they stand between the parts of Dutch names, and in every sentence
PARTICLES = frozenset(
	"van de der den het ter ten te 't 's in op aan la le el al bin von und e y da di du dos del".split()
)
INITIALS = r"(?:\b\w\.[ ]?){0,5}"
BETWEEN = r"(?:\b(?:van|von|de|der|den|het|ter|ten|te|la|le|el|al|bin|'t|'s)\s+){0,3}"
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# what comes between the digits of a telephone number
GAP = r"[ \t./()-]{0,3}"
SHORTEST_NUMBER, SHORTEST_MAILBOX = 6, 4
# a shorter part of a name stands in many other words
SHORTEST_IN_FILE = 3
# what telephones and word processors write for an apostrophe
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))
# scripts in which nothing stands between words
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class Others:
	"""Everybody else in some cases.

	Args:
		reports: names of the cases, all of which the session's user may open.
		own: names of the SV Party rows of the person who asks.
		known: by what that person is known.
		passages: what else was chosen to go out.
		language: in what to say that something is left out.
	"""

	def __init__(
		self, reports: Iterable[str], own: set[str], known: Known, passages: Iterable[str], language: str
	):
		self.own_addresses = {address.casefold() for address in (*known.addresses, *_own_texts(own))}
		self.own_words = {word for name in (*known.names, *_own_names(own)) for word in _words(name)}
		self.somebody = _("[somebody else]", language)
		self.left_out = _("[left out]", language)
		names, addresses, numbers = set(), set(), set()
		for text in _identities(sorted(set(reports)), own):
			_sort(text, names, addresses, numbers)
		self.patterns = [
			*(
				_of_address(address)
				for address in sorted(addresses - self.own_addresses, key=len, reverse=True)
			),
			*(_of_number(number) for number in sorted(numbers, key=len, reverse=True)),
			*self._of_names(names, addresses - self.own_addresses),
		]
		self.words = {
			word
			for name in (*names, *(address.partition("@")[0] for address in addresses - self.own_addresses))
			for word in _words(name)
			if len(word) >= SHORTEST_IN_FILE
		} - self.own_words
		self.passages = [_of_passage(passage) for passage in passages if passage.strip()]

	def taken_out_of(self, text: str) -> str:
		"""Return a text in which nobody else is named."""
		for pattern in self.passages:
			text = _replaced(pattern, text, self.left_out)
		for pattern in self.patterns:
			text = _replaced(pattern, text, self.somebody)
		text = ADDRESS.sub(self._other_address, text)
		twice = rf"{re.escape(self.somebody)}(?:[\s-]+{re.escape(self.somebody)})+"
		return re.sub(twice, self.somebody, text)

	def taken_out_of_file_name(self, name: str) -> str:
		"""Return the name of a file that names nobody else; programs write one word on to the other in it."""
		left = self.taken_out_of(name)
		if not self._stands_in(left):
			return left
		suffix = PurePath(name).suffix
		return self.left_out + ("" if self._stands_in(suffix) else suffix)

	def _is_anothers(self, name: str) -> bool:
		"""Tell whether a whole name isn't the person's own; one of initials or particles alone is somebody's, too."""
		words = set(_words(name))
		return not words <= self.own_words if words else len(name.split()) > 1

	def _stands_in(self, text: str) -> bool:
		return any(word in _plain(text) for word in self.words)

	def _other_address(self, match: re.Match) -> str:
		return match.group() if match.group().casefold() in self.own_addresses else self.somebody

	def _of_names(self, names: set[str], addresses: set[str]) -> list[re.Pattern]:
		"""Whole names first, then their parts, unless the person has the same one."""
		whole = {_plain(name) for name in names if self._is_anothers(name)}
		mailboxes = {_plain(address.partition("@")[0]) for address in addresses}
		parts = {word for name in names for word in _words(name)}
		parts |= {mailbox for mailbox in mailboxes if len(mailbox) >= SHORTEST_MAILBOX}
		ordered = sorted(whole, key=len, reverse=True) + sorted(parts - self.own_words, key=len, reverse=True)
		return [_of_name(name) for name in ordered]


def _own_names(own: set[str]) -> list[str]:
	return [frappe.get_doc("SV Party", name).opened("person_name") for name in sorted(own)]


def _own_texts(own: set[str]) -> list[str]:
	parties = [frappe.get_doc("SV Party", name) for name in sorted(own)]
	return [party.opened(field) for party in parties for field in ("email_address", "account")]


def _identities(reports: list[str], own: set[str]) -> list[str]:
	"""Return what everybody else in these cases is called and reached by, and who wrote or was written to."""
	if not reports:
		return []
	in_cases = {"report": ["in", reports]}
	texts = []
	for name in frappe.get_all("SV Party", in_cases, pluck="name", order_by="creation asc"):
		if name in own:
			continue
		party = frappe.get_doc("SV Party", name)
		texts += [party.opened(field) for field in ("person_name", "email_address", "phone", "account")]
		texts.append(
			frappe.db.get_value("User", party.opened("account"), "full_name") if party.account else ""
		)
	for name in frappe.get_all("SV Message", in_cases, pluck="name", order_by="creation asc"):
		message = frappe.get_doc("SV Message", name)
		# to whom a desk writes; its own address tells of nobody
		texts.append(message.opened("sender" if message.direction == "Incoming" else "recipient"))
	return [text for text in texts if text]


def _sort(text: str, names: set[str], addresses: set[str], numbers: set[str]) -> None:
	"""Put a text where it belongs: a mail's sender may have a name and an address."""
	digits = _core(text)
	if len(digits) >= SHORTEST_NUMBER and not re.search(r"[^\W\d]", text):
		numbers.add(digits)
		return
	for name, address in getaddresses([text]):
		if "@" in address:
			addresses.add(address.strip().casefold())
			if name:
				names.add(name)
			continue
		names.add(text)


def _core(text: str) -> str:
	"""Return the digits of a telephone number without what stands for the country or its first nought."""
	digits = re.sub(r"\D", "", text)
	return re.sub(r"^(?:00)?(?:31|0)", "", digits) if len(digits) >= SHORTEST_NUMBER else ""


def _of_address(address: str) -> re.Pattern:
	return re.compile(rf"(?<![\w.+-]){re.escape(_plain(address))}(?![\w-])")


def _of_number(core: str) -> re.Pattern:
	return re.compile(rf"(?<!\d)(?:(?:\+|00)?31{GAP})?(?:0{GAP})?{GAP.join(core)}(?!\d)")


def _of_name(name: str) -> re.Pattern:
	spaced = r"[\s_-]+".join(re.escape(part) for part in name.split())
	if UNSPACED.search(name):
		return re.compile(spaced)
	return re.compile(rf"{INITIALS}{BETWEEN}(?<![^\W_]){spaced}(?:['’]?s)?(?![^\W_])")


def _of_passage(passage: str) -> re.Pattern:
	return re.compile(r"\s+".join(re.escape(part) for part in _plain(passage).split()))


def _words(name: str) -> list[str]:
	"""Return the parts of a name that tell of somebody: no initials, nothing that stands in every sentence."""
	words = re.split(r"[^\w']+", _plain(name))
	return [word for word in words if len(word) > 1 and word not in PARTICLES]


def _plain(text: str) -> str:
	return "".join(plain for plain, _place in _letters(text))


def _letters(text: str):
	"""Yield the letters of a text as they are compared, each with the place it has in the text."""
	for place, character in enumerate(text.translate(APOSTROPHES)):
		for letter in unicodedata.normalize("NFKD", character).casefold():
			# nor what is there unseen, such as where a word may be divided
			if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf":
				yield letter, place


def _replaced(pattern: re.Pattern, text: str, by: str) -> str:
	"""Replace what a pattern finds in the plain form of a text in the text itself."""
	letters = list(_letters(text))
	plain = "".join(letter for letter, _place in letters)
	parts, end = [], 0
	for match in pattern.finditer(plain):
		if match.start() == match.end():
			continue
		first, last = letters[match.start()][1], letters[match.end() - 1][1]
		# accents that follow the last letter belong to it
		while last + 1 < len(text) and unicodedata.combining(text[last + 1]):
			last += 1
		parts += [text[end:first], by]
		end = last + 1
	return "".join([*parts, text[end:]]) if parts else text
