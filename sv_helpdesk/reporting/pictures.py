"""Pictures made anew: what is seen stays, and where, when and with what it was taken goes."""

from io import BytesIO

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
QUALITY = 90


def is_webp(content: bytes) -> bool:
	"""Tell whether this is a WebP picture."""
	return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def as_jpeg(content: bytes) -> bytes:
	"""Return a photo as a JPEG that holds nothing but the picture, the right way up.

	Raises:
	        ValueError: it is too large, or no picture.
	"""
	return _saved(_plain(content, "JPEG").convert("RGB"), "JPEG", quality=QUALITY)


def as_png(content: bytes) -> bytes:
	"""Return a picture as a PNG that holds nothing but the picture; of a moving one the first.

	Raises:
	        ValueError: it is too large, or no picture.
	"""
	return _saved(_plain(content, "PNG", "WEBP").convert("RGBA"), "PNG")


def _plain(content: bytes, *formats: str):
	picture = Image.open(BytesIO(content), formats=formats)
	if picture.width * picture.height > MOST_PIXELS:
		raise ValueError("a picture of too many pixels")
	try:
		return ImageOps.exif_transpose(picture)
	except Exception:
		# what says which way is up is damaged; a damaged picture fails later
		return picture


def _saved(picture, form: str, **options) -> bytes:
	# Pillow would write what it has read besides the picture
	picture.info = {}
	out = BytesIO()
	picture.save(out, form, **options)
	return out.getvalue()
