"""A customer's message is kept with its conversation, once, and so is the advice on it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.core.conversation import Conversation, Reading, Speaker, Turn
from bot.services.ports import MessageIdTaken, Received
from tests.record_builders import NOW

TOLD = Conversation("c", order_no="2509001", nickname="晚风")
FIRST = Turn("m-1", Speaker.CUSTOMER, "没有网线", NOW)
READ = replace(FIRST, reading=Reading(case="missing_cable", step="look_again"))


@pytest.fixture
def kept(database: Database) -> SqlConversations:
    return SqlConversations(database)


def test_the_first_message_opens_its_conversation(kept: SqlConversations) -> None:
    received = kept.receive(TOLD, "api", FIRST)

    assert received == Received(TOLD)
    assert kept.load("c") == replace(TOLD, turns=(FIRST,))


def test_a_later_message_finds_what_was_written_and_tells_what_is_known_better(
    kept: SqlConversations,
) -> None:
    kept.receive(TOLD, "api", FIRST)
    second = Turn("m-2", Speaker.CUSTOMER, "是这一单", NOW + timedelta(minutes=1))

    received = kept.receive(Conversation("c", order_no="2509002", shop="routers"), "api", second)

    known = Conversation("c", "2509002", "晚风", "routers")
    assert received == Received(replace(known, turns=(FIRST,)))
    assert kept.load("c") == replace(known, turns=(FIRST, second))


def test_a_message_that_comes_again_is_kept_once_and_brings_its_advice(
    kept: SqlConversations,
) -> None:
    kept.receive(TOLD, "api", FIRST)
    unanswered = kept.receive(TOLD, "api", FIRST)
    kept.settle("c", READ, {"step": "look_again"})

    answered = kept.receive(TOLD, "api", FIRST)

    assert unanswered == Received(TOLD)
    assert answered == Received(TOLD, {"step": "look_again"})
    assert kept.load("c") == replace(TOLD, turns=(READ,))


def test_a_taken_id_is_refused_and_nothing_is_learnt_from_its_message(
    kept: SqlConversations,
) -> None:
    kept.receive(TOLD, "api", FIRST)
    other = replace(FIRST, text="另一句话")

    with pytest.raises(MessageIdTaken):
        kept.receive(replace(TOLD, order_no="2509002"), "api", other)

    assert kept.load("c") == replace(TOLD, turns=(FIRST,))


def test_the_later_advice_on_a_message_counts_and_the_shop_is_kept_with_it(
    kept: SqlConversations,
) -> None:
    kept.receive(TOLD, "api", FIRST)
    kept.settle("c", READ, {"step": "look_again"})

    kept.settle("c", READ, {"step": "check_unpacking"}, "routers")

    assert kept.advice("c", "m-1") == {"step": "check_unpacking"}
    assert kept.load("c") == replace(TOLD, shop="routers", turns=(READ,))
