"""A rehearsal says which steps it took, and where and why it went no further."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database, sqlite_url
from bot.adapters.orders_sql import SqlOrders
from bot.core.moments import SHANGHAI
from bot.core.practice import Practice
from bot.language.extract import Extractor
from bot.services.rehearsal import MOST_ROUNDS, Rehearsal
from bot.services.words import Words
from tests.desks import POLICY, desk_on
from tests.fakes import DownReader

EXTRACTOR = Extractor()
NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)
CUSTOMER = next(one for one in POLICY.practices if one.id == "missing_cable_1")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "shop.db"))
    opened.migrate()
    SqlOrders(opened).upsert(*CUSTOMER.orders_on(NOW.date()))
    yield opened
    opened.close()


@pytest.fixture
def rehearsal(database: Database) -> Rehearsal:
    desk = desk_on(database, DownReader(), words=Words(EXTRACTOR))
    return Rehearsal(desk, lambda: POLICY, EXTRACTOR)


def turns(database: Database, practice: Practice) -> list[tuple[str, str]]:
    kept = SqlConversations(database).load(practice.id)
    assert kept is not None
    return [(turn.speaker.value, turn.text) for turn in kept.turns]


def test_the_desks_replies_lead_to_the_goal(rehearsal: Rehearsal, database: Database) -> None:
    rehearsed = rehearsal.play(CUSTOMER, NOW)

    assert rehearsed.reached
    assert rehearsed.steps[-1] == CUSTOMER.goal
    speakers = [speaker for speaker, _ in turns(database, CUSTOMER)]
    assert speakers == ["customer", "agent"] * (len(rehearsed.steps) - 1) + ["customer"]


def test_what_is_said_unasked_comes_after_the_first_reply(
    rehearsal: Rehearsal, database: Database
) -> None:
    practice = replace(CUSTOMER, volunteers=("我是本人签收的",))

    rehearsal.play(practice, NOW)

    said = [text for speaker, text in turns(database, practice) if speaker == "customer"]
    assert said[2] == "我是本人签收的"


def test_a_question_that_the_customer_cannot_answer_ends_the_rehearsal(
    rehearsal: Rehearsal,
) -> None:
    practice = replace(CUSTOMER, knows={"searched": CUSTOMER.knows["searched"]})

    rehearsed = rehearsal.play(practice, NOW)

    assert not rehearsed.reached
    assert rehearsed.stuck == f"nothing to say to {rehearsed.steps[-1]}"


def test_a_customer_who_turns_in_circles_is_given_up(rehearsal: Rehearsal) -> None:
    practice = replace(CUSTOMER, knows={**CUSTOMER.knows, "remedy": ("太少了",)})

    rehearsed = rehearsal.play(practice, NOW)

    assert not rehearsed.reached
    assert len(rehearsed.steps) == MOST_ROUNDS
