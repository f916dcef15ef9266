"""The way it goes: one asks, another approves, the first does exactly that once; and IT's own work goes on."""

import pytest
from attack_helpers import (
	COORDINATOR,
	DESK,
	MANAGER,
	OFFICER,
	STRANGER,
	VICTIM,
	Hands,
	forget,
	make_people,
	rows,
	traces,
)
from people import PASSWORD, make_person

import frappe
from frappe.utils.password import update_password

pytestmark = pytest.mark.commits
APPROVE = "sv_helpdesk.two_persons.decide.approve"
BOARD = [{"doctype": "Has Role", "role": "SV Board"}]
SCRIPT = {"dt": "ToDo", "view": "Form", "enabled": 1, "script": "frappe.ui.form.on('ToDo', {});"}


@pytest.fixture(scope="module", autouse=True)
def people():
	frappe.set_user("Administrator")
	make_people()
	forget()
	yield
	frappe.db.delete("Has Role", {"parent": STRANGER, "role": ["like", "SV %"]})
	frappe.db.delete("Client Script", {"dt": "ToDo"})
	frappe.db.commit()
	frappe.clear_cache()


@pytest.fixture(scope="module")
def manager(web, people):
	return Hands(web, MANAGER)


@pytest.fixture(scope="module")
def coordinator(web, people):
	return Hands(web, COORDINATOR)


def asked(kind: str) -> str:
	"""The one thing of this kind that was asked last."""
	frappe.db.rollback()
	return frappe.get_last_doc(
		"SV Approval", {"kind": kind, "status": "Asked"}, order_by="asked_at desc"
	).name


def reported(kind: str, name: str) -> int:
	frappe.db.rollback()
	return frappe.db.count(
		"SV Approval", {"kind": kind, "status": "Reported", "target_name": name, "asked_by": MANAGER}
	)


def test_a_role_that_a_second_person_approves_is_given_once_with_new_ways_in(web, manager, coordinator):
	assert manager.change("User", STRANGER, roles=BOARD).status_code == 403
	name = asked("Role")
	assert manager.call(APPROVE, name=name).status_code == 403
	assert coordinator.call(APPROVE, name=name).ok
	answer = manager.change("User", STRANGER, roles=BOARD)
	assert answer.ok, answer.text
	assert rows("Has Role", ["role"], parent=STRANGER, role="SV Board")
	assert frappe.db.get_value("SV Approval", name, "status") == "Used"
	# IT had made the account and knew its password
	with pytest.raises(RuntimeError):
		web.login(STRANGER, PASSWORD)
	assert manager.change("User", STRANGER, roles=[]).ok
	assert reported("Role removed", STRANGER)
	assert manager.change("User", STRANGER, roles=BOARD).status_code == 403


def test_a_script_that_was_approved_can_not_be_swapped(manager, coordinator):
	assert manager.create("Client Script", name="Tasks", **SCRIPT).status_code == 403
	name = asked("Script")
	shown = coordinator.session.get(f"{coordinator.base}/api/resource/SV Approval/{name}").json()["data"]
	assert SCRIPT["script"] in shown["proposal"]
	assert coordinator.call(APPROVE, name=name).ok
	other = {**SCRIPT, "script": SCRIPT["script"] + "alert(1)"}
	assert manager.create("Client Script", name="Tasks", **other).status_code == 403
	assert manager.create("Client Script", name="Tasks", **SCRIPT).ok
	assert manager.change("Client Script", "Tasks", **other).status_code == 403
	assert manager.change("Client Script", "Tasks", dt="User").status_code == 403
	assert manager.change("Client Script", "Tasks", enabled=0).ok
	assert manager.change("Client Script", "Tasks", enabled=1).status_code == 403
	assert manager.delete("Client Script", "Tasks").ok
	assert manager.create("Client Script", name="Tasks", **SCRIPT).status_code == 403


def test_closing_an_account_and_settings_of_the_login_are_free_and_told(manager):
	user = make_person("leaver", "SV CCP Staff")
	frappe.db.commit()
	assert manager.change("User", user, enabled=0).ok
	assert reported("Account closed", user)
	assert manager.change("User", user, enabled=1).status_code == 403
	expiry = {"session_expiry": "05:00"}
	assert manager.change("System Settings", "System Settings", **expiry).ok
	assert reported("Authentication settings", "System Settings")


def test_what_a_job_does_takes_two_persons_too(worker):
	forget()
	known = traces("Administrator")
	row = {
		"doctype": "Has Role",
		"parent": STRANGER,
		"parenttype": "User",
		"parentfield": "roles",
		"role": "SV Board",
	}
	frappe.enqueue("frappe.client.insert", queue="long", doc=row)
	frappe.db.commit()
	worker()
	frappe.db.rollback()
	assert not rows("Has Role", ["role"], parent=STRANGER, role="SV Board")
	assert traces("Administrator") - known


def test_a_manager_reads_no_token_and_no_mail_of_our_people(manager):
	token = frappe.get_doc(
		{
			"doctype": "OAuth Bearer Token",
			"user": VICTIM,
			"access_token": "canary-token",
			"scopes": "all",
			"expires_in": 99,
		}
	)
	token.db_insert()
	mail = frappe.get_doc(
		{"doctype": "Email Queue", "message": "canary-link", "sender": "a@uni.example", "status": "Sent"}
	)
	mail.append("recipients", {"recipient": VICTIM, "status": "Sent"})
	mail.insert()
	frappe.db.commit()
	for doctype, name in (("OAuth Bearer Token", token.name), ("Email Queue", mail.name)):
		listed = manager.session.get(
			f"{manager.base}/api/resource/{doctype}", params={"fields": '["*"]', "limit": 0}
		)
		assert listed.ok and "canary" not in listed.text
		assert manager.session.get(f"{manager.base}/api/resource/{doctype}/{name}").status_code == 403
	frappe.delete_doc("OAuth Bearer Token", token.name)
	frappe.delete_doc("Email Queue", mail.name)
	frappe.db.commit()


def test_a_coordinator_adds_a_colleague_but_not_themselves_and_nobody_without_a_role(coordinator):
	members = [{"user": COORDINATOR, "desk_role": "Coordinator"}, {"user": VICTIM, "desk_role": "Member"}]
	frappe.db.set_value("SV Desk Member", {"parent": DESK, "user": COORDINATOR}, "desk_role", "Coordinator")
	colleague = make_person("colleague", "SV CCP Staff")
	frappe.db.commit()
	answer = coordinator.change(
		"SV Desk", DESK, members=[*members, {"user": colleague, "desk_role": "Member"}]
	)
	assert answer.ok, answer.text
	assert (
		coordinator.change(
			"SV Desk", DESK, members=[*members, {"user": MANAGER, "desk_role": "Member"}]
		).status_code
		== 403
	)
	longer = [{**members[0], "from_date": "2020-01-01"}, members[1]]
	assert coordinator.change("SV Desk", DESK, members=longer).status_code == 403
	name = asked("Desk members")
	assert coordinator.call(APPROVE, name=name).status_code == 403
	assert {COORDINATOR} & {row[0] for row in rows("SV Desk Member", ["user"], parent=DESK)}


def test_the_work_of_it_goes_on(manager):
	forget()
	known = traces(MANAGER)
	ordinary = [
		manager.create(
			"User",
			email="it-colleague@uni.example",
			first_name="It",
			send_welcome_email=0,
			new_password=PASSWORD,
		),
		manager.change(
			"User", "it-colleague@uni.example", mobile_no="0687654321", new_password=PASSWORD + "x"
		),
		manager.change("User", "it-colleague@uni.example", enabled=0),
		manager.change("User", "it-colleague@uni.example", enabled=1),
		manager.create("Custom Field", dt="ToDo", fieldname="it_field", label="It", fieldtype="Data"),
		manager.create(
			"Property Setter",
			doctype_or_field="DocField",
			doc_type="ToDo",
			field_name="it_field",
			property="depends_on",
			value='eval:doc.status == "Open" && !doc.color',
			property_type="Data",
		),
		manager.create(
			"Email Template", name="It", subject="About {{ doc.name }}", response="<p>{{ doc.status }}</p>"
		),
		manager.create("Report", report_name="It tasks", ref_doctype="ToDo", report_type="Report Builder"),
		manager.change("User", VICTIM, bio="Works here"),
	]
	assert [answer.text[:300] for answer in ordinary if not answer.ok] == []
	assert traces(MANAGER) == known
	for doctype, name in (
		("Property Setter", "ToDo-it_field-depends_on"),
		("Custom Field", "ToDo-it_field"),
		("Email Template", "It"),
		("Report", "It tasks"),
		("User", "it-colleague@uni.example"),
	):
		manager.delete(doctype, name)


def test_our_people_change_their_own_accounts(web):
	hands = Hands(web, VICTIM)
	assert hands.change("User", VICTIM, mobile_no="0611111111").ok
	own = hands.call(
		"frappe.core.doctype.user.user.update_password", new_password=PASSWORD + "7", old_password=PASSWORD
	)
	assert own.ok, own.text
	web.login(VICTIM, PASSWORD + "7")
	assert OFFICER not in {row[0] for row in rows("SV Approval", ["asked_by"], asked_by=VICTIM)}
	update_password(VICTIM, PASSWORD)
	frappe.db.commit()
