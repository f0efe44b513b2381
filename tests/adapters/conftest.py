"""A database of each kind, empty and at the newest tables, for every contract that both must keep."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.adapters.database import Database, sqlite_url
from bot.adapters.orders_sql import SqlOrders
from tests.databases import new_database

POSTGRES_SETTING = "SHOUHOU_TEST_POSTGRES"


@pytest.fixture
def postgres_address(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty PostgreSQL database: on the server that SHOUHOU_TEST_POSTGRES names, else a local one."""
    server = os.environ.get(POSTGRES_SETTING)
    if not server:
        yield request.getfixturevalue("postgres_url")
        return
    name = f"shouhou_test_{uuid4().hex}"
    address = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield address.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "shop.db")
    return str(request.getfixturevalue("postgres_address"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        database = new_database(tmp_path / "shop.db")
    else:
        database = Database(str(request.getfixturevalue("postgres_address")))
        database.migrate()
    yield database
    database.close()


@pytest.fixture
def orders(database: Database) -> SqlOrders:
    return SqlOrders(database)
