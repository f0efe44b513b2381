"""What tests of the services share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.registers_sql import SqlRegisters
from tests.databases import new_database
from tests.services.tables_desk import TablesDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TablesDesk]:
    database = new_database(tmp_path / "shop.db")
    yield TablesDesk(SqlRegisters(database))
    database.close()
