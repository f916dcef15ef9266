"""Files that reporters send: made anew where that can be done, and what could hurt isn't taken."""

import io
import zipfile
import zlib

import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
	ArrayObject,
	DictionaryObject,
	EncodedStreamObject,
	NameObject,
	RectangleObject,
	StreamObject,
	TextStringObject,
)
from reporting_helpers import Reporter, call, forget_limits, latest_report, page_in_use, worker_session
from werkzeug.datastructures import FileStorage

import frappe

from sv_helpdesk.reporting import office_files, pictures, stored_pictures, uploads
from sv_helpdesk.reporting.errors import RefusedFile

WORDS = (b"Robin", b"Canon", b"52.3", b"acrobat")
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def taken(*contents: bytes, name: str = "klacht van Robin.pdf") -> list:
	return uploads.taken([FileStorage(io.BytesIO(content), filename=name) for content in contents])


def photo() -> bytes:
	"""Two colours side by side, turned by its orientation, with who, with what and where."""
	picture, out, exif = Image.new("RGB", (40, 20), "red"), io.BytesIO(), Image.Exif()
	picture.paste("blue", (0, 0, 20, 20))
	exif[0x0112], exif[0x013B], exif[0x010F] = 6, "Robin", "Canon"
	exif.get_ifd(0x8825)[1] = "52.3"
	picture.save(out, "JPEG", exif=exif, comment=b"Robin", quality=95)
	return out.getvalue()


def drawing(form: str = "PNG") -> bytes:
	out, words = io.BytesIO(), PngInfo()
	words.add_text("Author", "Robin")
	words.add_itxt("XML:com.adobe.xmp", "<x>Robin</x>")
	options = {"pnginfo": words} if form == "PNG" else {"xmp": b"Robin", "exif": b"Exif\0\0Robin"}
	Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(out, form, **options)
	return out.getvalue()


def paper() -> bytes:
	"""A PDF with all that tells who made it, and with what runs."""
	writer, out = PdfWriter(), io.BytesIO()
	page = writer.add_blank_page(200, 200)
	writer.add_metadata({"/Author": "Robin", "/Creator": "acrobat"})
	stream = StreamObject()
	stream._data = b"<x:xmpmeta>Robin acrobat</x:xmpmeta>"
	stream[NameObject("/Type")] = NameObject("/Metadata")
	metadata = writer._add_object(stream)
	writer._root_object[NameObject("/Metadata")] = metadata
	page[NameObject("/Metadata")] = metadata
	page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/App"): TextStringObject("Robin")})
	writer.add_js("app.alert('Robin')")
	writer.add_attachment("Robin.txt", b"Robin")
	remark = {
		"/Type": NameObject("/Annot"),
		"/Subtype": NameObject("/FreeText"),
		"/Rect": RectangleObject([1, 1, 9, 9]),
	}
	remark |= {"/Contents": TextStringObject("Zie hier"), "/T": TextStringObject("Robin")}
	signed = {NameObject("/Type"): NameObject("/Sig"), NameObject("/Name"): TextStringObject("Robin")}
	remark |= {"/V": writer._add_object(DictionaryObject(signed))}
	note = DictionaryObject({NameObject(name): value for name, value in remark.items()})
	page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
	file = StreamObject()
	file._data = b"Robin"
	of_page = {"/Type": NameObject("/Filespec"), "/UF": TextStringObject("Robin.odt")}
	of_page["/EF"] = DictionaryObject({NameObject("/F"): writer._add_object(file)})
	of_page = DictionaryObject({NameObject(name): value for name, value in of_page.items()})
	page[NameObject("/AF")] = ArrayObject([writer._add_object(of_page)])
	writer.write(out)
	return out.getvalue()


def scan(content: bytes, *filters: str) -> bytes:
	"""A PDF of one picture, as telephones and scanners make it."""
	writer, out, stored = PdfWriter(), io.BytesIO(), EncodedStreamObject()
	stored._data = content
	stored[NameObject("/Subtype")] = NameObject("/Image")
	names = [NameObject(name) for name in filters]
	stored[NameObject("/Filter")] = names[0] if len(names) == 1 else ArrayObject(names)
	page = writer.add_blank_page(200, 200)
	pictures_of_page = DictionaryObject({NameObject("/Picture"): writer._add_object(stored)})
	page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures_of_page})
	writer.write(out)
	return out.getvalue()


def noise(form: str = "JPEG", **options) -> bytes:
	"""A picture of all colours."""
	out = io.BytesIO()
	Image.effect_noise((80, 60), 90).convert("RGB").save(out, form, **options)
	return out.getvalue()


def office(*parts: tuple[str, bytes]) -> bytes:
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, content in (("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<doc/>"), *parts):
			archive.writestr(name, content)
	return out.getvalue()


def bomb() -> bytes:
	return office(("word/media/image1.xml", b"0" * (office_files.MOST_BYTES + 1)))


def test_a_photo_keeps_what_is_seen_the_right_way_up_and_loses_the_rest():
	assert all(word in photo() for word in WORDS[:2])
	(kept,) = taken(photo(), name="Robin op 52.3.jpg")
	assert (kept.name, kept.media_type, kept.may_name) == ("attachment-1.jpg", "image/jpeg", False)
	assert not any(word in kept.content for word in WORDS)
	made = Image.open(io.BytesIO(kept.content))
	assert made.size == (20, 40) == ImageOps.exif_transpose(Image.open(io.BytesIO(photo()))).size
	assert not made.getexif() and set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
	assert made.getpixel((10, 5))[2] > 200 and made.getpixel((10, 35))[0] > 200, "blue above red"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_drawing_becomes_a_png_that_holds_nothing_else(form):
	assert b"Robin" in drawing(form)
	(kept,) = taken(drawing(form))
	assert kept.media_type == "image/png" and b"Robin" not in kept.content
	assert Image.open(io.BytesIO(kept.content)).info == {}


def test_a_pdf_keeps_its_pages_and_remarks_and_loses_who_made_it_and_what_runs():
	before = paper()
	assert all(word in before for word in (b"Robin", b"acrobat", b"alert"))
	(kept,) = taken(before)
	assert (kept.name, kept.may_name) == ("attachment-1.pdf", False)
	assert not any(
		word in kept.content for word in (b"Robin", b"acrobat", b"alert", b"xmpmeta", b"JavaScript")
	)
	read = PdfReader(io.BytesIO(kept.content))
	assert len(read.pages) == 1 and not read.metadata and read.xmp_metadata is None and not read.attachments
	(remark,) = read.pages[0]["/Annots"]
	assert remark.get_object()["/Contents"] == "Zie hier" and "/T" not in remark.get_object()


@pytest.mark.parametrize("filters", [("/DCTDecode",), ("/FlateDecode", "/DCTDecode")])
def test_a_photo_in_a_pdf_keeps_what_is_seen_and_loses_where_and_with_what_it_was_taken(filters):
	content = zlib.compress(photo(), 0) if len(filters) > 1 else photo()
	before = scan(content, *filters)
	assert b"Robin" in before and b"Canon" in before
	(kept,) = taken(before)
	assert not any(word in kept.content for word in WORDS)
	stored = PdfReader(io.BytesIO(kept.content)).pages[0]["/Resources"]["/XObject"]["/Picture"]
	shown, was = (Image.open(io.BytesIO(picture)).tobytes() for picture in (stored._data, photo()))
	assert shown == was and stored["/Filter"] == "/DCTDecode"


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0, "optimize": True}])
def test_a_stored_jpeg_is_the_same_picture_with_nothing_beside_or_behind_it(options):
	content = noise(comment=b"Robin", icc_profile=b"Robin" * 9, **options) + b"Robin"
	kept = stored_pictures.jpeg(content)
	assert b"Robin" not in kept and stored_pictures.jpeg(kept) == kept
	assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(content)).tobytes()
	broken_off = stored_pictures.jpeg(content[: len(content) // 2])
	assert b"Robin" not in broken_off and broken_off.endswith(stored_pictures.END)


def test_a_stored_jpeg_2000_loses_what_programs_wrote_beside_it():
	plain = noise("JPEG2000")
	boxes = [(b"xml ", b"<x>Robin</x>"), (b"uuid", b"0" * 16 + b"Robin")]
	content = plain + b"".join((len(box) + 8).to_bytes(4, "big") + kind + box for kind, box in boxes)
	(kept,) = taken(scan(content, "/JPXDecode"))
	assert b"Robin" in content and b"Robin" not in kept.content
	assert stored_pictures.jpeg_2000(content) == plain


def test_a_pdf_whose_picture_is_none_is_not_taken():
	with pytest.raises(RefusedFile, match="can't be read"):
		taken(scan(b"Robin", "/DCTDecode"))


def test_a_document_is_kept_as_it_came_and_its_sender_is_told():
	document = office(("docProps/core.xml", b"<creator>Robin</creator>"))
	(kept,) = taken(document)
	assert kept.content == document and kept.may_name and kept.name == "attachment-1.docx"


@pytest.mark.parametrize(
	("content", "suffix", "media_type"),
	[
		(b"ID3\x04", "mp3", "audio/mpeg"),
		(b"\xff\xfb\x90", "mp3", "audio/mpeg"),
		(b"\0\0\0\x20ftypM4A ", "m4a", "audio/mp4"),
		(b"OggS\0\x02", "ogg", "audio/ogg"),
		(b"\0\0\0\x20ftypmp42", "mp4", "video/mp4"),
		(b"\0\0\0\x14ftypqt  ", "mp4", "video/mp4"),
	],
	ids=["MP3 with its titles", "MP3", "voice memo", "voice message", "film", "film of a telephone"],
)
def test_sound_and_film_are_kept_as_they_came_and_their_sender_is_told(content, suffix, media_type):
	content += b"by Robin"
	(kept,) = taken(content, name="Robin vertelt")
	assert (kept.name, kept.media_type) == (f"attachment-1.{suffix}", media_type)
	assert kept.content == content and kept.may_name


BAD = {
	"a recording without compression": b"RIFF\x24\0\0\0WAVEfmt ",
	"a film of another kind": b"\x1a\x45\xdf\xa3webm",
	"an old film": b"RIFF\x24\0\0\0AVI LIST",
	"an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
	"HTML": b"<!doctype html><script>alert(1)</script>",
	"the test virus": EICAR,
	"a program": b"MZ\x90\x00" + b"\0" * 60,
	"text": b"Hij riep naar mij.",
	"nothing": b"",
	"an archive": office()[:4] + b"\0" * 50,
	"an archive of other things": None,
	"a bomb": None,
	"a document with macros": office(("word/vbaProject.bin", b"x")),
	"HTML that calls itself a picture": b"GIF89a<script>alert(1)</script>",
	"a picture that isn't one": b"\xff\xd8\xff<script>alert(1)</script>",
	"half a picture": photo()[:300],
	"a PDF that isn't one": b"%PDF-1.7 <script>alert(1)</script>",
}


@pytest.mark.parametrize("what", BAD)
def test_what_could_hurt_is_not_taken_whatever_it_is_called(what):
	content = BAD[what]
	if what == "a bomb":
		content = bomb()
		assert len(content) < 200_000
	if what == "an archive of other things":
		out = io.BytesIO()
		with zipfile.ZipFile(out, "w") as archive:
			archive.writestr("run.exe", b"MZ")
		content = out.getvalue()
	for name in ("foto.jpg", "brief.docx", "x.pdf"):
		with pytest.raises(RefusedFile):
			taken(content, name=name)


def test_a_picture_behind_which_something_hides_loses_it():
	(kept,) = taken(photo() + b"PK\x03\x04<script>Robin")
	assert b"script" not in kept.content


def test_a_picture_of_too_many_pixels_is_not_unpacked(monkeypatch):
	monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
	with pytest.raises(RefusedFile):
		taken(photo())


def test_a_pdf_with_a_password_is_asked_for_without_it():
	writer, out = PdfWriter(), io.BytesIO()
	writer.add_blank_page(10, 10)
	writer.encrypt("geheim")
	writer.write(out)
	with pytest.raises(RefusedFile, match="password"):
		taken(out.getvalue())


def test_files_are_few_and_small():
	with pytest.raises(RefusedFile, match="at most 5"):
		taken(*[photo()] * 6)
	with pytest.raises(RefusedFile, match="MB"):
		taken(b"\xff\xd8\xff" + b"0" * uploads.most_bytes())
	assert len(taken(*[photo()] * 5)) == 5


def test_a_file_that_becomes_very_large_when_it_is_made_anew_is_not_kept(monkeypatch):
	small = noise("WEBP", quality=1)
	(kept,) = taken(small)
	assert len(kept.content) > 5 * len(small)
	monkeypatch.setattr(uploads, "MOST_KEPT", len(kept.content))
	assert taken(small)
	with pytest.raises(RefusedFile, match="MB"):
		taken(small, small)


@pytest.mark.commits
def test_files_come_to_the_desk_under_neutral_names_and_too_large_ones_cost_no_text(web):
	with page_in_use():
		forget_limits()
		reporter = Reporter(web)
		large = [("files", ("groot.jpg", b"\xff\xd8\xff" + b"0" * (uploads.most_bytes() + 1)))]
		reporter.report(story="ZZKEPT", files=large)
		assert "samen te groot" in reporter.text and "ZZKEPT" in reporter.text and not reporter.code
		sent = [("files", ("Robin.jpg", photo())), ("files", ("Robin.docx", office()))]
		reporter.report(files=sent)
		assert "bijlage-2.docx" in reporter.text and "naam bevatten" in reporter.text
		code, case = reporter.code, latest_report()
		desk = worker_session(web)
		dialogue = call(web, desk, "helpdesk.conversation.of_case", report=case).json()["message"]
		(shown,) = [row["attachments"] for row in dialogue if row["attachments"]]
		assert [file["title"] for file in shown] == ["bijlage-1.jpg", "bijlage-2.docx"]
		answer = call(web, desk, "helpdesk.conversation.open_attachment", name=shown[0]["name"])
		assert Image.open(io.BytesIO(answer.content)).size == (20, 40) and b"Robin" not in answer.content
		reporter.come_back(code)
		reporter.write(files=[("files", ("x.png", drawing()))])
		assert (
			"Het loket heeft wat u stuurde" in reporter.text
			and "Bestanden die u stuurde: 1." in reporter.text
		)
		reporter.write("ZZKEPT", files=[("files", ("x.txt", b"tekst"))])
		assert "die we niet aannemen" in reporter.text and "ZZKEPT" in reporter.text
		frappe.db.rollback()
		assert frappe.db.count("SV Attachment", {"report": case}) == 3
