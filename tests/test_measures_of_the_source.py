"""Every measure of the working-conditions catalogue (A&O 6.1.1, 6.1.3, 6.1.5) is proposed to whom it is for."""

import pytest
from test_data_model import dutch

from sv_helpdesk.social_safety import catalogue, masters

AT_ONCE, AFTERWARDS, UNFOUNDED = catalogue.AT_ONCE, catalogue.AFTERWARDS, catalogue.UNFOUNDED
# what the source asks for, in our words, and which row carries it: by whose plan, phase and outcome
MEASURES = {
	("Reporter", AT_ONCE, None): {
		"a confidential adviser who listens and thinks along": "care_reporter_adviser",
		"a safe place to work": "care_reporter_safe_place",
		"no disadvantage": "care_reporter_no_disadvantage",
		"the organisation's team for care after events (note 7)": "care_reporter_support_team",
	},
	("Reporter", AFTERWARDS, "Founded"): {
		"guidance when going back to work": "after_reporter_return",
		"coaching or psychological help": "after_reporter_help",
		"a guided restorative talk": "after_reporter_restorative_talk",
		"manager or HR watches for relapse and repetition": "after_reporter_monitoring",
		"social work or psychologist, referring on (6.1.1)": "after_reporter_social_work",
		"mediation by social work (6.1.1)": "after_reporter_mediation",
		"the confidential adviser stays in touch (6.1.1)": "after_reporter_adviser",
	},
	("Accused", AT_ONCE, None): {
		"an adviser of their own": "care_accused_adviser",
		"information about procedure, rights and duties": "care_accused_information",
		"no judgement before the investigation has ended": "care_accused_no_judgement",
	},
	("Accused", AFTERWARDS, "Founded"): {
		"individual guidance, such as coaching or training": "after_accused_guidance",
		"a restorative talk if both want it": "after_accused_restorative_talk",
		"guidance when going back to work": "after_accused_return",
		"a plan after a sanction without dismissal": "after_accused_plan",
		"social work or psychologist (6.1.1)": "after_accused_social_work",
		"mediation by social work (6.1.1)": "after_accused_mediation",
	},
	("Witness", AT_ONCE, None): {
		"care for stress, uncertainty and guilt": "care_witness_talk",
		"trust in how the organisation acts": "care_witness_information",
	},
	("Witness", AFTERWARDS, "Founded"): {
		"coming to terms with it": "after_witness_follow_up",
		"no lasting complaints": "after_witness_help",
	},
	("Team", AT_ONCE, None): {
		"a guided team talk soon after the event": "care_team_talk",
		"procedure, support and rules are explained": "care_team_explanation",
		"room for anger, guilt and fear": "care_team_reactions",
		"talks one to one": "care_team_single_talks",
		"first care by the (next higher) manager (6.1.1)": "care_manager_first_care",
		"as little as possible is told (6.1.3)": "care_manager_say_little",
	},
	("Team", AFTERWARDS, "Founded"): {
		"team building, guidance or coaching": "after_team_cooperation",
		"an open talk about norms and limits": "after_team_norms",
		"time and room": "after_team_time",
		"regular check": "after_team_check",
		"more support if needed": "after_team_more_support",
		"evaluation whether the steps helped": "after_team_evaluation",
		"the manager stays in touch with both (6.1.1)": "after_manager_contact",
		"HR thinks along about safety and prevention (6.1.1)": "after_manager_hr",
		"social work advises manager and HR (6.1.1)": "after_manager_social_work",
		"a learning conversation (CAOP)": "after_manager_learning",
	},
	("Reporter", AFTERWARDS, UNFOUNDED): {
		"aftercare for well-being and cooperation": "unfounded_aftercare_reporter",
		"no sanction unless bad faith is established": "unfounded_protect_reporter",
	},
	("Accused", AFTERWARDS, UNFOUNDED): {
		"personal aftercare": "unfounded_aftercare_accused",
		"restorative talk": "unfounded_talk",
		"mediation by a mediator or confidential adviser": "unfounded_mediation",
		"clear words about the outcome": "unfounded_outcome_told",
		"no need to account to others": "unfounded_no_account",
		"back into team or organisation": "unfounded_reintegration",
		"other division of tasks": "unfounded_tasks",
		"other work or workplace": "unfounded_other_work",
		"fair look at performance later": "unfounded_later_review",
		"written confirmation in the personnel file": "unfounded_file_letter",
		"no part in appraisal, promotion and career": "unfounded_no_career_effect",
	},
	("Team", AFTERWARDS, UNFOUNDED): {
		"the investigation is documented": "unfounded_document",
		"message that it is over and integrity stands": "unfounded_matter_closed",
		"stigma is talked about": "unfounded_stigma_talk",
		"relations within the team": "unfounded_team_relations",
		"agreements on paper": "unfounded_written_agreements",
	},
}
LISTED = {code for measures in MEASURES.values() for code in measures.values()}


@pytest.mark.parametrize("plan", MEASURES, ids=lambda plan: " ".join(map(str, plan)))
def test_everything_the_source_asks_for_is_proposed(plan):
	proposed = catalogue.proposed(*plan)
	assert {what: code for what, code in MEASURES[plan].items() if code not in proposed} == {}


@pytest.mark.parametrize("meant_for", ["Reporter", "Accused", "Witness", "Team"])
def test_who_did_nothing_is_offered_nothing_that_follows_a_sanction_and_nothing_twice(meant_for):
	unfounded = set(catalogue.proposed(meant_for, AFTERWARDS, UNFOUNDED))
	founded = set(catalogue.proposed(meant_for, AFTERWARDS, "Founded"))
	assert not any(code.startswith("unfounded") for code in founded)
	gone = {
		"after_accused_plan",
		"after_accused_guidance",
		"after_accused_restorative_talk",
		"after_accused_mediation",
	}
	assert founded - unfounded == (gone if meant_for == "Accused" else set())


def test_the_table_above_holds_every_measure_of_care_that_comes_with_the_app():
	care = {row["code"] for row in masters.shipped("SV Measure") if row["phase"]}
	assert care == LISTED


def test_every_measure_has_its_dutch_words():
	for row in masters.shipped("SV Measure"):
		for text in (row["title"], row["description"]):
			assert dutch().get((text, "")), text
