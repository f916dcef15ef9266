"""Runs pytest with a bench's Python, in the root of the checkout; dev/testing.py starts it."""

import os
import shlex
import sys

import pytest

from dev.layout import TEST_FOLDERS

SETTINGS = ["-c", "dev/pytest.ini", "--rootdir", ".", "--confcutdir", "."]


def main() -> int:
	"""Run the tests that ARGS names, or all with the marks of DEV_TEST_MARKS; returns pytest's exit code."""
	wanted = shlex.split(os.environ.get("ARGS", ""))
	# a path or test id in ARGS stands for the folders, -m for the marks
	named = any(os.path.exists(word.partition("::")[0]) for word in wanted)
	marks = [] if "-m" in wanted else ["-m", os.environ["DEV_TEST_MARKS"]]
	return pytest.main([*SETTINGS, *marks, *wanted, *([] if named else TEST_FOLDERS)])


if __name__ == "__main__":
	sys.exit(main())
