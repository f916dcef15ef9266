"""What hangs on a complaint's file goes to the other side, too: without where and with what it was taken."""

import io

import pytest
from complaint_world import Complaint
from grant_helpers import acting_as
from test_reporting_page_files import WORDS, office, photo
from werkzeug.test import EnvironBuilder

import frappe

from sv_helpdesk.complaints import files


@pytest.fixture
def sending(monkeypatch):
	"""Let this request bring a file along."""

	def send(content: bytes) -> None:
		builder = EnvironBuilder(method="POST", data={"file": (io.BytesIO(content), "picture.jpg")})
		monkeypatch.setattr(frappe.local, "request", builder.get_request(), raising=False)

	return send


def test_a_photo_beside_a_part_tells_nobody_where_it_was_taken(sending):
	complaint = Complaint()
	part = complaint.part(body="A word")
	sending(photo())
	assert all(word in photo() for word in WORDS[:2])
	with acting_as(complaint.staff):
		assert files.add(part) is None
	kept = files.content_of(frappe.get_doc("SV Complaint Part", part))
	assert kept.startswith(b"\xff\xd8") and not any(word in kept for word in WORDS)


def test_of_a_document_whose_writer_can_not_be_taken_out_the_desk_is_told(sending):
	complaint = Complaint()
	part = complaint.part(body="A word")
	sending(office(("docProps/core.xml", b"<creator>Robin</creator>")))
	with acting_as(complaint.staff):
		assert "can hold the name" in files.add(part)
