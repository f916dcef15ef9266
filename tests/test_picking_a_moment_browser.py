"""In a browser: a moment is picked as the site writes times, with seconds or without.

On a bench of ours alone: its picker comes from npm with what dev/desk/seconds.js adds, that of a host is the host's.
"""

import os
from pathlib import Path

import pytest
from people import make_people

import frappe

from dev.layout import SITES
from sv_helpdesk.permissions.roles import CCP_STAFF

pytestmark = [
	pytest.mark.commits,
	pytest.mark.skipif(Path(os.environ["DEV_SITES_PATH"]) != SITES, reason="another host's own picker"),
]
pytest_plugins = ["browser_fixtures"]


@pytest.mark.parametrize(("time_format", "written"), [("HH:mm", "09:05"), ("HH:mm:ss", "09:05:00")])
def test_a_moment_is_picked_as_the_site_writes_it(page_of, time_format, written):
	frappe.set_user("Administrator")
	page = page_of(make_people("picking", CCP_STAFF)[0])
	page.goto("/app/agenda")
	page.wait_for_function("() => window.sv_helpdesk?.ask")
	page.evaluate(
		"""(format) => {
			frappe.boot.sysdefaults.time_format = frappe.sys_defaults.time_format = format;
			const field = { fieldname: "at", fieldtype: "Datetime", label: "At", default: "2025-03-06 09:05:00" };
			sv_helpdesk.ask([field], () => {}, "When", "Send");
		}""",
		time_format,
	)
	page.wait_for_function("() => cur_dialog?.fields_dict.at?.$input?.val()")
	box = page.locator(".modal.show input[data-fieldname=at]")
	assert box.input_value().endswith(f" {written}")
	box.click()
	picker = page.locator(".datepicker.active")
	assert picker.locator("[name=seconds]").is_visible() == time_format.endswith("ss")
	picker.locator(".datepicker--cell-day:not(.-other-month-)", has_text="17").click()
	assert box.input_value().endswith(f" {written}") and "17" in box.input_value()
	assert page.evaluate("() => cur_dialog.get_value('at')") == "2025-03-17 09:05:00"
