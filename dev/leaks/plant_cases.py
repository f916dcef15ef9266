"""The planted cases: at the CCP, with two advisers, the ombuds officer and a confidant, and one about our people.

Cases: `ccp1` has everything a case can have and the decision table `table1`; `ccp2` came by mail; `quiet`
is worked on by its desk and named by nobody else; `adv1`,
`adv2`, `omb1`, `phd1` are at the other desks; `accused` (CCP, with `table of accused`), `accused at advisers` and
`accused at ombuds` are about the people in people.ACCUSED, who handle them, sit at their table or decide there.
"""

import frappe
from frappe.utils import add_days, now_datetime, today

from dev.leaks.canaries import EXISTENCE
from dev.leaks.people import ACCUSED, USERS
from dev.leaks.planter import Planter
from dev.leaks.surface import QUIET


def plant_cases(planter: Planter) -> None:
	"""Plant everything; cases that come by mail are planted by plant_mails."""
	handlers = {"adv1": "adviser", "adv2": "other adviser", "omb1": "ombuds officer", "phd1": "phd confidant"}
	desks = {"adv1": "confidential_adviser", "adv2": "confidential_adviser"}
	desks |= {"omb1": "ombuds_officer", "phd1": "phd_confidant"}
	_whole_case(planter, "ccp1", "ccp", "ccp staff")
	_table(planter, "table1", "ccp1", "manager", "table member", "hr at the table", "seat not accepted")
	_whole_case(planter, QUIET, "ccp", "ccp colleague")
	_shared(planter)
	_assigned(planter)
	for case, handler in handlers.items():
		_whole_case(planter, case, desks[case], handler)
	# whose names attackers write down
	_whole_case(planter, "bait at phd", "phd_confidant", "phd confidant")
	_whole_case(planter, "bait at ombuds", "ombuds_officer", "ombuds officer")
	_granted(planter)
	_about_our_people(planter)
	for case in ("ccp1", QUIET, *handlers, "accused", "accused at advisers", "accused at ombuds"):
		_asked(planter, case)
	_figures(planter)


def _whole_case(planter: Planter, case: str, desk: str, handler: str, kind: str = "Report") -> None:
	report = planter.plant(
		case,
		"case",
		"SV Report",
		kind=kind,
		desk=desk,
		handler=USERS[handler],
		channel="In person",
		received_at=now_datetime(),
		main_category="threat",
		accused_position="Direct manager",
		status="Handling",
	).name
	reporter = _party(planter, case, report, "reporter", staff_group="PhD candidate", gender="Female")
	accused = _party(planter, case, report, "accused", position="Direct manager")
	_party(planter, case, report, "witness")
	planter.plant(
		case, "talk", "SV Note", report=report, note_type="Talk", talk_at=now_datetime(), party=reporter
	)
	planter.plant(
		case, "working note", "SV Note", report=report, note_type="Working note", retracted=1,
		retracted_at=now_datetime(), flags={"retracting": True},
	)  # fmt: skip
	planter.plant(
		case, "reopened", "SV Step", by_code=True, report=report, document_type="SV Report", document_name=report,
		step="reopen",
	)  # fmt: skip
	message = planter.plant(
		case, "by telephone", "SV Message", report=report, direction="Incoming", channel="Telephone",
		message_at=now_datetime(),
	)  # fmt: skip
	_attachment(planter, case, report, message.name)
	consent = _consent(planter, case, report, "outside", reporter)
	planter.plant(
		case, "outside", "SV Referral", report=report, referral_type="Referral", target="Police",
		from_desk=desk, referred_on=today(), consent=consent, party=reporter,
	)  # fmt: skip
	planter.plant(
		case, "of the case", "SV Action", report=report, action_owner=USERS[handler], due_on=today()
	)
	plan = planter.plant(case, "plan", "SV Aftercare", report=report, meant_for="Accused", party=accused)
	planter.plant(
		case, "first", "SV Aftercare Contact", aftercare=plan.name, report=report, planned_on=today()
	)
	planter.plant(
		case, "first talk", "SV Deadline", by_code=True, report=report, desk=desk, kind="First talk",
		calendar="Working time", started_at=now_datetime(), due_at=now_datetime(), document_type="SV Report", document_name=report,
	)  # fmt: skip
	if desk == "ccp":
		_complaint(planter, case, report, reporter, accused)


def _complaint(planter: Planter, case: str, report: str, complainant: str, accused: str) -> None:
	"""The formal complaint that a case of the CCP became, with a part of its file and a copy of it."""
	complaint = planter.plant(
		case, "complaint", "SV Complaint", by_code=True, report=report, complainant=complainant, accused=accused,
		status="Handed over",
	).name  # fmt: skip
	of_complaint = {"by_code": True, "report": report, "complaint": complaint}
	planter.plant(
		case, "part", "SV Complaint Part", part_number=1, kind="Document", origin="Made for the complaint",
		open_to="Neither", **of_complaint,
	)  # fmt: skip
	planter.plant(
		case, "copy", "SV Complaint Copy", copy_number=1, recipient="Committee", parts="1",
		given_at=now_datetime(), given_by=USERS["ccp staff"], **of_complaint,
	)  # fmt: skip


def _party(planter: Planter, case: str, report: str, label: str, **values) -> str:
	values.setdefault("account", "")
	role = "Accused" if label.startswith("accused") else label.capitalize()
	if label == "accused" and case == "ccp1":
		values["supported_by"] = USERS["companion"]
	return planter.plant(case, label, "SV Party", report=report, party_role=role, **values).name


def _attachment(planter: Planter, case: str, report: str, message: str) -> None:
	from sv_helpdesk.crypto import files

	attachment = planter.plant(case, "letter", "SV Attachment", report=report, message=message)
	content = f"{planter.word(f'{case}/SV Attachment/letter/content')} staat in de bijlage\n" * 3
	file = files.store(content.encode(), report, "SV Attachment", attachment.name)
	attachment.db_set({"file": file, "size": len(content)})
	planter.documents[f"{case}/File/letter"] = ("File", file)
	planter.registry.add(file, f"{case}/File/letter/name")


def _consent(planter: Planter, case: str, report: str, label: str, party: str, **values) -> str:
	values = {"scope": "Summary", "basis": "Consent", "how_given": "In writing", **values}
	return planter.plant(
		case, label, "SV Consent", report=report, party=party, given_at=add_days(now_datetime(), -1), **values
	).name


def _shared(planter: Planter) -> None:
	"""Hand-overs and consents of ccp1: one open and one withdrawn of each."""
	report = planter.documents["ccp1/SV Report/case"][1]
	reporter = planter.documents["ccp1/SV Party/reporter"][1]
	for label, desk in (("received", "confidential_adviser"), ("taken back", "ombuds_officer")):
		consent_label = "open" if label == "received" else "withdrawn"
		consent = _consent(planter, "ccp1", report, consent_label, reporter, to_desk=desk)
		target = "Confidential adviser" if label == "received" else "Ombuds officer"
		referral = planter.plant(
			"ccp1",
			label,
			"SV Referral",
			report=report,
			party=reporter,
			referral_type="Hand-over",
			target=target,
			from_desk="ccp",
			target_desk=desk,
			referred_on=today(),
			shared="Summary",
			consent=consent,
		)
		_set_state(referral, status="Offered")
		if label == "taken back":
			_set_state(frappe.get_doc("SV Consent", consent), withdrawn_at=now_datetime())
	for label, user in (("to a person", "consent open"), ("taken back from a person", "consent withdrawn")):
		consent = _consent(planter, "ccp1", report, label, reporter, scope="Dossier", to_user=USERS[user])
		if user == "consent withdrawn":
			_set_state(frappe.get_doc("SV Consent", consent), withdrawn_at=now_datetime())
	frappe.set_user(USERS["ccp staff"])
	_consent(
		planter,
		"ccp1",
		report,
		"exception",
		reporter,
		basis="Danger to safety",
		scope="Identity",
		to_desk="ccp",
	)
	frappe.set_user("Administrator")


def _granted(planter: Planter) -> None:
	"""Access to adv2 for a time, to two colleagues: one still has it."""
	report = planter.documents["adv2/SV Report/case"][1]
	for user, days in (("granted", 7), ("grant expired", -1)):
		planter.plant(
			"adv2",
			user,
			"SV Access Grant",
			by_code=True,
			report=report,
			user=USERS[user],
			kind="Temporary access",
			reason="Absence",
			asked_by=USERS["other adviser"],
			asked_at=add_days(now_datetime(), -8),
			confirmed_by=USERS["other adviser"],
			confirmed_at=add_days(now_datetime(), -8),
			valid_until=add_days(now_datetime(), days),
		)


def _set_state(doc, **values) -> None:
	"""Bring a document into a state that a workflow would bring it into."""
	frappe.db.set_value(doc.doctype, doc.name, values)
	frappe.clear_document_cache(doc.doctype, doc.name)


def _table(planter: Planter, table: str, case: str, manager: str, *seats: str) -> None:
	report = planter.documents[f"{case}/SV Report/case"][1]
	members = [
		{
			"user": USERS[seat],
			"capacity": "HR adviser" if " hr" in f" {seat}" else "Member",
		}
		for seat in seats
	]
	made = planter.plant(
		table, "table", "SV Decision Table", desk="ccp", started_from="Report", status="Running",
		opened_on=today(), manager=USERS[manager], coordinator=USERS["coordinator"], members=members,
		deviates=1, deviated_by=USERS[manager], deviation_authority="Line manager",
	)  # fmt: skip
	# people state it and accept themselves
	_set_state(made, manager_stated_at=now_datetime())
	for row in made.members:
		if row.user != USERS["seat not accepted"]:
			_set_state(row, accepted_at=now_datetime())
	name = made.name
	planter.plant(
		table, "case of the table", "SV Table Case", decision_table=name, subject="Employee",
		kind="Undesirable behaviour", reports=[{"report": report}],
	)  # fmt: skip
	for label, status in (("draft", "Draft"), ("approved", "Approved")):
		minutes = planter.plant(
			table, label, "SV Minutes", decision_table=name, meeting_at=now_datetime(),
			writer=USERS["coordinator"], approver=USERS[manager],
		)  # fmt: skip
		_set_state(minutes, status=status)
		of_minutes = {"by_code": True, "decision_table": name, "minutes": minutes.name}
		planter.plant(table, label, "SV Contribution", section="Facts", author=USERS[manager], **of_minutes)
		planter.plant(table, label, "SV Agreed Action", due_on=today(), **of_minutes)
		planter.plant(table, label, "SV Minutes Approval", member=USERS[manager], how="Given", **of_minutes)
		planter.plant(table, label, "SV Minutes Copy", copy_number=1, **of_minutes)
	for seat in seats:
		label = f"of {seat}"
		planter.plant(
			table, label, "SV Action", decision_table=name, action_owner=USERS[seat], due_on=today()
		)


def _assigned(planter: Planter) -> None:
	"""What HR carries out for table1 and ccp1 without a seat."""
	report, table = (
		planter.documents["ccp1/SV Report/case"][1],
		planter.documents["table1/SV Decision Table/table"][1],
	)
	owner = {"action_owner": USERS["hr carrying out"], "due_on": today()}
	planter.plant("table1", "hr", "SV Action", decision_table=table, **owner)
	planter.plant("ccp1", "hr", "SV Action", report=report, **owner)
	for label, person in (("hr", "hr carrying out"), ("table member", "table member")):
		planter.plant(
			"table1", label, "SV Communication Line", decision_table=table, addressed_to=USERS[person]
		)
	planter.plant(
		"ccp1", "hr", "SV Aftercare Contact", report=report, planned_on=add_days(today(), 14),
		aftercare=planter.documents["ccp1/SV Aftercare/plan"][1], held_by=USERS["hr carrying out"],
	)  # fmt: skip


def _about_our_people(planter: Planter) -> None:
	"""Cases whose accused would have a right to them, if they weren't the accused."""
	_whole_case(planter, "accused", "ccp", "accused ccp staff")
	_table(planter, "table of accused", "accused", "accused manager", "accused table member", "accused hr")
	_whole_case(planter, "accused at advisers", "confidential_adviser", "accused adviser")
	_whole_case(planter, "accused at ombuds", "ombuds_officer", "accused ombuds officer")
	cases = {"accused adviser": "accused at advisers", "accused ombuds officer": "accused at ombuds"}
	for person in ACCUSED:
		case = cases.get(person.function, "accused")
		report = planter.documents[f"{case}/SV Report/case"][1]
		values = {"supported_by": person.user} if person.function == "accused companion" else {}
		_party(planter, case, report, person.function, account=person.user, **values)
	handlers = {"accused": "accused ccp staff", **{case: key for key, case in cases.items()}}
	for case, handler in handlers.items():
		# naming them as the accused took the case from them
		_set_state(frappe.get_doc(*planter.documents[f"{case}/SV Report/case"]), handler=USERS[handler])


def _asked(planter: Planter, case: str) -> None:
	"""What the reporter of a case asks about their own data, answered by who handles it."""
	report = frappe.get_doc(*planter.documents[f"{case}/SV Report/case"])
	request = planter.plant(
		case, "asked", "SV Subject Request", by_code=True, desk=report.desk, handler=report.handler,
		kind="Access", status="Collected", received_on=today(), due_on=today(),
	)  # fmt: skip
	row = request.append("cases", {"report": report.name, "role": "Reporter"})
	row.set_new_name()
	row.db_insert()


def _figures(planter: Planter) -> None:
	"""Figures of years without cases: frozen, published, and what somebody else delivered."""
	planter.plant("figures frozen", "figures", "SV Figures", year=2001, status="Frozen")
	# the exact figures are gone by then
	planter.plant(
		"figures published", "figures", "SV Figures", year=2002, status="Published", working_version=""
	)
	planter.plant(
		"figures delivered", "figures", "SV Delivered Figures", year=2003, source="Other bodies",
		body=planter.word("figures delivered/SV Delivered Figures/figures/body", EXISTENCE), delivered_on=today(),
		numbers=[{"counts": "Reports", "number": 3}],
	)  # fmt: skip
