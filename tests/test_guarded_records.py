"""What the host would store, move or count about a case: refused for everybody, or emptied."""

import pytest
from guard_fixtures import make_ticket

import frappe

from sv_helpdesk.crypto import files
from sv_helpdesk.guards import wiring
from sv_helpdesk.guards.checks import charts, helpdesk
from sv_helpdesk.helpdesk import sealed_ticket

pytest_plugins = ["guard_fixtures"]
pytestmark = pytest.mark.commits

KEPT_APART = "kept apart"
SENTENCE = "This is not open to you."


def refused(response, words: str = KEPT_APART) -> bool:
	return response.status_code in (403, 417) and words in response.text


@pytest.mark.parametrize("doctype", wiring.ABOUT_DOCTYPES)
def test_nothing_is_set_up_about_our_doctypes(site, doctype):
	if not frappe.db.exists("DocType", doctype):
		pytest.skip(f"this host has no {doctype}")
	for field in wiring.ABOUT_DOCTYPES[doctype]:
		about = {name: "ToDo" for name in wiring.ABOUT_DOCTYPES[doctype]}
		document = frappe.get_doc({"doctype": doctype, **about, field: "SV Report"})
		with pytest.raises(frappe.PermissionError, match=KEPT_APART):
			document.run_method("before_validate")


def test_over_http_a_manager_of_the_site_sets_nothing_up_about_our_doctypes(browser, site):
	admin = browser("admin")
	made = {
		"Notification": {
			**{"name": "ZZ", "subject": "x", "channel": "System Notification", "event": "New"},
			**{
				"message": "{{ doc.as_dict() }}",
				"enabled": 1,
				"recipients": [{"receiver_by_role": "System Manager"}],
			},
		},
		"Webhook": {
			"name": "ZZ",
			"webhook_docevent": "on_update",
			"request_url": "https://example.org",
			"request_structure": "",
		},
		"Kanban Board": {"kanban_board_name": "ZZ", "field_name": "status", "columns": []},
		"Number Card": {"label": "ZZ", "type": "Document Type", "function": "Count", "filters_json": "[]"},
		"Dashboard Chart": {
			**{
				"chart_name": "ZZ",
				"chart_type": "Count",
				"based_on": "creation",
				"type": "Line",
				"filters_json": "[]",
			},
			**{"timespan": "Last Year", "time_interval": "Monthly"},
		},
	}
	for doctype, values in made.items():
		(field, *_more) = wiring.ABOUT_DOCTYPES[doctype]
		answer = admin.insert(doctype, **values, **{field: "SV Report"})
		assert refused(answer), (doctype, answer.text[:300])


def test_it_sets_up_what_it_likes_about_its_own(browser, site):
	name = frappe.generate_hash(length=6)
	answer = browser("admin").insert(
		"Number Card",
		**{
			"label": name,
			"type": "Document Type",
			"function": "Count",
			"filters_json": "[]",
			"document_type": "ToDo",
		},
	)
	assert answer.ok, answer.text[:300]


@pytest.mark.parametrize("doctype", wiring.ABOUT_DOCUMENTS)
def test_nothing_is_attached_to_a_case_or_its_ticket(site, doctype):
	if not frappe.db.exists("DocType", doctype):
		pytest.skip(f"this host has no {doctype}")
	kind, name = wiring.ABOUT_DOCUMENTS[doctype]
	for about in (("SV Report", site.case), ("HD Ticket", site.ticket)):
		document = frappe.get_doc({"doctype": doctype, kind: about[0], name: about[1]})
		with pytest.raises(frappe.PermissionError, match=KEPT_APART):
			document.run_method("before_validate")


def test_over_http_nothing_is_attached_to_a_case_or_its_ticket(browser, site):
	for who in ("agent", "admin", "staff"):
		for doctype, name in (("SV Report", site.case), ("HD Ticket", site.ticket)):
			answer = browser(who).insert(
				"DocShare", share_doctype=doctype, share_name=name, user=site.agent, read=1, everyone=0
			)
			assert answer.status_code in (403, 417), (who, doctype, answer.text[:300])
			answer = browser(who).insert(
				"Tag Link", document_type=doctype, document_name=name, tag="x", title="y"
			)
			assert answer.status_code in (403, 404, 417), (who, doctype)


def test_a_case_is_assigned_only_to_somebody_with_a_right_and_in_no_words(browser, site):
	for doctype, name in (("SV Report", site.case), ("HD Ticket", site.ticket)):
		words = {"doctype": doctype, "name": name, "description": "ZZWORDS about the reporter"}
		to_agent = browser("staff").call("frappe.desk.form.assign_to.add", assign_to=[site.agent], **words)
		assert to_agent.status_code in (403, 417) and "no right to this case" in to_agent.text
		assert (
			browser("agent")
			.call("frappe.desk.form.assign_to.add", assign_to=[site.staff], **words)
			.status_code
			== 403
		)
	ticket = {"doctype": "HD Ticket", "name": site.ticket, "description": "ZZWORDS about the reporter"}
	answer = browser("staff").call("frappe.desk.form.assign_to.add", assign_to=[site.staff], **ticket)
	assert answer.ok, answer.text[:300]
	frappe.db.rollback()
	for doctype in ("ToDo", "Comment", "Notification Log", "DocShare"):
		rows = frappe.get_all(doctype, fields=["*"], order_by="creation asc")
		assert "ZZWORDS" not in str(rows), doctype
	assert not frappe.db.exists("DocShare", {"share_doctype": "HD Ticket", "share_name": site.ticket})


def test_it_assigns_its_own_tickets(browser, site):
	ticket = {"doctype": "HD Ticket", "name": site.it_ticket, "description": "Please look"}
	assert browser("agent").call("frappe.desk.form.assign_to.add", assign_to=[site.agent], **ticket).ok


def test_what_the_host_notes_by_itself_says_nothing(site):
	for about in (("SV Report", site.case), ("HD Ticket", site.ticket)):
		noted = frappe.get_doc(
			{
				**{"doctype": "Comment", "comment_type": "Info", "content": "ZZNOTED"},
				**{"reference_doctype": about[0], "reference_name": about[1]},
			}
		).insert()
		assert not noted.content
		for kind in ("Comment", "Like"):
			written = frappe.copy_doc(noted).update({"comment_type": kind, "content": "ZZWRITTEN"})
			with pytest.raises(frappe.ValidationError if kind == "Comment" else frappe.PermissionError):
				written.insert()
	version = {
		"doctype": "Version",
		"ref_doctype": "SV Report",
		"docname": site.case,
		"data": '{"changed": ["ZZ"]}',
	}
	assert frappe.get_doc(version).insert().data == "{}"
	frappe.db.rollback()


def test_no_link_leads_to_a_case(site):
	for doctype, name in (("SV Report", site.case), ("HD Ticket", site.ticket)):
		link = {"link_doctype": doctype, "link_name": name}
		made = [
			{"doctype": "Contact", "first_name": "Somebody", "links": [link]},
			{"doctype": "Address", "address_title": "Somewhere", "links": [link]},
			{"doctype": "Communication", "subject": "x", "timeline_links": [link]},
			{
				**{"doctype": "Event", "subject": "x", "starts_on": "2026-01-01 10:00:00"},
				"event_participants": [{"reference_doctype": doctype, "reference_docname": name}],
			},
		]
		for values in made:
			with pytest.raises(frappe.PermissionError, match=KEPT_APART):
				frappe.get_doc(values).run_method("before_validate")


def test_nobody_takes_the_address_of_the_sealed_tickets(browser, site):
	contact = {
		"first_name": "Nobody",
		"email_ids": [{"email_id": sealed_ticket.neutral_address(), "is_primary": 1}],
	}
	assert refused(browser("admin").insert("Contact", **contact), "confidential tickets")
	contact["email_ids"][0]["email_id"] = "somebody.else@uni.example"
	assert browser("admin").insert("Contact", **contact).ok


def test_no_second_row_leads_to_a_file_of_ours(browser, site):
	frappe.db.rollback()
	row = frappe.db.get_value(
		"File",
		files.store(b"ZZBYTES", site.case, "SV Attachment", "zzattachment"),
		["file_url", "file_name"],
		as_dict=True,
	)
	frappe.db.commit()
	assert row.file_name not in str(browser("agent").get("/api/resource/File", limit_page_length=0).json())
	for who in ("agent", "admin", "staff", "outsider"):
		for url in (
			row.file_url,
			f"/private/files//{row.file_name}",
			f"/private/files/./{row.file_name}",
			f"/private/files/%{ord(row.file_name[0]):x}{row.file_name[1:]}",
		):
			answer = browser(who).insert("File", file_url=url, file_name="mine.bin", is_private=1)
			assert answer.status_code >= 400, (who, url)
			upload = browser(who).call("upload_file", file_url=url, is_private="1")
			assert upload.status_code >= 400, (who, url)
		assert browser(who).get(row.file_url).status_code >= 400
	frappe.db.rollback()
	assert not frappe.db.exists("File", {"file_name": ["like", "mine%"]})
	own = browser("agent").session.post(
		browser("agent").web.base_url + "/api/method/upload_file",
		files={"file": ("note.txt", b"about the printer")},
		data={"is_private": "1", "doctype": "HD Ticket", "docname": site.it_ticket},
	)
	assert own.ok, own.text[:300]


def test_a_file_of_ours_is_not_there_for_who_may_not_read_it(browser, site):
	frappe.db.rollback()
	row = files.store(b"ZZBYTES", site.case, "SV Attachment", "zzattachment")
	url = frappe.db.get_value("File", row, "file_url")
	frappe.db.commit()
	web = browser("agent").web
	asked = (
		("/api/resource/File/{row}", {}),
		("/api/method/frappe.core.doctype.file.file.download_file", {"file_url": url}),
		("/api/method/download_file", {"file_url": url}),
	)

	def told(session, path: str, params: dict, name: str) -> tuple:
		params = {key: value.replace(row, name) for key, value in params.items()}
		answer = session.get(web.base_url + path.format(row=name), params=params)
		assert "zzattachment" not in answer.text
		return answer.status_code, answer.json().get("exc_type")

	for session in (browser("agent").session, browser("outsider").session, web.guest()):
		for path, params in asked:
			assert told(session, path, params, row) == told(session, path, params, "0" * len(row))


def test_a_mail_is_not_moved_to_a_case(browser, site):
	mail = frappe.get_doc(
		{
			**{"doctype": "Communication", "subject": "Printer", "content": "It works again"},
			**{"reference_doctype": "HD Ticket", "reference_name": site.it_ticket},
		}
	).insert()
	frappe.db.commit()
	agent = browser("agent")
	for doctype, name in (("SV Report", site.case), ("HD Ticket", site.ticket)):
		moved = agent.call(
			"frappe.email.relink", name=mail.name, reference_doctype=doctype, reference_name=name
		)
		assert refused(moved, SENTENCE)
	moved = agent.call(
		"frappe.email.relink", name=mail.name, reference_doctype="HD Ticket", reference_name=make_and_commit()
	)
	assert moved.ok, moved.text[:300]


def make_and_commit() -> str:
	name = make_ticket("Another one")
	frappe.db.commit()
	return name


def test_nobody_makes_a_report_about_cases(browser, site):
	for kind in ("Query Report", "Script Report", "Custom Report"):
		report = {
			"report_type": kind,
			"ref_doctype": "SV Report",
			"is_standard": "No",
			"report_name": f"ZZ {kind}",
		}
		answer = browser("admin").insert("Report", **report, query="select 1")
		assert answer.status_code in (403, 417), answer.text[:300]


def test_no_report_about_cases_is_mailed_by_itself(site):
	report = frappe.new_doc("Report")
	report.update(
		{"name": "ZZ mailed", "report_name": "ZZ mailed", "ref_doctype": "SV Report", "is_standard": "No"}
	)
	report.db_insert()
	mailed = frappe.get_doc({"doctype": "Auto Email Report", "report": report.name})
	with pytest.raises(frappe.PermissionError, match=KEPT_APART):
		mailed.run_method("before_validate")
	frappe.db.rollback()


def test_our_doctypes_stay_out_of_global_search(browser, site):
	settings = {"allowed_in_global_search": [{"document_type": "SV Report"}]}
	answer = browser("admin").session.put(
		browser("admin").web.base_url + "/api/resource/Global Search Settings/Global Search Settings",
		json=settings,
	)
	assert refused(answer)


def test_our_documents_are_not_counted_beside_the_hosts(browser, site):
	answer = browser("agent").call(
		"frappe.desk.notifications.get_open_count",
		doctype="HD Ticket",
		name=site.it_ticket,
		items=["SV Report"],
	)
	assert answer.ok and "SV Report" not in answer.text
	answer = browser("agent").call(
		"frappe.desk.notifications.get_open_count", doctype="HD Ticket", name=site.ticket, items=[]
	)
	assert refused(answer, SENTENCE)


def test_a_chart_of_tickets_leaves_the_sealed_ones_out(site):
	arguments = {
		"chart": '{"type": "Heatmap", "document_type": "HD Ticket"}',
		"filters": '{"status": "Open"}',
	}
	charts.chart(arguments)
	assert ["HD Ticket", "raised_by", "!=", sealed_ticket.neutral_address()] in frappe.parse_json(
		arguments["filters"]
	)
	assert ["HD Ticket", "status", "=", "Open"] in frappe.parse_json(arguments["filters"])


def test_a_named_chart_about_cases_is_refused_too(browser, site):
	chart = frappe.new_doc("Dashboard Chart")
	chart.update({"name": "ZZ cases", "chart_name": "ZZ cases", "document_type": "SV Report", "type": "Line"})
	chart.db_insert()
	frappe.db.commit()
	answer = browser("agent").call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get", chart_name=chart.name
	)
	assert refused(answer, SENTENCE)
	frappe.db.delete("Dashboard Chart", {"name": chart.name})
	frappe.db.commit()


def test_links_to_a_case_are_not_expanded(browser, site):
	todo = frappe.get_doc({"doctype": "ToDo", "description": "x", "allocated_to": site.agent}).insert()
	frappe.db.set_value("ToDo", todo.name, {"reference_type": "SV Report", "reference_name": site.case})
	own = frappe.get_doc({"doctype": "ToDo", "description": "x", "allocated_to": site.agent}).insert()
	frappe.db.commit()
	agent = browser("agent")
	assert refused(agent.get(f"/api/resource/ToDo/{todo.name}", expand_links=1), SENTENCE)
	assert agent.get(f"/api/resource/ToDo/{own.name}", expand_links=1).ok


@pytest.mark.parametrize(
	"arguments",
	[
		{"ticket_id": "{ticket}"},
		{"name": "{ticket}"},
		{"source": "{it_ticket}", "target": "{ticket}"},
		{"ticket_ids": '["{it_ticket}", "{ticket}"]'},
		{"ticket_ids": '[{{"name": "{ticket}"}}]'},
		{"dn": "{ticket}", "dt": "HD Ticket"},
	],
)
def test_functions_of_helpdesk_know_sealed_tickets(site, arguments):
	filled = {key: value.format(**vars(site)) for key, value in arguments.items()}
	frappe.set_user(site.agent)
	with pytest.raises(frappe.PermissionError, match=SENTENCE):
		helpdesk.tickets(filled)
	frappe.set_user(site.staff)
	helpdesk.tickets(filled)
	frappe.set_user(site.agent)
	helpdesk.tickets({key: value.replace(site.ticket, site.it_ticket) for key, value in filled.items()})


def test_helpdesk_takes_no_labels_from_our_documents(site):
	view = {
		"view_type": "group_by",
		"group_by_field": "subject",
		"label_doc": "SV Report",
		"label_field": "status",
	}
	with pytest.raises(frappe.PermissionError, match=SENTENCE):
		helpdesk.list_labels({"doctype": "HD Ticket", "view": frappe.as_json(view)})
	with pytest.raises(frappe.PermissionError, match=SENTENCE):
		helpdesk.list_labels({"doctype": "SV Report"})
	helpdesk.list_labels({"doctype": "HD Ticket", "view": {**view, "label_doc": "HD Team"}})


def test_a_search_filter_has_to_be_a_name():
	with pytest.raises(frappe.PermissionError, match=SENTENCE):
		helpdesk.search_filters({"query": "x", "filters": {"status) union select 1 --": "Open"}})
	helpdesk.search_filters({"query": "x", "filters": '{"status": "Open"}'})


def test_no_numbers_about_the_address_of_the_sealed_tickets():
	with pytest.raises(frappe.PermissionError, match=SENTENCE):
		helpdesk.statistics({"dt": "Contact", "dn": sealed_ticket.neutral_address()})
	helpdesk.statistics({"dt": "Contact", "dn": "Somebody"})
