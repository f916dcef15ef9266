"""The website's pages, settings, metadata, permission tools, backups."""

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit
from dev.leaks.surfaces.attacks import inserted, removed


def _routes(visit: Visit) -> Steps:
	def scrubbed(doctype: str) -> str:
		return doctype.lower().replace(" ", "-")

	yield from visit.compare(lambda doctype, name: get(f"/{scrubbed(doctype)}/{name}"))
	for doctype in visit.some(visit.world.doctypes, 1):
		yield get(f"/list/{doctype}")
		yield get(f"/{scrubbed(doctype)}")
		yield get("/list", doctype=doctype)


def _portal_list(visit: Visit) -> Steps:
	for doctype in (*visit.some(visit.world.doctypes, 2), "HD Ticket"):
		yield call("frappe.www.list.get", doctype=doctype)
		yield call("frappe.www.list.get_list_data", doctype=doctype, fields=["*"])


def _web_form(visit: Visit) -> Steps:
	form = yield from inserted(
		"Web Form", title=f"Proef {visit.turn}", route=f"proefformulier-{visit.turn}", doc_type="SV Report",
		module="Social Safety", published=1, login_required=0, anonymous=0, allow_edit=1, allow_multiple=1,
		show_list=1, apply_document_permissions=0, is_standard=0,
		web_form_fields=[{"fieldname": "desk", "fieldtype": "Link", "options": "SV Desk", "label": "x"}],
	)  # fmt: skip
	names = [form] if form else visit.world.facts["web_forms"][:1]
	for web_form in names:
		for _place, doctype, name in visit.documents("SV Report", seen=0):
			yield call("frappe.website.doctype.web_form.web_form.get_form_data", doctype=doctype, docname=name, web_form_name=web_form)  # fmt: skip
		yield call("frappe.website.doctype.web_form.web_form.get_link_options", web_form_name=web_form, doctype="SV Report", allow_read_on_all_link_options=1)  # fmt: skip
	if form:
		yield from removed("Web Form", form)


def _settings(visit: Visit) -> Steps:
	for doctype, field in (
		("SV Settings", "institution_name"),
		("SV Settings", "sealed_raised_by"),
		("HD Settings", "name"),
	):
		yield call("frappe.client.get_single_value", doctype=doctype, field=field)
	yield get("/api/resource/SV Settings/SV Settings")


def _metadata(visit: Visit) -> Steps:
	for doctype in visit.some(visit.world.doctypes, 2):
		yield call("frappe.desk.form.load.getdoctype", doctype=doctype, with_parent=1)
	yield call(
		"frappe.core.doctype.user.user.get_roles", uid="n.elamrani@uni.example", arg="n.elamrani@uni.example"
	)
	yield call("frappe.core.doctype.user.user.get_all_roles")
	yield get("/api/resource/DocType/SV Report")


def _metadata_v2(visit: Visit) -> Steps:
	for doctype in visit.some(visit.world.doctypes, 2):
		yield get(f"/api/v2/doctype/{doctype}/meta")


def _series(visit: Visit) -> Steps:
	yield call("run_doc_method", docs={"doctype": "Document Naming Settings", "name": "Document Naming Settings", "prefix": "SV-"}, method="get_current")  # fmt: skip
	yield get("/api/resource/Document Naming Rule", fields=["*"])


def _widen(visit: Visit) -> Steps:
	"""Gives the role that everybody has a right to our doctypes, then looks."""
	manager = "frappe.core.page.permission_manager.permission_manager"
	doctype = visit.some(visit.world.doctypes, 1)[0]
	role = "All"
	yield call(f"{manager}.get_permissions", doctype=doctype)
	yield call(f"{manager}.add", parent=doctype, role=role, permlevel=0)
	yield call(f"{manager}.update", doctype=doctype, role=role, permlevel=0, ptype="read", value=1)
	row = yield from inserted("Custom DocPerm", parent=doctype, role=role, permlevel=0, read=1)
	yield get(f"/api/resource/{doctype}", fields=["*"], limit_page_length=0)
	if row:
		yield from removed("Custom DocPerm", row)
	yield call(f"{manager}.reset", doctype=doctype)


def _own_role(visit: Visit) -> Steps:
	"""Gives oneself a role of ours and a desk, then looks."""
	user = visit.who.user
	yield Request("PUT", f"/api/resource/User/{user}", body={"roles": [{"role": "SV Coordinator"}]})
	# who leads a desk chooses its people; that one they leave alone
	desk = "phd_confidant" if "coordinator" in visit.who.key else "ccp"
	members = [{"user": user, "desk_role": "Coordinator"}]
	yield Request("PUT", f"/api/resource/SV Desk/{desk}", body={"members": members})
	yield call("frappe.client.insert", doc={"doctype": "Has Role", "parent": user, "parenttype": "User", "parentfield": "roles", "role": "SV Coordinator"})  # fmt: skip
	for doctype in ("SV Report", "SV Note"):
		yield get(f"/api/resource/{doctype}", fields=["*"], limit_page_length=0)


def _permitted_documents(visit: Visit) -> Steps:
	for doctype in visit.some(visit.world.doctypes, 2):
		yield call(
			"frappe.desk.query_report.run", report_name="Permitted Documents For User",
			filters={"user": "b.okafor@uni.example", "doctype": doctype, "show_permissions": 1},
		)  # fmt: skip


def _backups(visit: Visit) -> Steps:
	yield call("frappe.utils.backups.fetch_latest_backups")
	yield get("/app/backups")
	yield get("/backups/x.sql.gz")


def _customize(visit: Visit) -> Steps:
	doctype = visit.some(visit.world.doctypes, 1)[0]
	form = {"doctype": "Customize Form", "name": "Customize Form", "doc_type": doctype}
	yield call("run_doc_method", docs=form, method="fetch_to_customize")
	row = yield from inserted("Property Setter", doctype_or_field="DocType", doc_type=doctype, property="track_changes", property_type="Check", value="1")  # fmt: skip
	if row:
		yield from removed("Property Setter", row)


PUBLIC = "says nothing of a case to anybody"
SURFACES = (
	Surface("6.35", "routes", ORACLE, _routes, unproven=PUBLIC, echoes=True),
	Surface("6.35", "portal lists", READ, _portal_list),
	Surface("6.35", "web form", READ, _web_form, unproven="our documents have no web form", writes=True),
	Surface("6.37", "settings", READ, _settings, unproven=PUBLIC),
	Surface("6.38", "metadata", READ, _metadata, unproven=PUBLIC),
	Surface("6.38", "metadata by REST v2", READ, _metadata_v2, ("frappe.api.v2",), unproven=PUBLIC),
	Surface("6.39", "naming series", READ, _series, unproven="names of ours are no series"),
	Surface("6.41", "rights given by the permission manager", READ, _widen),
	Surface("6.41", "a role of ours given to oneself", READ, _own_role),
	Surface(
		"6.41",
		"permitted documents of somebody",
		READ,
		_permitted_documents,
		unproven="who may run it must see nothing",
	),
	Surface("6.41", "customize form", READ, _customize, unproven=PUBLIC),
	Surface("6.42", "backups", READ, _backups, unproven="encrypted texts; names of backups only"),
)
