"""The practice scenarios: whoever follows the desk's advice brings each of them to its goal."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database, sqlite_url
from bot.adapters.orders_sql import SqlOrders
from bot.core.grading import HINT, Part
from bot.core.moments import SHANGHAI
from bot.core.practice import Practice
from bot.language.extract import Extractor
from bot.services.practising import Dialogue, Room
from bot.services.words import Words
from tests.desks import POLICY, desk_on
from tests.fakes import DownReader

NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)  # a Thursday
MOST_ROUNDS = 12
SEEDS = (0, 1, 2)
MOST_APART = 10**13
"""Orders of the same customer in two dialogues have numbers as far apart."""

type Begin = Callable[[Practice, int], Dialogue]


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begin]:
    """Begins a dialogue in a throw-away database; nothing asks the understanding service."""
    database = Database(sqlite_url(tmp_path_factory.mktemp("practice") / "scratch.db"))
    database.migrate()
    orders, extractor = SqlOrders(database), Extractor()
    desk = desk_on(database, DownReader(), words=Words(extractor))
    room = Room(desk, SqlConversations(database), lambda: POLICY, extractor)
    held = 0

    def meet(practice: Practice, seed: int) -> Dialogue:
        nonlocal held
        held += 1
        mine = [
            replace(o, order_no=str(int(o.order_no) + held * MOST_APART), nickname=f"c{held}")
            for o in practice.orders
        ]
        practice = replace(practice, id=f"c{held}", orders=tuple(mine))
        orders.upsert(*practice.orders_on(NOW.date()))
        dialogue = Dialogue(room, practice, NOW, seed)
        dialogue.open()
        return dialogue

    yield meet
    database.close()


def follow_the_desk(dialogue: Dialogue) -> None:
    """Send its first suggestion, as words of one's own, until the customer has gone."""
    while not dialogue.ending and len(dialogue.exchanges) < MOST_ROUNDS:
        dialogue.reply(dialogue.suggestion)


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_whoever_follows_the_desk_gets_full_marks(practice: Practice, begin: Begin) -> None:
    for seed in SEEDS:
        dialogue = begin(practice, seed)

        follow_the_desk(dialogue)

        said = [(one.text, one.step) for one in dialogue.exchanges]
        assert dialogue.grade().points == (), said
        assert dialogue.grade().passed


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_a_promise_that_nobody_may_give_fails_and_costs_nothing_else(
    practice: Practice, begin: Begin
) -> None:
    dialogue = begin(practice, 0)

    dialogue.reply(f"{dialogue.suggestion}我保证明天一定到账。")
    follow_the_desk(dialogue)

    grade = dialogue.grade()
    assert {point.line for point in grade.points} == {1}
    assert {point.part for point in grade.points} == {Part.RULES}
    assert not grade.passed


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_a_hint_costs_its_points_and_nothing_else(practice: Practice, begin: Begin) -> None:
    dialogue = begin(practice, 0)

    dialogue.hint()
    follow_the_desk(dialogue)

    (point,) = dialogue.grade().points
    assert (point.line, point.cost, point.why) == (1, HINT, "看了提示")


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_every_fact_that_a_practice_customer_knows_exists(practice: Practice) -> None:
    assert practice.knows.keys() <= POLICY.facts.keys()
