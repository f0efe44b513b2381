"""Where everything is kept: SQLite by default, PostgreSQL by one setting; tables always newest."""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.orm import Session, sessionmaker

URL_SETTING = "SHOUHOU_DATABASE_URL"
DEFAULT_FILE = Path("var/shouhou.db")
_MIGRATIONS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 7_310_421
"""Any number, the same for every process that migrates one PostgreSQL database."""
_BUSY_SECONDS = 30
"""How long a writer waits for another on SQLite; a large import is the longest."""


class Database:
    """One database and the ways to read and write it.

    On SQLite a writer takes the write lock when it begins: one that began as a reader could be
    refused at its first write, however long it is willing to wait.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self._writer = self.engine.execution_options(writes=True)
        self.sessions: sessionmaker[Session] = sessionmaker(self._writer, expire_on_commit=False)
        """Sessions that may write."""
        self.reading_sessions: sessionmaker[Session] = sessionmaker(self.engine)
        """Sessions that only read and never wait for a writer."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with: one consistent view, no lock."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: committed at the end, undone whole on an error."""
        with self._writer.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the tables to the newest form, once, however many processes start together."""
        if version(self.engine) != newest_version():
            _upgrade(self.engine.url.render_as_string(hide_password=False))

    def close(self) -> None:
        self.engine.dispose()


def from_environment() -> Database:
    """The database that ``SHOUHOU_DATABASE_URL`` names, else the file ``var/shouhou.db``."""
    return Database(os.environ.get(URL_SETTING) or sqlite_url(DEFAULT_FILE))


def sqlite_url(path: Path) -> str:
    """The address of a database file; its folder is made when missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path}"


def open_engine(url: str, foreign_keys: bool = True) -> Engine:
    """An engine with our settings; ``postgresql://`` means psycopg.

    Raises:
        ValueError: neither SQLite nor PostgreSQL.
    """
    address = make_url(url)
    options: dict[str, Any] = {
        # Phones and addresses travel as parameters: an error message must not repeat them.
        "hide_parameters": True,
        "json_serializer": partial(json.dumps, ensure_ascii=False),
    }
    match address.get_backend_name():
        case "sqlite":
            engine = create_engine(address, connect_args={"isolation_level": None}, **options)
            event.listen(engine, "connect", _SqliteSettings(foreign_keys))
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        case "postgresql" | "postgres":
            psycopg = address.set(drivername="postgresql+psycopg")
            engine = create_engine(psycopg, pool_pre_ping=True, **options)
            event.listen(engine, "handle_error", _drop_detail)
            return engine
        case other:
            raise ValueError(
                f"{URL_SETTING}: {other} is not known; use sqlite:/// or postgresql://"
            )


def newest_version() -> str:
    """The newest migration, by its file's name: most starts need not load Alembic."""
    return max(path.name.partition("_")[0] for path in _MIGRATIONS.glob("versions/[0-9]*.py"))


def version(engine: Engine) -> str | None:
    """The migration the tables are at; None for an empty database."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


class _SqliteSettings:
    """What each new SQLite connection is told."""

    def __init__(self, foreign_keys: bool) -> None:
        self._pragmas = (
            f"busy_timeout = {_BUSY_SECONDS * 1000}",
            "synchronous = NORMAL",
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        )

    def __call__(self, connection: sqlite3.Connection, _record: object) -> None:
        for pragma in self._pragmas:
            connection.execute(f"PRAGMA {pragma}")
        _use_write_ahead_log(connection)


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Let readers read beside a writer; the file remembers it, so only the first has to say so.

    The change does not wait for others as a write would: of processes that start together on a new
    file, all but one must ask again.
    """
    patience = time.monotonic() + _BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.05)


def _drop_detail(context: ExceptionContext) -> None:
    """PostgreSQL repeats the row it refuses in the DETAIL of its message: nobody's to read."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL")[0], *error.args[1:])


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(url: str) -> None:
    # Foreign keys are off meanwhile: SQLite changes a table by copying and dropping it, and the
    # drop would take the rows that point to it along. They are checked before the commit.
    engine = open_engine(url, foreign_keys=False)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK}
                )
            _run_alembic(connection)
            _refuse_broken_keys(connection)
    finally:
        engine.dispose()


def _run_alembic(connection: Connection) -> None:
    # Loaded only when there is something to migrate: it takes longer than the rest of a start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_broken_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"migration undone: a row of table {broken[0]} points to nothing")
