"""Steps with a progress line each; what a step's commands print goes to a log file."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dev.layout import BENCH, LOGS

LAST_LINES = 15


class StepFailed(Exception):
	"""A step could not be done. Its text is the sentence that the user reads."""


class Steps:
	"""The steps of one make target, their progress lines and their log."""

	def __init__(self, target: str):
		"""Start the log of a target.

		Args:
			target: name of the make target; the log is .bench/logs/<target>.log.
		"""
		LOGS.mkdir(parents=True, exist_ok=True)
		self.log = LOGS / f"{target}.log"
		self.log.write_text("")
		self.title = target

	@contextmanager
	def step(self, title: str) -> Iterator[None]:
		"""Print a progress line around the work done inside the `with`.

		Args:
			title: what the step does, in a few words.

		Raises:
			StepFailed: when the work failed, naming the step, the log and the log's last lines.
		"""
		self.title = title
		started = time.monotonic()
		print(f"  {title} ...", end="", flush=True)
		with self.log.open("a") as log:
			log.write(f"\n=== {title}\n")
		try:
			yield
		except (StepFailed, OSError, subprocess.SubprocessError) as error:
			print(" FAILED", flush=True)
			raise StepFailed(self._explain(error)) from error
		print(f" {time.monotonic() - started:.1f} s", flush=True)

	def _explain(self, error: Exception) -> str:
		last = "".join(self.log.read_text(errors="replace").splitlines(keepends=True)[-LAST_LINES:])
		return f'The step "{self.title}" failed: {error}\n{last}\nThe whole output is in {self.log}'

	def run(
		self,
		command: Sequence[str | Path],
		cwd: Path | None = None,
		stdin: Path | None = None,
		stdout: Path | None = None,
		extra_env: dict[str, str] | None = None,
		secret: str | None = None,
	) -> None:
		"""Run a command, its output into the log.

		Args:
			command: program and arguments.
			cwd: folder to run in.
			stdin: file that the command reads; nothing when left out.
			stdout: file that takes the command's output instead of the log.
			extra_env: environment variables besides our own.
			secret: text to leave out of the log's copy of the command line.

		Raises:
			StepFailed: when the command can't be started or ends with an exit code other than 0.
		"""
		words = [str(word) for word in command]
		shown = " ".join(words)
		with self.log.open("a") as log:
			log.write(f"$ {shown.replace(secret, '***') if secret else shown}\n")
			log.flush()
			source = stdin.open("rb") if stdin else subprocess.DEVNULL
			target = stdout.open("wb") if stdout else log
			try:
				result = subprocess.run(
					words,
					cwd=cwd,
					stdin=source,
					stdout=target,
					stderr=log,
					env={**os.environ, **(extra_env or {})},
				)
			except FileNotFoundError as error:
				raise StepFailed(f"{words[0]} is not installed ({error.strerror}).") from error
			finally:
				for file in (source, target):
					if hasattr(file, "close") and file is not log:
						file.close()
		if result.returncode:
			raise StepFailed(f"{Path(words[0]).name} ended with exit code {result.returncode}.")


@contextmanager
def only_one(name: str) -> Iterator[None]:
	"""Wait until no other run in this checkout holds the lock `name`, then hold it.

	Args:
		name: what may be done by one run at a time, such as "build" or a site's name.
	"""
	folder = BENCH / "run"
	folder.mkdir(parents=True, exist_ok=True)
	with (folder / f"{name}.lock").open("w") as file:
		try:
			fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			print(f"  waiting for another run in this checkout ({name}) ...", flush=True)
			fcntl.flock(file, fcntl.LOCK_EX)
		yield


def fail(message: str) -> None:
	"""End the program with a message and exit code 1."""
	print(f"\n{message}", file=sys.stderr, flush=True)
	raise SystemExit(1)
