"""Printing."""

from dev.leaks.asking import Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit
from dev.leaks.surfaces.attacks import inserted, removed, template


def _printview(visit: Visit) -> Steps:
	yield from visit.compare(lambda doctype, name: get("/printview", doctype=doctype, name=name))
	for ticket in visit.tickets():
		yield get("/printview", doctype="HD Ticket", name=ticket)


def _html(visit: Visit) -> Steps:
	def ask(doctype: str, name: str) -> Request:
		return call("frappe.www.printview.get_html_and_style", doc=doctype, name=name)

	yield from visit.compare(ask)
	for ticket in visit.tickets():
		yield ask("HD Ticket", ticket)
	for _place, doctype, name in visit.documents():
		made_up = {"doctype": doctype, "name": name, "owner": visit.who.user, "__islocal": 1}
		yield call("frappe.www.printview.get_html_and_style", doc=made_up)


def _raw(visit: Visit) -> Steps:
	yield from visit.compare(
		lambda doctype, name: call("frappe.www.printview.get_rendered_raw_commands", doc=doctype, name=name)
	)


def _pdf(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents():
		yield get("/api/method/frappe.utils.print_format.download_pdf", doctype=doctype, name=name)
		yield get(
			"/api/method/frappe.utils.print_format.download_multi_pdf", doctype={doctype: [name]}, name="x"
		)
	yield get("/api/method/frappe.utils.print_format.download_pdf", doctype="HD Ticket", name=visit.ticket)


def _weasyprint(visit: Visit) -> Steps:
	for _place, doctype, name in visit.documents():
		asked = {"doctype": doctype, "name": name, "print_format": "Standard"}
		yield get("/api/method/frappe.utils.weasyprint.download_pdf", **asked)
	asked = {"doctype": "HD Ticket", "name": visit.ticket, "print_format": "Standard"}
	yield get("/api/method/frappe.utils.weasyprint.download_pdf", **asked)


def _pdf_of_html(visit: Visit) -> Steps:
	names = [name for _place, _doctype, name in visit.documents("File", seen=0)]
	images = "".join(f"<img src='{visit.world.facts['file_urls'][name]}'>" for name in names)
	yield call("frappe.utils.print_format.report_to_pdf", html=f"<p>x</p>{images}")


def _own_format(visit: Visit) -> Steps:
	name = yield from inserted(
		"Print Format", name=f"Proef {visit.turn}", doc_type="SV Report", custom_format=1, standard="No",
		print_format_type="Jinja", html=template(visit),
	)  # fmt: skip
	for doctype, document in (("SV Report", visit.documents("SV Report")), ("User", [])):
		for _place, _doctype, case in document or [("", "", visit.who.user)]:
			if name:
				yield get("/printview", doctype=doctype, name=case, format=name)
	if name:
		yield from removed("Print Format", name)


NO_FORMAT = "there is no raw print format"
CODE = "a System Manager who writes templates reads plain columns; clear text is in none"
SURFACES = (
	Surface("6.18", "printview", ORACLE, _printview),
	Surface("6.18", "get_html_and_style", ORACLE, _html),
	Surface("6.18", "get_rendered_raw_commands", ORACLE, _raw, unproven=NO_FORMAT),
	Surface("6.18", "download_pdf", READ, _pdf, ("program:wkhtmltopdf",)),
	Surface(
		"6.18",
		"PDF of a text with our files in it",
		READ,
		_pdf_of_html,
		("program:wkhtmltopdf",),
		unproven="files of ours are opened by open_attachment only",
	),
	Surface(
		"6.18",
		"weasyprint",
		READ,
		_weasyprint,
		("frappe.utils.weasyprint.download_pdf", "weasyprint"),
		unproven="needs a print format made for it; there is none",
	),
	Surface(
		"6.21",
		"own print format",
		READ,
		_own_format,
		unproven="who may write one must see nothing",
		only_secrets=CODE,
		writes=True,
	),
)
