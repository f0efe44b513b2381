"""What practice dialogues are held with: everything is gone when the room is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from bot.wiring.parts import desk, orders, policy_store, scratch_database, words

if TYPE_CHECKING:
    from bot.core.practice import Practice
    from bot.services.practising import Dialogue


def practices() -> "tuple[Practice, ...]":
    """All customers one can practise on."""
    return policy_store().current().practices


@contextmanager
def practice(scenario: "Practice", seed: int) -> "Iterator[Dialogue]":
    """A dialogue with this customer, as of now. Rasa is not needed: what they want is known."""
    from bot.adapters.conversations_sql import SqlConversations
    from bot.adapters.key_phrases import KeyPhraseReader
    from bot.core.moments import SHANGHAI
    from bot.language.extract import Extractor
    from bot.services.practising import Dialogue, Room

    now = datetime.now(SHANGHAI)
    with scratch_database() as database:
        orders(database).upsert(*scenario.orders_on(now.date()))
        policy = policy_store().current
        room = Room(
            desk(KeyPhraseReader(), database, policy, words()),
            SqlConversations(database),
            policy,
            Extractor(),
        )
        yield Dialogue(room, scenario, now, seed)
