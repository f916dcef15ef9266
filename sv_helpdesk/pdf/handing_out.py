"""Hands a file out to who asks for it, as the answer to the request; it is stored nowhere."""

import frappe


def answer(name: str, content: bytes, file_format: str = "pdf") -> None:
	"""Make a file the answer to the request.

	Args:
		name: what it is called, without its ending.
		content: what is in it.
		file_format: its ending.
	"""
	frappe.local.response.filename = f"{name}.{file_format}"
	frappe.local.response.filecontent = content
	frappe.local.response.type = "download"
