"""What practice dialogues are held with: everything is gone when the room is left."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.wiring.parts import (
    conversations,
    desk,
    empty_database,
    orders,
    policy_store,
    scratch_database,
    shop_database,
    words,
)

if TYPE_CHECKING:
    from bot.adapters.database import Database
    from bot.adapters.key_phrases import KeyPhraseReader
    from bot.core.policy import Policy
    from bot.core.practice import Practice
    from bot.core.registers import Register
    from bot.language.extract import Extractor
    from bot.services.practice_room import PracticeRoom
    from bot.services.practising import Dialogue, Room
    from bot.services.progress import Progress
    from bot.services.words import Words
    from bot.wiring.running import Serving


def practices() -> "tuple[Practice, ...]":
    """All customers one can practise on."""
    return policy_store().current().practices


def registers() -> "tuple[Register, ...]":
    """Where something can be written down."""
    return tuple(policy_store().current().registers.values())


def scenario_of(conversation_id: str) -> tuple[str, str]:
    """The case of a past conversation, and the practice scenario proposed from it as YAML.

    Raises:
        UnknownConversation: no conversation has this id.
        NothingToPractise: nothing in it was served.
    """
    from bot.adapters.pack_writing import as_yaml
    from bot.services.ports import UnknownConversation
    from bot.services.scenario_making import proposed

    with closing(shop_database()) as database:
        held = conversations(database).load(conversation_id)
        if held is None:
            raise UnknownConversation(conversation_id)
        known = orders(database)
        number = held.order_no
        theirs = [found] if number and (found := known.by_order_no(number)) else []
        if not theirs and held.nickname:
            theirs = list(known.by_nickname(held.nickname))
        policy = policy_store().current().for_shop(held.shop)
        case, scenario = proposed(held, theirs, policy)
        return case, as_yaml([scenario])


@contextmanager
def practice(scenario: "Practice", seed: int, noise: bool = False) -> "Iterator[Dialogue]":
    """A dialogue with this customer, as of now. Rasa is not needed: what they want is known."""
    from bot.core.moments import SHANGHAI
    from bot.services.practising import Dialogue

    now = datetime.now(SHANGHAI)
    with scratch_database() as database:
        room = _room(database, scenario, now, policy_store().current)
        yield Dialogue(room, scenario, now, seed, noise=noise)


@contextmanager
def practice_room(parts: "Serving") -> "Iterator[PracticeRoom]":
    """The room of a running shop: each dialogue on a database of its own, all gone at the end."""
    from bot.adapters.database import Database, sqlite_url
    from bot.adapters.practice_sql import SqlAttempts
    from bot.services.practice_room import Opened, PracticeRoom

    with TemporaryDirectory(prefix="shouhou-practice-") as name:
        folder, numbers, still_open = Path(name), count(), set[Database]()
        _reading()  # now, so that no customer waits for it
        empty = empty_database()

        def open_room(scenario: "Practice", at: datetime) -> Opened:
            file = folder / f"{next(numbers)}.db"
            shutil.copyfile(empty, file)
            database = Database(sqlite_url(file))
            still_open.add(database)

            def leave() -> None:
                still_open.discard(database)
                database.close()
                file.unlink(missing_ok=True)

            return Opened(_room(database, scenario, at, parts.policy.current), leave)

        try:
            yield PracticeRoom(parts.policy.current, SqlAttempts(parts.database), open_room)
        finally:
            for database in still_open:
                database.close()


def progress(parts: "Serving") -> "Progress":
    """How the people of a running shop get on in practice."""
    from bot.adapters.practice_sql import SqlAttempts, SqlRequired
    from bot.adapters.quality_sql import SqlTelemetry
    from bot.adapters.spacing import FsrsSpacing
    from bot.services.progress import Progress
    from bot.services.slips import Slips

    database = parts.database
    slips = Slips(SqlTelemetry(database), conversations(database))
    attempts, required = SqlAttempts(database), SqlRequired(database)
    return Progress(parts.policy.current, attempts, required, FsrsSpacing(), slips)


def _room(
    database: "Database", scenario: "Practice", at: datetime, policy: "Callable[[], Policy]"
) -> "Room":
    from bot.adapters.conversations_sql import SqlConversations
    from bot.services.practising import Room

    orders(database).upsert(*scenario.orders_on(at.date()))
    reader, reading, extractor = _reading()
    readers = desk(reader, database, policy, reading)
    return Room(readers, SqlConversations(database), policy, extractor)


@lru_cache(maxsize=1)
def _reading() -> "tuple[KeyPhraseReader, Words, Extractor]":
    """What reads the words of all dialogues: made once, it takes longer than a reply."""
    from bot.adapters.key_phrases import KeyPhraseReader
    from bot.language.extract import Extractor

    extractor = Extractor()
    extractor.warm_up()
    return KeyPhraseReader(), words(), extractor
