"""What can go wrong with keys and ciphertexts, each with a sentence for the user."""

import frappe


class KeyFileError(frappe.ValidationError):
	"""The key file is not configured, missing, unreadable or open to others."""


class KeyMissingError(frappe.ValidationError):
	"""A key that a ciphertext needs is not in the key file or was destroyed."""


class TamperedError(frappe.ValidationError):
	"""A ciphertext was changed, or stands where it was not written."""
