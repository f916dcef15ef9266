"""Makes sites: a fresh one is a copy of a site that was installed once, so it is there within seconds."""

import gzip
import json
import secrets
import shutil
from pathlib import Path

from dev import services
from dev.layout import (
	ADMIN_PASSWORD,
	APPS,
	BENCH,
	DEV,
	DUMPS,
	GUEST_APPS,
	PYTHON,
	SITES,
	hash_of,
	stamp,
	stamped,
)
from dev.steps import Steps

MODEL_SITE = "model.localhost"
# what a copy of a site must not take over from the original
OWN_SETTINGS = ("db_name", "db_password", "db_user", "bench_id")
# names the app's key ring in site_config.json; every site has one of its own
KEY_FILE = "sv_key_file"
NOT_COPIED = shutil.ignore_patterns("logs", "locks", "backups", "*.log")
SITE_FOLDERS = ("locks", "logs", "private/backups", "private/files", "public/files", "task-logs")


def frappe_command(steps: Steps, *arguments: str, secret: str | None = None) -> None:
	"""Run a command of Frappe's own command line, as `bench` does.

	Args:
		steps: takes the output.
		arguments: as after `bench`.
		secret: text to leave out of the log.
	"""
	helper = [PYTHON, "-m", "frappe.utils.bench_helper", "frappe"]
	steps.run([*helper, *arguments], cwd=SITES, secret=secret)


def in_site(steps: Steps, site: str, function: str) -> None:
	"""Call a function of this checkout with Frappe connected to a site, then commit.

	Args:
		steps: takes the output.
		site: name of the site.
		function: dotted path; it is called with the site's name.
	"""
	steps.run([PYTHON, "-m", "dev.inside", site, function], cwd=SITES, extra_env=python_path())


def python_path() -> dict[str, str]:
	"""The environment variable that lets the bench's Python import `dev`."""
	return {"PYTHONPATH": str(DEV.parent)}


def site_exists(site: str) -> bool:
	"""Whether the site was completely made."""
	return (SITES / site / "site_config.json").exists() and stamped(f"site-{site}", site)


def fresh_site(steps: Steps, site: str, settings: dict | None = None) -> None:
	"""Make a site with all apps and nothing else, in place of whatever the site held.

	Args:
		steps: takes the progress and the output.
		site: name of the site.
		settings: for its site_config.json.

	Raises:
		StepFailed: when a step fails.
	"""
	_make_installed_copy(steps)
	with steps.step(f"Fresh site {site}"):
		_restore(steps, site, "installed", settings)
		stamp(f"site-{site}", site)


def site_without_us(steps: Steps, site: str, settings: dict | None = None) -> None:
	"""Make a site with Frappe and Helpdesk, on which the app was never installed.

	Args:
		steps: takes the progress and the output.
		site: name of the site.
		settings: for its site_config.json.
	"""
	_make_frappe_copy(steps)
	with steps.step(f"A site without the app, {site}"):
		_restore(steps, site, "frappe", settings)
		frappe_command(steps, "--site", site, "install-app", "helpdesk")
		stamp(f"site-{site}", site)


def site_from_dump(steps: Steps, site: str, folder: Path, settings: dict | None = None) -> None:
	"""Make a site of a kept dump, as it was then.

	Args:
		steps: takes the progress and the output.
		site: name of the site.
		folder: has database.sql.gz, keys.json and the site's private files.
		settings: for its site_config.json.
	"""
	copy = DUMPS / folder.name
	shutil.rmtree(copy, ignore_errors=True)
	shutil.copytree(folder / "files", copy / "private" / "files")
	(copy / "site_config.json").write_text(json.dumps({KEY_FILE: "key_ring"}))
	shutil.copy2(folder / "keys.json", copy / "key_ring")
	# a checkout is readable by everybody, which the app refuses of a key file
	(copy / "key_ring").chmod(0o600)
	with gzip.open(folder / "database.sql.gz") as packed, open(DUMPS / f"{folder.name}.sql", "wb") as dump:
		shutil.copyfileobj(packed, dump)
	with steps.step(f"Restored site {site}"):
		_restore(steps, site, folder.name, settings)
		stamp(f"site-{site}", site)


def set_config(site: str, **settings: str) -> None:
	"""Change settings in a site's site_config.json."""
	(SITES / site / "site_config.json").write_text(json.dumps({**_config(site), **settings}, indent=1) + "\n")


def test_settings(site: str) -> dict:
	"""The site_config of a site that programs use: its jobs are its own, nothing runs by the clock.

	Frappe lets 60 users be made in an hour; the tests make more.
	"""
	return {
		"allow_tests": True,
		"pause_scheduler": 1,
		"bench_id": site.replace(".", "-"),
		"mute_emails": 0,
		"throttle_user_limit": 100_000,
	}


def app_hash() -> str:
	"""A fingerprint of what decides how a freshly installed site looks."""
	folders = [APPS / app / app for app in GUEST_APPS]
	return frappe_hash() + hash_of(*folders, skip_tests=True)


def frappe_hash() -> str:
	"""A fingerprint of what decides how a site with Frappe alone looks."""
	return hash_of(DEV / "frappe.txt", DEV / "requirements.txt", DEV / "sites.py", DEV / "inside.py")


def migrate(steps: Steps, site: str) -> None:
	"""Bring a site that is kept to the present state of the apps, when they changed since the last time."""
	if stamped(f"migrated-{site}", app_hash()):
		return
	with steps.step(f"Migrate {site}"):
		frappe_command(steps, "--site", site, "migrate", "--skip-search-index")
		stamp(f"migrated-{site}", app_hash())


def _make_frappe_copy(steps: Steps) -> None:
	if stamped("copy-frappe", frappe_hash()):
		return
	with steps.step("A site with Frappe alone (once)"):
		password = services.database_password()
		shutil.rmtree(SITES / MODEL_SITE, ignore_errors=True)
		root = ["--db-root-username", "root", "--db-root-password", password]
		new_site = ["new-site", MODEL_SITE, "--force", "--admin-password", ADMIN_PASSWORD, *root]
		frappe_command(steps, *new_site, secret=password)
		in_site(steps, MODEL_SITE, "dev.inside.finish_setup")
		_copy(steps, "frappe")
		stamp("copy-frappe", frappe_hash())


def _make_installed_copy(steps: Steps) -> None:
	wanted = app_hash()
	if stamped("copy-installed", wanted):
		return
	_make_frappe_copy(steps)
	with steps.step(f"A site with {' and '.join(['Frappe', *GUEST_APPS])}"):
		_restore(steps, MODEL_SITE, "frappe")
		for app in GUEST_APPS:
			frappe_command(steps, "--site", MODEL_SITE, "install-app", app)
		_copy(steps, "installed")
		stamp("copy-installed", wanted)


def _copy(steps: Steps, name: str) -> None:
	"""Keep the model site's database and folder under a name."""
	DUMPS.mkdir(exist_ok=True)
	database = _config(MODEL_SITE)["db_name"]
	dump = ["mariadb-dump", *_root_login(), "--single-transaction", "--skip-dump-date", database]
	steps.run(dump, stdout=DUMPS / f"{name}.sql")
	shutil.rmtree(DUMPS / name, ignore_errors=True)
	shutil.copytree(SITES / MODEL_SITE, DUMPS / name, ignore=NOT_COPIED)
	key_file = _config(MODEL_SITE).get(KEY_FILE)
	if key_file:
		shutil.copy2(key_file, DUMPS / name / "key_ring")


def _restore(steps: Steps, site: str, name: str, settings: dict | None = None) -> None:
	"""Make a site from the copy kept under a name."""
	folder = SITES / site
	database = _database_name(site)
	password = secrets.token_urlsafe(12)
	stamp(f"site-{site}", "in the making")
	statements = (
		f"SET SESSION sql_log_bin=0; DROP DATABASE IF EXISTS `{database}`; CREATE DATABASE `{database}`; "
		f"CREATE OR REPLACE USER `{database}`@'127.0.0.1' IDENTIFIED BY '{password}'; "
		f"GRANT ALL ON `{database}`.* TO `{database}`@'127.0.0.1'"
	)
	client = ["mariadb", *_root_login()]
	steps.run([*client, "-e", statements], secret=password)
	quick = "SET SESSION sql_log_bin=0, foreign_key_checks=0, unique_checks=0"
	steps.run([*client, f"--init-command={quick}", database], stdin=DUMPS / f"{name}.sql")
	shutil.rmtree(folder, ignore_errors=True)
	shutil.copytree(DUMPS / name, folder)
	for part in SITE_FOLDERS:
		(folder / part).mkdir(parents=True, exist_ok=True)
	config = {key: value for key, value in _config(site).items() if key not in OWN_SETTINGS}
	config |= {"db_name": database, "db_password": password, "db_type": "mariadb", **(settings or {})}
	if KEY_FILE in config:
		config[KEY_FILE] = str(_own_key_file(site))
	(folder / "site_config.json").write_text(json.dumps(config, indent=1) + "\n")
	services.forget_site(steps, database, config.get("bench_id"))


def _own_key_file(site: str) -> Path:
	"""Move the key ring that came with a copy to a place of the site's own, outside the site's folder."""
	target = BENCH / "keys" / f"{site}.json"
	target.parent.mkdir(mode=0o700, exist_ok=True)
	shutil.move(SITES / site / "key_ring", target)
	return target


def _config(site: str) -> dict:
	return json.loads((SITES / site / "site_config.json").read_text())


def _database_name(site: str) -> str:
	return "site_" + "".join(letter if letter.isalnum() else "_" for letter in site)


def _root_login() -> list[str]:
	options = services.DATABASE / "root.cnf"
	port = services.ports()["mariadb"]
	options.touch(mode=0o600)
	options.write_text(
		f"[client]\nuser=root\npassword={services.database_password()}\nhost=127.0.0.1\nport={port}\n"
		"default-character-set=utf8mb4\n"
	)
	return [f"--defaults-file={options}"]
