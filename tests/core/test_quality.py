"""What became of suggestions, figure by figure."""

from datetime import timedelta

import pytest

from bot.core.quality import ranks, usage, usages
from bot.core.suggestion_use import Action, Compared, Use, compared
from tests.core.turns import NOON


def changed(before: str, after: str) -> float:
    """Characters that differ, place by place."""
    longest = max(len(before), len(after))
    same = sum(a == b for a, b in zip(before, after, strict=False))
    return (longest - same) / longest


@pytest.mark.parametrize(
    ("sent", "suggested", "found"),
    [
        ("好的", [], Compared(Action.NOTHING)),
        ("好的", ["不行", "好的"], Compared(Action.UNCHANGED, 0.0, 1)),
        (" 好的\n", ["好 的"], Compared(Action.UNCHANGED, 0.0, 0)),
        ("好的谢谢您", ["好的谢谢你"], Compared(Action.EDITED, 0.2, 0)),
        ("一二三四丁", ["甲乙丙四丁"], Compared(Action.EDITED, 0.6, 0)),
        ("一二三四丁", ["甲乙丙丁丁"], Compared(Action.IGNORED, 0.8)),
    ],
)
def test_a_reply_is_held_against_the_nearest_suggestion(sent, suggested, found):
    assert compared(sent, suggested, changed) == found


def use(done: Action, author: str = "小周", distance: float = 0.0, took: int = 0, **more) -> Use:
    shown_at = NOON - timedelta(seconds=took) if took else None
    return Use("c", "m", NOON, author, "a.b", done, distance, shown_at=shown_at, **more)


def test_shares_are_of_all_replies_that_could_have_had_a_suggestion():
    uses = [
        use(Action.UNCHANGED),
        use(Action.EDITED, distance=0.2),
        use(Action.EDITED, distance=0.4, corrected=True),
        use(Action.NOTHING, released=True),
    ]

    found = usage("全部", uses)

    assert found.eligible == 4
    assert (found.unchanged.count, found.edited.count, found.nothing.count) == (1, 2, 1)
    assert (found.used.count, found.used.of) == (3, 4)
    assert found.median_edit == pytest.approx(0.3)
    assert (found.corrected.count, found.released) == (1, 1)


def test_who_takes_a_suggestion_is_held_against_who_writes_alone():
    uses = [
        use(Action.UNCHANGED, took=10),
        use(Action.EDITED, took=20),
        use(Action.IGNORED, took=60),
        use(Action.UNCHANGED),
    ]

    found = usage("全部", uses)

    assert found.took_with == timedelta(seconds=15)
    assert found.took_without == timedelta(seconds=60)


def test_who_replied_most_comes_first_and_who_only_looked_comes_too():
    uses = [use(Action.UNCHANGED, name) for name in ("甲", "乙", "乙")]

    found = usages(((u.author, u) for u in uses), [("丙", 3), ("乙", 2)])

    assert [(one.name, one.eligible, one.shown) for one in found] == [
        ("乙", 2, 2),
        ("甲", 1, 0),
        ("丙", 0, 3),
    ]


def test_which_of_the_suggestions_was_sent_is_counted_in_their_order():
    uses = [use(Action.UNCHANGED, rank=n) for n in (2, 1, 1)] + [use(Action.IGNORED)]

    assert ranks(uses) == [(1, 2), (2, 1)]
