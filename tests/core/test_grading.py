"""A grade names each lost point; both sides of each limit."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.core.filing import Filing
from bot.core.grading import (
    FULL,
    PASSES,
    SURE,
    WEIGHTS,
    Exchange,
    Fault,
    Grade,
    Part,
    Result,
    grade,
)
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
WARNING = {"rule": "plain_words", "severity": "warn", "why": "太短", "source": "S1", "better": ""}
BLOCK = {
    "rule": "promise",
    "severity": "block",
    "why": "不能保证",
    "source": "S1",
    "better": "尽快",
}


def graded(
    exchanges: list[Exchange], ending: Ending | None = Ending.CONTENT, **otherwise: Any
) -> Grade:
    return grade(exchanges, Result(ending, "补偿", **otherwise))


def faults(found: Grade) -> list[Fault]:
    return [point.fault for point in found.points]


def test_right_steps_and_a_served_customer_are_full_marks() -> None:
    found = graded([RIGHT])

    assert (found.passed, found.score, found.points) == (True, FULL, ())


@pytest.mark.parametrize("ending", [None, Ending.LEFT])
def test_without_a_result_nothing_passes_and_it_is_said_what_could_follow(
    ending: Ending | None,
) -> None:
    (point,) = graded([RIGHT], ending, better="补您2元").points

    assert (point.line, point.part, point.better) == (0, Part.END, "补您2元")
    assert "补偿" in point.why


def test_a_decision_before_its_questions_is_too_soon() -> None:
    early = replace(RIGHT, step="pay", decision=Decision.ALLOW)

    (point,) = graded([early]).points

    assert (point.cost, point.better, point.source) == (
        WEIGHTS[Fault.TOO_SOON].cost,
        RIGHT.better,
        RIGHT.source,
    )


@pytest.mark.parametrize(("confidence", "costs"), [(SURE - 0.01, False), (SURE, True)])
def test_a_doubtful_step_is_shown_and_costs_nothing(confidence: float, costs: bool) -> None:
    early = replace(RIGHT, step="pay", decision=Decision.ALLOW, confidence=confidence)

    found = graded([early])

    assert bool(found.points) is costs
    assert found.doubtful == (() if costs else (1,))


def test_another_question_than_the_advised_one_costs_nothing() -> None:
    other = replace(RIGHT, step="ask_colour")

    assert graded([other]).points == ()


@pytest.mark.parametrize(("warned", "passed"), [(4, True), (5, False)])
def test_it_passes_from_eighty_points_on(warned: int, passed: bool) -> None:
    cost = WEIGHTS[Fault.MANNER].cost
    assert FULL - 4 * cost == PASSES
    rough = replace(RIGHT, findings=[WARNING])

    found = graded([rough] * warned)

    assert (found.score, found.passed) == (FULL - warned * cost, passed)


def test_what_must_not_be_said_fails_whatever_the_rest() -> None:
    found = graded([RIGHT, replace(RIGHT, findings=[BLOCK])])

    assert (found.passed, [p.line for p in found.points]) == (False, [2])
    assert found.points[0].better == "尽快"


def test_what_the_guard_stops_is_one_fault_though_it_came_too_soon_as_well() -> None:
    early = replace(RIGHT, step="pay", decision=Decision.ALLOW, findings=[BLOCK])

    assert faults(graded([early])) == [Fault.FORBIDDEN]


@pytest.mark.parametrize(
    ("rule", "fault"), [("amount", Fault.WRONG_AMOUNT), ("respect", Fault.FORBIDDEN)]
)
def test_what_the_guard_stops_fails_by_its_rule(rule: str, fault: Fault) -> None:
    found = graded([replace(RIGHT, findings=[{**BLOCK, "rule": rule}])])

    assert (faults(found), found.passed) == ([fault], False)


def test_a_later_step_in_place_of_a_question_is_too_soon_another_question_is_not() -> None:
    due = replace(RIGHT, question_due=True, decision=Decision.INFORM)

    assert faults(graded([replace(due, step="tell")])) == [Fault.TOO_SOON]
    assert faults(graded([replace(due, step="ask_colour", asks=True)])) == []


def test_what_is_known_is_not_asked_again_unless_the_desk_asks_it_too() -> None:
    again = replace(RIGHT, step="ask_more", asks=True, again=("找过没有",))

    (point,) = graded([again]).points
    assert (point.fault, "找过没有" in point.why) == (Fault.ASKED_AGAIN, True)
    assert faults(graded([replace(again, step="ask")])) == []


@pytest.mark.parametrize(("text", "lost"), [("请再找找", True), ("给您添麻烦了，请再找找", False)])
def test_who_is_in_trouble_hears_a_kind_word_first(text: str, lost: bool) -> None:
    found = graded([replace(RIGHT, kindness_due=True, text=text)])

    assert faults(found) == ([Fault.NO_APOLOGY] if lost else [])


def test_a_slow_reply_loses_its_point_and_says_by_how_much() -> None:
    (point,) = graded([replace(RIGHT, late=timedelta(minutes=4))]).points

    assert (point.fault, "4分钟" in point.why) == (Fault.SLOW, True)


def test_who_is_served_without_a_last_word_loses_the_closing() -> None:
    found = graded([RIGHT], closed=False)

    assert [(p.fault, p.line, p.part) for p in found.points] == [
        (Fault.NO_CLOSING, 1, Part.SERVICE)
    ]
    assert found.passed


RECORD = Filing(frozenset({"退运费登记"}), Decimal(12), date(2026, 3, 15))


@pytest.mark.parametrize(
    ("filed", "lost"),
    [
        (RECORD, []),
        (replace(RECORD, registers=frozenset()), [Fault.WRONG_RECORD]),
        (replace(RECORD, registers=frozenset({"退运费登记", "换货登记"})), [Fault.WRONG_RECORD]),
        (replace(RECORD, amount=Decimal("12.00")), []),
        (replace(RECORD, amount=Decimal("12.01")), [Fault.WRONG_AMOUNT_FILED]),
        (replace(RECORD, amount=None), [Fault.WRONG_AMOUNT_FILED]),
        (replace(RECORD, follow_up=date(2026, 3, 14)), []),
        (replace(RECORD, follow_up=date(2026, 3, 16)), [Fault.LATE_FOLLOW_UP]),
        (replace(RECORD, follow_up=None), [Fault.LATE_FOLLOW_UP]),
    ],
)
def test_what_is_written_down_is_held_against_the_rules(filed: Filing, lost: list[Fault]) -> None:
    assert faults(graded([RIGHT], filed=filed, right=RECORD)) == lost


def test_an_amount_or_a_day_that_the_rules_do_not_want_costs_nothing() -> None:
    assert (
        faults(graded([RIGHT], filed=replace(RECORD, registers=frozenset()), right=Filing())) == []
    )
