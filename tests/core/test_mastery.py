"""What practice shows of a person: both sides of each limit, and slips that help to come back from."""

from datetime import datetime, timedelta

import pytest

from bot.core.grading import Exchange, Result, grade
from bot.core.mastery import (
    HELP_UNTIL,
    MASTERED_AFTER,
    Mark,
    Requirement,
    Shown,
    Standing,
    Where,
    marks_of,
    needs_help,
    passed_levels,
    slipped,
    standing,
)
from bot.core.moments import SHANGHAI
from bot.core.playbook import Decision
from bot.core.practice_customer import Ending

NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)
RIGHT, HELPED, WRONG = (Mark("cable.ask", shown, NOW) for shown in Shown)
SLIP = Mark("cable", Shown.WRONG, NOW, Where.DESK)


def said(step: str, confidence: float = 0.9, **otherwise: object) -> Exchange:
    return Exchange(
        text="", advised="ask", allowed=frozenset({"ask"}), better="", source="", title="问",
        step=step, confidence=confidence, decision=Decision.ALLOW, playbook="cable", **otherwise,  # type: ignore[arg-type]
    )  # fmt: skip


def marks(*exchanges: Exchange, helped: tuple[str, ...] = ()) -> list[tuple[str, Shown]]:
    graded = grade(exchanges, Result(Ending.CONTENT, "办完"))
    return [(m.item, m.shown) for m in marks_of("cable", exchanges, graded, NOW, helped)]


def test_a_dialogue_shows_its_steps_and_its_case() -> None:
    assert marks(said("ask")) == [("cable.ask", Shown.RIGHT), ("cable", Shown.RIGHT)]


def test_a_step_decided_too_soon_is_the_advised_one_that_went_wrong() -> None:
    assert ("cable.ask", Shown.WRONG) in marks(said("pay"))


def test_a_doubtful_reply_shows_nothing_of_its_step() -> None:
    assert marks(said("pay", 0.2)) == [("cable", Shown.RIGHT)]


def test_with_a_hint_or_with_help_it_was_helped() -> None:
    assert marks(said("ask", hinted=True))[0] == ("cable.ask", Shown.HELPED)
    assert marks(said("ask"), helped=("cable.ask",)) == [
        ("cable.ask", Shown.HELPED),
        ("cable", Shown.HELPED),
    ]


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ([], Standing.NEW),
        ([RIGHT] * (MASTERED_AFTER - 1), Standing.LEARNING),
        ([RIGHT] * MASTERED_AFTER, Standing.MASTERED),
        ([*[RIGHT] * MASTERED_AFTER, WRONG], Standing.LEARNING),
        ([RIGHT, RIGHT, HELPED], Standing.LEARNING),
    ],
)
def test_mastered_is_right_three_times_in_a_row_unaided(known: list[Mark], found: Standing) -> None:
    assert standing(known, NOW + timedelta(days=1), NOW) is found


@pytest.mark.parametrize(("days", "found"), [(0, Standing.DUE), (1, Standing.MASTERED)])
def test_what_is_mastered_is_due_from_its_moment_on(days: int, found: Standing) -> None:
    due = NOW + timedelta(days=days)

    assert standing([RIGHT] * MASTERED_AFTER, due, NOW) is found


def test_help_fades_and_comes_back_after_a_slip() -> None:
    assert needs_help([HELPED] * (HELP_UNTIL - 1))
    assert not needs_help([HELPED] * HELP_UNTIL)
    assert needs_help([*[HELPED] * HELP_UNTIL, WRONG])


def test_a_slip_at_the_desk_stays_until_it_is_made_good() -> None:
    assert slipped([RIGHT, SLIP, HELPED]) == SLIP
    assert slipped([RIGHT, SLIP, RIGHT]) is None
    assert slipped([WRONG]) is None


def test_the_highest_level_passed_counts() -> None:
    levels = {"a1": ("a", 1), "a3": ("a", 3), "b2": ("b", 2)}

    assert passed_levels(["a3", "a1", "gone"], levels) == {"a": 3}


@pytest.mark.parametrize(
    ("level", "passed", "met"),
    [(2, {"a1", "a3"}, True), (1, {"a1", "a3"}, False), (2, {"a3"}, False), (3, set(), False)],
)
def test_a_case_is_opened_by_its_level_and_each_customer_that_is_named(
    level: int, passed: set[str], met: bool
) -> None:
    assert Requirement(2, frozenset({"a1"})).met(level, passed) is met
