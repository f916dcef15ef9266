"""The severity guide (A&O 6.1.4): how heavy behaviour weighs, what it looks like, and what makes it heavier."""

import frappe
from frappe import _

from sv_helpdesk.permissions.acting import acting_roles


@frappe.whitelist(methods=["POST"])
def guide() -> dict:
	"""Return the guide in the user's language, for everybody with a role of ours.

	Returns:
		`levels`: per severity its name, what it is, examples and the titles of the measures of the catalogue in
		use; `factors`: what else weighs; `power`: why behaviour from a position of power weighs heavier.

	Raises:
		frappe.PermissionError: the user has no role of ours.
	"""
	if not acting_roles(frappe.session.user):
		frappe.throw(_("You have no right to read this."), frappe.PermissionError)
	return {
		"levels": [
			{
				"severity": severity,
				"title": _(severity, context="SV Measure"),
				"what": what,
				"examples": examples,
				"measures": _measures(severity),
			}
			for severity, what, examples in _levels()
		],
		"factors": _factors(),
		"power": _power(),
	}


def _levels() -> list[tuple[str, str, list[str]]]:
	return [
		(
			"Light",
			_("Improper, but not threatening."),
			[
				_("A clumsy or silly remark with a sexual undertone"),
				_("A touch that nobody asked for and that isn't pushy, such as a hand on a shoulder"),
				_("A single joke at a colleague's expense"),
			],
		),
		(
			"Moderate",
			_("It is repeated, and so crosses a line."),
			[
				_("Sexual remarks that go on after a request to stop"),
				_("Belittling or hostile behaviour"),
				_("Leaving somebody out or bullying again and again"),
			],
		),
		(
			"Serious",
			_("It intimidates or threatens."),
			[
				_("Sexual harassment, such as improper touching or proposals"),
				_("Threats or aggressive behaviour towards colleagues"),
				_("Lasting bullying, or racist utterances"),
			],
		),
		(
			"Very serious",
			_("A criminal offence or direct danger."),
			[
				_("Sexual violence or assault"),
				_("Physical aggression"),
				_("A threat with a weapon, or grave mental abuse"),
			],
		),
	]


def _factors() -> list[str]:
	return [
		_("How it was felt, and what actually happened"),
		_("The nature of the behaviour and how serious it is"),
		_("Whether it happened before"),
		_("How many people are involved"),
		_("Whether others were there, or it was public"),
		_("What it does to the reporter and to those around"),
	]


def _power() -> list[str]:
	return [
		_("Whoever has more power or responsibility is judged more strictly."),
		_("Managers have a duty of care for their people."),
		_("With less power it is harder to defend oneself or to report."),
		_("Fear of consequences keeps people from reporting somebody above them."),
	]


def _measures(severity: str) -> list[str]:
	titles = frappe.get_all(
		"SV Measure", {"severity": severity, "enabled": 1}, pluck="title", order_by="name asc"
	)
	return [_(title) for title in titles]
