"""Runs in a bench's Python, in its sites folder: plants the site named in DEV_SITE and walks it."""

import os
import sys
import time

import frappe

from dev.leaks.plant import plant
from dev.leaks.site import existing, look_around
from dev.leaks.surfaces import SURFACES
from dev.leaks.telling import tell
from dev.leaks.traffic import WORKER, work
from dev.leaks.walk import Walk, sign_in
from dev.live import WebServer


def main() -> int:
	"""Plant, walk, tell; 0 when nothing leaked."""
	site = os.environ["DEV_SITE"]
	frappe.init(site)
	frappe.connect()
	world = plant(os.environ.get("ADMIN_PASSWORD", "admin"))
	look_around(world)
	surfaces = existing(SURFACES, world)
	frappe.destroy()
	server = WebServer(site, workers=2)
	try:
		world.base_url = server.base_url
		sessions = sign_in(server, world)
		work(world, sessions[WORKER])
		walk = Walk(world, sessions)
		started = time.monotonic()
		outcome = walk.go(surfaces)
		return tell(outcome, surfaces, time.monotonic() - started)
	finally:
		server.stop()


if __name__ == "__main__":
	sys.exit(main())
