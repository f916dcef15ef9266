"""The place of the board in the workspace: a block of the host's, whose script is one call of ours."""

from pathlib import Path

import frappe

from sv_helpdesk.permissions.roles import CASE_ROLES

NAME = "Social Safety today"
HTML = '<div class="sv-board"></div>'
SCRIPT = "sv_helpdesk.board.show(root_element);"
STYLE = Path(__file__).with_name("board.css")


def keep() -> None:
	"""Make the block, or bring it up to date; called after install and after each migrate."""
	block = frappe.new_doc("Custom HTML Block")
	block.name = NAME
	if frappe.db.exists("Custom HTML Block", NAME):
		block = frappe.get_doc("Custom HTML Block", NAME)
	# a style of the workspace's own, so that the Desk's can't change it and it changes nothing of the Desk
	block.update({"html": HTML, "script": SCRIPT, "style": STYLE.read_text(), "private": 0})
	# the host shows it to nobody else; what is in it each is asked for by who they are
	block.set("roles", [{"role": role} for role in CASE_ROLES])
	block.save()
