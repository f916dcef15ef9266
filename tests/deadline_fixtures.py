"""A desk with its people and a case without clocks of its own, for the tests of the sweep."""

import pytest
from deadline_helpers import make_outgoing_account
from grant_helpers import desk_of

import frappe

from sv_helpdesk.permissions.roles import COORDINATOR
from sv_helpdesk.test_utils import make_report, make_user


@pytest.fixture
def outgoing():
	"""A mailbox to send from. Not by itself: a plugin's fixtures are there for the tests of all modules."""
	make_outgoing_account()


@pytest.fixture
def people():
	"""A desk with a coordinator, a stand-in, a handler and a colleague."""
	coordinator, stand_in, handler, colleague = (
		make_user(COORDINATOR),
		make_user(),
		make_user(),
		make_user(),
	)
	desk = desk_of(coordinator, stand_in, handler, colleague)
	return frappe._dict(
		desk=desk, coordinator=coordinator, stand_in=stand_in, handler=handler, colleague=colleague
	)


@pytest.fixture
def case(people):
	return make_report(desk=people.desk.name, handler=people.handler)
