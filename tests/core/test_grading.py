"""A grade names each lost point; both sides of each limit."""

from dataclasses import replace

import pytest

from bot.core.grading import FULL, MANNERS, PASSES, SURE, TOO_SOON, Exchange, Part, grade
from bot.core.playbook import Decision
from bot.core.practice_customer import Ending

RIGHT = Exchange(
    text="请再找找",
    advised="ask",
    allowed=frozenset({"ask"}),
    better="麻烦您再找找",
    source="文件 二",
    title="请客户再找",
    step="ask",
    confidence=0.9,
    decision=Decision.COLLECT,
)
WARNING = {"severity": "warn", "why": "太短", "source": "S1", "better": ""}
BLOCK = {"severity": "block", "why": "不能保证", "source": "S1", "better": "尽快"}


def test_right_steps_and_a_served_customer_are_full_marks() -> None:
    found = grade([RIGHT], Ending.CONTENT, "补偿")

    assert (found.passed, found.score, found.points) == (True, FULL, ())


@pytest.mark.parametrize("ending", [None, Ending.LEFT])
def test_without_a_result_nothing_passes_and_it_is_said_what_could_follow(
    ending: Ending | None,
) -> None:
    (point,) = grade([RIGHT], ending, "补偿", "补您2元").points

    assert (point.line, point.part, point.better) == (0, Part.END, "补您2元")
    assert "补偿" in point.why


def test_a_decision_before_its_questions_is_too_soon() -> None:
    early = replace(RIGHT, step="pay", decision=Decision.ALLOW)

    (point,) = grade([early], Ending.CONTENT, "补偿").points

    assert (point.cost, point.better, point.source) == (TOO_SOON, RIGHT.better, RIGHT.source)


@pytest.mark.parametrize(("confidence", "costs"), [(SURE - 0.01, False), (SURE, True)])
def test_a_doubtful_step_is_shown_and_costs_nothing(confidence: float, costs: bool) -> None:
    early = replace(RIGHT, step="pay", decision=Decision.ALLOW, confidence=confidence)

    found = grade([early], Ending.CONTENT, "补偿")

    assert bool(found.points) is costs
    assert found.doubtful == (() if costs else (1,))


def test_another_question_than_the_advised_one_costs_nothing() -> None:
    other = replace(RIGHT, step="ask_colour")

    assert grade([other], Ending.CONTENT, "补偿").points == ()


@pytest.mark.parametrize(("warned", "passed"), [(4, True), (5, False)])
def test_it_passes_from_eighty_points_on(warned: int, passed: bool) -> None:
    assert FULL - 4 * MANNERS == PASSES
    rough = replace(RIGHT, findings=[WARNING])

    found = grade([rough] * warned, Ending.CONTENT, "补偿")

    assert (found.score, found.passed) == (FULL - warned * MANNERS, passed)


def test_what_must_not_be_said_fails_whatever_the_rest() -> None:
    found = grade([RIGHT, replace(RIGHT, findings=[BLOCK])], Ending.CONTENT, "补偿")

    assert (found.passed, [p.line for p in found.points]) == (False, [2])
    assert found.points[0].better == "尽快"
