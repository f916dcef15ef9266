"""Searching, links and titles."""

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit


def _words(visit: Visit) -> list[str]:
	"""What somebody would type: a case number, words of our texts, the ordinary ticket's subject."""
	numbers = [c.text for c in visit.world.registry.canaries.values() if c.place.endswith("/case_number")]
	host = [c.text for c in visit.world.registry.canaries.values() if c.place.endswith("by mail/subject")]
	secrets = [c.text for c in visit.world.registry.of_kind("secret")]
	return visit.some([*visit.some(numbers, 1), *host[:1], *visit.some(secrets, 1), "social safety"], 2)


def _global_search(visit: Visit) -> Steps:
	for word in _words(visit):
		yield call("frappe.utils.global_search.search", text=word)
		yield call("frappe.utils.global_search.search", text=word, doctype="HD Ticket")
	yield call("frappe.utils.global_search.search", text="a", doctype="SV Report")


def _web_search(visit: Visit) -> Steps:
	for word in _words(visit)[:2]:
		yield get("/api/method/frappe.utils.global_search.web_search", text=word)
		yield get("/search", q=word)


def _link_search(function: str, **more):
	def steps(visit: Visit) -> Steps:
		for doctype in (*visit.some(visit.world.doctypes, 1), "HD Ticket"):
			yield call(f"frappe.desk.search.{function}", doctype=doctype, txt="", page_length=100, **more)

	return steps


def _filter_fields(visit: Visit) -> Steps:
	wanted = {
		"SV Report": ["case_number", "status"],
		"SV Decision Table": ["table_number"],
		"HD Ticket": ["subject"],
	}
	for doctype, fields in visit.some([*wanted.items()], 1):
		yield call(
			"frappe.desk.search.search_widget", doctype=doctype, txt="", page_length=100,
			ignore_user_permissions=1, filter_fields=fields, as_dict=1, searchfield=fields[0],
		)  # fmt: skip


def _queries(visit: Visit) -> Steps:
	"""A link field may name any whitelisted function as its query."""
	for query in (
		"frappe.core.doctype.user.user.user_query",
		"frappe.desk.reportview.get",
		"frappe.client.get_list",
		"frappe.desk.search.get_names_for_mentions",
	):
		yield call("frappe.desk.search.search_link", doctype="SV Report", txt="", query=query)


def _validate_link(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call(
			"frappe.client.validate_link", doctype=doctype, docname=name, fields=["owner"]
		)
	)


def _link_title(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call("frappe.desk.search.get_link_title", doctype=doctype, docname=name),
		hidden=2,
	)
	for ticket in visit.tickets():
		yield call("frappe.desk.search.get_link_title", doctype="HD Ticket", docname=ticket)


def _preview(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return call("frappe.desk.link_preview.get_preview_data", doctype=doctype, docname=name)

	yield from visit.compare(ask)
	for ticket in visit.tickets():
		yield ask("HD Ticket", ticket)


def _tree(visit: Visit) -> Steps:
	for doctype in ("SV Report", "SV Note", "SV Unit"):
		yield call("frappe.desk.treeview.get_children", doctype=doctype)
		yield call(
			"frappe.desk.treeview.get_all_nodes", doctype=doctype, label="x", parent="",
			tree_method="frappe.desk.treeview.get_children",
		)  # fmt: skip


NO_PREVIEW = "our documents have no preview and no title beside their name"
SURFACES = (
	Surface(
		"6.26", "global search", READ, _global_search, unproven="nothing of ours is in it, nor of HD Ticket"
	),
	Surface("6.35", "search of the website", READ, _web_search, unproven="nothing of ours is published"),
	Surface("6.28", "search_link", READ, _link_search("search_link")),
	Surface("6.28", "search_widget", READ, _link_search("search_widget", as_dict=1)),
	Surface(
		"L-06",
		"search_link past user permissions",
		READ,
		_link_search("search_link", ignore_user_permissions=1),
	),
	Surface("L-06", "search_widget with filter fields", READ, _filter_fields),
	Surface(
		"6.28", "search_link with a function as query", READ, _queries, unproven="asks for what isn't there"
	),
	Surface("6.28", "validate_link", ORACLE, _validate_link),
	Surface("L-09", "get_link_title", ORACLE, _link_title, unproven=NO_PREVIEW),
	Surface("6.28", "link preview", ORACLE, _preview, unproven=NO_PREVIEW),
	Surface("6.43", "tree", READ, _tree, unproven="only SV Unit is a tree"),
)
