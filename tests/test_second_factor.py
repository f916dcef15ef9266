"""The gate over HTTP: while it is on, a session without a second factor sees nothing of ours, however it came."""

import json

import pytest
from people import PASSWORD, make_desk_without_mail, make_person
from second_factor_helpers import Person, forget_factors, invited, switch_gate

import frappe
from frappe.auth import CookieManager
from frappe.utils import add_to_date, now_datetime
from frappe.utils.password import update_password

from sv_helpdesk.crypto import key_ring
from sv_helpdesk.permissions import may_use_report
from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.sessions import factor, gate
from sv_helpdesk.test_utils import make_consent, make_party, make_report

pytestmark = pytest.mark.commits

DESK = "gate_desk"
STAFF, COORDINATOR, PRIVACY_OFFICER = "gerda@uni.example", "coen@uni.example", "petra@uni.example"


@pytest.fixture(scope="module")
def case():
	"""The case that everything is tried on, at the desk of two people."""
	frappe.set_user("Administrator")
	make_desk_without_mail(DESK)
	make_person("gerda", "SV CCP Staff", desk=DESK)
	make_person("coen", "SV Coordinator", desk=DESK)
	make_person("petra", "SV Privacy Officer")
	report = make_report(desk=DESK, subject="ZZGATE").name
	frappe.db.commit()
	return report


@pytest.fixture
def gated(case):
	"""The gate is on, and nobody has a factor yet."""
	forget_factors(STAFF, COORDINATOR, PRIVACY_OFFICER)
	frappe.db.delete("SV Approval")
	switch_gate(True)
	yield case
	switch_gate(False)
	forget_factors(STAFF, COORDINATOR, PRIVACY_OFFICER)
	frappe.db.delete("SV Approval")
	update_password(STAFF, PASSWORD)
	frappe.db.commit()


@pytest.fixture
def gerda(web, gated):
	"""A member of the desk who is logged in with her password, and has set nothing up."""
	return Person(web, STAFF)


def paths(case: str) -> list[str]:
	return [
		f"/api/resource/SV Report/{case}",
		f"/api/method/frappe.desk.form.load.getdoc?doctype=SV Report&name={case}",
		"/api/method/frappe.desk.reportview.get?doctype=SV Report&fields=" + json.dumps(["name", "status"]),
	]


def sees(person, case: str) -> bool:
	"""Tell whether any of the ways to read the case answers with it; all of them have to agree."""
	answers = [answer.ok and case in answer.text for answer in map(person.get, paths(case))]
	assert len(set(answers)) == 1, answers
	return answers[0]


def test_a_password_alone_opens_nothing(gerda, gated):
	assert not sees(gerda, gated)
	dialogue = gerda.browser.post(
		f"{gerda.web.base_url}/api/method/sv_helpdesk.helpdesk.conversation.of_case", json={"report": gated}
	)
	assert dialogue.status_code == 403


def test_with_the_code_of_the_phone_everything_works(gerda, gated):
	gerda.set_up()
	assert sees(gerda, gated)
	gerda.new_login()
	assert not sees(gerda, gated), "each session passes for itself"
	assert gerda.call("enter", code=gerda.code()).json()["message"] == {"passed": True}
	assert sees(gerda, gated)


def test_without_the_gate_nobody_is_asked(web, case):
	switch_gate(False)
	assert sees(Person(web, STAFF), case)


def test_an_api_key_gives_nothing(gerda, gated):
	gerda.set_up()
	user = frappe.get_doc("User", STAFF)
	user.update({"api_key": frappe.generate_hash(length=15), "api_secret": "geheim-van-gerda"})
	user.save()
	frappe.db.commit()
	gerda.browser = gerda.web.guest()
	gerda.browser.headers["Authorization"] = f"token {user.api_key}:geheim-van-gerda"
	assert STAFF in gerda.get("/api/method/frappe.auth.get_logged_user").text, "the key itself is right"
	assert not sees(gerda, gated)
	assert gerda.call("enter", code=gerda.code()).status_code == 403, "a key has no session that could pass"
	assert not sees(gerda, gated)


def test_a_session_made_in_any_other_way_gives_nothing(gerda, gated):
	gerda.set_up()
	sid = frappe.generate_hash(length=56)
	data = {"user": STAFF, "last_updated": str(now_datetime()), "session_expiry": "06:00:00"}
	frappe.db.sql(
		"insert into `tabSessions` (sid, user, sessiondata, lastupdate, status) values (%s, %s, %s, now(), 'Active')",
		# one version of the host reads JSON there, another Python
		(sid, STAFF, frappe.as_json(data)),
	)
	frappe.db.commit()
	gerda.browser = gerda.web.guest()
	gerda.browser.cookies.set("sid", sid)
	assert STAFF in gerda.get("/api/method/frappe.auth.get_logged_user").text, "the session itself works"
	assert not sees(gerda, gated)


def test_a_job_in_somebodys_name_gives_nothing(gerda, gated):
	gerda.set_up()
	frappe.set_user(STAFF)
	assert acting_roles(STAFF) == frozenset()
	assert not may_use_report(gated, STAFF)
	switch_gate(False)
	assert may_use_report(gated, STAFF)


@pytest.mark.parametrize("forgery", ["another session's pass", "a later end", "a mark made up"])
def test_a_pass_written_by_hand_gives_nothing(gerda, gated, forgery):
	gerda.set_up()
	(real,) = frappe.get_all("SV Session Pass", filters={"user": STAFF}, fields=["*"])
	if forgery == "a later end":
		frappe.db.set_value("SV Session Pass", real.name, "expires_at", add_to_date(real.expires_at, hours=1))
	elif forgery == "a mark made up":
		frappe.db.set_value("SV Session Pass", real.name, "mark", "0" * 64)
	else:
		gerda.new_login()
		name = gate.blind_index("session", gerda.browser.cookies["sid"])
		frappe.db.set_value("SV Session Pass", real.name, "name", name)
	frappe.db.commit()
	assert not sees(gerda, gated)


def test_a_pass_ends_with_its_hours(gerda, gated):
	gerda.set_up()
	assert sees(gerda, gated)
	session, until = (
		gerda.browser.cookies["sid"],
		add_to_date(now_datetime(), seconds=-1).replace(microsecond=0),
	)
	frappe.db.set_value(
		"SV Session Pass",
		gate.blind_index("session", session),
		{"expires_at": until, "mark": gate._mark(session, gerda.browser.cookies["sv_pass"], STAFF, until)},
	)
	frappe.db.commit()
	assert not sees(gerda, gated)


def test_a_session_id_read_from_the_database_gives_nothing_in_another_browser(gerda, gated):
	gerda.set_up()
	session, cookie = gerda.browser.cookies["sid"], gerda.browser.cookies["sv_pass"]
	gerda.browser = gerda.web.guest()
	gerda.browser.cookies.set("sid", session)
	assert STAFF in gerda.get("/api/method/frappe.auth.get_logged_user").text
	assert not sees(gerda, gated)
	gerda.browser.cookies.set("sv_pass", cookie)
	assert sees(gerda, gated), "the cookie is what was missing"
	for (table,) in frappe.db.sql("show tables"):
		assert cookie not in repr(frappe.db.sql(f"select * from `{table}`")), table


def test_closing_another_account_is_no_logout(web, gated):
	coen = Person(web, COORDINATOR).set_up()
	frappe.get_doc("User", COORDINATOR).add_roles("System Manager")
	other = make_person("closed_one")
	frappe.db.set_value("User", other, "enabled", 1)
	frappe.db.commit()
	try:
		answer = coen.browser.put(f"{web.base_url}/api/resource/User/{other}", json={"enabled": 0})
		assert answer.ok, answer.text
		assert sees(coen, gated)
	finally:
		frappe.get_doc("User", COORDINATOR).remove_roles("System Manager")
		frappe.db.commit()


def test_a_new_password_ends_all_passes(gerda, gated):
	gerda.set_up()
	assert sees(gerda, gated)
	update_password(STAFF, "Een-Ander-88-Woord")
	frappe.db.commit()
	assert not sees(gerda, gated), "the session itself goes on, the pass doesn't"


def test_logging_out_ends_the_pass(gerda, gated):
	gerda.set_up()
	gerda.get("/api/method/logout")
	assert not frappe.db.exists("SV Session Pass", {"user": STAFF})


@pytest.mark.parametrize("written", ["System Settings", "SV Settings in the database"])
def test_no_setting_of_the_site_opens_the_gate(gerda, gated, written):
	if written == "System Settings":
		settings = frappe.get_doc("System Settings")
		settings.update({"enable_two_factor_auth": 0, "bypass_2fa_for_retricted_ip_users": 1})
		settings.save()
	else:
		frappe.db.set_single_value("SV Settings", "require_second_factor", 0)
	frappe.db.commit()
	assert not sees(gerda, gated)


def test_a_code_counts_once(gerda, gated):
	gerda.set_up()
	code = gerda.code()
	gerda.new_login()
	assert gerda.call("enter", code=code).json()["message"]["passed"]
	gerda.new_login()
	answer = gerda.call("enter", code=code).json()["message"]
	assert not answer["passed"] and "used already" in answer["message"]
	assert not sees(gerda, gated)


def test_after_five_wrong_codes_a_right_one_is_refused_and_that_is_logged(gerda, gated):
	gerda.set_up()
	gerda.new_login()
	for _try in range(factor.MOST_FAILURES):
		assert not gerda.call("enter", code="000000").json()["message"]["passed"]
	answer = gerda.call("enter", code=gerda.code()).json()["message"]
	assert not answer["passed"] and "quarter of an hour" in answer["message"]
	row = factor.row_of(STAFF)
	assert frappe.db.exists("SV Access Log", {"action": "Refused", "document_name": row.name})
	frappe.db.set_value(gate.FACTOR, row.name, "locked_until", add_to_date(now_datetime(), seconds=-1))
	frappe.db.commit()
	assert gerda.call("enter", code=gerda.code()).json()["message"]["passed"]


def test_a_recovery_code_opens_once(gerda, gated):
	gerda.set_up()
	code = gerda.recovery_codes[0]
	for expected in (True, False):
		gerda.new_login()
		assert gerda.call("enter", code=code.lower()).json()["message"]["passed"] is expected
	assert not sees(gerda, gated)
	assert len(gerda.recovery_codes) == factor.RECOVERY_CODES == len(set(gerda.recovery_codes))


def test_setting_up_needs_an_invitation_of_ones_own_that_is_not_too_old(gerda, gated):
	assert gerda.call("begin").status_code == 403
	assert gerda.call("begin", invitation=invited(COORDINATOR)).status_code == 403
	invitation = invited(STAFF)
	row = factor.row_of(STAFF)
	frappe.db.set_value(gate.FACTOR, row.name, "invitation_until", add_to_date(now_datetime(), hours=1))
	frappe.db.commit()
	assert gerda.call("begin", invitation=invitation).status_code == 403, "its end is part of it"
	frappe.db.set_value(gate.FACTOR, row.name, "invitation_until", add_to_date(now_datetime(), seconds=-1))
	frappe.db.commit()
	assert gerda.call("begin", invitation=invitation).status_code == 403
	assert gerda.call("begin", invitation=invited(STAFF)).ok


def test_a_factor_that_is_there_is_not_replaced_by_setting_up_again(gerda, gated):
	gerda.set_up()
	gerda.new_login()
	assert gerda.call("begin", invitation=invited(STAFF)).status_code == 417
	assert gerda.call("enter", code=gerda.code()).json()["message"]["passed"], "the old one still counts"


def test_a_coordinator_who_has_passed_invites_colleagues_and_nobody_else_does(web, gerda, gated):
	coen = Person(web, COORDINATOR)
	assert coen.call("invite", user=STAFF).status_code == 403, "not before the own code"
	coen.set_up()
	assert coen.call("invite", user=COORDINATOR).status_code == 403, "not oneself"
	invitation = coen.call("invite", user=STAFF).json()["message"]
	gerda.secret = gerda.call("begin", invitation=invitation).json()["message"]["key"]
	assert gerda.call("confirm", code=gerda.code(), invitation=invitation).json()["message"]["passed"]
	assert gerda.call("invite", user=COORDINATOR).status_code == 403, "CCP staff invite nobody"


def test_what_is_shared_with_somebody_needs_the_code_too_also_without_a_role(web, gated):
	recipient = make_person("rosa")
	forget_factors(recipient)
	person = make_party(gated, email_address="reporter@uni.example").name
	make_consent(gated, person, scope="Contact details", to_user=recipient, recipient=None)
	frappe.db.commit()
	rosa = Person(web, recipient)
	shared = f"{web.base_url}/api/method/sv_helpdesk.permissions.shared.shared_with_me"
	assert rosa.browser.post(shared).json()["message"] == []
	assert rosa.call("begin").status_code == 403
	rosa.set_up()
	assert len(rosa.browser.post(shared).json()["message"]) == 1


@pytest.fixture
def petra(web, gated):
	"""The privacy officer, who has passed."""
	return Person(web, PRIVACY_OFFICER).set_up()


def approve_what_was_asked(person) -> int:
	"""The second person says yes to the one thing that waits; returns the answer's HTTP status."""
	(asked,) = frappe.get_all("SV Approval", filters={"status": "Asked"}, pluck="name")
	call = f"{person.web.base_url}/api/method/sv_helpdesk.two_persons.decide.approve"
	return person.browser.post(call, json={"name": asked}).status_code


def test_a_reset_takes_a_second_person(web, gerda, gated, petra):
	gerda.set_up()
	coen = Person(web, COORDINATOR).set_up()
	answer = coen.call("reset", user=STAFF)
	assert answer.status_code == 403 and "two persons" in answer.text
	frappe.db.rollback()
	assert frappe.get_last_doc("SV Approval").summary == STAFF, "who approves is told whose factor it is"
	assert sees(gerda, gated), "nothing has happened yet"
	assert approve_what_was_asked(coen) == 403, "not oneself"
	assert approve_what_was_asked(petra) == 200
	invitation = coen.call("reset", user=STAFF).json()["message"]
	assert not sees(gerda, gated), "the old factor and its passes are gone"
	assert coen.call("reset", user=STAFF).status_code == 417, "what was approved counts once"
	gerda.secret = gerda.call("begin", invitation=invitation).json()["message"]["key"]
	assert gerda.call("confirm", code=gerda.code(), invitation=invitation).json()["message"]["passed"]


def test_who_has_not_passed_decides_nothing(web, gerda, gated, petra):
	gerda.set_up()
	Person(web, COORDINATOR).set_up().call("reset", user=STAFF)
	petra.new_login()
	assert approve_what_was_asked(petra) == 403
	assert petra.call("enter", code=petra.code()).json()["message"]["passed"]
	assert approve_what_was_asked(petra) == 200


def test_switching_off_takes_a_second_person(web, gated, petra):
	coen = Person(web, COORDINATOR).set_up()
	for _time in ("asks", "does it"):
		answer = coen.browser.put(
			f"{web.base_url}/api/resource/SV Settings/SV Settings", json={"require_second_factor": 0}
		)
		if _time == "asks":
			assert answer.status_code == 403 and "two persons" in answer.text
			assert key_ring.load().second_factor and gate.is_required()
			frappe.db.rollback()
			asked = frappe.get_last_doc("SV Approval")
			assert asked.summary == "Second factor needed: 0", "who approves is told what is switched off"
			assert approve_what_was_asked(petra) == 200
	assert answer.ok and not key_ring.load().second_factor
	frappe.db.rollback()
	assert not gate.is_required()


def test_who_would_lock_themselves_out_cannot_switch_on(web, case):
	forget_factors(COORDINATOR)
	coen = Person(web, COORDINATOR)
	answer = coen.browser.put(
		f"{web.base_url}/api/resource/SV Settings/SV Settings", json={"require_second_factor": 1}
	)
	assert answer.status_code == 417 and "lock yourself out" in answer.text
	assert not gate.is_required()


def test_switching_on_takes_effect_at_once_and_stands_in_the_key_file(web, case):
	try:
		coen = Person(web, COORDINATOR).set_up()
		gerda = Person(web, STAFF)
		assert sees(gerda, case)
		answer = coen.browser.put(
			f"{web.base_url}/api/resource/SV Settings/SV Settings", json={"require_second_factor": 1}
		)
		assert answer.ok and key_ring.load().second_factor
		assert sees(coen, case) and not sees(gerda, case)
	finally:
		frappe.db.rollback()
		switch_gate(False)
		forget_factors(COORDINATOR)


def test_nobody_reads_or_changes_a_factor_over_an_api(gerda, gated):
	gerda.set_up()
	name = factor.row_of(STAFF).name
	for path in (
		f"/api/resource/SV Second Factor/{name}",
		"/api/resource/SV Second Factor",
		"/api/resource/SV Session Pass",
	):
		assert gerda.get(path).status_code == 403
	assert (
		gerda.secret
		not in frappe.db.sql("select sealed from `tabSV Second Factor` where name = %s", name)[0][0]
	)


def test_the_factor_of_somebody_else_opens_nothing(web, gerda, gated):
	"""Who can write to the database puts his own factor on her account: the ciphertext belongs to its user."""
	coen = Person(web, COORDINATOR).set_up()
	frappe.db.set_value(gate.FACTOR, factor.row_of(COORDINATOR).name, "user", STAFF)
	frappe.db.commit()
	assert gerda.call("enter", code=coen.code()).status_code >= 400
	assert not sees(gerda, gated)


def test_the_page_speaks_the_language_and_runs_nothing_of_the_site(gerda, gated):
	page = gerda.get("/second-factor")
	assert page.ok and "invitation" in page.text and "website_script" not in page.text
	assert "script-src 'self'" in page.headers["Content-Security-Policy"]
	assert page.headers["Cache-Control"] == "no-store"
	frappe.db.set_value("User", STAFF, "language", "nl")
	frappe.db.commit()
	frappe.clear_cache(user=STAFF)
	gerda.new_login()
	assert "uitnodiging" in gerda.get("/second-factor").text
	frappe.db.set_value("User", STAFF, "language", None)
	frappe.db.commit()


def test_a_web_page_of_that_address_made_by_the_site_is_not_shown(web, gerda, gated):
	page = frappe.get_doc(
		{
			"doctype": "Web Page",
			"title": "Second factor",
			"route": "second-factor",
			"published": 1,
			"main_section": "ZZFAKE",
		}
	).insert()
	frappe.db.commit()
	try:
		assert "ZZFAKE" not in gerda.get("/second-factor").text
	finally:
		page.delete()
		frappe.db.commit()


@pytest.mark.parametrize("source", ["second-factor", "/second-factor/", "second.*", "(?i)Second-Factor"])
def test_no_redirect_of_the_site_leads_away_from_the_page(source):
	row = {"source": source, "target": "/somewhere-else"}
	settings = frappe.get_doc("Website Settings")
	settings.append("route_redirects", row)
	with pytest.raises(frappe.PermissionError, match="lead away"):
		settings.save()
	alone = {
		"doctype": "Website Route Redirect",
		"parent": "Website Settings",
		"parenttype": "Website Settings",
	}
	with pytest.raises(frappe.PermissionError, match="lead away"):
		frappe.get_doc({**alone, "parentfield": "route_redirects", **row}).insert()


def test_other_redirects_are_the_hosts_business():
	settings = frappe.get_doc("Website Settings")
	settings.append("route_redirects", {"source": "second-hand-books", "target": "/library"})
	settings.save()
	frappe.db.rollback()


def test_a_guest_is_led_to_the_login(web):
	answer = web.guest().get(f"{web.base_url}/second-factor", allow_redirects=False)
	assert answer.status_code == 302 and "/login" in answer.headers["Location"]


def test_passing_costs_a_few_statements_once_in_a_request(gated):
	frappe.set_user(STAFF)
	frappe.session.sid = frappe.generate_hash(length=56)
	frappe.local.request = frappe._dict(cookies={}, scheme="http")
	frappe.local.cookie_manager = CookieManager()
	factor.prepare(STAFF)
	frappe.db.set_value(gate.FACTOR, {"user": STAFF}, "confirmed_at", now_datetime())
	gate.let_pass(STAFF)
	frappe.local.request.cookies["sv_pass"] = frappe.local.cookie_manager.cookies["sv_pass"]["value"]
	gate._known().clear()
	before = _statements()
	assert gate.lets_in(STAFF)
	first = _statements() - before
	assert all(gate.lets_in(STAFF) for _row in range(50))
	frappe.local.request = None
	assert first <= 5 and _statements() - before == first + 1, (first, "the count itself is one")


def _statements() -> int:
	return int(frappe.db.sql("show session status like 'Questions'")[0][1])
