import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from bot.adapters import database as module
from bot.adapters.database import Database, from_environment, newest_version, sqlite_url, version
from bot.adapters.order_statements import CUSTOMERS, NOTES, SHOPS
from bot.adapters.schema import Base, ConversationRow, MessageRow
from bot.core.moments import SHANGHAI

NOW = datetime(2025, 10, 22, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def sqlite(tmp_path):
    database = Database(sqlite_url(tmp_path / "deep/shop.db"))
    database.migrate()
    yield database
    database.close()


def test_an_empty_database_is_brought_to_the_newest_tables(empty_address):
    database = Database(empty_address)

    database.migrate()

    assert version(database.engine) == newest_version()
    database.close()


def test_the_tables_are_what_the_models_say(database):
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_one_alembic_calls_head():
    config = Config()
    config.set_main_option("script_location", str(module._MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == newest_version()


def test_a_second_migration_is_done_in_a_moment_and_changes_nothing(database):
    start = time.perf_counter()
    database.migrate()

    assert time.perf_counter() - start < 0.5
    assert version(database.engine) == newest_version()


def test_processes_that_start_together_migrate_once(empty_address):
    databases = [Database(empty_address) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Database.migrate, databases))

    assert {version(database.engine) for database in databases} == {newest_version()}
    for database in databases:
        database.close()


def test_the_tables_can_be_taken_away_again(database):
    config = Config()
    config.set_main_option("script_location", str(module._MIGRATIONS))

    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    assert inspect(database.engine).get_table_names() == ["alembic_version"]


def test_sqlite_keeps_foreign_keys_and_lets_readers_read_beside_a_writer(sqlite):
    with sqlite.reading() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        }

    assert settings == {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 1,
        "busy_timeout": 30_000,
    }


def test_a_row_that_belongs_to_nothing_is_refused(database):
    note = NOTES.insert().values(order_id=1, seq=1, text="客户来电")

    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(note)


def test_a_failed_transaction_leaves_nothing(database):
    def write_and_fail() -> None:
        with database.writing() as connection:
            connection.execute(SHOPS.insert().values(name="routers"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()

    with database.reading() as connection:
        assert connection.execute(select(SHOPS)).all() == []


def test_what_is_being_written_is_not_seen_until_it_is_whole(database):
    with database.writing() as writer:
        writer.execute(SHOPS.insert().values(name="routers"))
        with database.reading() as reader:
            assert reader.execute(select(SHOPS)).all() == []

    with database.reading() as reader:
        assert len(reader.execute(select(SHOPS)).all()) == 1


def test_two_writers_wait_for_each_other(database):
    barrier = threading.Barrier(2)

    def write(name: str) -> None:
        barrier.wait()
        for turn in range(20):
            with database.writing() as connection:
                connection.execute(select(SHOPS)).all()
                connection.execute(SHOPS.insert().values(name=f"{name}{turn}"))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ["a", "b"]))

    with database.reading() as connection:
        assert len(connection.execute(select(SHOPS)).all()) == 40


def test_an_error_does_not_repeat_what_was_to_be_written(database):
    row = {"nickname": "不该出现的昵称", "phone": "15400001234"}
    twice = CUSTOMERS.insert().values([row, row])

    with pytest.raises(IntegrityError) as told, database.writing() as connection:
        connection.execute(twice)

    messages = f"{told.value} {told.value.orig}"
    assert "nickname" in messages
    assert not any(value in messages for value in row.values())


def test_what_was_understood_is_kept_as_it_was(database):
    reading = {"intent": "missing_cable", "entities": [{"value": "网线"}]}
    with database.sessions.begin() as session:
        session.add(
            ConversationRow(id="c1", channel="web", shop="routers", opened_at=NOW, updated_at=NOW)
        )
        session.flush()
        session.add_all(
            MessageRow(
                id=f"m{seq}",
                conversation_id="c1",
                seq=seq,
                role="customer",
                text="在吗",
                at=NOW,
                reading=kept,
            )
            for seq, kept in ((1, reading), (2, None))
        )

    with database.reading_sessions() as session:
        kept = session.scalars(select(MessageRow).order_by(MessageRow.seq)).all()
        unread = session.scalars(select(MessageRow.id).where(MessageRow.reading.is_(None))).all()

    assert [message.reading for message in kept] == [reading, None]
    assert unread == ["m2"]


def test_the_setting_names_the_database(monkeypatch, tmp_path):
    monkeypatch.setenv(module.URL_SETTING, f"sqlite:///{tmp_path}/other.db")

    database = from_environment()

    assert database.engine.url.database == f"{tmp_path}/other.db"


def test_without_the_setting_it_is_a_file_under_var(monkeypatch, tmp_path):
    monkeypatch.delenv(module.URL_SETTING, raising=False)
    monkeypatch.chdir(tmp_path)

    database = from_environment()

    assert database.engine.url.database == "var/shouhou.db"
    assert (tmp_path / "var").is_dir()


def test_another_kind_of_database_is_refused():
    with pytest.raises(ValueError, match="SHOUHOU_DATABASE_URL: mysql"):
        Database("mysql://localhost/shop")


@pytest.mark.parametrize(
    "url", ["postgresql://shop@localhost/shop", "postgresql+psycopg2://shop@localhost/shop"]
)
def test_a_postgresql_address_needs_no_driver(url):
    database = Database(url)

    assert database.engine.url.drivername == "postgresql+psycopg"
