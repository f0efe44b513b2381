"""Corrections are kept with their message, on either database; the last of a message counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.corrections_sql import CORRECTIONS, SqlCorrections
from bot.adapters.database import Database
from bot.adapters.schema import ConversationRow
from bot.core.conversation import Conversation, Reading, Speaker, Turn
from bot.core.corrections import Correction
from tests.record_builders import NOW

FIRST = Turn("m-1", Speaker.CUSTOMER, "那个呢", NOW)
REPLY = Turn("r-1", Speaker.AGENT, "稍等", NOW, Reading(case="missing_cable"))
READ = replace(FIRST, reading=Reading(case="return_request", intent="return_request"))
ADVICE = {"case": "return_request"}
ONE = Correction("c", "m-1", "那个呢", "missing_cable", "return_request", "小周", NOW)


@pytest.fixture
def kept(database: Database) -> SqlConversations:
    conversations = SqlConversations(database)
    conversations.receive(Conversation("c"), "test", FIRST)
    conversations.add("c", REPLY)
    return conversations


@pytest.fixture
def corrections(database: Database) -> SqlCorrections:
    return SqlCorrections(database)


def test_a_correction_comes_back_as_it_was_made_with_what_its_message_came_to(
    kept: SqlConversations, corrections: SqlCorrections
) -> None:
    kept.correct(ONE, READ, ADVICE)

    assert corrections.latest() == [ONE]
    assert kept.advice("c", "m-1") == ADVICE
    assert kept.load("c") == Conversation("c", turns=(READ, REPLY))


def test_replies_that_go_along_are_read_anew_with_it(kept: SqlConversations) -> None:
    moved = replace(REPLY, reading=Reading(case="return_request"))

    kept.correct(ONE, READ, ADVICE, [moved])

    assert kept.load("c") == Conversation("c", turns=(READ, moved))


def test_the_last_correction_of_a_message_counts_and_the_first_stays(
    kept: SqlConversations, corrections: SqlCorrections, database: Database
) -> None:
    again = replace(ONE, before="return_request", chosen="pay_out", author="小李")

    kept.correct(ONE, READ, ADVICE)
    kept.correct(again, READ, {"case": "pay_out"})

    assert corrections.latest() == [again]
    assert kept.advice("c", "m-1") == {"case": "pay_out"}
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(CORRECTIONS)) == 2


def test_the_same_said_again_by_the_same_person_is_kept_once(
    kept: SqlConversations, corrections: SqlCorrections
) -> None:
    kept.correct(ONE, READ, ADVICE)
    kept.correct(replace(ONE, before="return_request", at=NOW + timedelta(hours=1)), READ, ADVICE)

    assert corrections.latest() == [ONE]


def test_the_oldest_come_first(kept: SqlConversations, corrections: SqlCorrections) -> None:
    other = replace(FIRST, id="m-2", at=NOW + timedelta(minutes=1))
    kept.receive(Conversation("c"), "test", other)
    late = replace(ONE, at=NOW + timedelta(hours=2))
    early = replace(ONE, message_id="m-2", at=NOW + timedelta(hours=1))

    kept.correct(late, READ, ADVICE)
    kept.correct(early, other, ADVICE)

    assert corrections.latest() == [early, late]


def test_a_correction_of_no_message_is_refused_and_nothing_is_kept(
    kept: SqlConversations, corrections: SqlCorrections
) -> None:
    nowhere = replace(FIRST, id="m-9")

    with pytest.raises(IntegrityError):
        kept.correct(replace(ONE, message_id="m-9"), nowhere, ADVICE)

    assert corrections.latest() == []


def test_a_correction_goes_with_its_conversation(
    kept: SqlConversations, corrections: SqlCorrections, database: Database
) -> None:
    kept.correct(ONE, READ, ADVICE)

    with database.sessions.begin() as session:
        session.execute(delete(ConversationRow))

    assert corrections.latest() == []
