"""An attacking System Manager, Agent Manager and Administrator reach no role, no login and no script of ours.

Over real HTTP. Every attempt that the host itself would let through leaves a trace that the
coordinator and the privacy officer see at once.
"""

import pytest
from attack_helpers import (
	AGENT_MANAGER,
	COORDINATOR,
	MANAGER,
	OFFICER,
	Hands,
	forget,
	make_people,
	state,
	told,
	traces,
)
from attacks import DESKS, LOGINS, REFUSED_BY_HOST, ROLES
from attacks_on_pages import SCRIPTS

import frappe

pytestmark = pytest.mark.commits
LEAVING_TRACES = {**ROLES, **LOGINS, **SCRIPTS}
ALL = {**LEAVING_TRACES, **DESKS}


@pytest.fixture(scope="module", autouse=True)
def people():
	frappe.set_user("Administrator")
	make_people()


@pytest.fixture(scope="module")
def manager(web, people):
	return Hands(web, MANAGER)


@pytest.fixture(scope="module")
def agent_manager(web, people):
	return Hands(web, AGENT_MANAGER)


@pytest.fixture(scope="module")
def administrator(web, people):
	return Hands(web, "Administrator")


@pytest.mark.parametrize("attack", LEAVING_TRACES)
def test_a_system_manager_reaches_nothing_and_it_is_told(manager, attack):
	forget()
	before, known = state(), traces(MANAGER)
	answer = LEAVING_TRACES[attack](manager)
	assert state() == before, answer.text[:500]
	new = traces(MANAGER) - known
	assert new or attack in REFUSED_BY_HOST[MANAGER], answer.text[:1500]
	for approval in new:
		assert {COORDINATOR, OFFICER} <= told(approval)


@pytest.mark.parametrize("attack", DESKS)
def test_a_system_manager_reaches_no_desk_and_no_approval(manager, attack):
	before = state()
	answer = DESKS[attack](manager)
	assert answer.status_code in (403, 404, 417), answer.text[:500]
	assert state() == before


@pytest.mark.parametrize("attack", ALL)
def test_an_agent_manager_reaches_nothing(agent_manager, attack):
	before = state()
	ALL[attack](agent_manager)
	assert state() == before


@pytest.mark.parametrize("attack", LEAVING_TRACES)
def test_the_administrator_reaches_nothing_over_the_web(administrator, attack):
	forget()
	before, known = state(), traces("Administrator")
	answer = LEAVING_TRACES[attack](administrator)
	assert state() == before, answer.text[:500]
	refused_by_host = attack in REFUSED_BY_HOST["Administrator"]
	assert traces("Administrator") - known or refused_by_host, answer.text[:1500]
