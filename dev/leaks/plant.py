"""Plants a whole site: institution, people, cases, mails, the host's own documents."""

import frappe
from frappe.model.base_document import get_controller

from dev.institution import PASSWORD, TEAM, make_people
from dev.leaks.people import ACCUSED, ADMINISTRATOR, NEWCOMERS, USERS
from dev.leaks.plant_cases import plant_cases
from dev.leaks.plant_host import plant_host, plant_leftovers
from dev.leaks.plant_mails import Post, jobs_at_once, plant_mails
from dev.leaks.planter import Planter
from dev.leaks.world import World

# fields that can't hold a canary, with the reason
WITHOUT = {("SV Party", "account"): "must be a user id, and the site's user list shows those"}
API_SECRET = "een-geheim-van-de-proef"


def plant(admin_password: str, post: Post) -> World:
	"""Plant everything into the connected site, which holds no cases yet, and commit.

	Args:
		admin_password: what Administrator logs in with on this site.
		post: the institution's mail servers.

	Raises:
		RuntimeError: an encrypted field of some document has no canary in it.
	"""
	planter = Planter()
	_newcomers()
	plant_mails(planter, post)
	plant_cases(planter)
	frappe.db.commit()
	plant_host(planter)
	plant_leftovers(planter)
	_open_reporting_page()
	_check_complete(planter)
	world = World(
		base_url="",
		registry=planter.registry,
		documents=planter.documents,
		doctypes=_doctypes(istable=0),
		tables=_tables(),
		passwords={**dict.fromkeys(USERS.values(), PASSWORD), USERS[ADMINISTRATOR]: admin_password},
		api_key=_api_key(USERS["system manager"]),
	)
	frappe.db.commit()
	frappe.clear_cache()
	return world


def _newcomers() -> None:
	with jobs_at_once():
		make_people((*NEWCOMERS, *ACCUSED))
	for person in (*NEWCOMERS, *ACCUSED):
		if person.desk:
			desk = frappe.get_doc("SV Desk", person.desk)
			desk.append("members", {"user": person.user, "desk_role": person.desk_role})
			desk.save()
	team = frappe.get_doc("HD Team", TEAM)
	team.append("users", {"user": USERS["agent of the team"]})
	team.save()
	frappe.db.commit()


def _open_reporting_page() -> None:
	frappe.db.set_value("SV Desk", {"enabled": 1}, "takes_reports", 1)
	frappe.db.set_single_value("SV Settings", "reporting_page", 1)


def _doctypes(istable: int) -> list[str]:
	filters = {"module": "Social Safety", "istable": istable, "issingle": 0}
	return frappe.get_all("DocType", filters=filters, pluck="name", order_by="name asc")


def _tables() -> dict[str, tuple[str, list[str]]]:
	found = {}
	for doctype in _doctypes(istable=0):
		for field in frappe.get_meta(doctype).get_table_fields():
			found[field.options] = (doctype, frappe.get_meta(field.options).get_valid_columns()[8:])
	return found


def _api_key(user: str) -> str:
	doc = frappe.get_doc("User", user)
	doc.api_key, doc.api_secret = "sleutel-van-de-proef", API_SECRET
	doc.save()
	return f"{doc.api_key}:{API_SECRET}"


def _check_complete(planter: Planter) -> None:
	"""A new doctype or field must not go unwatched."""
	planted = {tuple(canary.place.split("/")[1::2]) for canary in planter.registry.canaries.values()}
	missing = []
	for doctype in _doctypes(istable=0):
		controller = get_controller(doctype)
		for fieldname in getattr(controller, "SEALED_FIELDS", ()):
			if (doctype, fieldname) not in planted and (doctype, fieldname) not in WITHOUT:
				missing.append(f"{doctype}.{fieldname}")
	if missing:
		raise RuntimeError(f"No canary was planted in {', '.join(missing)}; see dev/leaks/plant_cases.py.")
