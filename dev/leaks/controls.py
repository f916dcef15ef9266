"""Each wall and guard taken away once: without it something must leak, or the walk is blind there."""

from dataclasses import dataclass

from dev.leaks.people import IDENTITIES
from dev.leaks.surface import Surface
from dev.leaks.walk import Leak, Walk
from dev.leaks.world import World

APPLICATION = "leak_controls.application:application"
HEADER = "X-Leak-Control"
# what is asked for takes turns
ROUNDS = 4
LISTS = ("6.1 REST v1 list", "6.1 client.get_list")
FORMS = ("6.3 form load", "6.3 REST v1 document")
FINDERS = ("portal user", "system manager", "it agent", "adviser")
# functions that only these get to
FINDERS_AT = {"helpdesk.api.dashboard.get_dashboard_data": ("agent manager",)}
# rows that somebody gets at by name, where a list shows one's own only
BY_NAME = {"Notification Log": ("6.16 notification logs by name",)}
NEEDLESS_HERE = "needless here"
# guards that hold nothing here: where the host wouldn't leak without them, that is no fault of the walk
NEEDLESS = {
	"door=frappe.desk.query_report.run": "no result of a report about ours is kept",
	"door=frappe.desk.query_report.export_query": "no result of a report about ours is kept",
	"door=frappe.desk.treeview.get_all_nodes": "every function it could lead to has a guard of its own",
	**{
		f"door=frappe.core.page.permission_manager.permission_manager.{function}": "a right of a role opens no row"
		for function in ("add", "reset", "update")
	},
	"door=frappe.client.get_password": "documents of ours have no password",
	"door=frappe.desk.form.assign_to.close": "from Frappe 15.55 on it says the same of everything",
	"door=frappe.desk.form.assign_to.remove_multiple": "from Frappe 15.55 on it says the same of everything",
	"door=frappe.desk.search.get_link_title": "titles instead of names are shown only where a doctype says so",
	"replacement=frappe.desk.query_report.get_data_for_custom_field": "Frappe 16 asks for the rights itself",
	"door=frappe.desk.form.assign_to.remove": "without an assignment it says the same of everything",
	"door=frappe.desk.form.document_follow.follow_document": "follows nothing without track_changes",
	"door=frappe.desk.form.document_follow.unfollow_document": "says the same of everything",
	"door=frappe.desk.form.document_follow.update_follow": "follows nothing without track_changes",
	"door=frappe.desk.form.document_follow.get_follow_users": "nobody follows anything of ours",
	"door=frappe.desk.form.linked_with.get_submitted_linked_docs": "nothing of ours is submitted",
	"door=frappe.desk.link_preview.get_preview_data": "no doctype of ours or ticket has a preview",
	"door=helpdesk.helpdesk.doctype.hd_ticket.api.split_ticket": "the mail it writes on the sealed ticket is refused",
	"door=frappe.templates.includes.likes.likes.like": "the comment it writes is refused",
}
SWEEP = "6.40 any function with a doctype and a name"


@dataclass(frozen=True)
class Control:
	"""One wall.

	Attributes:
		wall: function of tests/leak_controls/walls.py, with "=argument" where it takes one.
		surfaces: beginnings of ids of the surfaces concerned.
		people: keys of those who find something there without the wall, in the order in which they come.
		besides: walls that are down before, because they would hold the same thing.
		only: function of the host to ask alone at these surfaces.
		about: part of the places where something leaks; elsewhere it counts for another control.
	"""

	wall: str
	surfaces: tuple[str, ...]
	people: tuple[str, ...]
	besides: tuple[str, ...] = ()
	only: str = ""
	about: str = ""


WALLS = (
	Control("row_rules", LISTS, ("adviser", "accused ccp staff")),
	Control("document_rule", FORMS, ("adviser", "accused ccp staff")),
	Control("roles_of_doctypes", LISTS, ("it agent", "portal user"), ("row_rules",)),
	Control("denied_list", (*LISTS, *FORMS), ("accused ccp staff", "accused coordinator")),
	Control("open_consent", LISTS, ("ombuds officer",)),
	Control("end_of_grants", LISTS, ("grant expired",)),
	Control("content", FORMS, ("administrator",)),
	Control("desks", LISTS, ("left the desk",)),
	Control("handlers_only", LISTS, ("adviser",)),
	Control("accepted_seats", LISTS, ("seat not accepted",)),
	Control("accused_only", LISTS, ("companion",)),
	Control("encryption", ("6.1 texts written today",), ("ccp staff", "administrator")),
	Control("sealed_tickets", LISTS, ("it agent", "system manager")),
	Control(
		"writing_on_tickets",
		("L-04 words written on a sealed ticket",),
		("ccp staff", "it agent"),
		("hooks_of=guards.rows.",),
		about="/written/",
	),
	Control(
		"events_of=HD Saved Reply",
		("L-01 saved reply with a program",),
		("it agent",),
		("door=helpdesk.api.saved_replies.get_rendered_saved_reply",),
	),
	Control(
		"events_of=Webhook",
		("6.20 own webhook",),
		("system manager",),
		("door=frappe.handler.run_doc_method",),
	),
	Control("jobs_without_words", ("6.33 RQ Job list",), ("portal user", "system manager")),
	Control(
		"clocks_in_sight",
		("ours whitelisted functions about what exists or not",),
		("adviser", "system manager"),
		only="sv_helpdesk.deadlines.sight.of",
	),
	Control("door_guard", ("L-09", "L-06"), ("adviser", "it agent")),
)


NO_OTHER = ("roles_of_doctypes", "row_rules", "document_rule")
# walls that would hold the same thing as a guard
BESIDES = {
	"frappe.core.doctype.data_export.exporter.export_data": NO_OTHER,
	"frappe.core.doctype.data_import.data_import.download_template": NO_OTHER,
}


def all_controls(world: World, surfaces: list[Surface], paths: dict[str, set[str]]) -> list[Control]:
	"""The walls, and each guard of one function or one doctype of the host that is walked here.

	Args:
		world: what was planted.
		surfaces: all that the site has.
		paths: path of a request -> ids of surfaces where the walk sent it.
	"""
	replaced = world.facts["replaced"]
	plain = [function for function in world.facts["guarded_doors"] if function not in replaced]
	walked = {function[0] for function in world.facts["about_documents"]}
	lists = {s.title.removesuffix(" list"): s.id for s in surfaces if s.title.endswith(" list")}
	return [
		*(wall for wall in WALLS if any(surface.id.startswith(wall.surfaces) for surface in surfaces)),
		*(
			Control(f"rows_of={doctype}", (lists[doctype], *BY_NAME.get(doctype, ())), FINDERS)
			for doctype in world.facts["guarded_rows"]
			if doctype in lists and doctype != "HD Ticket"
		),
		*(
			Control(
				f"{wall}={function}",
				(SWEEP, *asked),
				FINDERS_AT.get(function, FINDERS[1:]),
				BESIDES.get(function, ()),
				only=function,
			)
			for wall, functions in (("door", plain), ("replacement", replaced))
			for function in functions
			if (asked := sorted(paths.get(f"/api/method/{function}", ()))) or function in walked
		),
	]


class Controls:
	"""Runs controls against a planted site."""

	def __init__(self, world: World, sessions: dict, surfaces: list[Surface]):
		"""Prepare them.

		Args:
			world: what was planted; its address is that of the server that knows the walls.
			sessions: identity key -> requests.Session.
			surfaces: all that the site has.
		"""
		self.world, self.sessions, self.surfaces = world, sessions, surfaces

	def fault(self, control: Control) -> str:
		"""Why a control isn't caught, or "": with the wall nothing leaks, without it something does."""
		surfaces = [s for s in self.surfaces if s.id.startswith(control.surfaces)]
		if not surfaces:
			return "none of its surfaces exists here"
		before, _answers = self._leaks(control, surfaces, control.besides)
		if before:
			return f"leaks with the wall, too: {before[0]}"
		for turn in range(ROUNDS):
			leaks, answers = self._leaks(control, surfaces, (*control.besides, control.wall), turn)
			if leaks:
				return ""
		return NEEDLESS_HERE if control.wall in NEEDLESS else f"nothing leaks without it ({answers})"

	def _leaks(
		self, control: Control, surfaces: list[Surface], walls: tuple[str, ...], turn: int = 0
	) -> tuple[list[Leak], dict]:
		people = {who.key: who for who in IDENTITIES}
		walk = Walk(self.world, self.sessions, {HEADER: "; ".join(walls)}, turn, control.only)
		for key in control.people:
			walk.go(surfaces, (people[key],))
		leaks = [leak for leak in walk.outcome.leaks.values() if control.about in leak.place]
		return leaks, {surface: dict(answers) for surface, answers in walk.outcome.statuses.items()}
