"""Reads manifest.json of a folder of mails: what should come of each.

{"confidential_address": ..., "it_address": ..., "messages": {"01.eml": {"ticket": "new", ...}, ...}}
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ADDRESS_KEYS = ("confidential_address", "it_address")
TICKET = ("new", "append", "none", "any")
SV_REPORT = (True, False, "same")


class ManifestError(Exception):
	"""The folder or its manifest can't be used; the text says why."""


@dataclass(frozen=True)
class Manifest:
	"""What should come of a folder's mails.

	Attributes:
		confidential_address: the desk's mailbox.
		it_address: the mailbox of the IT helpdesk.
		messages: file name -> what is expected of it, in name order.
	"""

	confidential_address: str
	it_address: str
	messages: dict[str, dict]


def _is_bool(value: object) -> bool:
	return isinstance(value, bool)


def _is_count(value: object) -> bool:
	return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: object) -> bool:
	return isinstance(value, str)


def _is_texts(value: object) -> bool:
	return _is_text(value) or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))


# key -> is the value one that it may have, and which those are
KEYS: dict[str, tuple[Callable[[object], bool], str]] = {
	# a new HD Ticket, a message on an earlier one, no new one, or whatever
	"ticket": (lambda value: value in TICKET, "new, append, none or any"),
	# the mail is on the ticket of the mail with this Message-ID
	"to_message": (lambda value: _is_text(value) and "@" in value, "a Message-ID"),
	# the mail is not on the ticket of the mail (or mails) with this Message-ID
	"not_appended_to": (_is_texts, "a Message-ID or a list of them"),
	# sealed and encrypted, nothing of it in clear anywhere; or an ordinary ticket
	"confidential": (_is_bool, "true or false"),
	# a new SV Report, none, or a message on one that was there
	"sv_report": (
		lambda value: any(value is known for known in SV_REPORT[:2]) or value == "same",
		"true, false or same",
	),
	# staff is warned on the case
	"flagged": (_is_bool, "true or false"),
	# how many are kept
	"attachments": (_is_count, "a number"),
	# with neutral names and encrypted
	"attachments_private": (_is_bool, "true or false"),
	# what the case worker reads above the mail
	"subject_contains": (_is_texts, "a text or a list of texts"),
	# length of what the case worker reads, without mark-up
	"min_body_chars": (_is_count, "a number"),
	# nothing in what the case worker sees that could run or load something
	"no_active_content": (_is_bool, "true or false"),
	# one mail left, to the sender alone, and it has no content; false: none left to the sender
	"acknowledge_only_sender": (_is_bool, "true or false"),
	# nothing left for this address (or these)
	"no_mail_to": (_is_texts, "an address or a list of them"),
	# an explanation for readers
	"why": (_is_text, "a text"),
}


def read_manifest(folder: Path) -> Manifest:
	"""Read and check a folder's manifest.

	Args:
		folder: with manifest.json and the .eml files.

	Raises:
		ManifestError: folder or manifest missing or unreadable, mails without an entry, entries without a
			mail, unknown keys or values; the text lists all of it.
	"""
	if not folder.is_dir():
		raise ManifestError(f"There is no folder {folder}. Say which one: make intake MAILS=folder")
	file = folder / "manifest.json"
	if not file.is_file():
		raise ManifestError(f"There is no manifest.json in {folder}; it says what should come of each mail.")
	try:
		content = json.loads(file.read_text(encoding="utf-8"))
	except ValueError as error:
		raise ManifestError(f"{file} can't be read as JSON: {error}") from None
	faults = _faults(content, {path.name for path in folder.glob("*.eml")})
	if faults:
		raise ManifestError(f"{file} can't be used:\n" + "\n".join(f"  {fault}" for fault in faults))
	addresses = [content[key].strip().lower() for key in ADDRESS_KEYS]
	return Manifest(*addresses, dict(sorted(content["messages"].items())))


def _faults(content: object, files: set[str]) -> list[str]:
	if not isinstance(content, dict) or not isinstance(content.get("messages"), dict):
		return ['it has no "messages"']
	faults = [f"unknown key {key}" for key in content if key not in (*ADDRESS_KEYS, "messages")]
	for key in ADDRESS_KEYS:
		if not _is_text(content.get(key)) or "@" not in content[key]:
			faults.append(f"{key} is no mail address")
	messages = content["messages"]
	faults += [f"{file} is in the folder, but not in the manifest" for file in sorted(files - set(messages))]
	faults += [f"{file} is in the manifest, but not in the folder" for file in sorted(set(messages) - files)]
	if not files:
		faults.append("there is no .eml file in the folder")
	for file, expected in messages.items():
		faults += _faults_of_entry(file, expected)
	return faults


def _faults_of_entry(file: str, expected: object) -> list[str]:
	if not isinstance(expected, dict):
		return [f"{file}: its entry is no object"]
	faults = [f"{file}: unknown key {key}" for key in expected if key not in KEYS]
	for key, value in expected.items():
		if key in KEYS and not KEYS[key][0](value):
			faults.append(f"{file}: {key} is {json.dumps(value)}, but may be {KEYS[key][1]}")
	if expected.get("ticket") == "append" and expected.get("sv_report") is True:
		faults.append(f"{file}: a mail that is appended makes no new report")
	return faults
