"""The guides: one page for each kind of work, in Dutch and English, shown in the app to whose work it is."""

import re
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import md_to_html

from sv_helpdesk.permissions.acting import acting_roles
from sv_helpdesk.permissions.matrix import AT_THE_TABLE, BY_DESK, BY_OWN
from sv_helpdesk.permissions.roles import BOARD, COMPANION, COORDINATOR, HR_ADVISOR, PRIVACY_OFFICER

FOLDER = Path(__file__).parent
# the first is for whoever reads the Desk in another language
LANGUAGES = ("en", "nl")
# who has several begins with the first
GUIDES = {
	"coordinator": (COORDINATOR,),
	"ccp_desk": BY_DESK,
	"own_cases": (*BY_OWN, COMPANION),
	"privacy_officer": (PRIVACY_OFFICER,),
	"hr": (HR_ADVISOR,),
	"decision_table": AT_THE_TABLE,
	"board": (BOARD,),
}
# as a reader of the files finds the pictures, and as a browser does
IN_FILES, IN_BROWSER = "../../public/pictures/", "/assets/sv_helpdesk/pictures/"
TITLE = re.compile(r"# (.+)\n")


@frappe.whitelist(methods=["POST"])
def mine() -> list[dict]:
	"""Return the guides for the work of the session's user, in their language.

	Returns:
		Each with `name`, `title` and `html`, made of files that come with the app.

	Raises:
		frappe.PermissionError: they have no role of ours.
	"""
	roles = acting_roles(frappe.session.user)
	if not roles:
		frappe.throw(
			_("The guides are for people with a role in social safety. Ask a coordinator for one."),
			frappe.PermissionError,
		)
	language = frappe.local.lang if frappe.local.lang in LANGUAGES else LANGUAGES[0]
	return [_shown(name, language) for name, theirs in GUIDES.items() if roles & set(theirs)]


def source(name: str, language: str) -> str:
	"""Return a guide as it is written, in Markdown.

	Args:
		name: one of GUIDES.
		language: one of LANGUAGES.
	"""
	return (FOLDER / language / f"{name}.md").read_text()


def _shown(name: str, language: str) -> dict:
	text = source(name, language)
	title = TITLE.match(text)
	html = md_to_html(text[title.end() :].replace(IN_FILES, IN_BROWSER))
	return {"name": name, "title": title[1], "html": str(html)}
