"""The practice scenarios: whoever follows the desk's advice brings each of them to its goal."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from bot.adapters.database import Database, sqlite_url
from bot.adapters.orders_sql import SqlOrders
from bot.core.moments import SHANGHAI
from bot.core.practice import Practice
from bot.language.extract import Extractor
from bot.services.rehearsal import Rehearsal, Rehearsed
from bot.services.words import Words
from tests.desks import POLICY, desk_on
from tests.fakes import DownReader

NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)  # a Thursday

type Rehearse = Callable[[Practice], Rehearsed]


@pytest.fixture(scope="module")
def rehearse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearse]:
    """Plays a scenario in a throw-away database; nothing asks the understanding service."""
    database = Database(sqlite_url(tmp_path_factory.mktemp("practice") / "scratch.db"))
    database.migrate()
    orders, extractor = SqlOrders(database), Extractor()
    desk = desk_on(database, DownReader(), words=Words(extractor))
    rehearsal = Rehearsal(desk, lambda: POLICY, extractor)

    def play(practice: Practice) -> Rehearsed:
        orders.upsert(*practice.orders_on(NOW.date()))
        return rehearsal.play(practice, NOW)

    yield play
    database.close()


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_whoever_follows_the_desk_reaches_the_goal(practice: Practice, rehearse: Rehearse) -> None:
    rehearsed = rehearse(practice)

    assert rehearsed.reached, f"{rehearsed.stuck}: {' → '.join(rehearsed.steps)}"


@pytest.mark.parametrize("practice", POLICY.practices, ids=lambda practice: practice.id)
def test_every_fact_that_a_practice_customer_knows_exists(practice: Practice) -> None:
    assert practice.knows.keys() <= POLICY.facts.keys()
