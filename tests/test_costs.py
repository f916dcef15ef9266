"""What an intake, a form and a list cost the database, and that it doesn't grow with the cases."""

from contextlib import contextmanager

import pytest
from people import make_desk_without_mail, make_person, some_mailbox
from test_dialogue import mail

import frappe
from frappe.desk.form.load import getdoc
from frappe.desk.reportview import get as get_list_view

from sv_helpdesk import access_log
from sv_helpdesk.deadlines import sight
from sv_helpdesk.forms import neighbours, time_line, titles
from sv_helpdesk.helpdesk import conversation, intake
from sv_helpdesk.permissions import repetition
from sv_helpdesk.workflows import api

pytestmark = pytest.mark.commits

DESK = "costs_desk"
# statements; half of an intake's are Frappe's and Helpdesk's own for the documents it makes, and a real Helpdesk has more
MOST_FOR_AN_INTAKE = 95
MOST_FOR_A_FORM = 45
# of two messages: the right to each of their texts; the access log costs six, however many there are
MOST_FOR_A_DIALOGUE = 75
MOST_FOR_A_LIST = 5
# all that the form of a case asks beside the case and its dialogue: steps, deadlines, signals, time line, titles
MOST_BESIDE_A_FORM = 40
TOLERATED_ROWS = 1.5
MOST_ROWS_FOR_A_PAGE = 100


class Cost:
	"""Statements and rows read between two moments, as MariaDB counts them for this connection."""

	statements = rows = 0


@contextmanager
def counted():
	cost, before = Cost(), _status()
	yield cost
	after = _status()
	# the question itself is one statement
	cost.statements = after["Questions"] - before["Questions"] - 1
	cost.rows = sum(after[name] - before[name] for name in after if name.startswith("Handler_read"))


def _status() -> dict[str, int]:
	rows = frappe.db.sql(
		"show session status where variable_name = 'Questions' or variable_name like 'Handler_read%'"
	)
	return {name: int(value) for name, value in rows}


@pytest.fixture(scope="module")
def staff():
	"""Somebody of a desk without cases."""
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	user = make_person("gijs", "SV CCP Staff", desk=DESK)
	frappe.db.set_value("SV Desk", DESK, "email_account", some_mailbox())
	frappe.db.commit()
	yield user
	frappe.db.set_value("SV Desk", DESK, "email_account", None)
	frappe.db.commit()


def take_in(number: int) -> str:
	raw = mail(
		f"Subject {number}", sender=f"r{number}@uni.example", Message_ID=f"<cost-{number}@uni.example>"
	)
	return intake.take_in(raw, DESK, None).report


def measure(user: str, number: int) -> dict[str, Cost]:
	"""The cost of each, warm: everything is done once before."""
	frappe.set_user("Administrator")
	take_in(number)
	with counted() as one_intake:
		report = take_in(number + 1)
	frappe.db.commit()
	frappe.set_user(user)
	costs = {"intake": one_intake}
	for _warm in (False, True):
		frappe.local.response = frappe._dict(docs=[])
		frappe.db.commit()
		with counted() as costs["form"]:
			getdoc("SV Report", report)
			# what the log costs at the end of the request
			access_log.write_now()
		frappe.db.commit()
		with counted() as costs["dialogue"]:
			conversation.of_case(report)
			access_log.write_now()
		frappe.db.commit()
		with counted() as costs["beside"]:
			ask_beside(report)
			access_log.write_now()
		frappe.local.form_dict = frappe._dict(
			doctype="SV Report",
			fields='["`tabSV Report`.`name`","`tabSV Report`.`status`"]',
			order_by="`tabSV Report`.`modified` desc",
			start=0,
			page_length=20,
			view="List",
		)
		with counted() as costs["list"]:
			get_list_view()
	return costs


def ask_beside(report: str) -> None:
	"""Ask what the form of a case asks when it is opened, after the case itself and its dialogue."""
	api.steps("SV Report", report)
	sight.of("SV Report", f'["{report}"]')
	repetition.numbers(report)
	time_line.of_case(report)
	neighbours.of_case(report)
	case = frappe.get_doc("SV Report", report)
	titles.titles({"SV Report": [report], "SV Desk": [case.desk], "SV Category": ["bullying", "threat"]})


def test_the_cost_of_an_intake_a_form_and_a_list_is_bounded_and_stays_when_cases_grow_tenfold(staff):
	few = measure(staff, 1000)
	print({name: (cost.statements, cost.rows) for name, cost in few.items()})
	assert few["intake"].statements <= MOST_FOR_AN_INTAKE
	assert few["form"].statements <= MOST_FOR_A_FORM
	assert few["dialogue"].statements <= MOST_FOR_A_DIALOGUE
	assert few["beside"].statements <= MOST_BESIDE_A_FORM
	assert few["list"].statements <= MOST_FOR_A_LIST
	frappe.set_user("Administrator")
	for number in range(100):
		take_in(number)
	frappe.db.commit()
	# what the server does by itself when a table has grown
	frappe.db.sql("analyze table `tabSV Report`")
	many = measure(staff, 2000)
	print({name: (cost.statements, cost.rows) for name, cost in many.items()})
	for name in ("intake", "form", "dialogue", "beside", "list"):
		assert many[name].statements <= few[name].statements, name
	for name in ("intake", "form", "dialogue", "beside"):
		assert many[name].rows <= few[name].rows * TOLERATED_ROWS, name
	# a page of 20, each row looked up with its place in the index and the denied list
	assert many["list"].rows <= MOST_ROWS_FOR_A_PAGE
