"""Repeated signals: several reports about one person or unit, for who runs a desk; of other desks numbers only (R3)."""

import frappe
from frappe import _

from sv_helpdesk.permissions import repetition


def execute(filters: dict | None = None) -> tuple:
	"""Return columns and rows; who runs no desk is told of no signal."""
	rows = [
		{
			"about": _(signal["about"], context="SV Figures"),
			"cases": ", ".join(case["number"] for case in signal["own"]),
			**{name: signal[name] for name in ("here", "elsewhere", "reporters", "waiting")},
		}
		for signal in repetition.standing(frappe.session.user)
	]
	return _columns(), rows


def _columns() -> list[dict]:
	named = (
		("about", _("About", context="SV Figures"), "Data", 120),
		("here", _("Cases here"), "Int", 110),
		("elsewhere", _("Cases elsewhere"), "Int", 130),
		("reporters", _("Reporters", context="SV Figures"), "Int", 100),
		("waiting", _("Only in case it happens again"), "Int", 220),
		("cases", _("Cases you work on"), "Data", 300),
	)
	return [
		{"fieldname": name, "label": label, "fieldtype": kind, "width": width}
		for name, label, kind, width in named
	]
