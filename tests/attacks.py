"""What somebody who manages the site tries, to get a role, a login or a script of our people.

Each is a function of the attacker's hands (attack_helpers.Hands); its name says what it does.
"""

import json

from attack_helpers import CLOSED, DESK, MANAGER, STRANGER, VICTIM

ROLE = "SV Coordinator"
PROGRAM = "frappe.call('x')"


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
SCRIPTS = {
	"puts a script on our form": lambda h: h.create(
		"Client Script", name="On ours", dt="SV Report", view="Form", enabled=1, script=PROGRAM
	),
	"puts a script on a page of everybody": lambda h: h.create(
		"Client Script", name="On all", dt="ToDo", view="List", enabled=1, script=PROGRAM
	),
	"puts a script on tickets": lambda h: h.create(
		"HD Form Script", name="On tickets", dt="HD Ticket", enabled=1, script=PROGRAM
	),
	"writes a server script": lambda h: h.create(
		"Server Script", name="Api", script_type="API", api_method="mine", script="frappe.db.commit()"
	),
	"writes a block with a script": lambda h: h.create(
		"Custom HTML Block", name="Block", html="<p>", script="alert(1)"
	),
	"writes the website's script": lambda h: h.change(
		"Website Script", "Website Script", javascript="alert(1)"
	),
	"writes a page with a script": lambda h: h.create(
		"Web Page", title="Page", published=1, javascript="alert(1)", main_section="x"
	),
	"writes a workspace that runs": lambda h: h.create(
		"Workspace",
		label="Space",
		title="Space",
		public=1,
		content='[{"data": {"text": "<img src=x onerror=alert(1)>"}}]',
	),
	"writes a query report": lambda h: h.create(
		"Report",
		report_name="Sessions",
		ref_doctype="ToDo",
		report_type="Query Report",
		is_standard="No",
		query="select sid from tabSessions",
	),
	"writes a query report about ours": lambda h: h.create(
		"Report",
		report_name="Cases",
		ref_doctype="SV Report",
		report_type="Query Report",
		is_standard="No",
		query="select name from `tabSV Report`",
	),
	"writes a print format that calls": lambda h: h.create(
		"Print Format",
		name="Fmt",
		doc_type="ToDo",
		custom_format=1,
		print_format_type="Jinja",
		html="{{ frappe.get_all('SV Report') }}",
	),
	"writes a print format of ours": lambda h: h.create(
		"Print Format", name="Ours", doc_type="SV Report", custom_format=1, html="{{ doc.name }}"
	),
	"writes a mail template that calls": lambda h: h.create(
		"Email Template", name="Tpl", subject="x", response="{{ frappe.db.set_value('User', 'x', 'y', 'z') }}"
	),
	"writes a letter head that calls": lambda h: h.create(
		"Letter Head", letter_head_name="Head", source="HTML", content="{{ frappe.get_all('User') }}"
	),
	"adds a field to ours": lambda h: h.create(
		"Custom Field", dt="SV Report", fieldname="mine", label="Mine", fieldtype="Data"
	),
	"changes a field of ours": lambda h: h.create(
		"Property Setter",
		doctype_or_field="DocField",
		doc_type="SV Report",
		field_name="status",
		property="read_only",
		value="0",
		property_type="Check",
	),
	"evaluates something on another form": lambda h: h.create(
		"Property Setter",
		doctype_or_field="DocField",
		doc_type="ToDo",
		field_name="status",
		property="depends_on",
		value="eval:fetch('/api/method/x')",
		property_type="Data",
	),
	"gives rights to ours": lambda h: h.create(
		"Custom DocPerm",
		parent="SV Report",
		parenttype="DocType",
		parentfield="permissions",
		role="System Manager",
		read=1,
	),
	"gives rights to ours in the permission manager": lambda h: h.call(
		"frappe.core.page.permission_manager.permission_manager.add",
		parent="SV Report",
		role="System Manager",
		permlevel=0,
	),
	"saves our doctype": lambda h: h.change("DocType", "SV Report", track_changes=1),
	"renames our doctype": lambda h: h.call(
		"frappe.client.rename_doc", doctype="DocType", old_name="SV Unit", new_name="Unit"
	),
	"puts a workflow on ours": lambda h: h.create(
		"Workflow",
		workflow_name="Flow",
		document_type="SV Report",
		workflow_state_field="status",
		states=[{"state": "Pending", "doc_status": "0", "allow_edit": "All"}],
		transitions=[],
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
