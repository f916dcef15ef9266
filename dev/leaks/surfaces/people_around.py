"""What hangs around documents: comments, mails, tasks, shares, followers, tags, notifications, logs."""

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit
from dev.leaks.surfaces.attacks import inserted, removed

EMPTY = "the host keeps nothing of ours there"
# row -> doctypes of the host whose rows could tell of ours
LISTED = {
	"6.9": ("Version",),
	"6.10": ("Comment",),
	"6.11": ("Communication", "Communication Link"),
	"6.12": ("Activity Log", "View Log", "Access Log"),
	"6.13": ("ToDo", "Assignment Rule"),
	"6.14": ("DocShare",),
	"6.16": ("Notification Log",),
	"6.17": ("Document Follow",),
	"6.19": ("Email Queue", "Email Queue Recipient", "Unhandled Email"),
	"6.20": ("Notification", "Webhook", "Webhook Request Log", "Server Script", "Auto Repeat"),
	"6.21": ("Email Template", "Print Format", "Letter Head"),
	"6.29": ("Tag Link", "Tag"),
	"6.31": ("Deleted Document",),
	"6.32": ("Error Log", "Error Snapshot"),
	"6.33": ("RQ Job", "RQ Worker", "Scheduled Job Log", "Submission Queue", "Integration Request"),
	"6.41": ("User Permission", "Custom DocPerm", "Property Setter"),
	"6.43": ("Event", "Reminder", "Milestone", "Energy Point Log", "Route History"),
	"L-04": ("HD Ticket Comment", "HD Notification", "HD Ticket Activity"),
	"L-05": ("Contact",),
	"L-23": ("HD Ticket",),
}
# what attackers typed stands there
ECHOES = {
	*(
		"Comment",
		"ToDo",
		"Access Log",
		"Deleted Document",
		"Tag Link",
		"Version",
		"Error Log",
		"Route History",
	),
	*(
		"Activity Log",
		"View Log",
		"Notification Log",
		"DocShare",
		"Document Follow",
		"Communication",
		"Email Queue",
	),
	*("Energy Point Log", "Scheduled Job Log", "RQ Job", "File"),
}
NO_TABLE = ("RQ Job", "RQ Worker")
NOTHING_THERE = {
	*("View Log", "Access Log", "Assignment Rule", "DocShare", "Document Follow", "Email Queue Recipient"),
	*("Unhandled Email", "Notification", "Webhook", "Webhook Request Log", "Server Script", "Auto Repeat"),
	*(
		"Email Template",
		"Print Format",
		"Letter Head",
		"Error Snapshot",
		"RQ Job",
		"RQ Worker",
		"Scheduled Job Log",
	),
	*("Submission Queue", "Integration Request", "User Permission", "Custom DocPerm", "Property Setter"),
	*("Event", "Reminder", "Milestone", "Energy Point Log", "Route History", "HD Notification"),
	*("HD Ticket Activity", "Activity Log", "Communication Link", "Email Queue"),
}


def _listed(doctype: str):
	def steps(visit: Visit) -> Steps:
		yield get(f"/api/resource/{doctype}", fields=["*"], filters=[], limit_page_length=0)
		# the host asks for no right to what isn't in its database
		if visit.turn % 5 == 0 or doctype in NO_TABLE:
			rows = {"fields": ["*"], "filters": [], "page_length": 1000}
			yield call("frappe.desk.reportview.get", doctype=doctype, **rows)

	return steps


def _communications(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return call("frappe.desk.form.load.get_communications", doctype=doctype, name=name)

	yield from visit.compare(ask)
	for contact in visit.world.facts["contacts"]:
		yield ask("Contact", contact)
		yield get("/api/method/frappe.desk.form.load.getdoc", doctype="Contact", name=contact)


def _relink(visit: Visit) -> Steps:
	own = yield from inserted("ToDo", description="x")
	for name in visit.some(visit.world.facts["communications"], 1):
		if own:
			yield call("frappe.email.relink", name=name, reference_doctype="ToDo", reference_name=own)
			yield call("frappe.desk.form.load.get_communications", doctype="ToDo", name=own)
	yield from removed("ToDo", own)


def _version_diff(visit: Visit) -> Steps:
	yield call("frappe.utils.diff.version_query", doctype="Version", txt="", searchfield="name", start=0, page_len=100, filters={"docname": ["like", "%"], "ref_doctype": "SV Report"})  # fmt: skip
	for version in visit.some(visit.world.facts["versions"], 1):
		yield get(f"/api/resource/Version/{version}")


def _assign(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return call(
			"frappe.desk.form.assign_to.add", doctype=doctype, name=name, assign_to=[visit.who.user],
			description="x",
		)  # fmt: skip

	yield from visit.compare(ask, seen=0)


def _share(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return call("frappe.share.add", doctype=doctype, name=name, user=visit.who.user, read=1)

	for comparison in visit.compare(ask, seen=0):
		yield comparison
		yield get(f"/api/resource/{comparison.existing.form['doctype']}/{comparison.value}")


def _share_by_staff(visit: Visit) -> Steps:
	"""Staff hand a case of theirs to an outsider, who then looks."""
	for _place, doctype, name in visit.documents(hidden=0):
		outsider = "s.kuiper@uni.example"
		yield call("frappe.share.add", doctype=doctype, name=name, user=outsider, read=1)
		yield call("frappe.desk.form.assign_to.add", doctype=doctype, name=name, assign_to=[outsider])
	for doctype in visit.some(visit.world.doctypes, 2):
		yield get(f"/api/resource/{doctype}", fields=["*"], limit_page_length=0)


def _share_users(visit: Visit) -> Steps:
	yield from visit.compare(lambda doctype, name: call("frappe.share.get_users", doctype=doctype, name=name))


def _share_row(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents(seen=0):
		row = yield from inserted(
			"DocShare", share_doctype=doctype, share_name=name, user=visit.who.user, read=1
		)
		yield get(f"/api/resource/{doctype}", fields=["*"], limit_page_length=0)
		if row:
			yield get(f"/api/resource/{doctype}/{name}")
			yield from removed("DocShare", row)


def _follow(visit: Visit) -> Steps:
	follow = "frappe.desk.form.document_follow"
	yield from visit.compare(
		lambda doctype, name: call(f"{follow}.update_follow", doctype=doctype, doc_name=name, following=1),
		seen=0,
	)
	yield from visit.compare(
		lambda doctype, name: call(
			f"{follow}.follow_document", doctype=doctype, doc_name=name, user=visit.who.user
		),
		seen=0,
	)
	yield from visit.compare(
		lambda doctype, name: call(f"{follow}.get_follow_users", doctype=doctype, doc_name=name), seen=0
	)
	yield get("/api/resource/Document Follow", fields=["*"], limit_page_length=0)


def _tags(visit: Visit) -> Steps:
	tag = "frappe.desk.doctype.tag.tag"
	yield from visit.compare(
		lambda doctype, name: call(f"{tag}.add_tag", tag="proef", dt=doctype, dn=name), seen=0
	)
	yield call(f"{tag}.get_documents_for_tag", tag="proef")
	for doctype in visit.some(["SV Report", "HD Ticket"], 1):
		yield call(f"{tag}.get_tagged_docs", doctype=doctype, tag="%")
		yield call(f"{tag}.get_tags", doctype=doctype, txt="")
	yield call(f"{tag}.get_tags_list_for_awesomebar")


def _tag_row(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents(seen=0):
		row = yield from inserted("Tag Link", document_type=doctype, document_name=name, tag="proef")
		if row:
			yield get(f"/api/resource/Tag Link/{row}")
			yield from removed("Tag Link", row)


def _likes(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call("frappe.desk.like.toggle_like", doctype=doctype, name=name, add="Yes"),
		seen=0,
	)


def _comments(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call(
			"frappe.desk.form.utils.add_comment", reference_doctype=doctype, reference_name=name, content="x",
			comment_email=visit.who.user, comment_by="x",
		), seen=0,
	)  # fmt: skip


def _notifications(visit: Visit) -> Steps:
	yield call("frappe.desk.doctype.notification_log.notification_log.get_notification_logs", limit=100)
	for name in visit.some(visit.world.facts["notification_logs"], 1):
		yield get(f"/api/resource/Notification Log/{name}")
		yield call("frappe.client.get", doctype="Notification Log", name=name)


def _restore(visit: Visit) -> Steps:
	for name in visit.some(visit.world.facts["deleted_documents"], 2):
		yield get(f"/api/resource/Deleted Document/{name}")


WRITES = "a case is not written to this way by anybody"
SURFACES = (
	*(
		Surface(
			row,
			f"{doctype} list",
			READ,
			_listed(doctype),
			(f"DocType:{doctype}",),
			unproven=EMPTY if doctype in NOTHING_THERE else "",
			echoes=doctype in ECHOES,
		)
		for row, doctypes in LISTED.items()
		for doctype in doctypes
	),
	Surface("6.11", "timeline of a contact", ORACLE, _communications, unproven=""),
	Surface("6.11", "relink of a mail", READ, _relink, writes=True),
	Surface("6.9", "versions and their differences", READ, _version_diff, echoes=True),
	Surface("6.13", "assign_to.add", ORACLE, _assign, unproven=WRITES, writes=True),
	Surface("6.14", "share.add", ORACLE, _share, unproven=WRITES, writes=True),
	Surface("6.14", "cases that staff shared with an outsider", READ, _share_by_staff, writes=True),
	Surface("6.14", "share.get_users", ORACLE, _share_users),
	Surface("6.14", "own DocShare row", READ, _share_row, writes=True),
	Surface("6.17", "document follow", ORACLE, _follow, unproven=WRITES, writes=True),
	Surface("6.29", "tags", ORACLE, _tags, echoes=True, unproven=WRITES, writes=True),
	Surface("6.29", "own Tag Link row", READ, _tag_row, unproven=WRITES, writes=True),
	Surface("6.30", "likes", ORACLE, _likes, unproven=WRITES, writes=True),
	Surface("6.30", "comments written", ORACLE, _comments, unproven=WRITES, writes=True),
	Surface("6.16", "notification logs by name", READ, _notifications),
	Surface("6.31", "deleted documents by name", READ, _restore, echoes=True),
)
