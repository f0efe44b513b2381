"""Writes the list of refused rows beside the file they come from, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_HEADER = ("行号", "订单编号", "列", "原因", "内容")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class RefusedRows:
    """The list; its file exists only when there is something to say."""

    def __init__(self, path: Path) -> None:
        self._wanted = path
        self._file: IO[str] | None = None

    @property
    def path(self) -> Path | None:
        """Where the list is; None when nothing was refused."""
        return self._wanted if self._file else None

    def add(self, row: int, order_no: str, column: str, reason: str, value: str) -> None:
        if self._file is None:
            # With its mark, without which Excel takes UTF-8 for GBK.
            self._file = self._wanted.open("w", encoding="utf-8-sig", newline="")
            self._write(_HEADER)
        self._write((str(row), order_no, column, reason, value))

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _write(self, cells: tuple[str, ...]) -> None:
        assert self._file
        csv.writer(self._file).writerow(map(harmless, cells))


@contextmanager
def refused_rows(path: Path) -> Iterator[RefusedRows]:
    """The list of one run; that of an earlier run is taken away first."""
    path.unlink(missing_ok=True)
    rows = RefusedRows(path)
    try:
        yield rows
    finally:
        rows.close()


def harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe keeps it text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
