"""Takes a year's cases over from a file, through the same documents as everything else.

The file is checked completely first, and a document that is refused takes back all that was made
before it: nothing is ever half loaded.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import frappe
from frappe.utils import getdate, strip_html

from sv_helpdesk.reports import codes, flat, head_counts
from sv_helpdesk.reports.case_file import CaseFileError, is_number, problems_of, read_json

SAVEPOINT = "taking_over"
TAKEN_OVER = "Taken over"
WHOLE_INSTITUTION = "Whole institution"


def read_cases(path: Path) -> dict:
	"""Return the cases that a file holds, checked against this site.

	Raises:
		CaseFileError: everything that is wrong with the file, a sentence each.
	"""
	data = read_json(path)
	problems = problems_of(data, _categories(), getdate())
	if not problems:
		problems = _problems_with_site(data)
	if problems:
		raise CaseFileError(problems)
	return data


def take_over(path: Path) -> dict[str, int]:
	"""Load a year's cases into this site. The caller commits.

	Args:
		path: the file.

	Returns:
		How many documents were made, by doctype.

	Raises:
		CaseFileError: the file can't be used, or a row was refused; nothing was loaded.
		frappe.ValidationError: a desk, unit or the published figures were refused; nothing was loaded.
	"""
	data = read_cases(path)
	frappe.db.savepoint(SAVEPOINT)
	try:
		return _Loading(data).load()
	except BaseException:
		frappe.db.rollback(save_point=SAVEPOINT)
		raise


def _categories() -> dict[str, str]:
	"""Return which category a code stands for."""
	own = {row.name: row.name for row in frappe.get_all("SV Category", order_by="name asc")}
	groups = {group: name for group, name in codes.CATEGORY_OF_GROUP.items() if name in own}
	return own | groups


def _problems_with_site(data: dict) -> list[str]:
	year, problems = data["year"], []
	for doctype in ("SV Report", "SV Decision Table", "SV Confidant Report"):
		if frappe.db.exists(doctype, {"import_key": ["like", f"{year}/%"]}):
			return [f"The cases of {year} were taken over into this site already."]
	employees = head_counts.employees(year)
	if employees not in (None, data["employees_total"]):
		problems.append(
			f"employees_total is not what the units of this site have together in {year}, {employees}."
		)
	name = f"published_figures_of_{year - 1}"
	if name in data:
		if frappe.db.exists("SV Figures", {"year": year - 1, "origin": TAKEN_OVER}):
			problems.append(f"{name}: this site has figures of that year taken over already.")
		problems += _unknown_figures(name, data[name], flat.figures(year))
	return problems


def _unknown_figures(where: str, published: object, known: dict) -> list[str]:
	"""Say which published figures nothing could be compared with."""
	if not isinstance(published, dict):
		return [f"{where} is not an object."]
	problems = []
	for name, value in published.items():
		if name not in known or name.startswith("change_from_"):
			problems.append(f"{where}: {name} is not a figure that is counted here.")
		elif isinstance(value, dict) and isinstance(known[name], dict):
			problems += _unknown_figures(f"{where}, {name}", value, known[name])
		elif not (value is None or is_number(value)) or (
			isinstance(known[name], dict) and "total" not in known[name]
		):
			kind = "an object with figures" if isinstance(known[name], dict) else "a number"
			problems.append(f"{where}: {name} is not {kind}.")
	return problems


class _Loading:
	"""One year on its way into the site."""

	def __init__(self, data: dict):
		self.data = data
		self.year = data["year"]
		self.last_day = min(date(self.year, 12, 31), getdate())
		self.categories = _categories()
		self.cases: dict[str, str] = {}
		self.desk_of: dict[str, str] = {}
		self.made: dict[str, int] = {}

	def load(self) -> dict[str, int]:
		self._desks()
		self._units()
		self._each("reports", self._report)
		self._each("referrals", self._referral)
		self._each("advice_requests", self._advice_request)
		self._each("decision_tables", self._decision_table)
		self._each("faculty_phd_confidant_reports", self._confidant_report)
		self._published_figures()
		return self.made

	def _each(self, name: str, load_one: Callable[[int, dict], None]) -> None:
		"""Load the rows of a list; a row whose document is refused is named."""
		for number, row in enumerate(self.data[name], start=1):
			try:
				load_one(number, row)
			except frappe.ValidationError as error:
				where = f"row {number} of {name}"
				named = f"{row['key']} ({where})" if "key" in row else where
				raise CaseFileError([f"{named} was refused by the site: {strip_html(str(error))}"]) from error

	def _insert(self, doctype: str, **values) -> str:
		document = frappe.get_doc({"doctype": doctype, **values})
		# the file doesn't say through which channel an advice request came; better empty than made up
		document.flags.ignore_mandatory = values.get("kind") == "Advice request"
		document.flags.status_as_given = True
		document.insert()
		self.made[doctype] = self.made.get(doctype, 0) + 1
		return document.name

	def _desks(self) -> None:
		used = {row["first_desk"] for row in self.data["reports"]}
		used |= {row["desk"] for row in self.data["advice_requests"]}
		used |= {codes.REFERRED_TO[row["to"]].desk for row in self.data["referrals"]} - {""}
		if self.data["decision_tables"]:
			used.add("ccp")
		for code in sorted(used):
			if not frappe.db.exists("SV Desk", code):
				desk = codes.DESKS[code]
				visibility = "Whole desk" if desk.desk_type == codes.CCP_TYPE else "Handler only"
				self._insert(
					"SV Desk",
					code=code,
					title=desk.title,
					desk_type=desk.desk_type,
					visibility=visibility,
					enabled=1,
				)

	def _units(self) -> None:
		institution = self._institution()
		for name in dict.fromkeys(row["unit"] for row in self.data["reports"]):
			if not frappe.db.exists("SV Unit", name):
				self._insert("SV Unit", unit_name=name, parent_unit=institution, enabled=1)

	def _institution(self) -> str:
		"""Return the unit that has all employees; a site without units gets one."""
		largest = frappe.get_all(
			"SV Unit", filters={"parent_unit": ["is", "not set"]}, order_by="name asc", pluck="name"
		)
		name = largest[0] if len(largest) == 1 else self._name_of_institution()
		if not frappe.db.exists("SV Unit", name):
			self._insert("SV Unit", unit_name=name, enabled=1)
		if head_counts.employees(self.year) is None:
			unit = frappe.get_doc("SV Unit", name)
			unit.append("headcounts", {"year": self.year, "employees": self.data["employees_total"]})
			unit.save()
		return name

	def _name_of_institution(self) -> str:
		return frappe.db.get_single_value("SV Settings", "institution_name") or WHOLE_INSTITUTION

	def _report(self, _number: int, row: dict) -> None:
		intervention = codes.FOLLOW_UP[row["follow_up"]]
		case = self._case(
			row["key"],
			row["received_on"],
			row["first_desk"],
			kind="Report",
			is_open=intervention == "Open",
			channel=codes.CHANNEL[row["channel"]],
			confidentiality=codes.CONFIDENTIALITY[row["confidentiality"]],
			main_category=self.categories[row["main_category"]],
			criminal_offence=int(bool(row.get("criminal_offence"))),
			accused_position=codes.ACCUSED_POSITION[row["accused_position"]],
			unit=row["unit"],
			# how many talks there were isn't in the file, only what they came to
			intervention=intervention,
			intervention_overruled=1,
			intervention_reason=TAKEN_OVER,
		)
		for reporter in row["reporters"]:
			self._insert(
				"SV Party",
				report=case,
				party_role="Reporter",
				anonymous=int(row["confidentiality"] == "anonymous"),
				staff_group=codes.STAFF_GROUP[reporter["staff_group"]],
				contract=codes.CONTRACT[reporter["contract"]],
				gender=codes.GENDER[reporter["gender"]],
				unit=row["unit"],
			)

	def _advice_request(self, _number: int, row: dict) -> None:
		self._case(
			row["key"],
			row["asked_on"],
			row["desk"],
			kind="Advice request",
			is_open=False,
			asked_by=codes.ASKED_BY[row["asked_by"]],
			advice_topic=codes.ADVICE_TOPIC[row["topic"]],
		)

	def _case(self, key: str, received_on: str, desk: str, is_open: bool, **values) -> str:
		"""Make a case of a day whose hour isn't known; a finished one was closed at the year's end at the latest."""
		closing = (
			{"status": "Handling"}
			if is_open
			else {"status": "Closed", "closed_at": f"{self.last_day} 00:00:00"}
		)
		name = self._insert(
			"SV Report",
			import_key=self._import_key(key),
			received_at=f"{received_on} 00:00:00",
			desk=desk,
			first_desk=desk,
			**closing,
			**values,
		)
		self.cases[key] = name
		self.desk_of[key] = desk
		return name

	def _referral(self, _number: int, row: dict) -> None:
		target = codes.REFERRED_TO[row["to"]]
		self._insert(
			"SV Referral",
			report=self.cases[row["report"]],
			referral_type=target.referral_type,
			target=target.target,
			from_desk=self.desk_of[row["report"]],
			target_desk=target.desk or None,
			referred_on=row["referred_on"],
			status="Completed",
			outcome="Unknown",
		)

	def _decision_table(self, _number: int, row: dict) -> None:
		request = row.get("from_advice_request")
		several = any(len(case["reports"]) > 1 for case in row["cases"])
		running = bool(row.get("still_running"))
		table = self._insert(
			"SV Decision Table",
			import_key=self._import_key(row["key"]),
			desk="ccp",
			status="Running" if running else "Settled",
			opened_on=row["opened_on"],
			closed_on=None if running else row.get("closed_on") or self.last_day,
			started_from=(
				"Advice request" if request else "Several reports about one person" if several else "Report"
			),
			advice_request=self.cases[request] if request else None,
			outcome=codes.TABLE_OUTCOME[row["outcome"]] if row["outcome"] else "Still running",
		)
		for case in row["cases"]:
			self._insert(
				"SV Table Case",
				decision_table=table,
				subject=codes.TABLE_SUBJECT[case["subject"]],
				kind=codes.TABLE_KIND[case["kind"]],
				reports=[{"report": self.cases[key]} for key in case["reports"]],
			)

	def _confidant_report(self, number: int, row: dict) -> None:
		"""The file has no days for these: faculties hand their counts in at the year's end."""
		self._insert(
			"SV Confidant Report",
			import_key=self._import_key(f"confidants-{number}"),
			received_on=self.last_day,
			confidant=str(row["confidant"]),
			about=codes.ACCUSED_POSITION[row["about"]],
		)

	def _published_figures(self) -> None:
		published = self.data.get(f"published_figures_of_{self.year - 1}")
		if published:
			self._insert(
				"SV Figures",
				year=self.year - 1,
				origin=TAKEN_OVER,
				status="Published",
				figures=json.dumps(published),
			)

	def _import_key(self, key: str) -> str:
		return f"{self.year}/{key}"
