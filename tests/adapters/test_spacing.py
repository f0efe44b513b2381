"""When something is due again: later each time it is right, soon after it went wrong."""

from datetime import datetime, timedelta

from bot.adapters.spacing import FsrsSpacing
from bot.core.mastery import Mark, Shown
from bot.core.moments import SHANGHAI

NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)
SPACING = FsrsSpacing()


def after(*shown: Shown) -> timedelta:
    """How long after the last of these, which came a week apart."""
    marks = [Mark("cable", one, NOW + timedelta(days=7 * n)) for n, one in enumerate(shown)]
    return SPACING.due(marks) - marks[-1].at


def test_each_time_it_is_right_it_is_due_later() -> None:
    once, twice = after(Shown.RIGHT), after(Shown.RIGHT, Shown.RIGHT)

    assert timedelta(days=1) <= once < twice


def test_with_help_it_is_due_sooner_and_after_a_mistake_sooner_still() -> None:
    right, helped, wrong = (after(Shown.RIGHT, Shown.RIGHT, one) for one in Shown)

    assert wrong < helped < right


def test_the_same_marks_give_the_same_moment() -> None:
    assert after(Shown.RIGHT, Shown.WRONG) == after(Shown.RIGHT, Shown.WRONG)
