"""The place of each board in its workspace: a block of the host's, whose script is one call of ours."""

from pathlib import Path

import frappe

from sv_helpdesk.dashboard.workspaces import ROLES

HTML = '<div class="sv-board" data-workspace="{0}"></div>'
SCRIPT = "sv_helpdesk.board.show(root_element);"
STYLE = Path(__file__).with_name("board.css")


def name_of(workspace: str) -> str:
	"""Return the name of the block with the board of a workspace."""
	return f"{workspace}: today"


def keep() -> None:
	"""Make the blocks, or bring them up to date; called after install and after each migrate."""
	for workspace, roles in ROLES.items():
		_keep(name_of(workspace), HTML.format(workspace), roles)


def _keep(name: str, html: str, roles: tuple[str, ...]) -> None:
	block = frappe.new_doc("Custom HTML Block")
	block.name = name
	if frappe.db.exists("Custom HTML Block", name):
		block = frappe.get_doc("Custom HTML Block", name)
	# a style of the workspace's own, so that the Desk's can't change it and it changes nothing of the Desk
	block.update({"html": html, "script": SCRIPT, "style": STYLE.read_text(), "private": 0})
	# the host shows it to nobody else; what is in it each is asked for by who they are
	block.set("roles", [{"role": role} for role in roles])
	block.save()
