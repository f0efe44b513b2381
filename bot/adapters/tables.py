"""Reads CSV and XLSX files a row at a time, and keeps rows aside, for the imports."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bot.adapters.csv_rows import csv_rows
from bot.adapters.refused_rows import RefusedRows, refused_rows
from bot.adapters.row_spool import RowSpool, row_spool
from bot.adapters.xlsx_rows import looks_like_xlsx, xlsx_rows
from bot.core.tables import BrokenTable, Row


class FileTables:
    """Tables kept in files."""

    @contextmanager
    def rows(self, path: Path) -> Iterator[Iterator[Row]]:
        """All rows of a CSV (UTF-8, GBK) or XLSX file.

        Raises:
            BrokenTable: the file cannot be read, or (while iterating) not to its end.
        """
        try:
            file = path.open("rb")
        except OSError as error:
            raise BrokenTable(f"打不开文件 {path}:{error.strerror or error}") from error
        with file:
            yield xlsx_rows(file) if looks_like_xlsx(file) else csv_rows(file)

    def spool(self) -> AbstractContextManager[RowSpool]:
        """Rows kept aside in a temporary file, which is gone afterwards."""
        return row_spool()

    def refusals(self, beside: Path) -> AbstractContextManager[RefusedRows]:
        """The list of refused rows, in ``<input>.refused.csv`` beside the input."""
        return refused_rows(beside.with_name(f"{beside.name}.refused.csv"))
