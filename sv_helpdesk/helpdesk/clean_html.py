"""Make a mail's text safe to show: nothing active, nothing loaded from elsewhere."""

import html
import re

import nh3

TAGS = {
	*("a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "li"),
	*(
		"ol",
		"p",
		"pre",
		"s",
		"span",
		"strong",
		"sub",
		"sup",
		"table",
		"tbody",
		"td",
		"th",
		"thead",
		"tr",
		"u",
		"ul",
	),
}
LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
DROPPED_WITH_CONTENT = {"script", "style", "head", "title"}
# at these a browser begins a new line, or another cell
LINE_ENDS = re.compile(
	r"(?=</(?:div|li|tr|h[1-4]|blockquote|pre)>|<(?:div|p|ul|ol|li|table|h[1-4]|blockquote|pre|hr)>)"
)
CELL_ENDS = re.compile(r"(?=</t[dh]>)")


def from_html(source: str) -> str:
	"""Return the HTML with an allow list of plain tags; links only to web and mail addresses."""
	return nh3.clean(
		source,
		tags=TAGS,
		clean_content_tags=DROPPED_WITH_CONTENT,
		attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
		url_schemes={"http", "https", "mailto"},
		# an address without a scheme would lead to this site itself
		attribute_filter=lambda tag, name, value: value if name != "href" or LINK.match(value) else None,
		link_rel="noopener noreferrer nofollow",
	).strip()


def from_text(source: str) -> str:
	"""Return plain text as HTML that looks the same."""
	return html.escape(source.strip(), quote=False).replace("\r\n", "\n").replace("\n", "<br>\n")


def to_text(source: str) -> str:
	"""Return the words of an HTML text, for a plain-text mail."""
	lines = source.replace("<br>\n", "\n").replace("<br>", "\n").replace("</p>", "</p>\n\n")
	lines = CELL_ENDS.sub(" ", LINE_ENDS.sub("\n", lines))
	return html.unescape(nh3.clean(lines, tags=set())).strip()
