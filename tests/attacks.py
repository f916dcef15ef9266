"""What somebody who manages the site tries, to get a role, a login or a script of our people.

Each is a function of the attacker's hands (attack_helpers.Hands); its name says what it does.
"""

import json

from attack_helpers import CLOSED, DESK, MANAGER, STRANGER, VICTIM

ROLE = "SV Coordinator"


def role_rows(*roles: str) -> list[dict]:
	return [{"doctype": "Has Role", "role": role} for role in ("System Manager", *roles)]


ROLES = {
	"gives himself a role by REST": lambda h: h.change("User", h.user, roles=role_rows(ROLE)),
	"gives himself a role in small letters": lambda h: h.change(
		"User", h.user, roles=role_rows(ROLE.lower())
	),
	"gives himself a role on the form": lambda h: h.save_form("User", h.user, roles=role_rows(ROLE)),
	"gives a stranger a role": lambda h: h.change("User", STRANGER, roles=role_rows("SV Board")),
	"gives one by client.save": lambda h: h.call(
		"frappe.client.save",
		doc={
			**h.session.get(f"{h.base}/api/resource/User/{h.user}").json()["data"],
			"roles": role_rows(ROLE),
		},
	),
	"gives one by client.bulk_update": lambda h: h.call(
		"frappe.client.bulk_update",
		docs=json.dumps([{"doctype": "User", "docname": h.user, "roles": role_rows(ROLE)}]),
	),
	"gives one by the list's bulk edit": lambda h: h.call(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype="User",
		docnames=json.dumps([h.user]),
		action="update",
		data=json.dumps({"roles": role_rows(ROLE)}),
	),
	"inserts the row of a role": lambda h: h.call(
		"frappe.client.insert",
		doc={
			"doctype": "Has Role",
			"parent": h.user,
			"parenttype": "User",
			"parentfield": "roles",
			"role": ROLE,
		},
	),
	"inserts the row of a role by REST": lambda h: h.create(
		"Has Role", parent=h.user, parenttype="User", parentfield="roles", role=ROLE
	),
	"makes a new user with a role": lambda h: h.create(
		"User",
		email="new-colleague@uni.example",
		first_name="New",
		send_welcome_email=0,
		roles=role_rows(ROLE),
	),
	"puts a role in a profile": lambda h: h.create(
		"Role Profile", role_profile="Everything", roles=[{"role": ROLE}]
	),
	"renames a role into ours": lambda h: h.call(
		"frappe.client.rename_doc", doctype="Role", old_name="Dashboard Manager", new_name=ROLE, merge=True
	),
	"renames our role": lambda h: h.call(
		"frappe.client.rename_doc", doctype="Role", old_name=ROLE, new_name="Something else"
	),
	"deletes our role": lambda h: h.delete("Role", "SV Board"),
	"disables our role": lambda h: h.change("Role", "SV Board", disabled=1),
	"gives the report of who opened what to another role": lambda h: h.create(
		"Custom Role", report="Who opened what", roles=role_rows("System Manager")
	),
	"has another app read the mails": lambda h: h.call(
		"frappe.core.doctype.installed_applications.installed_applications.update_installed_apps_order",
		new_order=json.dumps(["frappe", "sv_helpdesk", "helpdesk"]),
	),
}
LOGINS = {
	"sets a password": lambda h: h.change("User", VICTIM, new_password="Een-nieuw-wachtwoord-9"),
	"sets a password on the form": lambda h: h.save_form(
		"User", VICTIM, new_password="Een-nieuw-wachtwoord-9"
	),
	"sets a password by client.set_value": lambda h: h.call(
		"frappe.client.set_value",
		doctype="User",
		name=VICTIM,
		fieldname="new_password",
		value="Een-nieuw-w-9",
	),
	"changes the e-mail address": lambda h: h.change("User", VICTIM, email="mine@uni.example"),
	"changes the username": lambda h: h.change("User", VICTIM, username="mine"),
	"changes the mobile number": lambda h: h.change("User", VICTIM, mobile_no="0612345678"),
	"lets another address in": lambda h: h.change("User", VICTIM, restrict_ip="10.0.0.1"),
	"opens a closed account": lambda h: h.change("User", CLOSED, enabled=1),
	"makes keys": lambda h: h.call("frappe.core.doctype.user.user.generate_keys", user=VICTIM),
	"writes an API secret": lambda h: h.change("User", VICTIM, api_key="abc", api_secret="def"),
	"writes a reset key": lambda h: h.change("User", VICTIM, reset_password_key="abc"),
	"adds a social login": lambda h: h.change(
		"User", VICTIM, social_logins=[{"provider": "github", "userid": "mine"}]
	),
	"makes a token": lambda h: h.create(
		"OAuth Bearer Token", user=VICTIM, access_token="abc", scopes="all", expires_in=9999, status="Active"
	),
	"makes an authorization code": lambda h: h.create(
		"OAuth Authorization Code", user=VICTIM, authorization_code="abc", scopes="all"
	),
	"reads an API secret": lambda h: h.call(
		"frappe.client.get_password", doctype="User", name=VICTIM, fieldname="api_secret"
	),
	"resets the second factor": lambda h: h.call("frappe.twofactor.reset_otp_secret", user=VICTIM),
	"renames the account": lambda h: h.call(
		"frappe.client.rename_doc", doctype="User", old_name=VICTIM, new_name="mine@uni.example"
	),
	"merges the account into his": lambda h: h.call(
		"frappe.client.rename_doc", doctype="User", old_name=VICTIM, new_name=h.user, merge=True
	),
	"merges his account into it": lambda h: h.call(
		"frappe.client.rename_doc", doctype="User", old_name=STRANGER, new_name=VICTIM, merge=True
	),
}
# the host has reasons of its own to refuse these before ours are asked, by who tries
REFUSED_BY_HOST = {
	MANAGER: {
		"inserts the row of a role by REST",
		"makes a token",
		"makes an authorization code",
		"renames our doctype",
	},
	"Administrator": {"merges the account into his", "renames our doctype"},
}
DESKS = {
	"puts himself at a desk": lambda h: h.change(
		"SV Desk", DESK, members=[{"user": h.user, "desk_role": "Coordinator"}]
	),
	"inserts himself as a member": lambda h: h.call(
		"frappe.client.insert",
		doc={
			"doctype": "SV Desk Member",
			"parent": DESK,
			"parenttype": "SV Desk",
			"parentfield": "members",
			"user": h.user,
		},
	),
	"approves for himself": lambda h: h.call("sv_helpdesk.two_persons.decide.approve", name="any"),
	"writes an approval": lambda h: h.create("SV Approval", status="Approved", kind="Role", asked_by=MANAGER),
}
