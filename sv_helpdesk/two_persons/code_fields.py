"""Where the host keeps what runs in the pages our people open, or on the server with rights of its own."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

# Jinja that calls something or reaches into another object: it can read and write the whole database
BRACES = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)
CALLS = re.compile(r"[(\[]|\b(?:import|include|extends|call|macro)\b")
# HTML that runs: tags that load or execute, handlers, script addresses
RUNS = re.compile(
	r"<\s*(?:script|iframe|object|embed|svg|math|meta|base)\b|[\s\"'/]on[a-z]+\s*=|javascript\s*:|srcdoc",
	re.IGNORECASE,
)
# browsers leave these out of an address
CONTROLS = re.compile(r"[\x00-\x1f]")
EVAL = re.compile(r"^\s*(?:eval|fn)\s*:(.*)", re.IGNORECASE | re.DOTALL)
# a comparison of fields, such as eval:doc.status == "Open" && !doc.team; it can neither call nor assign
COMPARES = re.compile(r"(?:[\w\s.'\",?:&|!-]|[=!]==?|[<>]=?)*")


def renders(text: str) -> bool:
	"""A template that does more than show a value, such as {{ doc.subject }}; or HTML that runs."""
	return runs(text) or any(CALLS.search(found[0] or found[1]) for found in BRACES.findall(text))


def runs(text: str) -> bool:
	"""HTML that does something when it is shown or clicked, also in the spellings that browsers take for it."""
	shown = html.unescape(text)
	return bool(RUNS.search(text) or RUNS.search(shown) or RUNS.search(CONTROLS.sub("", shown)))


def evaluates(text: str) -> bool:
	"""A property that the form evaluates or shows as HTML."""
	expression = EVAL.match(text)
	return runs(text) or bool(expression and not COMPARES.fullmatch(expression[1].replace("new ", "(")))


@dataclass(frozen=True)
class Code:
	"""Where one doctype of the host keeps code.

	Attributes:
		programs: fields that are code whatever stands in them; `table.field` for a field of child rows.
		texts: fields that may hold code among other things.
		is_code: what in a text counts as code.
		place: fields that say where and when it runs; a change of them counts like one of the code.
		on: a field that must be set for it to run.
		off: a field that keeps it from running.
		about: the field that names the doctype it is about; for one of ours it is refused outright.
	"""

	programs: tuple[str, ...] = ()
	texts: tuple[str, ...] = ()
	is_code: Callable[[str], bool] = renders
	place: tuple[str, ...] = ()
	on: str = ""
	off: str = ""
	about: str = ""


DEPENDS = ("depends_on", "mandatory_depends_on", "read_only_depends_on")
CODE = {
	"Client Script": Code(("script",), place=("dt", "view"), on="enabled", about="dt"),
	"HD Form Script": Code(("script",), place=("dt", "apply_to_customer_portal"), on="enabled", about="dt"),
	"Server Script": Code(
		("script",),
		place=("script_type", "reference_doctype", "doctype_event", "api_method", "allow_guest"),
		off="disabled",
		about="reference_doctype",
	),
	"Custom HTML Block": Code(("html", "script", "style")),
	"Report": Code(
		("query", "report_script", "javascript"),
		place=("report_type", "ref_doctype"),
		off="disabled",
		about="ref_doctype",
	),
	"Website Script": Code(("javascript",)),
	"Website Theme": Code(("js",)),
	"Website Settings": Code(
		("head_html",), ("banner_html", "brand_html", "footer_powered", "copyright"), runs
	),
	"Web Page": Code(
		("javascript", "context_script"),
		("main_section", "main_section_html", "main_section_md", "header"),
		place=("content_type", "dynamic_template"),
		on="published",
	),
	"Blog Post": Code((), ("content_html", "content_md"), runs, on="published"),
	"Web Form": Code(("client_script",), place=("doc_type",), on="published", about="doc_type"),
	"Web Template": Code((), ("template",)),
	"Print Format": Code(
		("raw_commands",), ("html", "format_data"), place=("doc_type",), off="disabled", about="doc_type"
	),
	"Letter Head": Code(("header_script", "footer_script"), ("content", "footer"), off="disabled"),
	"Email Template": Code((), ("subject", "response", "response_html")),
	"Address Template": Code((), ("template",)),
	"Notification": Code((), ("subject", "message"), on="enabled", about="document_type"),
	"Auto Repeat": Code((), ("subject", "message"), about="reference_doctype"),
	"Assignment Rule": Code((), ("description",), off="disabled", about="document_type"),
	"Webhook": Code(
		(), ("webhook_json", "request_url"), place=("webhook_doctype",), on="enabled", about="webhook_doctype"
	),
	"Newsletter": Code((), ("subject", "message", "message_html", "message_md")),
	"Workspace": Code((), ("content",), runs),
	"Navbar Settings": Code(
		("settings_dropdown.action", "help_dropdown.action"), ("announcement_widget",), runs
	),
	"Form Tour": Code(
		("steps.next_step_condition",), ("steps.description",), runs, about="reference_doctype"
	),
	"Number Card": Code(("dynamic_filters_json",), place=("document_type",), about="document_type"),
	"Dashboard Chart": Code(
		("dynamic_filters_json", "custom_options"), place=("document_type",), about="document_type"
	),
	"Translation": Code((), ("translated_text",), runs),
	"Property Setter": Code(
		(), ("value",), evaluates, place=("doc_type", "field_name", "property"), about="doc_type"
	),
	"Custom Field": Code(
		(),
		("options", "default", "description", "label", *DEPENDS),
		evaluates,
		place=("dt", "fieldname", "fieldtype"),
		about="dt",
	),
	"DocType": Code(
		(),
		tuple(f"fields.{field}" for field in ("options", "description", "label", *DEPENDS)),
		evaluates,
		about="name",
	),
	"Page": Code(("content", "script"), about="name"),
}
