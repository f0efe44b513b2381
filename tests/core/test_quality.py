"""How the team does, figure by figure."""

from datetime import datetime, timedelta

import pytest

from bot.core.conversation import Reading, Speaker, Turn
from bot.core.moments import SHANGHAI
from bot.core.quality import Share, bot_work, summed, usage, usages, waits
from bot.core.suggestion_use import Action, Use, action

NOON = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)
THREE = timedelta(minutes=3)


def turn(minute: float, speaker: Speaker, author: str = "", **reading: str) -> Turn:
    at = NOON + timedelta(minutes=minute)
    return Turn(f"t{minute}", speaker, "…", at, Reading(**reading), author)  # type: ignore[arg-type]


def asks(minute: float, intent: str = "missing_cable") -> Turn:
    return turn(minute, Speaker.CUSTOMER, intent=intent)


def bot(minute: float, step: str = "look_again") -> Turn:
    return turn(minute, Speaker.BOT, step=step)


def agent(minute: float, author: str = "小周") -> Turn:
    return turn(minute, Speaker.AGENT, author)


HANDS_OVER = "colleague_on_request"


def minutes(turns: list[Turn]) -> list[float]:
    return [wait.length.total_seconds() / 60 for wait in waits(turns)]


# ---- suggestions ----


def changed(before: str, after: str) -> float:
    """Characters that differ, place by place."""
    longest = max(len(before), len(after))
    same = sum(a == b for a, b in zip(before, after, strict=False))
    return (longest - same) / longest


@pytest.mark.parametrize(
    ("sent", "suggested", "done"),
    [
        ("好的", [], (Action.NOTHING, 0.0)),
        ("好的", ["不行", "好的"], (Action.UNCHANGED, 0.0)),
        (" 好的\n", ["好 的"], (Action.UNCHANGED, 0.0)),
        ("好的谢谢您", ["好的谢谢你"], (Action.EDITED, 0.2)),
        ("一二三四丁", ["甲乙丙四丁"], (Action.EDITED, 0.6)),
        ("一二三四丁", ["甲乙丙丁丁"], (Action.IGNORED, 0.8)),
    ],
)
def test_a_reply_is_held_against_the_nearest_suggestion(sent, suggested, done):
    assert action(sent, suggested, changed) == done


def use(done: Action, author: str = "小周", distance: float = 0.0, **more: bool) -> Use:
    return Use("c", "m", NOON, author, "a.b", done, distance, **more)


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
    assert found.median_edit == pytest.approx(0.3)
    assert (found.corrected.count, found.released) == (1, 1)


def test_who_replied_most_comes_first():
    uses = [use(Action.UNCHANGED, name) for name in ("甲", "乙", "乙")]

    assert [one.name for one in usages((u.author, u) for u in uses)] == ["乙", "甲"]


def test_a_share_of_few_says_how_little_that_means():
    low, high = Share(1, 2).interval
    narrow_low, narrow_high = Share(500, 1000).interval

    assert low < 0.1
    assert high > 0.9
    assert 0.46 < narrow_low < 0.5 < narrow_high < 0.54
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


# ---- waiting ----


@pytest.mark.parametrize(
    ("turns", "waited"),
    [
        ([asks(0), agent(2)], [2]),
        ([asks(0), asks(1), agent(2)], [2]),
        ([asks(0), bot(0.1), asks(5), bot(5.1, HANDS_OVER), agent(8)], [3]),
        ([asks(0), bot(0.1), agent(9)], []),
        ([asks(0), agent(1), agent(5)], [1]),
        ([asks(0), agent(1), asks(10), agent(14)], [1, 4]),
        ([asks(0)], []),
    ],
)
def test_a_customer_waits_from_the_first_message_a_person_has_to_answer(turns, waited):
    assert minutes(turns) == waited


def test_being_told_that_a_colleague_comes_ends_no_wait():
    turns = [asks(0), bot(0.1, HANDS_OVER), asks(1), bot(1.1, "colleague_is_coming"), agent(4)]

    assert minutes(turns) == [4]


def test_waits_are_held_against_the_reply_clock_on_both_sides_of_it():
    found = [*waits([asks(0), agent(3), asks(10), agent(13.1), asks(20), agent(20.5)])]

    told = summed("全部", found, THREE)

    assert (told.number, told.median) == (3, timedelta(minutes=3))
    assert told.in_time == Share(2, 3)
    assert summed("谁", [], THREE).median is None


# ---- the bot ----


def test_the_bots_work_counts_conversations_it_ended_alone_and_answers_that_did_not_help():
    alone = [asks(0), bot(0.1), asks(1, "thanks")]
    handed = [asks(0), bot(0.1), asks(1, "ask_human"), bot(1.1, HANDS_OVER)]
    persons = [asks(0), agent(1)]

    found = bot_work([alone, handed, persons])

    assert found.alone == Share(1, 2)
    assert found.mistakes == Share(1, 2)
