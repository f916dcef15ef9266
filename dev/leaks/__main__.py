"""Runs in a bench's Python, in its sites folder: plants the site named in DEV_SITE, walks it, takes walls away."""

import os
import sys
import tempfile
import time
from pathlib import Path

import frappe

from dev.leaks.controls import APPLICATION, Controls, all_controls
from dev.leaks.plant import plant
from dev.leaks.plant_mails import Post
from dev.leaks.site import existing, look_around
from dev.leaks.surface import Surface
from dev.leaks.surfaces import SURFACES
from dev.leaks.telling import tell, tell_controls
from dev.leaks.traffic import WORKER, work
from dev.leaks.walk import Outcome, Walk, sign_in
from dev.leaks.world import World
from dev.live import WebServer

WORKERS = 2


def main() -> int:
	"""Plant, walk, control, tell; 0 when nothing leaked and every control was caught."""
	site = os.environ["DEV_SITE"]
	started = time.monotonic()
	frappe.init(site)
	frappe.connect()
	with tempfile.TemporaryDirectory(prefix="leaks-") as folder, Post(Path(folder)) as post:
		world = plant(os.environ.get("ADMIN_PASSWORD", "admin"), post)
		look_around(world)
		surfaces = existing(SURFACES, world)
		frappe.destroy()
		seconds = time.monotonic() - started
		print(f"planted {len(world.registry.canaries)} canaries in {seconds:.0f} s", flush=True)
		result, outcome, sessions = _walk(site, world, surfaces)
		return _control(site, world, surfaces, sessions, outcome.paths) or result


def _walk(site: str, world: World, surfaces: list[Surface]) -> tuple[int, Outcome, dict]:
	server = WebServer(site, WORKERS)
	try:
		world.base_url = server.base_url
		sessions = sign_in(server, world)
		work(world, sessions[WORKER])
		started = time.monotonic()
		outcome = Walk(world, sessions).go(surfaces)
		return tell(outcome, surfaces, time.monotonic() - started), outcome, sessions
	finally:
		server.stop()


def _control(site: str, world: World, surfaces: list[Surface], sessions: dict, paths: dict) -> int:
	server = WebServer(site, WORKERS, APPLICATION)
	try:
		world.base_url = server.base_url
		controls = Controls(world, sessions, surfaces)
		started = time.monotonic()
		faults = {control.wall: controls.fault(control) for control in all_controls(world, surfaces, paths)}
		return tell_controls(faults, time.monotonic() - started)
	finally:
		server.stop()


if __name__ == "__main__":
	sys.exit(main())
