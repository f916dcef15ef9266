"""The bench's own servers: MariaDB, Redis, web server, workers and scheduler. All listen on loopback only."""

import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from dev.layout import BENCH, LOGS, PYTHON, ROOT, RUN, SITES
from dev.steps import StepFailed, Steps

LOOPBACK = "127.0.0.1"
APPLICATION = "dev.wsgi:application"
PORT_NAMES = ("mariadb", "redis_cache", "redis_queue", "web", "socketio")
FIRST_PORT = 20000
PORT_BLOCKS = 1000
START_SECONDS = 60
STOP_SECONDS = 30
DATABASE = BENCH / "mariadb"
STORAGE = ("mariadb", "redis_cache", "redis_queue")
# the queues of each worker of a site that people use
WORKERS = ("short,default", "long,default,short")
MARIADB_SETTINGS = (
	"--bind-address=127.0.0.1",
	"--skip-name-resolve",
	"--character-set-server=utf8mb4",
	"--collation-server=utf8mb4_unicode_ci",
	"--innodb-buffer-pool-size=384M",
	"--max-allowed-packet=256M",
	# as on a real server, so that what reaches the binary log can be searched for
	"--log-bin=binlog",
	"--binlog-format=ROW",
	"--server-id=1",
	"--expire-logs-days=7",
	# a commit survives the end of any process, not a power cut: enough here and twice as quick
	"--innodb-flush-log-at-trx-commit=2",
	"--sync-binlog=0",
)


def ports() -> dict[str, int]:
	"""The ports of this checkout's servers: chosen once, free of every other checkout's."""
	file = BENCH / "ports.json"
	if not file.exists():
		file.parent.mkdir(parents=True, exist_ok=True)
		file.write_text(json.dumps(_choose_ports(), indent=1) + "\n")
	return json.loads(file.read_text())


def _choose_ports() -> dict[str, int]:
	start = int(hashlib.sha256(str(ROOT).encode()).hexdigest(), 16)
	for attempt in range(PORT_BLOCKS):
		first = FIRST_PORT + (start + attempt) % PORT_BLOCKS * 10
		chosen = {name: first + number for number, name in enumerate(PORT_NAMES)}
		if not any(answers(port) for port in chosen.values()):
			return chosen
	raise StepFailed(f"No free ports were found between {FIRST_PORT} and {FIRST_PORT + PORT_BLOCKS * 10}.")


def answers(port: int) -> bool:
	"""Whether something on this machine's loopback takes connections on the port."""
	with socket.socket() as probe:
		probe.settimeout(1)
		return probe.connect_ex((LOOPBACK, port)) == 0


def free_port() -> int:
	"""A port that is free at this moment, for a server that lives as long as one test run."""
	with socket.socket() as probe:
		probe.bind((LOOPBACK, 0))
		return probe.getsockname()[1]


def database_password() -> str:
	"""The password of the database's root, made at random for this bench."""
	file = BENCH / "database_password"
	if not file.exists():
		file.touch(mode=0o600)
		file.write_text(secrets.token_urlsafe(18))
	return file.read_text()


def start_storage(steps: Steps) -> None:
	"""Start MariaDB and both Redis servers, unless they run."""
	if all(running(name) for name in STORAGE):
		return
	_renew_taken_ports()
	if not running("mariadb"):
		_start_mariadb(steps)
	for name in ("redis_cache", "redis_queue"):
		if not running(name):
			_start_redis(steps, name)


def _renew_taken_ports() -> None:
	"""Another program may have taken a port while nothing of ours ran."""
	if not any(running(file.stem) for file in RUN.glob("*.pid")) and any(map(answers, ports().values())):
		(BENCH / "ports.json").unlink()


def _start_mariadb(steps: Steps) -> None:
	as_root = ["--user=root"] if os.geteuid() == 0 else []
	data = DATABASE / "data"
	with steps.step("MariaDB"):
		if not (data / "mysql").exists():
			data.mkdir(parents=True)
			install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db", *as_root]
			steps.run([*install, "--auth-root-authentication-method=normal"])
		first_commands = DATABASE / "password.sql"
		first_commands.touch(mode=0o600)
		password = database_password()
		first_commands.write_text(
			f"CREATE USER IF NOT EXISTS root@'127.0.0.1';\n"
			f"ALTER USER root@'127.0.0.1' IDENTIFIED BY '{password}';\n"
			f"GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;\n"
			f"ALTER USER root@localhost IDENTIFIED BY '{password}';\n"
		)
		command = [_mariadbd(), "--no-defaults", f"--datadir={data}", f"--port={ports()['mariadb']}"]
		# relative, as the path of a socket may be 107 characters long at most
		command += ["--socket=mariadb.sock", f"--init-file={first_commands}", *MARIADB_SETTINGS, *as_root]
		start(steps, "mariadb", command, port=ports()["mariadb"])


def _mariadbd() -> str:
	return next(
		(path for path in ("/usr/sbin/mariadbd", "/usr/bin/mariadbd") if Path(path).exists()), "mariadbd"
	)


def _start_redis(steps: Steps, name: str) -> None:
	folder = BENCH / name
	folder.mkdir(exist_ok=True)
	# jobs outlive a stop, a cache need not
	save = "60 1" if name == "redis_queue" else ""
	with steps.step(f"Redis ({name.removeprefix('redis_')})"):
		command = ["redis-server", "--bind", LOOPBACK, "--port", str(ports()[name]), "--dir", str(folder)]
		start(steps, name, [*command, "--save", save, "--appendonly", "no"], port=ports()[name])


def start(
	steps: Steps,
	name: str,
	command: list[str | Path],
	port: int | None = None,
	cwd: Path = BENCH,
	extra_env: dict[str, str] | None = None,
) -> None:
	"""Start a server in the background, with a pid file and a log of its own.

	Args:
		steps: takes the output of failures.
		name: of the server; its log is .bench/logs/<name>.log.
		command: what to run.
		port: wait until it takes connections there.
		cwd: folder to run in.
		extra_env: environment variables besides our own.

	Raises:
		StepFailed: when it ends at once or doesn't answer in time.
	"""
	RUN.mkdir(parents=True, exist_ok=True)
	log = LOGS / f"{name}.log"
	with log.open("ab") as output:
		process = subprocess.Popen(
			[str(word) for word in command],
			cwd=cwd,
			env={**os.environ, **(extra_env or {})},
			stdin=subprocess.DEVNULL,
			stdout=output,
			stderr=output,
			start_new_session=True,
		)
	(RUN / f"{name}.pid").write_text(f"{process.pid} {_start_time(process.pid)}")
	deadline = time.monotonic() + START_SECONDS
	while port and not answers(port):
		if process.poll() is not None or time.monotonic() > deadline:
			raise StepFailed(f"{name} did not start, see {log}.")
		time.sleep(0.05)


def running(name: str) -> bool:
	"""Whether the server that we started under this name still runs."""
	return _pid(name) is not None


def _pid(name: str) -> int | None:
	file = RUN / f"{name}.pid"
	if not file.exists():
		return None
	words = file.read_text().split()
	# the start time tells our process from a later one that was given the same number
	if len(words) == 2 and _start_time(int(words[0])) == words[1]:
		return int(words[0])
	return None


def _start_time(pid: int) -> str | None:
	try:
		fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	except FileNotFoundError:
		return None
	return None if fields[0] == "Z" else fields[19]


def stop(name: str) -> bool:
	"""Stop a server that we started; one that doesn't end in time is killed.

	Returns:
		Whether it ran.
	"""
	pid = _pid(name)
	if pid:
		os.kill(pid, signal.SIGTERM)
		deadline = time.monotonic() + STOP_SECONDS
		while _pid(name) and time.monotonic() < deadline:
			time.sleep(0.05)
		if _pid(name):
			os.kill(pid, signal.SIGKILL)
	(RUN / f"{name}.pid").unlink(missing_ok=True)
	return bool(pid)


def kill(name: str) -> None:
	"""End a server that we started at once and without warning, as a power cut would; for fault tests."""
	if pid := _pid(name):
		os.kill(pid, signal.SIGKILL)
		while _pid(name):
			time.sleep(0.01)


def stop_all() -> list[str]:
	"""Stop every server of this bench, the database last.

	Returns:
		The names of those that ran.
	"""
	names = [file.stem for file in RUN.glob("*.pid")]
	return [name for name in sorted(names, key=lambda name: name in STORAGE) if stop(name)]


def start_site(steps: Steps, site: str) -> None:
	"""Start web server, workers and scheduler for a site that people use, and see that they work.

	Args:
		steps: takes the progress and the output.
		site: name of the site.

	Raises:
		StepFailed: when one of them doesn't start, or the login page doesn't answer.
	"""
	port = ports()["web"]
	helper = [PYTHON, "-m", "frappe.utils.bench_helper", "frappe"]
	commands = {f"worker_{queues.partition(',')[0]}": ["worker", "--queue", queues] for queues in WORKERS}
	commands["scheduler"] = ["schedule"]
	with steps.step("Web server, workers and scheduler"):
		if not running("web"):
			if answers(port):
				raise StepFailed(f"port {port} is taken by another program. Run `make stop`, then try again.")
			start(steps, "web", web_command(port, workers=2), port, SITES, {"DEV_SITE": site})
		for name, command in commands.items():
			if not running(name):
				start(steps, name, [*helper, *command], cwd=SITES)
		_wait_for_page(f"http://{LOOPBACK}:{port}/login")
		for name in ("web", *commands):
			if not running(name):
				raise StepFailed(f"{name} ended at once, see {LOGS / name}.log.")


def stop_site() -> None:
	"""Stop web server, workers and scheduler; database and Redis go on."""
	for file in RUN.glob("*.pid"):
		if file.stem not in STORAGE:
			stop(file.stem)


def _wait_for_page(address: str) -> None:
	deadline = time.monotonic() + START_SECONDS
	while True:
		try:
			with urllib.request.urlopen(address, timeout=START_SECONDS):
				return
		except OSError as error:
			if time.monotonic() > deadline or not running("web"):
				raise StepFailed(f"{address} doesn't answer ({error}), see {LOGS / 'web.log'}.") from error
			time.sleep(0.2)


def web_command(port: int, workers: int, application: str = APPLICATION) -> list[str | Path]:
	"""The command that serves the site named in DEV_SITE on a loopback port."""
	gunicorn = [PYTHON, "-m", "gunicorn", "--bind", f"{LOOPBACK}:{port}", "--workers", str(workers)]
	return [
		*gunicorn,
		"--threads",
		"4",
		"--timeout",
		"120",
		"--keep-alive",
		"75",
		"--pythonpath",
		ROOT,
		application,
	]


def empty_cache(steps: Steps) -> None:
	"""Forget everything in the Redis cache."""
	steps.run(["redis-cli", "-h", LOOPBACK, "-p", str(ports()["redis_cache"]), "flushall"])


def forget_site(steps: Steps, database: str, bench_id: str | None) -> None:
	"""Remove from Redis what an earlier site of the same name left: cached values and waiting jobs.

	Args:
		steps: takes the output.
		database: the site's database; Frappe's cache keys begin with it.
		bench_id: beginning of the names of the site's own job queues, when it has them.
	"""
	for name, pattern in (("redis_cache", f"{database}|*"), ("redis_queue", f"rq:queue:{bench_id}:*")):
		script = "for _, key in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', key) end"
		client = ["redis-cli", "-h", LOOPBACK, "-p", str(ports()[name])]
		steps.run([*client, "eval", script, "0", pattern])
