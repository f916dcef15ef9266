"""What is open by consent now: R1, and the three exceptions of R2. Asked of the database each time.

Nothing is remembered between two requests, so withdrawing closes at once for everybody.
"""

from datetime import datetime, time

import holidays

import frappe
from frappe.utils import cstr, get_datetime, getdate, now_datetime

BY_CONSENT = "Consent"
DANGER = "Danger to safety"
EXCEPTIONS = ("Criminal offence", DANGER, "Reporting code")
# agreeing to follow-up (R7), or to be joined with other reports, gives nobody anything to read
FOLLOW_UP, JOINING = "Follow-up towards the accused", "Joining reports"
# that a table of another desk deals with the case, where its own desk tells what it may tell
AT_A_TABLE = "Decision table"
OPENS_NOTHING = (FOLLOW_UP, JOINING, AT_A_TABLE)


def open_consent_condition(column: str) -> str:
	"""Return the SQL condition that the SV Consent named in a column opens something now.

	Args:
	        column: the column, quoted with its table, e.g. "`tabSV Referral`.`consent`".
	"""
	nothing = ", ".join(map(frappe.db.escape, OPENS_NOTHING))
	return _condition(column, f"and {_in_force()} and sv_opening.scope not in ({nothing})")


def is_open(name: str) -> bool:
	"""Tell whether this consent opens something now (R1, R2).

	Args:
	        name: name of the SV Consent.
	"""
	return _holds(open_consent_condition("%(name)s"), name)


def is_in_force(name: str) -> bool:
	"""Tell whether this consent holds now: as is_open, and also for follow-up towards the accused (R7).

	Args:
	        name: name of the SV Consent.
	"""
	return _holds(_condition("%(name)s", f"and {_in_force()}"), name)


def in_force_among(reports: list[str], scope: str) -> set[str]:
	"""Return those of these cases of which a consent of this scope holds now, with one query for all.

	Args:
	        reports: names of SV Reports.
	        scope: a scope of SV Consent, such as JOINING.
	"""
	# the condition is made of escaped values below; names and scope are parameters
	rows = frappe.db.sql(
		"select distinct sv_opening.report from `tabSV Consent` sv_opening"
		f" where sv_opening.report in %s and sv_opening.scope = %s and {_in_force()}",
		(reports, scope),
	)
	return {row[0] for row in rows}


def confirm_by(given_at: datetime | str) -> datetime:
	"""Return until when a second person can confirm what one person decided in acute danger (R2).

	Args:
	        given_at: when it was decided, in site time.

	Returns: the same time of day on the next Dutch working day.
	"""
	given_at = get_datetime(given_at)
	day = holidays.country_holidays("NL").get_nth_working_day(given_at.date(), 1)
	return datetime.combine(day, given_at.time())


def open_until(consent) -> datetime | None:
	"""Return until when a consent is open if nobody withdraws it, or None: without end.

	Args:
	        consent: the SV Consent, open now.
	"""
	last_day = consent.valid_until and datetime.combine(getdate(consent.valid_until), time(23, 59, 59))
	unconfirmed = consent.acute and not consent.confirmed_at and get_datetime(consent.confirm_by)
	return min((moment for moment in (last_day, unconfirmed) if moment), default=None)


def _in_force() -> str:
	now = now_datetime()
	moment, today = frappe.db.escape(now.strftime("%Y-%m-%d %H:%M:%S.%f")), frappe.db.escape(cstr(now.date()))
	exceptions = ", ".join(map(frappe.db.escape, EXCEPTIONS))
	by_two = (
		"ifnull(sv_opening.second_person, '') <> '' and sv_opening.confirmed_at is not null"
		" and sv_opening.second_person <> sv_opening.decided_by"
	)
	acute = (
		f"sv_opening.acute = 1 and sv_opening.basis = {frappe.db.escape(DANGER)}"
		f" and sv_opening.confirm_by >= {moment}"
	)
	excepted = (
		f"sv_opening.basis in ({exceptions}) and ifnull(sv_opening.ground, '') <> ''"
		f" and ifnull(sv_opening.decided_by, '') <> '' and (({by_two}) or ({acute}))"
	)
	return (
		"(sv_opening.withdrawn_at is null and sv_opening.given_at is not null"
		f" and (sv_opening.valid_until is null or sv_opening.valid_until >= {today})"
		f" and (sv_opening.basis = {frappe.db.escape(BY_CONSENT)} or ({excepted})))"
	)


def _condition(column: str, and_more: str) -> str:
	return f"exists (select 1 from `tabSV Consent` sv_opening where sv_opening.name = {column} {and_more})"


def _holds(condition: str, name: str) -> bool:
	# the condition is made of escaped values above; the name is a parameter
	return bool(frappe.db.sql(f"select {condition}", {"name": cstr(name)})[0][0])
