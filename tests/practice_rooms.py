"""A practice room on a throw-away database, and trainees of whom one knows what they do."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.core.moments import SHANGHAI
from bot.core.practice import Practice
from bot.language.extract import Extractor
from bot.services.practising import Dialogue, Room
from bot.services.words import Words
from tests.databases import new_database
from tests.desks import POLICY, desk_on
from tests.fakes import DownReader

NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)  # a Thursday
MOST_ROUNDS = 16
MOST_APART = 10**13
"""Orders of the same customer in two dialogues have numbers as far apart."""

type Begin = Callable[..., Dialogue]


def room_on(database: Database) -> Room:
    """A room in which nothing asks the understanding service."""
    extractor = Extractor()
    desk = desk_on(database, DownReader(), words=Words(extractor))
    return Room(desk, SqlConversations(database), lambda: POLICY, extractor)


def dialogues_on(database: Database) -> Begin:
    """Begins dialogues, each with a customer of its own."""
    orders, room, held = SqlOrders(database), room_on(database), 0

    def meet(practice: Practice, seed: int, noise: bool = False) -> Dialogue:
        nonlocal held
        held += 1
        mine = [
            replace(o, order_no=str(int(o.order_no) + held * MOST_APART), nickname=f"c{held}")
            for o in practice.orders
        ]
        practice = replace(practice, id=f"c{held}", orders=tuple(mine))
        orders.upsert(*practice.orders_on(NOW.date()))
        dialogue = Dialogue(room, practice, NOW, seed, noise=noise)
        dialogue.open()
        return dialogue

    return meet


@contextmanager
def dialogues_in(folder: Path) -> Iterator[Begin]:
    """The same in a throw-away database in this folder."""
    with closing(new_database(folder / "scratch.db")) as database:
        yield dialogues_on(database)


def follow_the_desk(dialogue: Dialogue) -> None:
    """Send its first suggestion, as words of one's own, until the customer has gone."""
    while not dialogue.over and len(dialogue.exchanges) < MOST_ROUNDS:
        dialogue.reply(dialogue.suggestion)


def file_what_is_right(dialogue: Dialogue) -> None:
    if dialogue.to_file:
        dialogue.file(dialogue.right)
