"""A complete site of your own: builds the bench, runs the servers, runs the tests. See dev/README.md."""

import os
import sys

# The tests' own packages come last on the path, so that they never stand in for one of the bench's
if os.environ.get("DEV_TEST_LIBRARIES"):
	sys.path.append(os.environ["DEV_TEST_LIBRARIES"])
