"""The reporting page in use on the site under test, and a reporter who uses it over HTTP."""

import html
import re
import time
from contextlib import contextmanager

import requests
from people import PASSWORD, make_desk_without_mail, make_person

import frappe

from sv_helpdesk.reporting import tokens

DESK, OTHER_DESK = "page_desk", "page_desk_two"
WORKER, OTHER_WORKER = "page_worker", "page_worker_two"
FIELD = re.compile(r'name="(?P<name>token|visit)" value="(?P<value>[^"]*)"')
CODE = re.compile(r'<p class="digits">(\d{4} \d{4} \d{4} \d{4})</p>')


@contextmanager
def page_in_use(*desks: str):
	"""Two desks, of which these take reports, and the page switched on; both are off again afterwards."""
	frappe.set_user("Administrator")
	for desk, worker in ((DESK, WORKER), (OTHER_DESK, OTHER_WORKER)):
		make_desk_without_mail(desk)
		make_person(worker, "SV CCP Staff", desk=desk)
		frappe.db.set_value("SV Desk", desk, "takes_reports", int(desk in (desks or (DESK,))))
	switch(True)
	try:
		yield
	finally:
		frappe.db.rollback()
		for desk in (DESK, OTHER_DESK):
			frappe.db.set_value("SV Desk", desk, "takes_reports", 0)
		switch(False)


def switch(on: bool) -> None:
	"""Switch the page on or off as the form of the settings does."""
	settings = frappe.get_doc("SV Settings")
	settings.reporting_page = int(on)
	settings.save()
	frappe.db.commit()


def forget_limits() -> None:
	"""Let nothing be counted of earlier tests."""
	for key in frappe.cache.keys(frappe.cache.make_key("sv_reporting|*")):
		frappe.cache.delete(key)


def old_token(seconds: float = 10, purpose: str = tokens.FORM, content: dict | None = None) -> str:
	"""A token as a browser has it that was given it some time ago."""
	return tokens.make(purpose, content, at=time.time() - seconds)


class Reporter:
	"""Somebody with a browser that keeps nothing but what the page says."""

	def __init__(self, web, address: str = "192.0.2.1", path: str = "/melden"):
		self.url, self.address = f"{web.base_url}", address
		self.path = path
		self.session = requests.Session()
		self.text = ""

	def get(self, path: str = "/melden", **more):
		"""Open one of the pages."""
		return self._keep(self.session.get(self.url + path, headers=self._headers(), **more))

	def post(self, path: str = "/melden", files=None, token: str | None = None, chosen="", **fields):
		"""Send a form; unless a token is given, with one that is old enough; `chosen` names a file that stays here."""
		fields |= {"files": chosen} if chosen else {}
		fields["token"] = old_token() if token is None else token
		answer = self.session.post(self.url + path, data=fields, files=files, headers=self._headers())
		return self._keep(answer)

	def report(self, how: str = "Anonymous", story: str = "Hij riep naar mij.", **fields):
		"""Report something, as a rule anonymously."""
		return self.post(how=how, story=story, **fields)

	def come_back(self, code: str, **fields):
		"""Enter a code."""
		return self.post("/melden/code", code=code, **fields)

	def write(self, text: str = "", **fields):
		"""Write more in the visit that is going on."""
		return self.post("/melden/code", visit=self.hidden("visit"), text=text, **fields)

	def withdraw(self, **fields):
		"""Withdraw in the visit that is going on."""
		return self.post("/melden/code", visit=self.hidden("visit"), withdraw="1", **fields)

	def hidden(self, name: str) -> str:
		"""A hidden field of the page that was shown last."""
		return next(found["value"] for found in FIELD.finditer(self.text) if found["name"] == name)

	@property
	def code(self) -> str:
		"""The code that the page shows, or ""."""
		found = CODE.search(self.text)
		return found[1] if found else ""

	def _headers(self) -> dict:
		return {"X-Forwarded-For": self.address, "User-Agent": "zzbrowser"}

	def _keep(self, answer):
		self.text = html.unescape(answer.text)
		return answer


def worker_session(web, name: str = WORKER):
	"""Somebody of the desk, logged in."""
	return web.login(f"{name}@uni.example", PASSWORD)


def latest_report() -> str:
	"""The name of the case that came in last."""
	frappe.db.rollback()
	return frappe.get_all(
		"SV Report", {"channel": "Web form"}, pluck="name", order_by="creation desc", limit=1
	)[0]


def call(web, session, method: str, **values):
	"""Call a function of ours as the Desk does."""
	return session.post(f"{web.base_url}/api/method/sv_helpdesk.{method}", data=values)


def answer_of_desk(site, case: str, text: str) -> None:
	"""Answer the first message of a case, with a question to the reporter."""
	desk = worker_session(site)
	dialogue = call(site, desk, "helpdesk.conversation.of_case", report=case).json()["message"]
	(first,) = [row for row in dialogue if row["direction"] == "Incoming"]
	assert call(site, desk, "helpdesk.outbox.reply", message=first["name"], text=text, asks_reporter=1).ok


def has_been_open(page) -> None:
	"""Let the forms of a browser's page be as if they had been open for long enough."""
	fields = "token => document.querySelectorAll('[name=token]').forEach((field) => (field.value = token))"
	page.evaluate(fields, old_token())
