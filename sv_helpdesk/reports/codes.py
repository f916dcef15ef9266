"""The one table of codes: what a year's file calls something, and what our documents call it.

Figures are named by the same codes, so counting reads this table from right to left.
"""

from typing import NamedTuple


class Desk(NamedTuple):
	"""A desk as the file knows it: its type and the title it gets where it has to be made."""

	desk_type: str
	title: str


class Target(NamedTuple):
	"""Where a referral goes to: the option, and the desk of ours that it stands for."""

	target: str
	desk: str = ""

	@property
	def referral_type(self) -> str:
		"""Between our own desks it is a hand-over, to anybody else a referral."""
		return "Hand-over" if self.desk else "Referral"


CCP_TYPE = "Concerns and complaints point"
DESKS = {
	"ccp": Desk(CCP_TYPE, "Concerns and Complaints Point"),
	"ombuds_officer": Desk("Ombuds officer", "Ombuds Officer"),
	"confidential_adviser": Desk("Confidential advisers", "Confidential Advisers"),
	"companion": Desk("Companions", "Companions of the Accused"),
	"phd_confidant": Desk("PhD confidants", "PhD Confidants"),
}

# A file may count several categories as one group; a case gets the group's first category.
CATEGORY_OF_GROUP = {"discrimination_racism": "discrimination"}

FOLLOW_UP = {
	"report_only": "Report only",
	"advice": "Advice",
	"guidance": "Guidance",
	"referral": "Referral",
	"mediation": "Mediation",
	"internal_investigation": "Internal investigation",
	"external_investigation": "External investigation",
	# who investigated isn't said; within the institution is what it means unless said otherwise
	"investigation": "Internal investigation",
	"other_or_running": "Open",
}
STAFF_GROUP = {
	"support_staff": "Support staff",
	"academic_staff": "Academic staff",
	"phd_candidate": "PhD candidate",
	"scholarship_phd": "Scholarship PhD",
	"student": "Student",
	"external": "External",
	"not_applicable": "No employment",
}
CONTRACT = {"permanent": "Permanent", "temporary": "Temporary", "not_applicable": "None"}
GENDER = {"female": "Female", "male": "Male", "other_or_unknown": "Other or unknown"}
ACCUSED_POSITION = {
	"direct_manager": "Direct manager",
	"higher_manager": "Higher manager",
	"phd_supervisor": "(Co)promotor or supervisor",
	"colleague": "Colleague",
	"student": "Student",
	"former_employee": "Former employee",
	"external": "External",
	"unknown": "Unknown",
}
CONFIDENTIALITY = {
	"confidential": "Confidential",
	"anonymous": "Anonymous",
	"named": "Shared openly with consent",
}
CHANNEL = {
	"email": "E-mail",
	"telephone": "Telephone",
	"web_form": "Web form",
	"in_person": "In person",
}
ASKED_BY = {
	"manager": "Manager",
	"hr_advisor": "HR adviser",
	"manager_and_hr_advisor": "Manager and HR adviser",
	"other_professional": "Other professional",
}
ADVICE_TOPIC = {
	"harassment_bullying_defamation_stalking": "Harassment, bullying, defamation or stalking",
	"worrying_behaviour_student": "Worrying behaviour of a student",
	"sexual_harassment": "Sexual harassment",
	"undesirable_communication": "Undesirable communication",
	"collaboration_problem": "Collaboration problem",
	"other": "Other",
}
REFERRED_TO = {
	"ombuds_officer": Target("Ombuds officer", "ombuds_officer"),
	"confidential_adviser": Target("Confidential adviser", "confidential_adviser"),
	"companion_of_accused": Target("Companion of accused", "companion"),
	"manager": Target("Manager"),
	"hr_advisor": Target("HR adviser"),
	"teacher": Target("Teacher"),
	"study_adviser": Target("Study adviser"),
	"case_holder_social_safety": Target("Case holder social safety"),
	"complaints_committee": Target("Complaints committee"),
	"mediator": Target("Mediator"),
	"company_social_work": Target("Company social work"),
	"occupational_physician": Target("Occupational physician"),
	"student_psychologist": Target("Student psychologist"),
	"police": Target("Police"),
	"lawyer": Target("Lawyer"),
	"psychologist": Target("Psychologist"),
	"external_mediator": Target("External mediator"),
	"other": Target("Other"),
}
TABLE_SUBJECT = {"student": "Student", "employee": "Employee", "former_employee": "Former employee"}
TABLE_KIND = {
	"undesirable_behaviour": "Undesirable behaviour",
	"worrying_behaviour": "Worrying behaviour",
	"employment_conflict": "Employment conflict",
}
TABLE_OUTCOME = {
	"adapted_supervision_or_work": "Adapted supervision or work",
	"agreements_with_parties": "Agreements with the parties",
	"police_report": "Police report",
	"advice_to_dean_or_board": "Advice to dean or board",
	"departure_of_employee": "Departure",
	"other": "Other",
}

# Figures name some things more broadly than documents do.
FOLLOW_UP_IN_FIGURES = {
	"report_only": ("Report only",),
	"advice": ("Advice",),
	"guidance": ("Guidance",),
	"referral": ("Referral",),
	"mediation": ("Mediation",),
	"investigation": ("Internal investigation", "External investigation"),
	"other_or_running": ("Open", "", None),
}
LEADING_POSITIONS = ("direct_manager", "higher_manager", "phd_supervisor")
TARGETS_NAMED_IN_FIGURES = ("ombuds_officer", "confidential_adviser", "companion_of_accused")
