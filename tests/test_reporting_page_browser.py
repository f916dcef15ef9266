"""In a browser: a report from first look to the answer, without JavaScript, with it, on a phone, by keyboard."""

import pytest
from reporting_helpers import DESK, answer_of_desk, has_been_open, latest_report

import frappe

from sv_helpdesk.reporting import limits, uploads

pytestmark = pytest.mark.commits
pytest_plugins = ["browser_fixtures", "reporting_fixtures"]
# a page that says nothing and keeps nothing in the history
NEUTRAL = "/assets/sv_helpdesk/css/reporting.css"
SMALL = {"width": 320, "height": 600}
PHONE = {"width": 390, "height": 700}
# two colours' difference in brightness, as WCAG 2.2 counts it, of every text with what lies behind it
CONTRASTS = """() => {
	const lum = (rgb) => {
		const [r, g, b] = rgb.map((c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const parts = (text) => text.match(/[\\d.]+/g).map(Number);
	const behind = (element) => {
		for (let at = element; at; at = at.parentElement) {
			const colour = parts(getComputedStyle(at).backgroundColor);
			if (colour.length < 4 || colour[3]) return colour.slice(0, 3);
		}
		return [255, 255, 255];
	};
	return [...document.querySelectorAll("body *")]
		.filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
		.map((e) => {
			const [a, b] = [lum(parts(getComputedStyle(e).color).slice(0, 3)), lum(behind(e))].sort((x, y) => y - x);
			return [(a + 0.05) / (b + 0.05), e.textContent.trim().slice(0, 30)];
		})
		.filter(([ratio]) => ratio < 4.5);
}"""
# what a screen reader needs: every field a name, every id once, what is described is there, headings in steps
FAULTS = """() => {
	const found = [];
	for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
		if (!field.labels.length) found.push("no label: " + field.name);
	const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
	if (new Set(ids).size !== ids.length) found.push("an id twice");
	for (const e of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
		for (const name of ["aria-describedby", "aria-labelledby"])
			for (const id of (e.getAttribute(name) || "").split(" ").filter(Boolean))
				if (!ids.includes(id)) found.push(name + " leads nowhere: " + id);
	for (const a of document.querySelectorAll('a[href^="#"]'))
		if (!document.querySelector(a.getAttribute("href"))) found.push("leads nowhere: " + a.href);
	let last = 0;
	for (const h of document.querySelectorAll("h1, h2, h3")) {
		if (Number(h.tagName[1]) > last + 1) found.push("a heading is skipped: " + h.textContent);
		last = Number(h.tagName[1]);
	}
	if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
	for (const name of ["main", "header", "footer", "nav"])
		if (!document.querySelector(name)) found.push("no " + name);
	if (document.querySelector("[style], [onclick], style, script:not([src])")) found.push("something inline");
	return found;
}"""


def is_sound(page) -> None:
	"""Readable, nameable and not wider than the screen."""
	assert page.evaluate(FAULTS) == []
	assert page.evaluate(CONTRASTS) == []
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def old_enough(page) -> None:
	"""The form's token has been with the browser for long enough."""
	page.wait_for_timeout(3100)


def to_the_button(page) -> None:
	"""Go on by keyboard to the button that sends the form."""
	while not page.evaluate("document.activeElement.matches('main button')"):
		page.keyboard.press("Tab")


@pytest.mark.parametrize("scripts", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_an_anonymous_report_from_first_look_to_withdrawing(two_desks, browse, scripts):
	page = browse(java_script_enabled=scripts)
	page.goto("/melden")
	page.get_by_label("Wat is er gebeurd?").fill("Hij riep ZZSTORY naar mij.")
	page.get_by_label("Wat wilt u dat er gebeurt?").fill("Dat het ophoudt.")
	old_enough(page)
	page.get_by_role("button", name="Verstuur mijn melding").click()
	summary = page.get_by_role("alert")
	assert "nog niet verstuurd" in summary.inner_text()
	summary.get_by_role("link", name="Kies het loket").click()
	page.get_by_label(DESK.title(), exact=True).check()
	page.get_by_label("Ja, anoniem").check()
	assert "ZZSTORY" in page.get_by_label("Wat is er gebeurd?").input_value()
	page.get_by_role("button", name="Verstuur mijn melding").click()
	page.get_by_role("heading", name="Dit is uw code").wait_for()
	code = page.locator("p.digits").inner_text()
	assert len(code.replace(" ", "")) == 16 and "Wij hebben uw bericht ontvangen" in page.content()
	answer_of_desk(two_desks, latest_report(), "Wanneer was dat?")

	page.get_by_role("link", name="Ik heb een code").click()
	page.get_by_label("Uw code van zestien cijfers").fill(code)
	old_enough(page)
	page.get_by_role("button", name="Kom terug").click()
	assert "Wanneer was dat?" in page.get_by_role("article").first.inner_text()
	assert code not in page.content() and code.replace(" ", "") not in page.content()
	page.get_by_label("Uw tekst").fill("Gisteren, op de gang.")
	old_enough(page)
	page.get_by_role("button", name="Verstuur naar het loket").click()
	assert "Het loket heeft wat u stuurde" in page.get_by_role("status").inner_text()
	page.get_by_text("Ik wil mijn melding intrekken").click()
	page.get_by_label("Ja, ik weet het zeker").check()
	old_enough(page)
	page.get_by_role("button", name="Mijn melding intrekken").click()
	page.get_by_role("heading", name="Uw melding is ingetrokken").wait_for()
	assert page.context.cookies() == []
	assert {url.split("?")[0] for url in page.asked} <= {
		f"{two_desks.base_url}{path}"
		for path in (
			*("/melden", "/melden/code"),
			*("/assets/sv_helpdesk/css/reporting.css", "/assets/sv_helpdesk/js/reporting.js"),
		)
	} | {"data:,"}


def test_by_keyboard_alone_on_a_small_phone(two_desks, browse):
	page = browse(viewport=SMALL)
	page.goto("/melden")
	is_sound(page)
	page.keyboard.press("Tab")
	assert page.evaluate("document.activeElement.className") == "skip", "first: to the text"
	page.keyboard.press("Enter")
	old_enough(page)
	to_the_button(page)
	page.keyboard.press("Enter")
	page.get_by_role("alert").wait_for()
	assert page.evaluate("document.activeElement.className") == "summary", "who can't see is told at once"
	is_sound(page)
	for wanted, keys in (("desk", ["Space"]), ("how", ["Space"]), ("story", ["H", "i", "j"])):
		while page.evaluate("document.activeElement.name || ''") != wanted:
			page.keyboard.press("Tab")
		for key in keys:
			page.keyboard.press(key)
	to_the_button(page)
	page.keyboard.press("Enter")
	page.get_by_role("heading", name="Dit is uw code").wait_for()
	is_sound(page)
	for path in ("/melden/code", "/melden/leidinggevenden", "/melden/ladder", "/melden/loketten"):
		page.goto(path)
		is_sound(page)


def test_the_dialogue_is_sound_on_a_small_phone_too(two_desks, browse):
	page = browse(viewport=SMALL)
	page.goto("/melden?lang=en")
	page.get_by_label(DESK.title(), exact=True).check()
	page.get_by_label("Yes, anonymous").check()
	page.get_by_label("What happened?").fill("x" * 400)
	old_enough(page)
	page.get_by_role("button", name="Send my report").click()
	code = page.locator("p.digits").inner_text()
	answer_of_desk(two_desks, latest_report(), "y" * 400)
	page.get_by_role("link", name="I have a code").click()
	page.get_by_label("Your code of sixteen digits").fill(code)
	old_enough(page)
	page.get_by_role("button", name="Come back").click()
	page.get_by_role("article").first.wait_for()
	is_sound(page)


@pytest.mark.parametrize("scripts", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_the_other_language_leads_neither_out_of_the_visit_nor_loses_what_was_typed(
	two_desks, browse, scripts
):
	page = browse(java_script_enabled=scripts, viewport=PHONE)
	page.goto("/melden")
	page.get_by_label("Wat is er gebeurd?").fill("ZZSTORY")
	page.get_by_role("button", name="English").click()
	assert page.get_by_label("What happened?").input_value() == "ZZSTORY"
	page.get_by_label(DESK.title(), exact=True).check()
	page.get_by_label("Yes, anonymous").check()
	old_enough(page)
	# Enter in a field sends the form, as ever
	page.get_by_label("When was it?").press("Enter")
	code = page.locator("p.digits").inner_text()
	page.get_by_text("Nederlands").click()
	assert page.get_by_text("We tonen hem alleen nu").is_visible()
	page.get_by_role("link", name="I have a code").click()
	page.get_by_label("Your code of sixteen digits").fill(code)
	page.get_by_role("button", name="Nederlands").click()
	old_enough(page)
	page.get_by_label("Uw code van zestien cijfers").press("Enter")
	page.get_by_label("Uw tekst").fill("ZZMORE")
	page.get_by_text("Ik wil mijn melding intrekken").click()
	page.get_by_label("Waarom, als u het wilt zeggen").fill("ZZREASON")
	page.get_by_role("button", name="English").click()
	assert page.get_by_label("Your text").input_value() == "ZZMORE"
	assert page.get_by_label("Why, if you want to say it").input_value() == "ZZREASON"
	old_enough(page)
	# Enter here withdraws, or says what is lacking; it never sends the text
	page.get_by_label("Yes, I am sure").press("Enter")
	assert "Tick that you are sure" in page.get_by_role("alert").inner_text()
	old_enough(page)
	page.get_by_role("button", name="Send it to the desk").click()
	assert "The desk has what you sent" in page.get_by_role("status").inner_text()
	assert page.get_by_label("Your text").input_value() == ""
	assert page.get_by_label("Why, if you want to say it").input_value() == "ZZREASON"


def test_leaving_is_one_click_or_two_presses_and_the_page_is_not_gone_back_to(two_desks, browse):
	frappe.db.set_single_value("SV Settings", "leave_to", NEUTRAL)
	frappe.db.commit()
	page = browse()
	page.goto("/melden/ladder")
	page.goto("/melden")
	page.get_by_label("Wat is er gebeurd?").fill("ZZSECRET")
	page.keyboard.press("Escape")
	page.wait_for_timeout(1300)
	page.keyboard.press("Escape")
	assert page.url.endswith("/melden"), "twice within a second"
	page.keyboard.press("Escape")
	page.wait_for_url(f"**{NEUTRAL}")
	page.go_back()
	assert page.url.endswith("/melden/ladder"), "what was shown last isn't in the history"
	page.get_by_role("link", name="Deze pagina snel verlaten").click()
	page.wait_for_url(f"**{NEUTRAL}")
	frappe.db.set_single_value("SV Settings", "leave_to", "")
	frappe.db.commit()
	plain = browse(java_script_enabled=False)
	plain.goto("/melden")
	plain.get_by_role("link", name="Deze pagina snel verlaten").click()
	plain.wait_for_url(lambda url: "/melden" not in url)


def test_who_stays_anonymous_is_not_asked_for_a_name_and_sees_one_that_was_typed_before(two_desks, browse):
	page = browse(viewport=PHONE)
	page.goto("/melden")
	page.get_by_label("Uw naam").fill("Jo")
	page.get_by_label("Ja, anoniem").check()
	assert not page.get_by_label("Uw naam").is_visible()
	page.get_by_label("Wat is er gebeurd?").fill("Hij riep naar mij.")
	old_enough(page)
	page.get_by_role("button", name="Verstuur mijn melding").click()
	summary = page.get_by_role("alert")
	assert "U koos voor anoniem" in summary.inner_text()
	assert page.get_by_label("Uw naam").input_value() == "Jo" and page.get_by_label("Uw naam").is_visible()
	bar, told = page.locator("#leave").bounding_box(), summary.bounding_box()
	assert bar["height"] < 50 and told["y"] >= bar["height"], "the way out lies above the text, not over it"


def test_under_pressure_the_browser_works_for_its_form(two_desks, browse):
	for _time in range(limits.REPORTS.of_all):
		limits.count_of_all(limits.REPORTS)
	page = browse()
	page.goto("/melden")
	page.get_by_label(DESK.title(), exact=True).check()
	page.get_by_label("Ja, anoniem").check()
	page.get_by_label("Wat is er gebeurd?").fill("Hij riep naar mij.")
	page.locator('[name=work]:not([value=""])').wait_for(state="attached", timeout=20000)
	old_enough(page)
	page.get_by_role("button", name="Verstuur mijn melding").click()
	page.get_by_role("heading", name="Dit is uw code").wait_for()


def test_a_button_is_pressed_once_but_who_stopped_the_sending_can_press_it_again(two_desks, browse):
	page = browse()
	page.goto("/melden?lang=en")
	page.get_by_label(DESK.title(), exact=True).check()
	page.locator("#how-anonymous").check()
	page.locator("#story").fill("ZZKEPT")
	has_been_open(page)
	stopped = []

	def stop(route):
		stopped.append(route.request.method)
		route.abort("aborted")

	page.route("**/melden?lang=en", stop)
	button = page.get_by_role("button", name="Send my report")
	button.click()
	button.click()
	page.wait_for_timeout(200)
	assert stopped == ["POST"] and page.locator("#story").input_value() == "ZZKEPT"
	page.unroute("**/melden?lang=en")
	page.evaluate("document.querySelector('main form').dataset.sent -= 31000")
	button.click()
	page.locator("p.digits").wait_for()


def test_files_that_are_too_large_are_told_before_they_are_sent(two_desks, browse, tmp_path):
	large = tmp_path / "groot.jpg"
	large.write_bytes(b"0" * (uploads.most_bytes() + 1))
	page = browse()
	page.goto("/melden")
	page.get_by_label("Uw bestanden").set_input_files(large)
	page.get_by_text("De bestanden zijn samen te groot").wait_for()
	assert page.get_by_label("Uw bestanden").input_value() == ""


def test_the_code_is_what_is_printed(two_desks, browse):
	page = browse()
	page.goto("/melden")
	page.get_by_label(DESK.title(), exact=True).check()
	page.get_by_label("Ja, anoniem").check()
	page.get_by_label("Wat is er gebeurd?").fill("Hij riep naar mij.")
	old_enough(page)
	page.get_by_role("button", name="Verstuur mijn melding").click()
	page.get_by_role("heading", name="Dit is uw code").wait_for()
	page.emulate_media(media="print")
	assert page.locator("p.digits").is_visible()
	assert not page.locator("header").is_visible() and not page.locator("#leave").is_visible()
