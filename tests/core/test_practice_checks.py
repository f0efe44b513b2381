"""A practice scenario that does not fit the rules is named with its place."""

from dataclasses import replace

import pytest

from bot.core.facts import FactDef, Kind
from bot.core.playbook import Instead
from bot.core.policy import Policy
from bot.core.practice import Practice
from bot.core.practice_checks import practice_faults
from tests.builders import playbook, policy, step
from tests.core.test_practice import PRACTICE

WHERE = playbook("where_is_my_order", step("in_transit"))
CABLE = replace(playbook("missing_cable", step("found")), instead=(Instead((), WHERE.id),))
SEARCHED = FactDef("searched", "找过没有", Kind.TEXT)
FITTING = replace(PRACTICE, knows={"searched": ("找过了",)})


def shop(*practices: Practice) -> Policy:
    return replace(policy(CABLE, WHERE, facts=[SEARCHED]), practices=practices)


def test_a_scenario_whose_case_facts_and_goal_exist_has_no_fault() -> None:
    assert list(practice_faults(shop(FITTING))) == []


def test_the_goal_may_be_a_step_of_the_case_that_the_orders_state_leads_to() -> None:
    practice = replace(FITTING, goal="in_transit")

    assert list(practice_faults(shop(practice))) == []


@pytest.mark.parametrize(
    ("practice", "place", "what"),
    [
        (replace(FITTING, goal="fond"), (0, "goal"), "no step fond in missing_cable"),
        (replace(FITTING, knows={"serched": ("没",)}), (0, "knows", "serched"), "serched"),
        (replace(FITTING, case="cable"), (0,), "no playbook cable"),
    ],
)
def test_what_does_not_exist_is_named(
    practice: Practice, place: tuple[str | int, ...], what: str
) -> None:
    [(case, found, why)] = practice_faults(shop(practice))

    assert (case, found) == (practice.case, place)
    assert what in why


def test_an_id_that_stands_twice_is_named_at_its_second_place() -> None:
    faults = list(practice_faults(shop(FITTING, FITTING)))

    assert faults == [("missing_cable", (1, "id"), "missing_cable_1 写了两次 stands twice")]
