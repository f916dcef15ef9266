"""Takes the pictures of the guides, README and docs: one browser, one invented day, Dutch and English.

`make pictures` runs it in the bench's Python, in the sites folder, once for each language on a fresh site.
"""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import frappe

from dev.camera import PHONE, Camera, keep
from dev.institution import PASSWORD
from dev.live import WebServer
from dev.picture_time import NOW, acting_as, at
from dev.picture_world import STAFF, USERS, World


@dataclass(frozen=True)
class Picture:
	"""One picture of the Desk.

	Attributes:
		name: of its file, without .png.
		who: the login of who sees this, as in dev.institution.
		route: of the page; `{case}` and the like are names that the World knows.
		shows: what is there once the page is complete, as a CSS selector.
		tab: field of the tab that is opened.
	"""

	name: str
	who: str
	route: str
	shows: str
	tab: str = ""


BOARD = ".sv-board:visible :is(.number, .list)"
NEXT_STEP = ".sv-has-next:visible .custom-actions .btn-primary"
FORM = ".form-layout:visible"
PICTURES = (
	Picture("ccp_desk", "b.okafor", "/app/ccp-desk", BOARD),
	Picture("cases", "b.okafor", "/app/sv-report", ".list-row:visible >> nth=3"),
	Picture("case", "b.okafor", "/app/sv-report/{reported}", NEXT_STEP, "intake_tab"),
	Picture(
		"conversation", "b.okafor", "/app/sv-report/{reported}", ".sv-dialogue:visible", "conversation_tab"
	),
	Picture("time_line", "b.okafor", "/app/sv-report/{case}", ".sv-time-line:visible", "time_line_tab"),
	Picture("aftercare", "b.okafor", "/app/sv-aftercare/{plan}", FORM),
	Picture("agenda", "b.okafor", "/app/agenda", ".layout-main-section:visible section"),
	Picture("coordinator", "m.terpstra", "/app/coordinator", BOARD),
	Picture("first_steps", "m.terpstra", "/app/first-steps", ".layout-main-section:visible li"),
	Picture("decision_table", "m.terpstra", "/app/sv-decision-table/{table}", NEXT_STEP, "people_tab"),
	Picture("my_cases", "n.elamrani", "/app/my-cases", BOARD),
	Picture("hand_over", "n.elamrani", "/app/sv-referral/{referral}", NEXT_STEP, "sharing_tab"),
	Picture("tables", "i.bouwman", "/app/decision-tables", BOARD),
	Picture("minutes", "i.bouwman", "/app/sv-minutes/{minutes}", ".who-wrote:visible", "weighing_tab"),
	Picture("tasks", "k.vandoorn", "/app/my-aftercare-and-actions", BOARD),
	Picture("action", "k.vandoorn", "/app/sv-action/{action}", ".sv-permitted-context:visible"),
	Picture("privacy", "a.demir", "/app/privacy", BOARD),
	Picture("who_opened_what", "a.demir", "/app/query-report/Who opened what", ".dt-row:visible >> nth=3"),
	Picture("board", "w.steenbergen", "/app/published-figures", BOARD),
)
ON_THE_PAGE = ("melden", "melden_phone", "melden_received", "melden_dialogue")
ANNUAL_REPORT, ITS_PAGE = "annual_report", 3
NAMES = (*(picture.name for picture in PICTURES), *ON_THE_PAGE, ANNUAL_REPORT)


def of_the_desk(camera: Camera, names: dict[str, str], pictures: tuple[Picture, ...] = PICTURES) -> None:
	"""Take the pictures of the Desk, of one person after the other."""
	for who in dict.fromkeys(picture.who for picture in pictures):
		with camera.page_of(who) as page:
			for picture in (one for one in pictures if one.who == who):
				page.goto(picture.route.format(**names))
				if picture.tab:
					page.locator(f"[id$={picture.tab}-tab]:visible").click()
				page.locator(picture.shows).first.wait_for()
				camera.take(page, picture.name)


def of_the_reporting_page(camera: Camera, world: World) -> str:
	"""Report, be answered and come back, with a picture of each; return the case."""
	path = "/melden" if world.language == "nl" else "/melden?lang=en"
	with camera.page_of(viewport=PHONE) as page:
		page.goto(path)
		camera.take(page, "melden_phone")
	with camera.page_of() as page:
		page.goto(path)
		camera.take(page, "melden")
		page.locator("[name=story]").fill(world.say("story"))
		page.locator("[name=how][value=Anonymous]").check()
		_send(page)
		code = page.locator("p.digits").inner_text()
		page.locator("p.digits").evaluate("(element) => (element.textContent = '1234 5678 9012 3456')")
		camera.take(page, "melden_received")
		case = _answered(world)
		page.goto(path.replace("/melden", "/melden/code"))
		page.locator("[name=code]").fill(code)
		_send(page)
		page.locator("article").first.wait_for()
		camera.take(page, "melden_dialogue")
	return case


def _send(page) -> None:
	# a form that comes back at once is a program's
	page.wait_for_timeout(3100)
	page.locator("main form button[type=submit], main form button:not([type])").first.click()
	page.wait_for_load_state("networkidle")


def _answered(world: World) -> str:
	"""Let the desk take up what came by the page and answer it; return the case."""
	from sv_helpdesk.helpdesk import outbox
	from sv_helpdesk.workflows.moving import move

	frappe.db.rollback()
	[case] = frappe.get_all(
		"SV Report", {"channel": "Web form"}, pluck="name", order_by="creation desc", limit=1
	)
	[message] = frappe.get_all("SV Message", {"report": case, "direction": "Incoming"}, pluck="name")
	with at(NOW), acting_as(STAFF):
		outbox.reply(message, world.say("answer"), asks_reporter=True)
		move("SV Report", case, "triage")
	frappe.db.commit()
	return case


def what_the_privacy_officer_finds(server: WebServer, world: World) -> None:
	"""Let somebody open what isn't theirs, and IT ask for what takes two persons; both are refused."""
	hr, it = (server.login(USERS[who], PASSWORD) for who in ("k.vandoorn", "p.lammers"))
	hr.get(f"{server.base_url}/api/resource/SV Report/{world.case}")
	roles = [{"role": "Agent"}, {"role": "SV CCP Staff"}]
	it.put(f"{server.base_url}/api/resource/User/{USERS['s.kuiper']}", json={"roles": roles})


def of_the_annual_report(world: World) -> None:
	"""Take a picture of a page of the PDF as the board downloads it."""
	from sv_helpdesk.annual_report import downloads

	with at(NOW), acting_as(USERS["w.steenbergen"]), tempfile.TemporaryDirectory() as folder:
		downloads.download(world.figures, "published", "pdf", world.language)
		pdf = Path(folder) / "report.pdf"
		pdf.write_bytes(frappe.local.response.filecontent)
		page = [
			"-f",
			str(ITS_PAGE),
			"-l",
			str(ITS_PAGE),
			"-singlefile",
			"-scale-to-x",
			"800",
			"-scale-to-y",
			"-1",
		]
		subprocess.run(["pdftoppm", "-png", *page, pdf, pdf.with_suffix("")], check=True)
		keep(world.language, ANNUAL_REPORT, pdf.with_suffix(".png").read_bytes())
	frappe.db.commit()


def main() -> None:
	"""Make the world of the language in DEV_LANGUAGE on the site in DEV_SITE, and take all its pictures."""
	from playwright.sync_api import sync_playwright

	site, language = os.environ["DEV_SITE"], os.environ["DEV_LANGUAGE"]
	frappe.init(site)
	frappe.connect()
	world = World(language)
	server = WebServer(site, application="dev.picture_server:application")
	try:
		with sync_playwright() as playwright:
			browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
			camera = Camera(browser, server.base_url, language)
			world.reported = of_the_reporting_page(camera, world)
			what_the_privacy_officer_finds(server, world)
			of_the_desk(camera, vars(world))
			browser.close()
		of_the_annual_report(world)
	finally:
		server.stop()
		frappe.destroy()


if __name__ == "__main__":
	main()
