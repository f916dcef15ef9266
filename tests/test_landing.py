"""Everybody of ours lands on a workspace that holds what they may use, and nothing that is refused to them."""

import json
from pathlib import Path

import pytest
from grant_helpers import acting_as

import frappe
from frappe.desk.desktop import get_desktop_page, get_workspace_sidebar_items

import sv_helpdesk
from sv_helpdesk.dashboard import block
from sv_helpdesk.dashboard.workspaces import (
	CASES,
	CCP_DESK,
	COORDINATION,
	FIGURES,
	PRIVACY,
	ROLES,
	TABLES,
	TASKS,
)
from sv_helpdesk.patches import a_workspace_for_each_role
from sv_helpdesk.permissions import roles
from sv_helpdesk.permissions.matrix import rights
from sv_helpdesk.sessions.boot import extend_bootinfo
from sv_helpdesk.test_utils import make_user

FILES = Path(sv_helpdesk.__file__).parent / "social_safety/workspace"
SHIPPED = {
	workspace["name"]: workspace
	for workspace in (json.loads(path.read_text()) for path in FILES.glob("*/*.json"))
}
FOR_ALL = {"My agenda", "Shared with me", "Who opened my file", "My second factor"}
# where they land, which others they have, and what must be in the first
HERE = {
	roles.COORDINATOR: (
		COORDINATION,
		{CCP_DESK, TABLES, TASKS},
		{
			"Cases",
			"Approvals",
			"Earlier cases",
			"Figures and annual report",
			"Desks",
			"Deadlines kept and missed",
		},
	),
	roles.CCP_STAFF: (CCP_DESK, {TABLES, TASKS}, {"Held mails", "Cases", "Consents", "Deadlines"}),
	roles.CONFIDENTIAL_ADVISER: (
		*(CASES, {TASKS}),
		{"Cases", "Earlier cases", "Consents", "Referrals and hand-overs"},
	),
	roles.OMBUDS_OFFICER: (
		*(CASES, {TASKS}),
		{"Cases", "Earlier cases", "Consents", "Referrals and hand-overs"},
	),
	roles.COMPANION: (CASES, set(), {"People"}),
	roles.TABLE_MEMBER: (TABLES, {TASKS}, {"Decision tables", "Minutes", "Actions"}),
	roles.MANAGER: (TABLES, {TASKS}, {"Decision tables", "Minutes", "Actions"}),
	roles.HR_ADVISOR: (TASKS, {TABLES}, {"Actions", "Aftercare contacts", "What is told to whom"}),
	roles.BOARD: (FIGURES, set(), {"Published figures", "Reports by nature and year"}),
	roles.PRIVACY_OFFICER: (
		PRIVACY,
		set(),
		{"Who opened what", "Access log", "Temporary access", "Approvals", "Self-check"},
	),
}


def home_of(user: str) -> str | None:
	bootinfo = frappe._dict()
	with acting_as(user):
		extend_bootinfo(bootinfo)
	back = bootinfo.get("module_wise_workspaces", {}).get("Social Safety", [None])
	assert back == [bootinfo.sv_home]
	return bootinfo.sv_home


def offered(user: str) -> set[str]:
	"""Return which of our workspaces the host offers to somebody."""
	with acting_as(user):
		pages = get_workspace_sidebar_items()["pages"]
	return {page["name"] for page in pages if page["name"] in SHIPPED}


def shown(user: str, workspace: str) -> list[dict]:
	"""Return the links that the host shows to somebody in a workspace."""
	with acting_as(user):
		page = get_desktop_page(json.dumps({"name": workspace, "title": workspace, "public": 1}))
	return [link for card in page["cards"]["items"] for link in card["links"]]


def test_each_role_has_a_workspace_and_each_workspace_the_roles_of_its_file():
	assert set(HERE) == set(roles.ALL_ROLES)
	assert {name: {row["role"] for row in one["roles"]} for name, one in SHIPPED.items()} == {
		name: set(who) for name, who in ROLES.items()
	}


@pytest.mark.parametrize("role", HERE)
def test_everybody_lands_on_their_own_workspace_and_is_offered_no_other_than_theirs(role):
	home, others, links = HERE[role]
	user = make_user(role)
	assert home_of(user) == home
	assert offered(user) == {home, *others}
	assert links | FOR_ALL <= {link["label"] for link in shown(user, home)}


@pytest.mark.parametrize("role", HERE)
def test_nobody_is_shown_what_the_matrix_gives_them_nothing_of(role):
	user = make_user(role)
	for workspace in offered(user):
		links = [link for link in shown(user, workspace) if link["label"] not in FOR_ALL]
		for link in links:
			if link["link_type"] == "DocType":
				assert rights(frozenset([role]), link["link_to"]), (workspace, link["label"])
			elif link["link_type"] == "Report":
				may = frappe.get_all("Has Role", {"parent": link["link_to"]}, pluck="role", order_by="idx")
				assert role in may, (workspace, link["label"])


def test_who_has_several_roles_lands_where_most_of_their_work_is():
	user = make_user(roles.CCP_STAFF)
	frappe.get_doc("User", user).add_roles(roles.MANAGER, roles.HR_ADVISOR)
	assert home_of(user) == CCP_DESK
	assert offered(user) == {CCP_DESK, TABLES, TASKS}


@pytest.mark.parametrize("role", ["Agent", "System Manager", None])
def test_others_land_where_the_host_takes_them(role):
	user = make_user(role)
	assert home_of(user) is None
	assert not offered(user)


def test_an_upgraded_site_has_our_workspaces_and_no_earlier_one():
	for doctype, name in a_workspace_for_each_role.EARLIER:
		earlier = frappe.new_doc(doctype)
		earlier.update({"name": name, "title": name, "label": name, "public": 1, "content": "[]"})
		earlier.db_insert()
	a_workspace_for_each_role.execute()
	a_workspace_for_each_role.execute()
	block.keep()
	ours = frappe.get_all("Workspace", {"module": "Social Safety"}, pluck="name", order_by="name")
	assert set(ours) == set(ROLES)
	blocks = frappe.get_all("Custom HTML Block", pluck="name", order_by="name")
	assert {block.name_of(name) for name in ROLES} <= set(blocks)
	assert "Social Safety today" not in blocks
