"""What a customer gave is repeated back so that it can be checked, and may be sent."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.orders_sql import SqlOrders
from bot.core.moments import SHANGHAI
from bot.language.extract import Extractor
from bot.services.practising import Dialogue, Room
from bot.services.words import Words
from tests.databases import new_database
from tests.desks import POLICY, desk_on
from tests.fakes import DownReader

NOW = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)
MOVED = next(one for one in POLICY.practices if one.id == "change_order_1")


@pytest.fixture
def dialogue(tmp_path: Path) -> Iterator[Dialogue]:
    database = new_database(tmp_path / "scratch.db")
    SqlOrders(database).upsert(*MOVED.orders_on(NOW.date()))
    extractor = Extractor()
    desk = desk_on(database, DownReader(), words=Words(extractor))
    yield Dialogue(Room(desk, SqlConversations(database), lambda: POLICY, extractor), MOVED, NOW)
    database.close()


def test_a_new_address_is_repeated_without_street_and_door_and_the_guard_lets_it_pass(
    dialogue: Dialogue,
) -> None:
    dialogue.open()
    (address,) = dialogue.reply(dialogue.suggestion)

    repeated = dialogue.suggestion
    dialogue.reply(repeated)

    assert address == "苏州市吴中区样例路66号3栋502"
    assert "苏州市吴中区…" in repeated
    assert "样例路" not in repeated
    assert dialogue.exchanges[-1].findings == []
