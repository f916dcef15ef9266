"""Our workspaces: whose each is, and where somebody lands."""

from sv_helpdesk.permissions.matrix import AT_THE_TABLE, BY_DESK, BY_OWN
from sv_helpdesk.permissions.roles import (
	BOARD,
	CASE_ROLES,
	CCP_STAFF,
	COMPANION,
	CONFIDENTIAL_ADVISER,
	COORDINATOR,
	HR_ADVISOR,
	MANAGER,
	OMBUDS_OFFICER,
	PRIVACY_OFFICER,
	TABLE_MEMBER,
)

COORDINATION = "Coordinator"
CCP_DESK = "CCP desk"
CASES = "My cases"
TABLES = "Decision tables"
TASKS = "My aftercare and actions"
PRIVACY = "Privacy"
FIGURES = "Published figures"

# as the workspaces' own files have it: the host shows them to nobody else
ROLES = {
	COORDINATION: (COORDINATOR,),
	CCP_DESK: BY_DESK,
	CASES: (*BY_OWN, COMPANION),
	TABLES: (*BY_DESK, *AT_THE_TABLE),
	TASKS: (*CASE_ROLES, *AT_THE_TABLE),
	PRIVACY: (PRIVACY_OFFICER,),
	FIGURES: (BOARD,),
}
# who has several roles lands where most of the work is
HOMES = {
	COORDINATOR: COORDINATION,
	CCP_STAFF: CCP_DESK,
	CONFIDENTIAL_ADVISER: CASES,
	OMBUDS_OFFICER: CASES,
	PRIVACY_OFFICER: PRIVACY,
	MANAGER: TABLES,
	TABLE_MEMBER: TABLES,
	HR_ADVISOR: TASKS,
	COMPANION: CASES,
	BOARD: FIGURES,
}


def home_of(roles: frozenset[str]) -> str:
	"""Return the workspace on which somebody lands.

	Args:
		roles: of ours, that they have; at least one.
	"""
	return next(home for role, home in HOMES.items() if role in roles)
