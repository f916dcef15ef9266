"""Documents with sealed fields: encrypted on the way to the database, opened for one reader.

In memory a loaded document holds ciphertexts. `onload`, which the Desk calls when it
shows a form, puts the clear text on that one document if the session's user has the
right to it; everything else (lists, REST, cache, versions, deletion) sees ciphertext.
"""

import frappe
from frappe import _

from sv_helpdesk.access_log import openings
from sv_helpdesk.access_log.document import LoggedDocument
from sv_helpdesk.crypto import cipher, data_keys
from sv_helpdesk.crypto.errors import KeyFileError, KeyMissingError, TamperedError
from sv_helpdesk.crypto.quiet import be_quiet
from sv_helpdesk.permissions import may_read_content, readable_fields
from sv_helpdesk.permissions.fields import keep_to_rights
from sv_helpdesk.permissions.rules import changeable_fields


class SealedDocument(LoggedDocument):
	"""Base class of every document with encrypted fields.

	SEALED_FIELDS names them; they are Long Text fields of the doctype. Who inserts what came
	from outside sets `flags.from_outside`: a sender may write what looks like a ciphertext.
	"""

	SEALED_FIELDS: tuple[str, ...] = ()

	def __init__(self, *args, **kwargs):
		be_quiet()
		super().__init__(*args, **kwargs)

	def key_reference(self) -> str:
		"""Return the name of the case (or table) whose data key seals this document."""
		return self.get("report") or self.name

	def onload(self) -> None:
		"""Show the sealed fields to the session's user if that user may read them.

		Somebody else gets empty fields; if a key is missing the ciphertext stays, so
		that saving the form loses nothing, and a message says what is wrong. The form is told
		which fields this user may change, so that it offers no others.
		"""
		super().onload()
		self.set_onload("may_change", sorted(changeable_fields(self, frappe.session.user)))
		sealed = self._sealed_in_memory()
		allowed = readable_fields(self, frappe.session.user) if sealed else ()
		for fieldname in sealed:
			try:
				self._show(fieldname, self._opened(fieldname) if fieldname in allowed else None)
			except (KeyFileError, KeyMissingError, TamperedError) as error:
				frappe.msgprint(str(error), indicator="red")

	def opened(self, fieldname: str) -> str:
		"""Return the clear text of a sealed field for the session's user, and log that.

		Raises:
		        frappe.PermissionError: this user may not read it.
		        KeyFileError, KeyMissingError, TamperedError: it can't be read at all.
		"""
		if fieldname not in self._sealed_fields():
			raise ValueError(f"{fieldname} is not a sealed field")
		if not may_read_content(self, frappe.session.user, fieldname):
			frappe.throw(_("You have no right to read this."), frappe.PermissionError)
		openings.opened(self)
		return self._opened(fieldname) if self.get(fieldname) else ""

	def open_for_delivery(self, fieldname: str) -> str:
		"""Return a sealed field of an outgoing message, for the outbox that sends it.

		The one way to clear text without a reader: the mail must leave while nobody is logged in.

		Raises:
		        frappe.PermissionError: this is not a message waiting to be sent.
		"""
		if self.doctype != "SV Message" or self.direction != "Outgoing" or self.delivery_status != "Waiting":
			raise frappe.PermissionError(_("Only a message that waits to be sent is opened for delivery."))
		return self._opened(fieldname) if self.get(fieldname) else ""

	def open_shared(self, consent: str, *fieldnames: str) -> dict[str, str]:
		"""Return sealed fields that a consent shares with the session's user, who has no other right to them.

		Works on what is stored. The consent has to be open, in favour of this user, and its scope
		has to name these fields of this very document (R1).

		Args:
			consent: name of the SV Consent.
			fieldnames: sealed fields.

		Raises:
			frappe.PermissionError: the consent doesn't open this to this user now.
		"""
		# it needs documents, which are built on this class
		from sv_helpdesk.permissions import recipients

		stored = frappe.get_doc(self.doctype, self.name)
		if not recipients.covers(consent, stored, fieldnames, frappe.session.user):
			frappe.throw(recipients.not_shared(), frappe.PermissionError)
		return {name: stored._opened(name) if stored.get(name) else "" for name in fieldnames}

	def open_disclosed(self, action: str) -> str:
		"""Return the name of the person whom an action of the session's user concerns.

		Only where the decision says that who carries it out may know the name (DOMAIN, HR's permitted fields).

		Args:
			action: name of the SV Action.

		Raises:
			frappe.PermissionError: that action doesn't disclose this person to this user.
		"""
		from sv_helpdesk.permissions import carrying_out

		stored = frappe.get_doc(self.doctype, self.name)
		if not carrying_out.discloses(action, stored, frappe.session.user):
			frappe.throw(_("You have no right to read this."), frappe.PermissionError)
		return stored._opened("person_name") if stored.person_name else ""

	def check_permission(self, permtype: str = "read", permlevel: int | None = None) -> None:
		"""As in Frappe, once what the maker of a new document may not fill in has been taken out.

		The document's own rules come later and may fill in some of that themselves.
		"""
		if permtype == "create":
			keep_to_rights(self)
		super().check_permission(permtype, permlevel)

	def db_insert(self, *args, **kwargs) -> None:
		"""Insert with sealed fields encrypted."""
		if not self.name:
			self.set_new_name()
		for fieldname in self._sealed_fields():
			value = self.get(fieldname)
			if cipher.is_token(value) and not self.flags.from_outside:
				self._refuse_foreign_ciphertext()
			self.set(fieldname, self._sealed(fieldname, value))
		if self.key_reference() == self.name and not any(self.get(name) for name in self._sealed_fields()):
			# now, so that two people who write the first texts at once don't make a key each
			data_keys.for_writing(self.name)
		super().db_insert(*args, **kwargs)

	def db_update(self) -> None:
		"""Update with sealed fields encrypted; fields that did not change keep their ciphertext."""
		if not self.get("__islocal") and self.name:
			self._seal_changes()
		super().db_update()

	def db_set(self, fieldname, value=None, *args, **kwargs) -> None:
		"""As in Frappe, but refuses sealed fields, which must go through `save`."""
		names = fieldname if isinstance(fieldname, dict) else {fieldname}
		if set(names) & set(self._sealed_fields()):
			raise ValueError("a sealed field is written by save() only")
		super().db_set(fieldname, value, *args, **kwargs)

	def is_same_text(self, fieldname: str, value: str | None, stored: str | None) -> bool:
		"""Tell whether a value in hand, clear or sealed, is what a sealed field has stored.

		Args:
			fieldname: the sealed field.
			value: what a form or an API sent.
			stored: the ciphertext in the database.
		"""
		if not value or not stored or value == stored:
			return (value or None) == (stored or None)
		may_read = fieldname in readable_fields(self, frappe.session.user)
		return may_read and value == self._opened(fieldname, stored)

	def __getstate__(self) -> dict:
		"""Pickle (the document cache does) with ciphertexts only."""
		state = super().__getstate__()
		state.update(state.pop("_shown", {}))
		return state

	@classmethod
	def _sealed_fields(cls) -> tuple[str, ...]:
		"""What is sealed is said by the class: a client may send an attribute of that name."""
		return cls.SEALED_FIELDS

	def _sealed_in_memory(self) -> list[str]:
		return [name for name in self._sealed_fields() if cipher.is_token(self.get(name))]

	def _show(self, fieldname: str, value: str | None) -> None:
		self.__dict__.setdefault("_shown", {})[fieldname] = self.get(fieldname)
		self.set(fieldname, value)

	def _sealed(self, fieldname: str, value: str | None) -> str | None:
		if not value:
			return None
		key = data_keys.for_writing(self.key_reference())
		return cipher.to_token(cipher.encrypt(key, value.encode(), *self._place(fieldname)))

	def _opened(self, fieldname: str, token: str | None = None) -> str:
		key = data_keys.for_reading(self.key_reference())
		sealed = cipher.from_token(token or self.get(fieldname))
		return cipher.decrypt(key, sealed, *self._place(fieldname)).decode()

	def _place(self, fieldname: str) -> tuple[str, str, str]:
		return self.doctype, str(self.name), fieldname

	def _seal_changes(self) -> None:
		before = self.get_doc_before_save()
		if before and before.key_reference() != self.key_reference():
			frappe.throw(_("A record can't be moved to another case. Make a new one there."))
		stored = before or frappe.db.get_value(
			self.doctype, self.name, list(self._sealed_fields()), as_dict=True
		)
		for fieldname in self._sealed_fields():
			new, old = self.get(fieldname) or None, stored.get(fieldname)
			if new == old:
				continue
			may_read = fieldname in readable_fields(self, frappe.session.user)
			if may_read and old and new == self._opened(fieldname, old):
				new_value = old
			elif cipher.is_token(new):
				self._refuse_foreign_ciphertext()
			elif not may_read:
				if new:
					frappe.throw(_("You have no right to change this text."), frappe.PermissionError)
				new_value = old
			else:
				new_value = self._sealed(fieldname, new)
			self.set(fieldname, new_value)

	def _refuse_foreign_ciphertext(self) -> None:
		raise TamperedError(
			_("An encrypted text was copied in from elsewhere. Reload the form and type the text itself.")
		)
