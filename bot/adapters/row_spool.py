"""Keeps the rows of a large sheet aside, out of memory, and gives them back order by order."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.tables import Row

_TABLE = """
CREATE TABLE rows (order_no TEXT, number INTEGER, cells TEXT, PRIMARY KEY (order_no, number))
WITHOUT ROWID
"""
_BY_ORDER = """
SELECT order_no, number, cells FROM rows
JOIN (SELECT order_no, min(number) AS first FROM rows GROUP BY order_no) USING (order_no)
ORDER BY first, number
"""


class RowSpool:
    """Rows kept in a private temporary file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, order_no: str, row: Row) -> None:
        cells = json.dumps(row.cells, ensure_ascii=False)
        self._connection.execute("INSERT INTO rows VALUES (?, ?, ?)", (order_no, row.number, cells))

    def by_order(self) -> Iterator[Sequence[Row]]:
        """The rows of each order, in the sequence in which the orders first came."""
        found = self._connection.execute(_BY_ORDER)
        for _, rows in groupby(found, key=itemgetter(0)):
            yield [Row(number, tuple(json.loads(cells))) for _, number, cells in rows]


@contextmanager
def row_spool() -> Iterator[RowSpool]:
    """A spool that is gone, with all it held, at the end."""
    with (
        # Only its owner may look into it: the rows hold names and telephone numbers.
        TemporaryDirectory(prefix="shouhou-import-", ignore_cleanup_errors=True) as folder,
        closing(sqlite3.connect(Path(folder) / "rows.db", isolation_level=None)) as connection,
    ):
        # Nothing of this outlives the import, so it need not survive a power cut.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(_TABLE)
        connection.execute("BEGIN")
        yield RowSpool(connection)
