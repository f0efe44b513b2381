"""Databases for tests: the tables are made once, and every test has a copy of its own."""

import shutil
from pathlib import Path

from bot.adapters.database import Database, sqlite_url
from bot.wiring.parts import empty_database


def new_database(file: Path) -> Database:
    """An empty database in this file, its tables at the newest form."""
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(empty_database(), file)
    return Database(sqlite_url(file))
