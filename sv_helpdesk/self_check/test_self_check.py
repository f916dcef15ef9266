"""Each kind of finding is found when exactly that is broken, and only then."""

import os
import secrets
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.model.naming import is_autoincremented
from frappe.utils import add_to_date

from sv_helpdesk import access_log
from sv_helpdesk.crypto import blind_index, key_ring
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR
from sv_helpdesk.self_check import (
	apps,
	carriers,
	fetching,
	keys,
	mail,
	people,
	rights,
	run,
	settings,
	sweeping,
)
from sv_helpdesk.test_utils import SVTestCase, make_desk, make_report, make_user

OURS = "SV Report"


def put(doctype: str, **values) -> str:
	"""Put a row in the database as a hand in it would: past every check."""
	number = is_autoincremented(doctype)
	name = secrets.randbelow(10**9) + 10**9 if number else frappe.generate_hash(length=12)
	doc = frappe.get_doc({"doctype": doctype, "name": name, **values})
	doc.db_insert()
	return doc.name


class TestSelfCheck(SVTestCase):
	@classmethod
	def setUpClass(cls):
		# the last thing to happen: what the host remembers of forms that were broken here and rolled back
		cls.addClassCleanup(frappe.clear_cache)
		super().setUpClass()

	def found_by(self, check, breaking) -> set[str]:
		"""The codes of what a check finds after something was broken, and not before."""
		before = set(check())
		breaking()
		return {finding.code for finding in set(check()) - before}

	def test_a_right_that_is_not_in_the_matrix(self):
		def breaking():
			put("DocPerm", parent=OURS, parenttype="DocType", parentfield="permissions", role="Agent", read=1)

		self.assertEqual(self.found_by(rights.effective_rights, breaking), {"rights"})

	def test_a_right_of_the_matrix_that_is_missing(self):
		def breaking():
			frappe.db.delete("DocPerm", {"parent": OURS, "role": CCP_STAFF})

		self.assertEqual(self.found_by(rights.effective_rights, breaking), {"rights"})

	def test_rights_of_the_permission_manager(self):
		def breaking():
			put("Custom DocPerm", parent=OURS, role=COORDINATOR, read=1)

		self.assertEqual(self.found_by(rights.effective_rights, breaking), {"custom-rights", "rights"})

	def test_a_share(self):
		def breaking():
			put("DocShare", user="Guest", share_doctype=OURS, share_name="any", read=1)

		self.assertEqual(self.found_by(rights.shares, breaking), {"share"})

	def test_whatever_of_the_host_is_about_ours(self):
		for code, doctype, fieldname in carriers.ABOUT_OURS:
			if not frappe.db.exists("DocType", doctype):
				continue
			with self.subTest(doctype):
				found = self.found_by(carriers.carriers, lambda d=doctype, f=fieldname: put(d, **{f: OURS}))
				self.assertEqual(found, {code})

	def test_a_list_somebody_saved_for_themselves_is_no_finding(self):
		def breaking():
			put("Report", ref_doctype=OURS, report_type="Report Builder", report_name="Mine")

		self.assertEqual(self.found_by(carriers.carriers, breaking), set())

	def test_results_of_our_reports_that_are_mailed_or_kept(self):
		def breaking():
			report = put("Report", ref_doctype=OURS, report_type="Report Builder", report_name="Kept")
			put("Auto Email Report", report=report)
			put("Prepared Report", report_name=report)

		self.assertEqual(
			self.found_by(carriers.mailed_and_kept_reports, breaking),
			{"auto-email-report", "prepared-report"},
		)

	def test_a_field_of_another_doctype_that_copies_ours(self):
		copies = {"dt": "Note", "fieldname": "number", "fieldtype": "Data", "fetch_from": "case.case_number"}

		def breaking(fieldtype: str, options: str):
			put("Custom Field", dt="Note", fieldname="case", fieldtype=fieldtype, options=options)
			put("Custom Field", **copies)

		for fieldtype, options in (("Link", OURS), ("Dynamic Link", "kind")):
			with self.subTest(fieldtype):
				found = self.found_by(fetching.copying_fields, lambda t=fieldtype, o=options: breaking(t, o))
				self.assertEqual(found, {"fetch-from"})
				frappe.db.delete("Custom Field", {"dt": "Note"})

	def test_a_field_of_the_host_that_was_made_to_copy_ours(self):
		def breaking():
			put("Custom Field", dt="Note", fieldname="case", fieldtype="Link", options=OURS)
			setter = {"doc_type": "Note", "doctype_or_field": "DocField", "property_type": "Small Text"}
			put("Property Setter", **setter, field_name="title", property="fetch_from", value="case.status")

		self.assertEqual(self.found_by(fetching.copying_fields, breaking), {"fetch-from"})

	def test_a_link_of_the_host_that_was_turned_to_ours(self):
		def breaking():
			setter = {"doc_type": "ToDo", "doctype_or_field": "DocField", "property_type": "Small Text"}
			put("Property Setter", **setter, field_name="assigned_by", property="options", value=OURS)

		self.assertEqual(self.found_by(fetching.copying_fields, breaking), {"fetch-from"})

	def test_a_field_that_copies_something_of_the_host_is_no_finding(self):
		self.assertEqual(list(fetching.copying_fields()), [])

	def test_a_role_that_nobody_approved(self):
		def breaking():
			user = make_user(None, user_type="System User")
			put("Has Role", parent=user, parenttype="User", parentfield="roles", role=COORDINATOR)
			frappe.db.set_value("User", user, "user_type", "System User")

		self.assertEqual(self.found_by(people.accounts, breaking), {"role-without-approval"})

	def test_a_role_that_the_shell_of_the_server_gave_is_no_finding(self):
		self.assertEqual(self.found_by(people.accounts, lambda: make_user(COORDINATOR)), set())

	def test_a_role_that_was_taken_away_and_put_back_by_a_hand_in_the_database(self):
		user = make_user(COORDINATOR)
		frappe.get_doc("User", user).remove_roles(COORDINATOR)

		def breaking():
			put("Has Role", parent=user, parenttype="User", parentfield="roles", role=COORDINATOR)
			frappe.db.set_value("User", user, "user_type", "System User")

		self.assertEqual(self.found_by(people.accounts, breaking), {"role-without-approval"})

	def test_a_closed_account_and_one_of_the_website(self):
		closed, website = make_user(CCP_STAFF), make_user(CCP_STAFF)

		def breaking():
			frappe.db.set_value("User", closed, "enabled", 0)
			frappe.db.set_value("User", website, "user_type", "Website User")

		self.assertEqual(self.found_by(people.accounts, breaking), {"closed-account", "website-account"})

	def test_a_desk_without_a_lead_and_one_without_anybody(self):
		lead, member = make_user(CCP_STAFF), make_user(CCP_STAFF)

		def good():
			make_desk(members=[{"user": lead, "desk_role": "Coordinator"}, {"user": member}])

		self.assertEqual(self.found_by(people.desks, good), set())
		self.assertEqual(self.found_by(people.desks, lambda: make_desk(member)), {"desk-without-lead"})
		self.assertEqual(self.found_by(people.desks, make_desk), {"desk-without-members"})

	def test_cases_of_somebody_who_left_unless_they_are_denied_to_who_is_told(self):
		make_user(COORDINATOR)
		desk = make_desk(make_user(CCP_STAFF)).name
		report = make_report(desk=desk)

		def breaking():
			frappe.db.set_value("SV Report", report.name, "handler", make_user(CCP_STAFF))

		self.assertEqual(self.found_by(people.unattended_cases, breaking), {"unattended-cases"})
		denied = make_user(COORDINATOR)
		self.assertEqual(len([f for f in people.unattended_cases() if desk in f.sentence]), 1)
		put("SV Denied", report=report.name, user_index=blind_index("account", denied))
		self.assertEqual([f for f in people.unattended_cases() if desk in f.sentence], [])

	def test_a_member_without_a_role(self):
		def breaking():
			make_desk(members=[{"user": make_user(None), "desk_role": "Coordinator"}])

		self.assertEqual(self.found_by(people.desks, breaking), {"member-without-role", "desk-without-lead"})

	def test_a_key_file_that_others_can_read(self):
		path = key_ring.key_file()
		mode = path.stat().st_mode
		self.addCleanup(os.chmod, path, mode)
		self.assertEqual(self.found_by(keys.key_file, lambda: os.chmod(path, 0o640)), {"key-file-open"})

	def test_a_key_file_in_the_site_and_one_that_is_gone(self):
		inside = Path(frappe.get_site_path("private", "keys.json"))
		self.addCleanup(inside.unlink, missing_ok=True)
		inside.touch(0o600)
		for path, code in ((inside, "key-file-in-site"), (Path("/nowhere/keys.json"), "key-file-missing")):
			with patch.dict(frappe.local.conf, {key_ring.CONFIG_KEY: str(path)}):
				self.assertEqual({finding.code for finding in keys.key_file()}, {code})

	def test_a_key_that_the_key_file_lacks(self):
		def breaking():
			put("SV Data Key", reference="any", wrapped_key="any", master_key_id="k9-gone")

		self.assertEqual(self.found_by(keys.key_ring_health, breaking), {"key-missing"})

	def test_what_was_destroyed_long_ago_and_opens_from_a_backup(self):
		def breaking(days: int):
			destroyed = {"wrapped_key": "", "master_key_id": key_ring.load().active}
			put("SV Data Key", reference=f"{days}", destroyed_at=add_to_date(None, days=-days), **destroyed)

		self.assertEqual(self.found_by(keys.key_ring_health, lambda: breaking(29)), set())
		self.assertEqual(self.found_by(keys.key_ring_health, lambda: breaking(31)), {"key-turning"})

	def test_a_new_master_key_whose_copies_nobody_confirmed(self):
		self.assertEqual(self.found_in_ring(pending="k2"), {"key-waiting"})

	def test_a_former_master_key_that_should_be_gone(self):
		for days, codes in ((30, set()), (31, {"key-out-of-use"})):
			with self.subTest(days):
				since = {"k2": add_to_date(None, days=-days, minutes=-1)}
				self.assertEqual(self.found_in_ring(retired_at=since), codes)
		put("SV Data Key", reference="any", wrapped_key="any", master_key_id="k2")
		self.assertEqual(self.found_in_ring(), {"key-out-of-use"})

	def found_in_ring(self, **values) -> set[str]:
		"""The codes of what is found when the key file has a second master key as well."""
		ring = key_ring.load()
		ring = replace(ring, master_keys={**ring.master_keys, "k2": b""}, **values)
		before = set(keys.key_ring_health())
		with patch.object(key_ring, "load", return_value=ring):
			return {finding.code for finding in set(keys.key_ring_health()) - before}

	def test_a_damaged_key_file(self):
		with patch.dict(frappe.local.conf, {key_ring.CONFIG_KEY: "/nowhere/keys.json"}):
			self.assertEqual({finding.code for finding in keys.key_ring_health()}, {"key-file-unusable"})

	def test_a_broken_access_log(self):
		def breaking():
			log = frappe.qb.DocType("SV Access Log")
			row = {"name": "by-hand", "position": 10**8, "user": "Guest", "action": "Opened"}
			frappe.qb.into(log).columns(*row).insert(*row.values()).run()

		self.assertEqual(self.found_by(keys.access_log, breaking), {"access-log"})

	def test_deadlines_nobody_looks_at_and_warnings_nobody_is_told(self):
		frappe.db.sql("update `tabSV Deadline` set `next_at` = null")
		frappe.db.sql("update `tabSV Deadline Notice` set `told_at` = `noted_at`")
		long_ago, just_now = add_to_date(None, hours=-2), add_to_date(None, minutes=-10)
		for doctype, fieldname, code in (
			("SV Deadline", "next_at", "deadlines-not-swept"),
			("SV Deadline Notice", "noted_at", "warnings-not-told"),
		):
			put(doctype, **{fieldname: just_now})
			self.assertEqual(list(sweeping.deadlines()), [])
			found = self.found_by(sweeping.deadlines, lambda d=doctype, f=fieldname: put(d, **{f: long_ago}))
			self.assertEqual(found, {code})
			frappe.db.delete(doctype)

	def test_switches_of_the_sites_configuration(self):
		for key, value, code in (
			("server_script_enabled", 1, "server-scripts"),
			("developer_mode", 1, "developer-mode"),
			("ignore_csrf", 1, "no-csrf"),
			("allow_cors", "*", "any-origin"),
		):
			with self.subTest(key), patch.dict(frappe.local.conf, {key: value}):
				self.assertIn(code, {finding.code for finding in settings.site_config()})

	def test_switches_of_system_settings(self):
		for fieldname, code in (
			("allow_login_using_mobile_number", "login-by-number"),
			("allow_login_using_user_name", "login-by-username"),
			("allow_guests_to_upload_files", "guest-uploads"),
			("allow_older_web_view_links", "old-links"),
		):
			with self.subTest(fieldname):
				frappe.db.set_single_value("System Settings", fieldname, 0)
				found = self.found_by(
					settings.system_settings,
					lambda f=fieldname: frappe.db.set_single_value("System Settings", f, 1),
				)
				self.assertEqual(found, {code})

	def test_a_second_factor_that_nobody_needs_or_that_somebody_switched_off_by_hand(self):
		self.assertEqual([finding.code for finding in settings.second_factor()], ["no-second-factor"])
		with patch.object(key_ring, "load", return_value=frappe._dict(second_factor=True)):
			self.assertEqual(
				[finding.code for finding in settings.second_factor()], ["second-factor-differs"]
			)
			frappe.db.set_single_value("SV Settings", "require_second_factor", 1)
			self.assertEqual(list(settings.second_factor()), [])

	def test_hooks_of_another_app_on_our_documents_and_in_place_of_our_classes(self):
		real = frappe.get_hooks

		def hooks(hook=None, default=None, app_name=None):
			if app_name == "helpdesk":
				return frappe._dict(has_permission={OURS: ["helpdesk.any"]})
			found = real(hook, default, app_name) if hook else real(app_name=app_name)
			if hook == "override_doctype_class":
				return {**found, "Email Account": [*found["Email Account"], "other.Class"]}
			if hook == "override_whitelisted_methods":
				return {**found, "frappe.client.get_count": ["other.get_count"]}
			return found

		before = {finding.code for finding in apps.foreign_hooks()}
		with patch("frappe.get_hooks", hooks):
			codes = {finding.code for finding in apps.foreign_hooks()}
		self.assertEqual(before, set())
		self.assertEqual(codes, {"foreign-hook", "class-taken", "function-taken"})

	def test_a_check_that_fails_is_a_finding_and_hides_no_other(self):
		def failing():
			raise ZeroDivisionError

		with patch.object(run, "CHECKS", (failing, rights.shares)):
			put("DocShare", user="Guest", share_doctype=OURS, share_name="any", read=1)
			self.assertEqual([finding.code for finding in run.findings()], ["check-failed", "share"])

	def test_what_is_found_is_kept_and_told_once(self):
		coordinator = make_user(COORDINATOR)
		put("DocShare", user="Guest", share_doctype=OURS, share_name="any", read=1)
		with patch.object(run, "CHECKS", (rights.shares,)):
			run.daily()
			run.daily()
		checks = frappe.get_all(
			"SV Self Check", fields=["name", "finding_count", "findings"], order_by="creation desc"
		)
		self.assertEqual({check.finding_count for check in checks[:2]}, {1})
		self.assertIn("share: 1 documents of SV Report are shared", checks[0].findings)
		told = frappe.get_all(
			"Notification Log",
			filters={"for_user": coordinator, "document_type": "SV Self Check"},
			pluck="name",
			order_by="name asc",
		)
		self.assertEqual(len(told), 1)

	def test_the_mail_carries_the_logs_position_out_of_the_site_and_no_finding(self):
		coordinator = make_user(COORDINATOR)
		sent = []
		with patch("frappe.sendmail", lambda **mail: sent.append(mail)):
			mail.send(3)
		mine = next(each for each in sent if each["recipients"] == [coordinator])
		position, fingerprint = access_log.end()
		self.assertIn("3 findings", mine["message"])
		self.assertIn(f"position {position}, fingerprint {fingerprint}", mine["message"])
