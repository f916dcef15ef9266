"""The surfaces, by theme; the table of all of them is SURFACES."""

from dev.leaks.surface import Surface
from dev.leaks.surfaces import (
	charts,
	counts,
	documents,
	exports,
	files,
	helpdesk,
	helpdesk_tickets,
	lists,
	ours,
	people_around,
	prints,
	reporting,
	searches,
	site_around,
	sweep,
	texts,
)

# what changes rights or writes a lot comes last
THEMES = (
	*(lists, counts, documents, exports, searches, files, prints, people_around, charts, ours, reporting),
	*(helpdesk, helpdesk_tickets, sweep, texts, site_around),
)
SURFACES: tuple[Surface, ...] = tuple(surface for theme in THEMES for surface in theme.SURFACES)
