"""Takes over 千牛/淘宝 order exports: what is acceptable at once, the rest with reasons."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from itertools import batched, chain, islice
from pathlib import Path
from typing import Protocol

from bot.core.order_merge import Written
from bot.core.orders import Order
from bot.core.tables import Row
from bot.services.order_cells import plain
from bot.services.order_columns import HEADER_WITHIN, Header, find_header
from bot.services.order_rows import RefusedCell, RowReader

BATCH = 500
"""Orders written at a time."""
EVERY = 1000
"""Rows read between two reports of progress."""


class Spool(Protocol):
    """Keeps rows aside, however many, and gives them back order by order."""

    def add(self, order_no: str, row: Row) -> None: ...

    def by_order(self) -> Iterator[Sequence[Row]]:
        """The rows of each order, in the sequence in which the orders first came."""
        ...


class Refusals(Protocol):
    """The list of refused rows, for the person who will mend them."""

    @property
    def path(self) -> Path | None:
        """Where the list is; None when nothing was refused."""
        ...

    def add(self, row: int, order_no: str, column: str, reason: str, value: str) -> None: ...


class Tables(Protocol):
    """Reads sheets and writes lists."""

    def rows(self, path: Path) -> AbstractContextManager[Iterator[Row]]:
        """All rows of a CSV or XLSX file, header included.

        Raises:
            BrokenTable: the file cannot be read, or not to its end.
        """
        ...

    def spool(self) -> AbstractContextManager[Spool]: ...

    def refusals(self, beside: Path) -> AbstractContextManager[Refusals]: ...


class OrderStore(Protocol):
    """Keeps orders."""

    def writing(self) -> AbstractContextManager[Callable[[Iterable[Order]], Written]]:
        """One transaction: what is written in it is kept whole, or on an error not at all."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: rows read, then orders written."""

    rows: int
    orders: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file's rows and orders."""

    sheet: str
    """订单报表 or 宝贝报表."""
    rows: int
    added: int
    changed: int
    unchanged: int
    refused: int
    refused_file: Path | None

    @property
    def orders(self) -> int:
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class OrderImport:
    """Imports order exports.

    Args:
        tables: reads the files.
        store: keeps the orders.
    """

    tables: Tables
    store: OrderStore

    def run(
        self,
        path: Path,
        today: date,
        shop: str | None = None,
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> ImportReport:
        """Import one file; a second time it only brings up to date what has changed.

        Args:
            path: a CSV (UTF-8 or GBK) or XLSX file.
            today: notes dated without a year are of this day's year or the one before.
            shop: the shop all orders belong to; None to believe the column 店铺名称.
            progress: told now and then how far the import is.

        Raises:
            BrokenTable: the file cannot be read to its end; nothing was imported.
            NotAnOrderExport: needed columns are missing; nothing was imported.
        """
        with (
            self.tables.rows(path) as rows,
            self.tables.spool() as spool,
            self.tables.refusals(path) as refusals,
        ):
            header, rest = _split_header(rows)
            job = _Job(RowReader(header, today, shop), spool, refusals, progress)
            # The whole file is read before the first order is written: a file that breaks off
            # changes nothing, and nobody else waits for the database while it is read.
            job.set_aside(rest)
            written = job.write(self.store)
            return ImportReport(
                sheet=header.kind.value,
                rows=job.rows,
                added=written.added,
                changed=written.changed,
                unchanged=written.unchanged,
                refused=job.refused,
                refused_file=refusals.path,
            )


class _Job:
    """One file on its way into the store."""

    def __init__(
        self,
        reader: RowReader,
        spool: Spool,
        refusals: Refusals,
        progress: Callable[[Progress], None],
    ) -> None:
        self._reader = reader
        self._spool = spool
        self._refusals = refusals
        self._progress = progress
        self.rows = 0
        self.refused = 0

    def set_aside(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows += 1
            try:
                self._spool.add(self._reader.order_no(row), row)
            except RefusedCell as refusal:
                self._refuse([row], refusal)
            if self.rows % EVERY == 0:
                self._progress(Progress(self.rows))
        self._progress(Progress(self.rows))

    def write(self, store: OrderStore) -> Written:
        done = Written()
        with store.writing() as write:
            for orders in batched(self._orders(), BATCH):
                done += write(orders)
                self._progress(Progress(self.rows, done.orders))
        return done

    def _orders(self) -> Iterator[Order]:
        for rows in self._spool.by_order():
            try:
                yield self._reader.order(rows)
            except RefusedCell as refusal:
                self._refuse(rows, refusal)

    def _refuse(self, rows: Sequence[Row], refusal: RefusedCell) -> None:
        """Refuse all rows of an order: with some of its items it would be a wrong order."""
        for row in rows:
            self.refused += 1
            number = self._reader.header.value(row, "order_no")
            if row.number == refusal.row.number:
                told = (refusal.column, refusal.reason, refusal.value)
            else:
                told = ("整行", f"同一订单的第 {refusal.row.number} 行有误,整个订单没有导入", "")
            self._refusals.add(row.number, number, *told)


def _split_header(rows: Iterator[Row]) -> tuple[Header, Iterator[Row]]:
    """The header and the rows below it, without empty rows and headers that come again."""
    first = list(islice(rows, HEADER_WITHIN))
    header = find_header(first)
    below = (row for row in first if row.number > header.row.number)
    return header, _filled(header, chain(below, rows))


def _filled(header: Header, rows: Iterable[Row]) -> Iterator[Row]:
    width, used = len(header.names), header.used
    for row in rows:
        if row.cells == header.row.cells:
            continue
        # What is not read is not kept aside either; cells beyond the header show a shifted row.
        cells = [plain(cell) if at in used else "" for at, cell in enumerate(row.cells[:width])]
        if any(cells):
            yield Row(row.number, (*cells, *map(str.strip, row.cells[width:])))
