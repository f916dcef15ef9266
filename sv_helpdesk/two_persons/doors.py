"""Functions of the host that change or show something past documents, with what is asked before each.

The guard at the door (guards.doors) asks it.
"""

from collections.abc import Callable, Mapping

from sv_helpdesk.two_persons import logins, our_forms, scripts

RIGHTS = "frappe.core.page.permission_manager.permission_manager"
DOORS: dict[str, Callable[[Mapping], None]] = {
	"frappe.twofactor.reset_otp_secret": logins.reset_second_factor,
	"frappe.core.doctype.user.user.impersonate": logins.act_as,
	"frappe.core.doctype.user.user.generate_keys": logins.make_keys,
	"frappe.client.get_password": logins.read_secret,
	"frappe.integrations.doctype.ldap_settings.ldap_settings.reset_password": logins.ldap_password,
	"frappe.desk.doctype.system_console.system_console.execute_code": scripts.run_console,
	"frappe.core.doctype.installed_applications.installed_applications.update_installed_apps_order": our_forms.reorder_apps,
	"frappe.handler.run_doc_method": scripts.made_up,
	"frappe.api.v2.run_doc_method": scripts.made_up,
	**{f"{RIGHTS}.{name}": our_forms.change_rights for name in ("add", "update", "remove", "reset")},
}
