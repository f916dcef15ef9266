"""Runs pytest with a bench's Python; dev/testing.py starts it.

The tests' own packages come last on the path, so that they never stand in for one of the bench's.
"""

import os
import shlex
import sys

sys.path.append(os.environ["DEV_TEST_LIBRARIES"])

import pytest

FOLDERS = [folder for folder in ("tests", "sv_helpdesk") if os.path.isdir(folder)]

arguments = shlex.split(os.environ.get("ARGS", ""))
# a path or test id in ARGS stands for the folders
named = [word for word in arguments if os.path.exists(word.partition("::")[0])]
marks = [] if "-m" in arguments else ["-m", os.environ["DEV_TEST_MARKS"]]
sys.exit(pytest.main(["-c", "dev/pytest.ini", "--rootdir", ".", *marks, *arguments, *([] if named else FOLDERS)]))
