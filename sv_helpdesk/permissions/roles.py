"""The roles of DOMAIN, and which of them work on cases."""

CCP_STAFF = "SV CCP Staff"
COORDINATOR = "SV Coordinator"
CONFIDENTIAL_ADVISER = "SV Confidential Adviser"
OMBUDS_OFFICER = "SV Ombuds Officer"
COMPANION = "SV Companion"
TABLE_MEMBER = "SV Decision Table Member"
HR_ADVISOR = "SV HR Advisor"
MANAGER = "SV Manager"
BOARD = "SV Board"
PRIVACY_OFFICER = "SV Privacy Officer"

ALL_ROLES = (
	CCP_STAFF,
	COORDINATOR,
	CONFIDENTIAL_ADVISER,
	OMBUDS_OFFICER,
	COMPANION,
	TABLE_MEMBER,
	HR_ADVISOR,
	MANAGER,
	BOARD,
	PRIVACY_OFFICER,
)
# They hold cases of a desk; the desk's own members only (R3).
CASE_ROLES = (CCP_STAFF, COORDINATOR, CONFIDENTIAL_ADVISER, OMBUDS_OFFICER)
