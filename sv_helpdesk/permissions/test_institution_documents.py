"""The documents of the invented institution: one of each, see test_institution.

What a document refuses (a row of a log, an approval) is put into the database as the system does.
"""

import frappe
from frappe.model.base_document import BaseDocument
from frappe.utils import add_days, now_datetime, today

from sv_helpdesk.test_utils import (
	make_action,
	make_aftercare,
	make_calendar,
	make_consent,
	make_decision_table,
	make_message,
	make_minutes,
	make_note,
	make_party,
	make_referral,
	make_report,
	make_term,
	make_unit,
)


class InstitutionDocuments:
	"""Makes the documents.

	Attributes:
		people: user ids by a name of their own.
		desks: names of SV Desk by code.
		docs: the documents by a label of their own.
	"""

	people: dict[str, str]
	desks: dict[str, str]
	docs: dict[str, object]

	def make_documents(self) -> None:
		"""A case of each desk, a table on the first, mails nobody took in, and the organisation."""
		self.docs = {}
		self._case("ccp", handler=self.people["staff"])
		self._case("advisers", handler=self.people["adviser"])
		self._case("ombuds", handler=self.people["ombuds_officer"])
		self.docs["unheld"] = make_report(desk=self.desks["advisers"])
		self._table()
		for label, desk in {"held": "ccp", "held_advisers": "advisers"}.items():
			self._row("SV Held Mail", label, desk=self.desks[desk], reason="Automatic reply", status="Held")
		self._organisation()

	def _case(self, desk: str, **values) -> None:
		"""A case with one of every document of a case."""
		report = make_report(desk=self.desks[desk], narrative="The story", **values)
		reporter = make_party(report.name, person_name="Robin Bakker")
		companion = {"supported_by": self.people["companion"]} if desk == "ccp" else {}
		accused = make_party(report.name, "Accused", person_name="Sam Visser", remarks="Remarks", **companion)
		consent = make_consent(report.name, reporter.name, to_desk=self.desks["advisers"])
		handed_over = {
			"referral_type": "Hand-over",
			"target": "Confidential adviser",
			"target_desk": self.desks["advisers"],
			"status": "Offered",
			"consent": consent.name,
		}
		message = make_message(report.name)
		plan = make_aftercare(report.name, plan="What is planned")
		made = {
			"report": report,
			"reporter": reporter,
			"accused": accused,
			"consent": consent,
			"message": message,
			"note": make_note(report.name, body="What was said"),
			"referral": make_referral(report, **(handed_over if desk == "ccp" else {})),
			"plan": plan,
			"action": make_action(report=report.name, action_text="To do"),
		}
		self.docs |= {f"{desk}.{label}": doc for label, doc in made.items()}
		held_by = self.people["hr_carrying_out"] if desk == "ccp" else None
		self._insert(
			"SV Aftercare Contact",
			f"{desk}.contact",
			aftercare=plan.name,
			report=report.name,
			planned_on=today(),
			held_by=held_by,
		)
		self._insert("SV Deadline", f"{desk}.deadline", report=report.name, **self._clock())
		self._request(desk, report.name)
		self._row("SV Attachment", f"{desk}.attachment", report=report.name, message=message.name)
		self._row("SV Step", f"{desk}.step", report=report.name, document_type="SV Report")
		if desk == "ccp":
			self._complaint(report.name)
		given = {"user": self.people["helper"], "kind": "Temporary access", "confirmed_at": now_datetime()}
		until = add_days(now_datetime(), 1 if desk == "ccp" else -1)
		self._row("SV Access Grant", f"{desk}.grant", report=report.name, valid_until=until, **given)

	def _request(self, desk: str, report: str) -> None:
		"""What somebody asks about their own data: it waits for a second person at the advisers."""
		released_by = {"status": "Prepared", "second_person": self.people["other_adviser"]}
		state = released_by if desk == "advisers" else {"status": "Collected"}
		handler = frappe.db.get_value("SV Report", report, "handler")
		values = {"desk": self.desks[desk], "handler": handler, "kind": "Access", **state}
		self._row("SV Subject Request", f"{desk}.request", received_on=today(), **values)
		found = self.docs[f"{desk}.request"].append("cases", {"report": report, "role": "Reporter"})
		found.db_insert()

	def _complaint(self, report: str) -> None:
		"""A formal complaint as a case of the CCP may have one, with a part of its file and a copy."""
		self._row("SV Complaint", "ccp.complaint", report=report, status="Drawn up")
		of_complaint = {"report": report, "complaint": self.docs["ccp.complaint"].name}
		self._row("SV Complaint Part", "ccp.part", part_number=1, open_to="Both", **of_complaint)
		self._row("SV Complaint Copy", "ccp.copy", copy_number=1, recipient="Committee", **of_complaint)

	def _table(self) -> None:
		"""A decision table of the CCP on its case: two have accepted their seats, one has not."""
		seats = {"member": "Member", "invited": "Minutes writer", "hr_at_table": "HR adviser"}
		table = make_decision_table(
			desk=self.desks["ccp"],
			manager=self.people["manager"],
			members=[{"user": self.people[name], "capacity": as_} for name, as_ in seats.items()],
		)
		for row in table.members:
			if row.user != self.people["invited"]:
				row.db_set("accepted_at", now_datetime())
		table.db_set("manager_stated_at", now_datetime())
		self.docs["table"] = table
		asked = {"desk": self.desks["ccp"], "manager": self.people["other_manager"]}
		self.docs["asked_table"] = make_decision_table(purpose="What is asked", **asked)
		reports = [{"report": self.docs["ccp.report"].name}]
		on_table = {"decision_table": table.name}
		self._insert(
			"SV Table Case",
			"table.case",
			subject="Employee",
			kind="Employment conflict",
			reports=reports,
			**on_table,
		)
		self.docs["table.minutes"] = make_minutes(table.name)
		approved = {"status": "Approved", "writer": self.people["staff"], "approver": self.people["manager"]}
		self.docs["table.approved"] = make_minutes(table.name, **approved)
		of_minutes = {"minutes": self.docs["table.approved"].name, **on_table}
		self._row("SV Contribution", "table.contribution", author=self.people["member"], **of_minutes)
		self._row("SV Agreed Action", "table.agreed", **of_minutes)
		self._row("SV Minutes Approval", "table.approval", member=self.people["member"], **of_minutes)
		self._row("SV Minutes Copy", "table.copy", recipient=self.people["member"], **of_minutes)
		addressed_to = self.people["hr_carrying_out"]
		self._insert("SV Communication Line", "table.line", addressed_to=addressed_to, **on_table)
		for label, owner in {
			"action": "member",
			"hr_action": "hr_carrying_out",
			"manager_action": "manager",
		}.items():
			self.docs[f"table.{label}"] = make_action(action_owner=self.people[owner], **on_table)
		self._insert("SV Deadline", "table.deadline", **on_table, **self._clock())
		self._row("SV Step", "table.step", document_type="SV Decision Table", **on_table)

	def _organisation(self) -> None:
		for code, name in self.desks.items():
			self.docs[f"desk.{code}"] = frappe.get_doc("SV Desk", name)
		self.docs["unit"] = make_unit()
		self._insert(
			"SV Unit Priority", "unit.priority", year=2999, unit=self.docs["unit"].name, subject="Policy"
		)
		self.docs["calendar"] = make_calendar()
		for doctype in ("SV Category", "SV Measure"):
			self.docs[doctype] = frappe.get_last_doc(doctype)
		self.docs["common_term"] = frappe.get_doc("SV Term", {"kind": "Triage", "desk": ["is", "not set"]})
		for code in ("ccp", "advisers", "ombuds"):
			self.docs[f"term.{code}"] = make_term("Triage", 2, desk=self.desks[code])
		for label, desks in {"advisers": ("advisers",), "shared": ("ccp", "ombuds")}.items():
			self.docs[f"calendar.{label}"] = calendar = make_calendar()
			for code in desks:
				frappe.db.set_value("SV Desk", self.desks[code], "calendar", calendar.name)
		self.docs["settings"] = frappe.get_doc("SV Settings")
		self._insert("SV Page Text", "page_text", page="Desks", language="nl", text="Tekst")
		self._insert("SV Figures", "figures.draft", year=2998)
		published = frappe.get_doc({"doctype": "SV Figures", "year": 2999, "status": "Published"})
		published.flags.status_as_given = True
		self.docs["figures.published"] = published.insert()
		self._insert("SV Confidant Report", "confidant", received_on=today(), confidant="A", about="Unknown")
		source = {"source": "External advisers", "body": "Agency", "delivered_on": today()}
		numbers = [{"counts": "Reports", "number": 3}]
		self._insert("SV Delivered Figures", "delivered", year=2997, numbers=numbers, **source)
		report = self.docs["ccp.report"].name
		self._row("SV Denied", "denied", report=self.docs["unheld"].name, user_index="x", origin="By hand")
		self._row("SV Deadline Notice", "notice", deadline=self.docs["ccp.deadline"].name, stage=1)
		self._row("SV Quarter Figures", "quarter", quarter="2997-01-01")
		self._row("SV Approval", "approval", kind="Break-glass", status="Asked")
		self._row("SV Access Log", "logged", action="Opened", document_type="SV Report", report=report)
		self._row("SV Self Check", "self_check")
		self._row("SV Retention Log", "retention_log")
		self._row("SV Import", "import")
		self._row("SV Data Key", "key", reference="x")
		self._row("SV Access Log Head", "head", position=0)

	def _clock(self) -> dict:
		return {"kind": "Triage", "started_at": now_datetime(), "due_at": add_days(now_datetime(), 1)}

	def _insert(self, doctype: str, label: str, **values) -> None:
		self.docs[label] = frappe.get_doc({"doctype": doctype, **values}).insert()

	def _row(self, doctype: str, label: str, **values) -> None:
		"""A row that only the system writes, and that its own document refuses."""
		doc = frappe.get_doc({"doctype": doctype, **values})
		doc.name = frappe.generate_hash(length=10)
		BaseDocument.db_insert(doc)
		self.docs[label] = doc
