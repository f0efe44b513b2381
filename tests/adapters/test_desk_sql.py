"""Marks only grow, drafts are each author's own, a held reply is decided once; on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.desk_sql import SqlDeskState, SqlHeldReplies
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.held import Held, HeldState
from bot.core.moments import SHANGHAI

NOW = datetime(2026, 11, 26, 10, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def conversation(database):
    """A customer's message and an agent's answer."""
    kept = SqlConversations(database)
    kept.receive(Conversation("c"), "chat", Turn("m-1", Speaker.CUSTOMER, "您好", NOW))
    kept.add("c", Turn("m-2", Speaker.AGENT, "在的", NOW + timedelta(minutes=1), author="林可"))


def held(text: str = "补200元") -> Held:
    return Held("c", "m-3", text, None, ({"rule": "amount", "severity": "block"},), "林可", NOW)


def test_a_mark_only_grows_and_says_whether_it_is_news(database):
    state = SqlDeskState(database)

    assert state.looked("c", 2)
    assert not state.looked("c", 1)
    assert state.delivered("c", 1)

    mark = state.one("c").mark
    assert (mark.seen, mark.delivered) == (2, 1)


def test_recent_conversations_come_with_channel_mark_and_authors(database):
    state = SqlDeskState(database)
    state.close("c", NOW)

    (found,) = state.since(NOW)

    assert (found.channel, found.mark.closed_at) == ("chat", NOW)
    assert [turn.author for turn in found.conversation.turns] == ["", "林可"]
    assert state.since(NOW + timedelta(hours=1)) == []
    assert state.one("no such") is None


def test_a_draft_is_its_authors_own_and_an_empty_one_is_forgotten(database):
    state = SqlDeskState(database)
    state.keep_draft("林可", "c", "写到", NOW)
    state.keep_draft("林可", "c", "写到一半", NOW)

    assert state.draft("林可", "c") == "写到一半"
    assert state.draft("周岚", "c") == ""

    state.keep_draft("林可", "c", "", NOW)
    assert state.draft("林可", "c") == ""


def test_a_held_reply_waits_until_it_is_decided_once(database):
    replies = SqlHeldReplies(database)
    waiting = replies.hold(held())
    decided = replace(waiting, state=HeldState.SENT, decided_by="周岚", decided_at=NOW)

    assert replies.waiting("c") == waiting
    assert list(replies.waiting_in()) == ["c"]
    assert replies.decide(decided)
    assert not replies.decide(replace(decided, state=HeldState.RETURNED))
    assert replies.waiting("c") is None
    assert replies.latest("c", "林可").state is HeldState.SENT


def test_a_second_held_reply_takes_the_place_of_the_first(database):
    replies = SqlHeldReplies(database)
    replies.hold(held())

    second = replies.hold(held("补100元"))

    assert replies.waiting("c") == second
