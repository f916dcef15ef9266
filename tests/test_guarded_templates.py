"""Texts of the host that are programs: what they may say, and that nothing reaches a case through them."""

import pytest

import frappe

from sv_helpdesk.guards import templates

pytest_plugins = ["guard_fixtures"]
pytestmark = pytest.mark.commits

PLAIN = (
	"Dear {{ contact }}, your question {{ name }} is {{ status|lower }}.",
	"{% if priority == 'High' %}At once{% else %}Soon{% endif %}",
	"{{ subject|default('your question')|truncate(40) }} {# a remark #}",
	"No fields at all { not even a brace }",
)
PROGRAMS = (
	"{{ frappe.get_all('SV Report', fields=['*']) }}",
	"{{ frappe.db.sql('select 1') }}",
	"{{ frappe }}",
	"{% set f = frappe %}{{ f.session.user }}",
	"{{ ''.join(['a']) }}",
	"{{ subject.upper() }}",
	"{{ subject.__class__ }}",
	"{{ subject['x'] }}",
	"{{ ()|attr('__class__') }}",
	"{{ [subject]|map('upper') }}",
	"{% include 'templates/emails/x.html' %}",
	"{% import 'x' as x %}",
	"{% extends 'x' %}",
	"{% macro m() %}{{ caller() }}{% endmacro %}",
	"{% for x in range(3) %}{{ x }}{% endfor %}",
	"{{ json }}",
	"{{ args }}",
	"{% do frappe.db.commit() %}",
)
# mails may use the host's helpers besides
HELPERS = (
	*PLAIN,
	"{{ doc.subject }} {{ frappe.utils.get_url() }} {{ frappe.format_date(doc.creation) }}",
	"{{ _('Hello') }} {{ doc.get_formatted('creation') }} {{ frappe.get_url() }}",
	"{% for row in doc.items %}{{ row.name }}{% endfor %}",
	"{{ frappe.user }}",
)
REACHING = (
	"{{ frappe.get_all('SV Report') }}",
	"{{ frappe.db.get_value('SV Report', 'x', 'status') }}",
	"{{ frappe['db'].sql('select 1') }}",
	"{% set f = frappe %}{{ f.db.sql('select 1') }}",
	"{{ frappe|attr('db') }}",
	"{{ frappe.qb.from_('x').run() }}",
	"{{ frappe.call('frappe.client.get_list', doctype='SV Report') }}",
	"{{ frappe.get_doc('SV Report', 'x') }}",
	"{{ doc.get_all_children() }}",
	"{{ doc.run_method('x') }}",
	"{{ run_script('x') }}",
	"{{ frappe.session.csrf_token }}",
	"{% include 'x' %}",
	"{{ frappe.utils.x.y }}{{ frappe.render_template('x') }}",
)


def reply(text: str):
	return {
		"doctype": "HD Saved Reply",
		"title": frappe.generate_hash(length=8),
		"message": text,
		"scope": "Global",
	}


@pytest.mark.parametrize("text", PLAIN)
def test_a_saved_reply_may_show_fields(text):
	templates.refuse_program_in_reply(frappe._dict(message=text))


@pytest.mark.parametrize("text", PROGRAMS)
def test_a_saved_reply_shows_fields_and_runs_nothing(text):
	with pytest.raises(frappe.PermissionError, match="run a program"):
		templates.refuse_program_in_reply(frappe._dict(message=text))


def test_over_http_an_agent_writes_no_program(browser, site):
	if not frappe.db.exists("DocType", "HD Saved Reply"):
		pytest.skip("this Helpdesk has no saved replies")
	agent = browser("agent")
	assert agent.insert("HD Saved Reply", **reply(PLAIN[0])).ok
	answer = agent.insert("HD Saved Reply", **reply(PROGRAMS[0]))
	assert answer.status_code in (403, 417) and "run a program" in answer.text


def test_an_older_saved_reply_is_not_rendered(browser, site):
	if not frappe.db.exists("DocType", "HD Saved Reply"):
		pytest.skip("this Helpdesk has no saved replies")
	names = {}
	for kind, text in (("plain", PLAIN[0]), ("program", PROGRAMS[0])):
		document = frappe.get_doc(reply(text))
		document.set_new_name()
		document.db_insert()
		names[kind] = document.name
	frappe.db.commit()
	render = "helpdesk.api.saved_replies.get_rendered_saved_reply"
	agent = browser("agent")
	assert agent.call(render, ticket_id=site.it_ticket, saved_reply_id=names["plain"]).ok
	answer = agent.call(render, ticket_id=site.it_ticket, saved_reply_id=names["program"])
	assert answer.status_code == 403 and "run a program" in answer.text
	assert agent.call(render, ticket_id=site.ticket, saved_reply_id=names["plain"]).status_code == 403
	for name in names.values():
		frappe.db.delete("HD Saved Reply", {"name": name})
	frappe.db.commit()


def settings(text: str):
	"""HD Settings with a text typed into one of its mails."""
	document = frappe.get_doc("HD Settings")
	document.load_doc_before_save()
	fields = [field for field in document.meta.fields if field.fieldtype in templates.TEXTS]
	if not fields:
		pytest.skip("the mails of this Helpdesk are fixed")
	field = fields[0]
	return document.update({field.fieldname: text})


@pytest.mark.parametrize("text", HELPERS)
def test_mails_of_helpdesk_use_the_hosts_helpers(text):
	templates.keep_from_data(settings(text))


@pytest.mark.parametrize("text", REACHING)
def test_mails_of_helpdesk_reach_no_data(text):
	with pytest.raises(frappe.PermissionError, match="run a program"):
		templates.keep_from_data(settings(text))


def test_an_agent_manager_writes_no_program_into_the_settings(browser, site):
	fields = [field.fieldname for field in frappe.get_meta("HD Settings").fields]
	field = next((name for name in fields if name.endswith("_email_content")), None)
	if not field:
		pytest.skip("the mails of this Helpdesk are fixed")
	manager = browser("manager")
	path = manager.web.base_url + "/api/resource/HD Settings/HD Settings"
	answer = manager.session.put(path, json={field: REACHING[0]})
	assert answer.status_code in (403, 417) and "run a program" in answer.text
	answer = manager.session.put(path, json={field: "{{ doc.subject }} {{ frappe.utils.get_url() }}"})
	assert answer.ok, answer.text[:300]
