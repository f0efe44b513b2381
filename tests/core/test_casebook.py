"""What is missing of a case is named by the file in which it belongs."""

from dataclasses import replace

import pytest

from bot.core.casebook import Rooms, Row, Surface, held
from bot.core.playbook import Decision, Role
from tests.builders import playbook, step

ROW = Row("missing_cable", 1, (Surface.AGENT, Surface.TRAINEE))
CABLE = playbook("missing_cable", step("look_again", Decision.COLLECT))
WHOLE = Rooms(CABLE, wordings=3, worked=2, scenarios=0, practices=1, understood=True)
BOTS = replace(CABLE, bot=True)


def test_a_case_that_is_in_all_rooms_has_no_problem() -> None:
    assert held(ROW, WHOLE).problems == ()


@pytest.mark.parametrize(
    ("rooms", "what"),
    [
        (replace(WHOLE, playbook=None), "playbooks/…/missing_cable.yml"),
        (replace(WHOLE, wordings=0), "scripts_zh/missing_cable.yml"),
        (replace(WHOLE, worked=0), "tests/policy/cases/missing_cable.cases.yml"),
        (replace(WHOLE, practices=0), "bot/policy/scenarios/missing_cable.yml"),
        (replace(WHOLE, understood=False), "no intent missing_cable in domain.yml"),
        (replace(WHOLE, playbook=BOTS), "does not leave it to the bot"),
    ],
)
def test_what_is_missing_is_named(rooms: Rooms, what: str) -> None:
    [problem] = held(ROW, rooms).problems

    assert what in problem


def test_a_clone_without_the_worked_cases_lacks_none() -> None:
    assert held(ROW, replace(WHOLE, worked=None)).problems == ()


def test_a_case_that_nobody_practises_needs_no_practice_scenario() -> None:
    row = replace(ROW, surfaces=(Surface.AGENT,))

    assert held(row, replace(WHOLE, practices=0)).problems == ()


def test_a_case_that_an_event_opens_needs_no_intent() -> None:
    row = replace(ROW, intent=False)

    assert held(row, replace(WHOLE, understood=False)).problems == ()


def test_a_case_of_the_bots_needs_a_step_that_is_the_bots() -> None:
    row = replace(ROW, surfaces=(Surface.BOT, Surface.AGENT))
    one_step = replace(CABLE, steps=(replace(step("tell"), by=Role.BOT),))

    assert held(row, WHOLE).problems == ("没有机器人能回答的步骤 no step is the bot's",)
    assert held(row, replace(WHOLE, playbook=BOTS)).problems == ()
    assert held(row, replace(WHOLE, playbook=one_step)).problems == ()
