"""A browser on the invented day, and what it keeps of the pages it shows."""

import io
import re
from contextlib import contextmanager

from PIL import Image

from dev.institution import PASSWORD
from dev.layout import ROOT
from dev.picture_time import NOW, moment
from dev.picture_world import USERS

FOLDER = ROOT / "sv_helpdesk" / "public" / "pictures"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
COLOURS = 256
# a page that a reader of the guides loads
MOST_BYTES = 200_000
# a machine may be busy with other things
MOST_MILLISECONDS = 180_000
# no server for live changes runs here
QUIET = re.compile(r"socket\.io")


class PictureSpoilt(Exception):
	"""A page showed an error, or told one to its console."""


class Camera:
	"""A browser on the invented day that takes pictures of one language's site."""

	def __init__(self, browser, base_url: str, language: str):
		self.browser, self.base_url, self.language = browser, base_url, language
		self.told: list[str] = []

	@contextmanager
	def page_of(self, who: str = "", viewport: dict | None = None):
		"""Open a page, of somebody who is logged in unless `who` is empty; afterwards its console must be empty."""
		context = self.browser.new_context(
			base_url=self.base_url,
			viewport=viewport or WIDE,
			locale=self.language,
			timezone_id="Europe/Amsterdam",
			reduced_motion="reduce",
		)
		if who:
			context.request.post("/api/method/login", form={"usr": USERS[who], "pwd": PASSWORD})
		context.set_default_timeout(MOST_MILLISECONDS)
		page = context.new_page()
		page.clock.set_fixed_time(moment(NOW))
		page.on("pageerror", lambda error: self.told.append(str(error)))
		page.on("console", self._note)
		yield page
		context.close()
		if self.told:
			raise PictureSpoilt(f"{who or 'a reporter'}: {'; '.join(self.told)}")

	def _note(self, line) -> None:
		error = f"{line.location['url']} {line.text}"
		if line.type == "error" and not QUIET.search(error):
			self.told.append(error)

	def take(self, page, name: str) -> None:
		"""Keep what a page shows.

		Raises:
			PictureSpoilt: it shows a message over the page, or the picture is too large.
		"""
		page.wait_for_load_state("networkidle")
		message = page.locator(".msgprint:visible, .error-page:visible")
		if message.count():
			raise PictureSpoilt(f"{name}: {message.first.inner_text()}")
		keep(self.language, name, page.screenshot(animations="disabled", caret="hide"))


def keep(language: str, name: str, picture: bytes) -> None:
	"""Write a picture in few colours, the same bytes for the same pixels.

	Raises:
		PictureSpoilt: it is too large for a page that somebody waits for.
	"""
	path = FOLDER / language / f"{name}.png"
	path.parent.mkdir(parents=True, exist_ok=True)
	few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
	few.save(path, optimize=True)
	if path.stat().st_size > MOST_BYTES:
		raise PictureSpoilt(f"{name} has {path.stat().st_size} bytes, more than {MOST_BYTES}.")
	print(f"  {path.relative_to(ROOT)}", flush=True)
