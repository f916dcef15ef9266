"""The host's functions and what is asked before each; a function is known by where it was defined.

CHECKS has the doors that need one. ASKS has the host's functions that look at rights themselves, or tell nothing but
labels; every other function of the host, of Helpdesk and of other apps is refused when a request names one of our
doctypes to it, so that a door nobody knew of is closed.
"""

from collections.abc import Callable

from sv_helpdesk.guards import counting
from sv_helpdesk.guards.checks import charts, documents, helpdesk, indirect, search
from sv_helpdesk.guards.checks.documents import never, readable
from sv_helpdesk.guards.wiring import OVERRIDES
from sv_helpdesk.two_persons.doors import DOORS

Check = Callable[[dict], None]

CHECKS: dict[str, tuple[Check, ...]] = {
	# one document
	"frappe.client.get": (documents.found,),
	"frappe.client.get_doc_permissions": (readable(name="docname"),),
	"frappe.client.has_permission": (readable(name="docname"),),
	"frappe.client.validate_link": (readable(name="docname"),),
	"frappe.desk.form.load.getdoc": (readable(),),
	"frappe.desk.form.load.get_docinfo": (readable(),),
	"frappe.desk.form.load.get_communications": (readable(),),
	"frappe.desk.form.assign_to.add": (documents.assigned,),
	"frappe.desk.form.assign_to.add_multiple": (documents.assigned,),
	"frappe.desk.form.assign_to.close": (readable(),),
	"frappe.desk.form.assign_to.remove": (readable(),),
	"frappe.desk.form.assign_to.remove_multiple": (readable(name="names"),),
	"frappe.desk.form.linked_with.get": (readable(name="docname"),),
	"frappe.desk.form.linked_with.get_submitted_linked_docs": (readable(),),
	"frappe.desk.search.get_link_title": (readable(name="docname"),),
	"frappe.desk.link_preview.get_preview_data": (readable(name="docname"),),
	"frappe.share.get_users": (readable(),),
	"frappe.handler.download_file": (documents.absent_file,),
	"frappe.handler.run_doc_method": (documents.made_up_document,),
	"frappe.api.v2.run_doc_method": (documents.made_up_document,),
	# what nobody does with our documents or a sealed ticket
	"frappe.share.add": (never(),),
	"frappe.share.set_permission": (never(),),
	"frappe.desk.form.document_follow.follow_document": (never(name="doc_name"),),
	"frappe.desk.form.document_follow.unfollow_document": (never(name="doc_name"),),
	"frappe.desk.form.document_follow.update_follow": (never(name="doc_name"),),
	"frappe.desk.form.document_follow.get_follow_users": (never(name="doc_name"),),
	"frappe.desk.like.toggle_like": (never(),),
	"frappe.desk.doctype.tag.tag.add_tag": (never("dt", "dn"),),
	"frappe.desk.doctype.tag.tag.add_tags": (never("dt", "docs"),),
	"frappe.desk.doctype.tag.tag.remove_tag": (never("dt", "dn"),),
	"frappe.templates.includes.comments.comments.add_comment": (
		never("reference_doctype", "reference_name"),
	),
	"frappe.templates.includes.likes.likes.like": (never("reference_doctype", "reference_name"),),
	"frappe.core.doctype.data_export.exporter.export_data": (documents.not_about_ours,),
	"frappe.core.doctype.data_import.data_import.download_template": (documents.not_about_ours,),
	"frappe.desk.query_report.get_data_for_custom_field": (documents.not_about_ours,),
	# mail
	"frappe.email.relink": (helpdesk.communication,),
	# search and counts
	"frappe.desk.search.search_link": (search.obeys_rights, indirect.through("query")),
	"frappe.desk.search.search_widget": (search.obeys_rights, indirect.through("query")),
	"frappe.client.get_count": (counting.under_its_own_name,),
	"frappe.desk.listview.get_group_by_count": (counting.under_its_own_name,),
	"frappe.desk.notifications.get_open_count": (readable(), charts.linked_counts),
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": (charts.chart,),
	"frappe.desk.query_report.run": (documents.prepared_report, documents.counted_anew),
	"frappe.desk.query_report.export_query": (documents.counted_anew,),
	# functions that run another one
	"frappe.handler.upload_file": (indirect.through("method"),),
	"frappe.handler.uploadfile": (indirect.through("method"),),
	"frappe.model.mapper.make_mapped_doc": (indirect.through("method"),),
	"frappe.model.mapper.map_docs": (indirect.through("method"),),
	"frappe.desk.treeview.get_all_nodes": (indirect.through("tree_method"),),
	# Helpdesk
	"helpdesk.api.saved_replies.get_rendered_saved_reply": (helpdesk.saved_reply,),
	"helpdesk.api.doc.get_list_data": (helpdesk.list_labels,),
	"helpdesk.api.dashboard.get_dashboard_data": (helpdesk.dashboard,),
	"helpdesk.api.search.search": (helpdesk.search_filters,),
	"helpdesk.helpdesk.doctype.hd_ticket.api.split_ticket": (helpdesk.communication,),
	"helpdesk.templates.components.search.search.search_text": (helpdesk.nobody,),
}
for _function, _check in DOORS.items():
	CHECKS[_function] = (*CHECKS.get(_function, ()), _check)
# all functions of a module, by what the module's name begins with
CHECKS_OF_MODULES: dict[str, tuple[Check, ...]] = {
	"frappe.client.": (documents.named,),
	"frappe.core.doctype.communication.email.": (documents.named,),
	"frappe.desk.doctype.bulk_update.": (documents.named,),
	"frappe.desk.form.": (documents.named,),
	"frappe.printing.page.print.print.": (documents.named,),
	"frappe.realtime.": (documents.named,),
	"frappe.utils.print_format.": (documents.named,),
	"frappe.utils.weasyprint.": (documents.named,),
	"frappe.www.printview.": (documents.named,),
	"helpdesk.": (helpdesk.tickets,),
	"helpdesk.api.ticket_stats.": (helpdesk.statistics,),
}
ASKS = (
	"sv_helpdesk.",
	# documents, with the rights of whoever asks; what is stored meets our doc events
	"frappe.client.",
	"frappe.desk.form.assign_to.",
	"frappe.desk.form.load.",
	"frappe.desk.form.save.",
	"frappe.desk.form.utils.",
	"frappe.desk.reportview.",
	"frappe.desk.calendar.get_events",
	"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
	"frappe.desk.doctype.number_card.number_card.get_result",
	"frappe.desk.doctype.number_card.number_card.get_percentage_difference",
	"frappe.desk.query_report.",
	"frappe.core.doctype.prepared_report.prepared_report.",
	"frappe.core.doctype.communication.email.make",
	"frappe.handler.",
	"frappe.printing.page.print.print.",
	"frappe.realtime.",
	"frappe.utils.print_format.",
	"frappe.utils.weasyprint.",
	"frappe.www.printview.",
	# labels, views and settings of the one who asks
	"frappe.core.doctype.access_log.access_log.make_access_log",
	"frappe.desk.desktop.",
	"frappe.desk.doctype.form_tour.",
	"frappe.desk.doctype.list_view_settings.",
	"frappe.desk.doctype.route_history.",
	"frappe.desk.doctype.workspace.",
	"frappe.desk.listview.",
	"frappe.desk.moduleview.",
	"frappe.model.utils.user_settings.",
	"frappe.translate.",
	# whoever manages the site changes rights and forms of doctypes; the self-check compares what comes of it
	"frappe.core.doctype.user_permission.",
	"frappe.core.page.permission_manager.",
	"frappe.custom.",
)


def checks_of(function: str, path: str) -> tuple[Check, ...]:
	"""Return what is asked before a function runs.

	Args:
		function: module and name it was defined under.
		path: the path it was reached by; one of ours takes a counter's place under the host's own path.
	"""
	checks = () if path in OVERRIDES else CHECKS.get(function, ())
	of_module = [
		check for start, each in CHECKS_OF_MODULES.items() if function.startswith(start) for check in each
	]
	return (*checks, *of_module)


def asks(function: str) -> bool:
	"""Tell whether a function may be asked about our documents, because it or a check of ours looks at the rights.

	Args:
		function: module and name it was defined under.
	"""
	return function in CHECKS or function.startswith(ASKS)
