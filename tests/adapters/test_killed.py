"""Killed at any moment between a message and what it brings, the shop has all of it or nothing, once."""

import multiprocessing
import random
import signal
import time
from pathlib import Path

from sqlalchemy import text

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database, sqlite_url
from bot.adapters.promises_sql import SqlPromises
from bot.adapters.registers_sql import SqlRegisters
from bot.services.ports import WantedRecords
from tests.killed_desk import CONVERSATION, write_until_killed

ROUNDS = 40
SLOWEST_START = 20.0


def test_each_message_its_record_and_its_promise_are_there_once_however_often_the_desk_is_killed(
    tmp_path: Path,
) -> None:
    file = tmp_path / "shop.db"
    database = Database(sqlite_url(file))
    database.migrate()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.killed_desk"])
    chance = random.Random(7)
    kept_before = 0

    for seed in range(ROUNDS):
        desk = processes.Process(target=write_until_killed, args=(file, seed))
        desk.start()
        _wait_for_more(database, kept_before)
        time.sleep(chance.uniform(0, 0.03))
        desk.kill()
        desk.join()

        assert desk.exitcode == -signal.SIGKILL
        kept_before = _kept(database)
        assert kept_before == len(SqlRegisters(database).find(WantedRecords()))
        assert kept_before == len(SqlPromises(database).open())

    conversation = SqlConversations(database).load(CONVERSATION)
    assert conversation is not None
    assert [turn.id for turn in conversation.turns] == [f"m-{n}" for n in range(kept_before)]
    registers = SqlRegisters(database)
    records = registers.find(WantedRecords())
    assert sorted(record.order_no for record in records) == [
        f"2509{number:08}" for number in range(kept_before)
    ]
    promised = {promise.message_id for promise in SqlPromises(database).open()}
    assert promised == {turn.id for turn in conversation.turns}
    assert all(len(registers.history(record.id)) == record.version == 1 for record in records)
    assert kept_before >= ROUNDS
    database.close()


def _wait_for_more(database: Database, before: int) -> None:
    """Until the desk has started and written: a kill before that would show nothing."""
    patience = time.monotonic() + SLOWEST_START
    while _kept(database) <= before:
        assert time.monotonic() < patience, "the desk writes nothing"
        time.sleep(0.002)


def _kept(database: Database) -> int:
    with database.reading() as connection:
        count: int = connection.execute(text("SELECT count(*) FROM messages")).scalar_one()
    return count
