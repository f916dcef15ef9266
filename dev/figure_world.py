"""A year with very many cases for `make bench-figures`, put in by statements for many rows at once."""

import frappe

YEAR = 2031
UNITS = 30
FACULTIES = 6
TABLES = 500


def make_units_and_desks() -> None:
	"""Make two levels of units, and a desk of each kind that people come to."""
	from sv_helpdesk.test_utils import make_desk

	for number in range(UNITS):
		parent = f"Faculty {number % FACULTIES}" if number >= FACULTIES else None
		name = f"Department {number}" if parent else f"Faculty {number}"
		frappe.get_doc(
			{"doctype": "SV Unit", "unit_name": name, "parent_unit": parent, "enabled": 1}
		).insert()
	for desk_type in ("Concerns and complaints point", "Ombuds officer", "Confidential advisers"):
		make_desk(desk_type=desk_type)


def grow_to(number: int) -> None:
	"""Put in so many reports with their reporters, and a fifth as many advice requests and referrals.

	Every value of every code occurs, in turns.
	"""
	units = frappe.get_all("SV Unit", {"parent_unit": ["is", "set"]}, pluck="name", order_by="name asc")
	desks = frappe.get_all("SV Desk", pluck="name", order_by="name asc")
	categories = frappe.get_all("SV Category", pluck="name", order_by="name asc")
	received = f"'{YEAR}-01-01' + interval `seq` % 365 day + interval `seq` % 24 hour"
	_put_in(
		"SV Report",
		{
			"kind": _turns(["Report", "Report", "Report", "Formal complaint"]),
			"status": "'Closed'",
			"desk": _turns(desks),
			"first_desk": _turns(desks),
			"received_at": received,
			"main_category": _turns(categories),
			"accused_position": _turns(_options("SV Report", "accused_position")),
			"intervention": _turns(_options("SV Report", "intervention")),
			"criminal_offence": "`seq` % 50 = 0",
			"unit": _turns(units),
		},
		number,
	)
	_put_in(
		"SV Party",
		{
			"report": "concat('bench-', `seq`)",
			"party_role": "'Reporter'",
			"staff_group": _turns(_options("SV Party", "staff_group")),
			"contract": _turns(_options("SV Party", "contract")),
			"gender": _turns(_options("SV Party", "gender")),
		},
		number,
	)
	_put_in(
		"SV Report",
		{
			"kind": "'Advice request'",
			"status": "'Closed'",
			"desk": _turns(desks),
			"received_at": received,
			"asked_by": _turns(_options("SV Report", "asked_by")),
			"advice_topic": _turns(_options("SV Report", "advice_topic")),
		},
		number // 5,
		start=number,
	)
	_put_in(
		"SV Referral",
		{
			"report": "concat('bench-', `seq`)",
			"referral_type": _turns(["Hand-over", "Referral"]),
			"target": _turns(_options("SV Referral", "target")),
			"line": _turns(_options("SV Referral", "line")),
			"status": "'Completed'",
			"referred_on": f"'{YEAR}-01-01' + interval `seq` % 365 day",
			"from_desk": _turns(desks),
		},
		number // 5,
	)
	_put_in(
		"SV Decision Table",
		{
			"status": "'Settled'",
			"desk": _turns(desks[:1]),
			"opened_on": f"'{YEAR}-01-01' + interval `seq` % 365 day - interval 60 day",
			"closed_on": f"'{YEAR}-01-01' + interval `seq` % 365 day",
			"outcome": _turns(_options("SV Decision Table", "outcome")[:6]),
		},
		TABLES,
	)
	_put_in(
		"SV Table Case",
		{
			"decision_table": "concat('bench-', `seq`)",
			"subject": _turns(_options("SV Table Case", "subject")),
			"kind": _turns(_options("SV Table Case", "kind")),
		},
		TABLES,
	)
	frappe.db.commit()
	# what the server does by itself when a table has grown
	for doctype in ("SV Report", "SV Party", "SV Referral", "SV Decision Table", "SV Table Case"):
		frappe.db.sql(f"analyze table `tab{doctype}`")


def _put_in(doctype: str, values: dict[str, str], number: int, start: int = 0) -> None:
	columns = ", ".join(f"`{name}`" for name in ("name", "creation", "modified", *values))
	given = ", ".join(("concat('bench-', `seq`)", "now()", "now()", *values.values()))
	rows = f"seq_{start + 1}_to_{start + number}"
	frappe.db.sql(f"insert into `tab{doctype}` ({columns}) select {given} from {rows}")


def _turns(values: list[str]) -> str:
	"""Return the expression that gives each value in turns."""
	listed = ", ".join(frappe.db.escape(value) for value in values)
	# by another number for each column, so that every combination occurs
	return f"elt(1 + (`seq` * 7919 div {len(values)} + `seq`) % {len(values)}, {listed})"


def _options(doctype: str, fieldname: str) -> list[str]:
	return [option for option in frappe.get_meta(doctype).get_field(fieldname).options.split("\n") if option]
