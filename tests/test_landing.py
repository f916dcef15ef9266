"""Everybody of ours lands on a page that holds what they may use, and nothing that is refused to them."""

import json
from pathlib import Path

import pytest
from grant_helpers import acting_as

import frappe
from frappe.desk.desktop import get_desktop_page

import sv_helpdesk
from sv_helpdesk.permissions import roles
from sv_helpdesk.permissions.matrix import rights
from sv_helpdesk.sessions.boot import extend_bootinfo
from sv_helpdesk.test_utils import make_user

MY_PART = json.loads(
	(Path(sv_helpdesk.__file__).parent / "social_safety/workspace/my_part/my_part.json").read_text()
)
FOR_ALL = {"My agenda", "Shared with me", "Who opened my file", "My second factor"}
HERE = {
	roles.CONFIDENTIAL_ADVISER: {"Cases", "Consents"},
	roles.OMBUDS_OFFICER: {"Cases", "Consents"},
	roles.COMPANION: {"People"},
	roles.TABLE_MEMBER: {"Decision tables", "Minutes", "Actions"},
	roles.HR_ADVISOR: {"Decision tables", "Actions", "Aftercare contacts"},
	roles.MANAGER: {"Decision tables", "Minutes", "Actions"},
	roles.BOARD: {"Figures"},
	roles.PRIVACY_OFFICER: {"Who opened what", "Temporary access", "Approvals", "Self-check"},
}


def home_of(user: str) -> str | None:
	bootinfo = frappe._dict()
	with acting_as(user):
		extend_bootinfo(bootinfo)
	back = bootinfo.get("module_wise_workspaces", {}).get("Social Safety", [None])
	assert back == [bootinfo.sv_home]
	return bootinfo.sv_home


def shown(user: str) -> dict[str, str]:
	with acting_as(user):
		page = get_desktop_page(json.dumps({"name": "My part", "title": "My part", "public": 1}))
	return {row["label"]: row.get("link_to") for row in page["shortcuts"]["items"]}


@pytest.mark.parametrize("role", HERE)
def test_who_has_no_workspace_of_the_desk_lands_on_their_part(role):
	user = make_user(role)
	assert home_of(user) == "My part"
	assert HERE[role] | FOR_ALL <= set(shown(user))


@pytest.mark.parametrize("role", roles.ALL_ROLES)
def test_nobody_is_shown_what_the_matrix_gives_them_nothing_of(role):
	links = {link for label, link in shown(make_user(role)).items() if label not in FOR_ALL}
	doctypes = links - {"Who opened what"}
	assert all(rights(frozenset([role]), doctype) for doctype in doctypes)
	assert ("Who opened what" in links) == (role == roles.PRIVACY_OFFICER)


@pytest.mark.parametrize("role", [roles.CCP_STAFF, roles.COORDINATOR])
def test_the_desk_lands_on_its_workspace(role):
	assert home_of(make_user(role)) == "Social Safety"


@pytest.mark.parametrize("role", ["Agent", "System Manager", None])
def test_others_land_where_the_host_takes_them(role):
	assert home_of(make_user(role)) is None
	assert {row["role"] for row in MY_PART["roles"]} == set(roles.ALL_ROLES)
