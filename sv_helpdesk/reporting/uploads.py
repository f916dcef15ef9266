"""Files that reporters send: of a few kinds, told by their content, and without what tells who made them.

Pictures and PDFs are made anew without what else their file held. What can't be made anew is kept as it came, and
its sender is told that it may hold their name. Names of files are replaced: they often name people.
"""

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import cint

from sv_helpdesk.reporting import office_files, pdf_files, pictures
from sv_helpdesk.reporting.errors import RefusedFile

MOST_FILES = 5
MOST_BYTES = 8_000_000
# made anew, a small file can become a very large one
MOST_KEPT = 5 * MOST_BYTES
# of all that a form sends together, the host refuses more than this without a word of ours
HOSTS_BYTES = 10 * 1024 * 1024
TEXTS_BYTES = 500_000


@dataclass(frozen=True, repr=False)
class Upload:
	"""A file as it is kept; never printed.

	Attributes:
	        name: a neutral one.
	        media_type: by its content.
	        content: without what could be taken out.
	        may_name: whether its own format may still hold the name of its writer.
	"""

	name: str
	media_type: str
	content: bytes
	may_name: bool


@dataclass(frozen=True)
class Kind:
	"""A kind of file that is taken.

	Attributes:
	        media_type: what it is stored as.
	        suffix: of its name.
	        is_one: tells by the content.
	        clean: returns it without what tells of its maker; None where no library can.
	"""

	media_type: str
	suffix: str
	is_one: Callable[[bytes], bool]
	clean: Callable[[bytes], bytes] | None = None


KINDS = (
	Kind("image/jpeg", "jpg", lambda content: content.startswith(b"\xff\xd8\xff"), pictures.as_jpeg),
	Kind("image/png", "png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"), pictures.as_png),
	Kind("image/png", "png", pictures.is_webp, pictures.as_png),
	Kind("application/pdf", "pdf", lambda content: content.startswith(b"%PDF-"), pdf_files.clean),
	*(
		Kind(media_type, suffix, lambda content, suffix=suffix: office_files.is_one(content, suffix))
		for suffix, media_type in office_files.KINDS.items()
	),
	Kind("audio/mpeg", "mp3", lambda content: content.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3"))),
	Kind("audio/mp4", "m4a", lambda content: content[4:11] == b"ftypM4A"),
	Kind("audio/ogg", "ogg", lambda content: content.startswith(b"OggS")),
	Kind("video/mp4", "mp4", lambda content: content[4:12] in (b"ftypisom", b"ftypmp42", b"ftypqt  ")),
)


def most_bytes() -> int:
	"""Return how large all files of a form may be together on this site."""
	return min(MOST_BYTES, (cint(frappe.conf.get("max_file_size")) or HOSTS_BYTES) - TEXTS_BYTES)


def taken(files: list) -> list[Upload]:
	"""Return what is kept of the files of a form.

	Args:
	        files: as werkzeug has them; a field without a file is one without a name.

	Raises:
	        RefusedFile: says which one and what to do.
	"""
	files = [file for file in files if file.filename]
	if len(files) > MOST_FILES:
		raise RefusedFile(_("These are too many files. Choose at most {0}.").format(MOST_FILES))
	contents = [file.stream.read(most_bytes() + 1) for file in files]
	if sum(map(len, contents)) > most_bytes():
		raise _too_large()
	kept = []
	for number, content in enumerate(contents, 1):
		kept.append(_taken(content, number))
		if sum(len(file.content) for file in kept) > MOST_KEPT:
			raise _too_large()
	return kept


def _too_large() -> RefusedFile:
	return RefusedFile(
		_("The files are too large together. Choose files of at most {0} MB in all.").format(
			most_bytes() // 1_000_000
		)
	)


def _taken(content: bytes, number: int) -> Upload:
	kind = next((kind for kind in KINDS if kind.is_one(content)), None)
	if not kind:
		raise RefusedFile(
			_(
				"File {0} is of a kind that we don't take. Send pictures (JPEG, PNG), PDF, Word, Excel, PowerPoint, sound (MP3, M4A, OGG) or film (MP4)."
			).format(number)
		)
	try:
		content = kind.clean(content) if kind.clean else content
	except Exception:
		# whatever a library says of a file that somebody made to hurt it
		raise RefusedFile(
			_("File {0} can't be read. It may be damaged or have a password. Send another version.").format(
				number
			)
		) from None
	return Upload(f"{_('attachment')}-{number}.{kind.suffix}", kind.media_type, content, not kind.clean)
