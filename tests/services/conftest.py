"""What tests of the services share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.database import Database, sqlite_url
from bot.adapters.registers_sql import SqlRegisters
from tests.services.tables_desk import TablesDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TablesDesk]:
    database = Database(sqlite_url(tmp_path / "shop.db"))
    database.migrate()
    yield TablesDesk(SqlRegisters(database))
    database.close()
