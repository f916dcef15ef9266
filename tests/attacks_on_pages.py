"""What somebody who manages the site tries, to run something of theirs on our people's pages or on our documents."""

import json

PROGRAM = "frappe.call('x')"
RIGHTS = "frappe.core.page.permission_manager.permission_manager"
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
	"links another form to ours, to fetch what it says": lambda h: h.create(
		"Custom Field", dt="ToDo", fieldname="case", label="Case", fieldtype="Link", options="SV Report"
	),
	"fetches through what a task is about": lambda h: h.create(
		"Custom Field",
		dt="ToDo",
		fieldname="number",
		label="Number",
		fieldtype="Data",
		fetch_from="reference_name.case_number",
	),
	"makes a form with rows of ours": lambda h: h.create(
		"DocType",
		name="Collection",
		module="Custom",
		custom=1,
		fields=[
			{"fieldname": "row", "label": "Row", "fieldtype": "Table", "options": "sv table case report"}
		],
		permissions=[{"role": "System Manager", "read": 1, "write": 1, "create": 1}],
	),
	"turns a link of another form to ours": lambda h: h.create(
		"Property Setter",
		doctype_or_field="DocField",
		doc_type="ToDo",
		field_name="role",
		property="options",
		value="SV Report",
		property_type="Small Text",
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
	"empties the lists of our people": lambda h: h.create(
		"User Permission", user="victim@uni.example", allow="SV Desk", for_value="attacked_desk"
	),
	"runs the console": lambda h: h.call(
		"frappe.desk.doctype.system_console.system_console.execute_code",
		doc=json.dumps(
			{"doctype": "System Console", "type": "SQL", "console": "select sid from tabSessions"}
		),
	),
	"previews a webhook that calls": lambda h: h.call(
		"run_doc_method",
		docs=json.dumps(
			{
				"doctype": "Webhook",
				"webhook_doctype": "ToDo",
				"webhook_json": "{{ frappe.get_all('User') }}",
				"preview_document": "x",
			}
		),
		method="generate_preview",
	),
	"takes rights from ours in the permission manager": lambda h: h.call(
		f"{RIGHTS}.remove", doctype="SV Report", role="SV Coordinator", permlevel=0
	),
	"resets our rights in the permission manager": lambda h: h.call(f"{RIGHTS}.reset", doctype="SV Report"),
	"gives rights to ours in the permission manager": lambda h: h.call(
		f"{RIGHTS}.add",
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
