"""Who has to wait, since when, and who comes first in the desk's list."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.conversation import Conversation, Reading, Speaker, Turn
from bot.core.desk_list import Mark, Standing, Urgency, row_of, urgency
from bot.core.moments import SHANGHAI

TEN = datetime(2026, 11, 26, 10, tzinfo=SHANGHAI)
CLOCK = timedelta(minutes=3)


def turn(speaker: Speaker, minute: int, text: str = "您好", **reading) -> Turn:
    at = TEN + timedelta(minutes=minute)
    return Turn(f"m-{minute}", speaker, text, at, Reading(**reading))


def row(*turns: Turn, mark: Mark | None = None):
    return row_of(Conversation("c", turns=turns), "chat", mark or Mark())


def customer(minute: int, **reading) -> Turn:
    return turn(Speaker.CUSTOMER, minute, **reading)


def agent(minute: int, **reading) -> Turn:
    return replace(turn(Speaker.AGENT, minute, **reading), author="林可")


def bot(minute: int, **reading) -> Turn:
    return turn(Speaker.BOT, minute, **reading)


def test_a_customer_waits_from_the_first_message_that_nobody_has_answered():
    shown = row(customer(0), agent(1), customer(2), customer(5))

    assert shown.standing is Standing.WAITING
    assert shown.waiting_since == TEN + timedelta(minutes=2)


def test_an_answer_by_the_bot_keeps_nobody_waiting_and_its_hand_over_does():
    answered = row(customer(0), bot(0, step="tell_state"))
    handed_over = row(customer(0), bot(0, step="colleague_takes_over"))

    assert (answered.standing, answered.waiting_since) == (Standing.WITH_BOT, None)
    assert (handed_over.standing, handed_over.waiting_since) == (Standing.WAITING, TEN)


@pytest.mark.parametrize(("intent", "waits"), [("thanks", False), ("urge_reply", True)])
def test_thanks_after_an_answer_keep_nobody_waiting_but_an_urging_does(intent, waits):
    shown = row(customer(0), agent(1), customer(2, intent=intent))

    assert (shown.waiting_since is not None) is waits


@pytest.mark.parametrize(("asked", "waits"), [((), False), (("searched",), True)])
def test_a_yes_keeps_somebody_waiting_only_where_it_answers_a_question(asked, waits):
    reply = agent(1, step="tell", asked=asked)

    shown = row(customer(0), reply, customer(2, intent="affirm"))

    assert (shown.waiting_since is not None) is waits


def test_a_closed_conversation_is_settled_until_something_is_written():
    closed = Mark(closed_at=TEN + timedelta(minutes=1))

    assert row(customer(0), mark=closed).standing is Standing.SETTLED
    assert row(customer(0), customer(2), mark=closed).standing is Standing.WAITING


def test_only_the_customers_messages_that_nobody_has_seen_are_unread():
    assert row(customer(0), agent(1), customer(2), mark=Mark(seen=2)).unread == 1
    assert row(customer(0), agent(1), customer(2), mark=Mark(seen=3)).unread == 0


def test_contacts_in_the_last_words_are_masked():
    assert "13812345678" not in row(turn(Speaker.CUSTOMER, 0, "我的电话13812345678")).words


def test_a_conversation_without_a_word_has_no_row():
    assert row() is None


def test_who_waits_longest_comes_first_and_then_what_happened_last():
    early, late = row(customer(0)), row(customer(2))
    older, newer = row(customer(0), agent(1)), row(customer(0), agent(4))

    assert sorted([newer, late, older, early], key=lambda one: one.key) == [
        early,
        late,
        newer,
        older,
    ]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, Urgency.CALM),
        (89, Urgency.CALM),
        (90, Urgency.SOON),
        (179, Urgency.SOON),
        (180, Urgency.LATE),
    ],
)
def test_from_half_of_the_clock_it_is_soon_and_at_its_end_late(seconds, expected):
    assert urgency(TEN, TEN + timedelta(seconds=seconds), CLOCK) is expected
