"""Reads a report back from its pages."""

from pypdf import PdfReader


def pages_of(pdf: PdfReader) -> list[str]:
	"""The text of each page, in one line."""
	return [" ".join(page.extract_text().split()) for page in pdf.pages]


def page_of_heading(pdf: PdfReader, title: str) -> int:
	"""The page on which the outline says that a heading stands."""
	(found,) = [entry for entry in flat(pdf.outline) if entry.title == title]
	return pdf.get_destination_page_number(found)


def flat(outline: list) -> list:
	return [entry for part in outline for entry in (flat(part) if isinstance(part, list) else [part])]


def values_after(text: str, title: str, number: int) -> list[str]:
	"""The words that follow a row's title."""
	return text.split(f"{title} ", 1)[1].split()[:number]
