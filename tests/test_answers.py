"""What goes with the answers our people get, and what somebody who isn't logged in can reach."""

import ast
import json
from pathlib import Path

import pytest
from people import PASSWORD, make_desk_without_mail, make_person
from second_factor_helpers import an_address

import frappe

from sv_helpdesk import hooks
from sv_helpdesk.crypto import files
from sv_helpdesk.sessions.boot import extend_bootinfo
from sv_helpdesk.test_utils import make_message, make_report

pytestmark = pytest.mark.commits

PACKAGE = Path(__file__).parents[1] / "sv_helpdesk"
DESK = "answers_desk"
# whitelisted functions of ours that a guest may call, and the pages that show a guest anything
FOR_GUESTS: set[str] = set()
# functions that a guest can't call, but somebody who only has a password can try again and again
LIMITED = {f"sv_helpdesk.sessions.api.{name}" for name in ("begin", "confirm", "enter", "invite", "reset")}


@pytest.fixture(scope="module")
def case():
	"""A case with a message and a file, at the desk of Els."""
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	make_person("els", "SV CCP Staff", desk=DESK)
	make_person("it_man", "System Manager")
	report = make_report(desk=DESK)
	attachment = frappe.new_doc("SV Attachment")
	attachment.update(
		{"report": report.name, "message": make_message(report.name).name, "original_name": "zz.txt"}
	)
	attachment.set_new_name()
	attachment.flags.name_set = True
	attachment.file = files.store(b"ZZFILE", report.name, "SV Attachment", attachment.name)
	attachment.insert()
	frappe.db.commit()
	report.attachment = attachment.name
	return report


def asked(case) -> dict[str, tuple[str, str, dict]]:
	"""Return the ways in which the answers about a case leave the server."""
	return {
		"page": ("get", "/second-factor", {}),
		"desk": ("get", f"/app/sv-report/{case.name}", {}),
		"document": ("get", f"/api/resource/SV Report/{case.name}", {}),
		"list": ("get", "/api/resource/SV Report", {}),
		"form": ("get", f"/api/method/frappe.desk.form.load.getdoc?doctype=SV Report&name={case.name}", {}),
		"search": (
			"post",
			"/api/method/frappe.desk.search.search_link",
			{"doctype": "SV Category", "txt": ""},
		),
		"dialogue": ("post", "/api/method/sv_helpdesk.helpdesk.conversation.of_case", {"report": case.name}),
		"file": (
			"post",
			"/api/method/sv_helpdesk.helpdesk.conversation.open_attachment",
			{"name": case.attachment},
		),
		"no name of ours in it": (
			"get",
			"/api/method/frappe.desk.form.utils.get_next?doctype=ToDo&value=x&prev=0",
			{},
		),
		"refusal": ("get", "/api/resource/SV Report/not-there", {}),
	}


@pytest.mark.parametrize("way", list(asked(frappe._dict(name="", attachment=""))))
def test_nothing_of_an_answer_to_our_people_stays_in_a_browser(web, case, way):
	method, path, values = asked(case)[way]
	answer = getattr(web.login("els@uni.example", PASSWORD), method)(
		web.base_url + path, **({"json": values} if values else {})
	)
	assert answer.headers["Cache-Control"] == "no-store"
	assert answer.headers["Referrer-Policy"] == "no-referrer"
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	if way == "file":
		assert answer.content == b"ZZFILE"


def test_a_refusal_to_somebody_else_stays_nowhere_either(web, case):
	answer = web.login("it_man@uni.example", PASSWORD).get(
		f"{web.base_url}/api/resource/SV Report/{case.name}"
	)
	assert answer.status_code == 403 and answer.headers["Cache-Control"] == "no-store"


def test_answers_to_others_are_the_hosts_business(web, case):
	answer = web.login("it_man@uni.example", PASSWORD).get(f"{web.base_url}/api/resource/ToDo")
	assert "Referrer-Policy" not in answer.headers


def test_our_scripts_keep_nothing_in_the_browser():
	for script in sorted(PACKAGE.rglob("*.js")):
		text = script.read_text()
		for store in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.open"):
			assert store not in text, (script.name, store)


def test_no_script_of_ours_leaves_its_page_for_a_file():
	# a refusal would be a page of code, and what was typed is lost
	leaving = [script.name for script in PACKAGE.rglob("*.js") if "open_url_post" in script.read_text()]
	assert leaving == [], "use sv_helpdesk.download"


def test_the_desk_of_our_people_tells_no_service_elsewhere_what_they_open(web, case):
	settings = {
		"posthog_host": "https://telemetry.invalid",
		"posthog_project_id": "zz",
		"enable_telemetry": 1,
	}
	for user, told in (("els@uni.example", False), ("it_man@uni.example", True)):
		frappe.set_user(user)
		bootinfo = frappe._dict(settings)
		extend_bootinfo(bootinfo)
		assert bool(bootinfo.enable_telemetry and bootinfo.posthog_host) is told


def whitelisted() -> dict[str, ast.FunctionDef]:
	"""Return the whitelisted functions and methods in our files, by dotted path."""
	found = {}
	for file in sorted(PACKAGE.rglob("*.py")):
		module = ".".join(("sv_helpdesk", *file.relative_to(PACKAGE).with_suffix("").parts))
		for node in ast.walk(ast.parse(file.read_text())):
			if isinstance(node, ast.FunctionDef) and any(
				"whitelist" in ast.dump(d) for d in node.decorator_list
			):
				found[f"{module}.{node.name}"] = node
	return found


def test_guests_call_what_is_listed_and_each_has_a_limit():
	open_to_guests = {
		path
		for path, node in whitelisted().items()
		if any("allow_guest" in ast.dump(decorator) for decorator in node.decorator_list)
	}
	assert open_to_guests == FOR_GUESTS
	for path in open_to_guests | LIMITED:
		assert "rate_limit" in "".join(map(ast.dump, whitelisted()[path].decorator_list)), path


def test_what_writes_or_shows_content_is_post_only():
	"""A link in a mail must not do anything, and no case stands in an address (ASVS 14.2.1).

	What stands in for a function of the host is called as the host's is, and does what it does.
	"""
	for path, node in whitelisted().items():
		words = "".join(map(ast.dump, node.decorator_list))
		assert "'POST'" in words or path in hooks.override_whitelisted_methods.values(), path


def test_a_guest_gets_nothing_of_ours(web, case):
	guest = web.guest()
	for path in whitelisted():
		answer = guest.post(f"{web.base_url}/api/method/{path}", json={})
		# a method of a document is no function, so there is nothing to call: 417
		assert answer.status_code in (403, 417), path
		assert case.name not in answer.text
	for doctype in frappe.get_all(
		"DocType", filters={"module": "Social Safety"}, pluck="name", order_by="name asc"
	):
		answer = guest.get(f"{web.base_url}/api/resource/{doctype}?fields={json.dumps(['*'])}")
		assert answer.status_code in (401, 403), doctype


def test_whoever_tries_again_and_again_is_stopped(web, case):
	session = web.login("els@uni.example", PASSWORD)
	session.headers["X-Forwarded-For"] = an_address()
	call = f"{web.base_url}/api/method/sv_helpdesk.sessions.api.enter"
	codes = [session.post(call, json={"code": "000000"}).status_code for _try in range(61)]
	assert codes[0] == 200 and codes[-1] in (417, 429) and codes.index(codes[-1]) == 60
