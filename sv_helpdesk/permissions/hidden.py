"""How what hides a case reaches every document of it: directly, through a table, through a plan.

The denied list hides it from some (R6). What was anonymised is hidden from everybody.
"""

import frappe
from frappe.utils import cint

from sv_helpdesk.access_log.refusals import MORE
from sv_helpdesk.permissions.denied_list import denied_reports_condition, unnamed

ANYTHING = "1=1"
BY_REPORT = (
	*("SV Party", "SV Consent", "SV Message", "SV Attachment", "SV Note", "SV Referral"),
	*("SV Aftercare", "SV Aftercare Contact", "SV Action", "SV Deadline", "SV Step"),
	*("SV Access Grant", "SV Complaint", "SV Complaint Part", "SV Complaint Copy"),
)
BY_TABLE = (
	*("SV Table Case", "SV Minutes", "SV Contribution", "SV Agreed Action"),
	*("SV Minutes Approval", "SV Minutes Copy"),
	*("SV Communication Line", "SV Action", "SV Deadline", "SV Step"),
)
BY_AFTERCARE = ("SV Aftercare Contact", "SV Action")
# hidden from whom the case is hidden from, though no relation leads through the case
NAMING_REPORT = {
	"SV Held Mail": ("report",),
	"SV Access Log": ("report", "document_name"),
	"SV Approval": ("target_name",),
}
# what the log notes of them names no case: there may be several, or it isn't one yet
NAMED_ALONE = tuple(
	dict.fromkeys(("SV Decision Table", "SV Subject Request", "SV Approval", *BY_TABLE, *BY_AFTERCARE))
)


def not_hidden(user: str, doctype: str) -> str:
	"""Return the SQL condition that no case of a row of `tab{doctype}` is hidden from this user.

	A decision table is hidden with any case of it, and with the advice request it started from, that is denied
	to the user. What was anonymised is hidden from everybody, with all that belongs to it.

	Args:
		user: from whom.
		doctype: of which rows; those of a document that belongs to no case are hidden from nobody.
	"""
	return _all([*_stands(doctype), *_denied_nothing(user, doctype)])


def denied_nothing(user: str, doctype: str) -> str:
	"""Return the SQL condition that no case of a row is denied to this user, for counting what was anonymised.

	Args:
		user: whose figures.
		doctype: of the rows.
	"""
	return _all(_denied_nothing(user, doctype))


def _all(conditions: list[str]) -> str:
	return f"({' and '.join(conditions)})" if conditions else ANYTHING


def _denied_nothing(user: str, doctype: str) -> list[str]:
	conditions = []
	if doctype == "SV Report":
		conditions.append(denied_reports_condition(user, "`tabSV Report`.`name`"))
	for fieldname in ("report",) if doctype in BY_REPORT else NAMING_REPORT.get(doctype, ()):
		conditions.append(denied_reports_condition(user, f"`tab{doctype}`.`{fieldname}`"))
	if doctype in BY_AFTERCARE:
		plan = f"select `report` from `tabSV Aftercare` where `name` = `tab{doctype}`.`aftercare`"
		conditions.append(denied_reports_condition(user, f"({plan})"))
	if doctype == "SV Decision Table":
		conditions += _of_table(user, "`tabSV Decision Table`.`name`")
	if doctype == "SV Subject Request":
		conditions.append(_answers_for_none_of(user))
	if doctype in BY_TABLE:
		conditions += _of_table(user, f"`tab{doctype}`.`decision_table`")
	if doctype == "SV Figures":
		conditions.append(_no_raw_numbers_of(user))
	if doctype == "SV Approval":
		# that a case may come to be kept from somebody is nothing they are told
		conditions.append(f"ifnull(`tabSV Approval`.`concerns`, '') <> {frappe.db.escape(unnamed(user))}")
		conditions.append(_approves_no_raw_numbers_of(user))
	if doctype == "SV Access Log":
		conditions += [_names_none_of(user, kind) for kind in (*NAMED_ALONE, "SV Figures")]
		conditions += [_is_there(kind) for kind in NAMED_ALONE]
	return conditions


def _stands(doctype: str) -> list[str]:
	"""Return the conditions that neither the row nor what it belongs to was anonymised."""
	if doctype in ("SV Report", "SV Decision Table"):
		return [f"`tab{doctype}`.`anonymised_at` is null"]
	named = ("report",) if doctype in BY_REPORT else NAMING_REPORT.get(doctype, ())
	conditions = [_not_anonymised("SV Report", f"`tab{doctype}`.`{fieldname}`") for fieldname in named]
	if doctype in BY_TABLE:
		conditions.append(_not_anonymised("SV Decision Table", f"`tab{doctype}`.`decision_table`"))
	if doctype in BY_AFTERCARE:
		plan = f"select `report` from `tabSV Aftercare` where `name` = `tab{doctype}`.`aftercare`"
		conditions.append(_not_anonymised("SV Report", f"({plan})"))
	return conditions


def _not_anonymised(doctype: str, name: str) -> str:
	return (
		f"not exists (select 1 from `tab{doctype}` `anonymised` where `anonymised`.`name` = {name}"
		" and `anonymised`.`anonymised_at` is not null)"
	)


def _no_raw_numbers_of(user: str) -> str:
	"""Return the condition on figures without the exact ones of a year in which a case is denied to this user."""
	from sv_helpdesk.reports import readers

	years = ", ".join(str(cint(year)) for year in readers.years_with_something_denied(user))
	published = "`tabSV Figures`.`status` = 'Published'"
	return f"({published} or `tabSV Figures`.`year` not in ({years}))" if years else ANYTHING


def _approves_no_raw_numbers_of(user: str) -> str:
	raw = _no_raw_numbers_of(user)
	if raw == ANYTHING:
		return ANYTHING
	# an asking about nothing in particular is about no figures
	target = "ifnull(`tabSV Approval`.`target_name`, '')"
	return f"{target} not in (select `name` from `tabSV Figures` where not {raw})"


def _names_none_of(user: str, doctype: str) -> str:
	hidden = f"select `name` from `tab{doctype}` where not {not_hidden(user, doctype)}"
	# a row about nothing in particular names no document
	return f"ifnull(`tabSV Access Log`.`document_name`, '') not in ({hidden})"


def _is_there(doctype: str) -> str:
	"""Return the condition on rows of the log without those about something that was destroyed: of which case it was can't be asked any more."""
	row = "`tabSV Access Log`"
	nothing = ", ".join(map(frappe.db.escape, ("", MORE)))
	return (
		f"({row}.`document_type` <> {frappe.db.escape(doctype)} or ifnull({row}.`report`, '') <> ''"
		f" or ifnull({row}.`document_name`, '') in ({nothing})"
		f" or exists (select 1 from `tab{doctype}` `named` where `named`.`name` = {row}.`document_name`))"
	)


def _answers_for_none_of(user: str) -> str:
	"""Return the condition on requests about somebody's own data without those in which a case is hidden from this user."""
	request = "`tabSV Subject Request`.`name`"
	denied = denied_reports_condition(user, "`in_request`.`report`")
	return (
		"(not exists (select 1 from `tabSV Subject Case` `in_request`"
		f" where `in_request`.`parent` = {request} and not {denied})"
		# of a case that was anonymised since, see permissions.outliving
		f" and {denied_reports_condition(user, request)})"
	)


def _of_table(user: str, table: str) -> list[str]:
	at_table = (
		"not exists (select 1 from `tabSV Table Case` `case_at_table` inner join `tabSV Table Case Report`"
		" `report_at_table` on `report_at_table`.`parent` = `case_at_table`.`name`"
		f" where `case_at_table`.`decision_table` = {table}"
		f" and not {denied_reports_condition(user, '`report_at_table`.`report`')})"
	)
	request = (
		f"select `asked`.`advice_request` from `tabSV Decision Table` `asked` where `asked`.`name` = {table}"
	)
	return [at_table, denied_reports_condition(user, f"({request})")]
