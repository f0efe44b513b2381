"""How long look-ups and advice take in a small shop and in a large one, and how fast an export
comes in.
"""

import csv
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Connection, Table

from bot.adapters.database import Database, sqlite_url
from bot.adapters.order_statements import (
    CUSTOMERS,
    EVENTS,
    LINES,
    NOTES,
    ORDERS,
    SHIPMENTS,
    SHOPS,
)
from bot.adapters.orders_sql import SqlOrders
from bot.adapters.tables import FileTables
from bot.services.order_import import OrderImport
from tests.bench_advice import CONVERSATIONS, Customer, time_advice

SMALL, LARGE = 1_000, 1_000_000
LOOKUPS = 2_000
CHUNK = 20_000
TODAY = date(2025, 10, 22)
_STRIDE = 7_919
"""A prime, so that the orders looked up are spread over the whole database."""

_START = datetime(2020, 1, 1, tzinfo=UTC)
_HEADER = "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称"
# Some columns of the real export have a blank after their name.


@dataclass(frozen=True, slots=True)
class Lookups:
    """Median and 95th percentile of one kind of look-up, in milliseconds."""

    what: str
    orders: int
    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class Import:
    """One import: rows, seconds, and the most memory the process has had so far, in megabytes."""

    what: str
    rows: int
    seconds: float
    peak_mb: int


# ---- a shop of any size ----


def build(path: Path, orders: int) -> Database:
    """A database with this many orders, written past the shop's own rules, in bulk."""
    database = Database(sqlite_url(path))
    database.migrate()
    with database.writing() as connection:
        connection.execute(SHOPS.insert(), [{"id": 1, "name": "routers"}])
        for first in range(0, orders, CHUNK):
            _insert(connection, range(first, min(first + CHUNK, orders)))
    return database


def order_no(at: int) -> str:
    return f"{2_000_000_000_000_000 + at}"


def tracking_no(at: int) -> str:
    return f"YT{7_000_000_000 + at}"


def nickname(at: int) -> str:
    """Every third order is a customer's second one."""
    return f"测试买家{at - at % 3 // 2}"


def phone(at: int) -> str:
    return f"1000{at - at % 3 // 2:07d}"


def placed(at: int) -> datetime:
    return _START + timedelta(minutes=at)


def _insert(connection: Connection, numbers: range) -> None:
    for table, row in _ROWS.items():
        connection.execute(table.insert(), [r for at in numbers for r in row(at)])


def _customer(at: int) -> Iterator[dict[str, Any]]:
    if at % 3 != 2:
        digits = phone(at)
        names = {"nickname": nickname(at), "phone": digits, "phone_last4": digits[-4:]}
        yield {"id": at + 1, **names}


def _order(at: int) -> Iterator[dict[str, Any]]:
    yield {
        "id": at + 1,
        "order_no": order_no(at),
        "shop_id": 1,
        "customer_id": at - at % 3 // 2 + 1,
        "status": "delivered",
        "recipient": "测试",
        "address": "测试省测试市测试路一号",
        "placed_at": placed(at),
        "paid_at": placed(at),
    }


def _lines(at: int) -> Iterator[dict[str, Any]]:
    for seq in (1, 2):
        yield {"order_id": at + 1, "seq": seq, "sku": f"S{seq}", "title": "测试商品", "qty": 1}


def _parcel(at: int) -> Iterator[dict[str, Any]]:
    at_hand = placed(at) + timedelta(days=3)
    number = {"courier": "圆通", "tracking_no": tracking_no(at), "signed_at": at_hand}
    yield {"order_id": at + 1, "leg": "outbound", "seq": 1, **number}


def _events(at: int) -> Iterator[dict[str, Any]]:
    for seq, text in enumerate(("已揽收", "到达测试分拨中心", f"已签收,签收人{at % 977}"), 1):
        moment = placed(at) + timedelta(days=seq)
        yield {"order_id": at + 1, "leg": "outbound", "seq": seq, "at": moment, "text": text}


def _notes(at: int) -> Iterator[dict[str, Any]]:
    if at % 5 == 0:
        moment = placed(at) + timedelta(days=2)
        told = f"客户催单,已联系圆通核实,{at % 28 + 1}号回复,工单{at}"
        yield {"order_id": at + 1, "seq": 1, "at": moment, "text": told}


_ROWS: dict[Table, Callable[[int], Iterator[dict[str, Any]]]] = {
    CUSTOMERS: _customer,
    ORDERS: _order,
    LINES: _lines,
    SHIPMENTS: _parcel,
    EVENTS: _events,
    NOTES: _notes,
}


# ---- looking up ----


def time_lookups(database: Database, orders: int, times: int = LOOKUPS) -> list[Lookups]:
    """Each kind of look-up, timed on orders spread over the whole database."""
    found = SqlOrders(database)
    kinds: dict[str, Callable[[int], object]] = {
        "look-up by order number": lambda at: found.by_order_no(order_no(at)),
        "look-up by tracking number": lambda at: found.by_tracking_no(tracking_no(at)),
        "look-up by phone and nickname": lambda at: found.by_phone(phone(at)[-4:], nickname(at)),
        "look-up by nickname": lambda at: found.by_nickname(nickname(at)),
    }
    return [_timed(what, look_up, orders, times) for what, look_up in kinds.items()]


def _timed(what: str, look_up: Callable[[int], object], orders: int, times: int) -> Lookups:
    taken = []
    for turn in range(times):
        at = turn * _STRIDE % orders
        start = time.perf_counter()
        answer = look_up(at)
        taken.append((time.perf_counter() - start) * 1000)
        assert answer, f"{what}: order {at} was not found"
    return _lookups(what, orders, taken)


def _lookups(what: str, orders: int, taken: list[float]) -> Lookups:
    return Lookups(what, orders, statistics.median(taken), statistics.quantiles(taken, n=20)[-1])


def time_advices(database: Database, orders: int, times: int = CONVERSATIONS) -> Lookups:
    """Advice on orders spread over the whole database, without what understanding takes."""
    places = (turn * _STRIDE % orders for turn in range(times))
    taken = time_advice(database, map(_customer_of, places))
    return _lookups("advice without understanding", orders, taken)


def _customer_of(at: int) -> Customer:
    """Every third one is known by the nickname alone."""
    return Customer(placed(at) + timedelta(days=4), nickname(at), order_no(at) if at % 3 else None)


# ---- importing ----


def write_exports(folder: Path, rows: int) -> list[Path]:
    """The same export as CSV (GBK, as the platform has it) and as XLSX."""
    csv_file, xlsx_file = folder / "export.csv", folder / "export.xlsx"
    with csv_file.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([_HEADER.split(","), *map(_export_row, range(rows))])
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [_HEADER.split(","), *map(_export_row, range(rows))]:
        sheet.append([cell.strip('="') for cell in row])
    book.save(xlsx_file)
    return [csv_file, xlsx_file]


def _export_row(at: int) -> list[str]:
    paid = f"{50 + at % 900}.{at % 100:02d}"
    who = [f"收货人{at}", f"测试省 测试市 测试路{at}号", "快递", "", f"'{phone(at)}"]
    goods = [f"测试商品{at % 977}", "1", f"No:{tracking_no(at)}", "圆通速递", "没有备注", "1", "0"]
    money = [paid, "0.00", paid, paid, "卖家已发货，等待买家确认", ""]
    day = f"2025-09-{at % 28 + 1:02d} 10:00:00"
    head = [f'="{order_no(at)}"', nickname(at), "account@example.com"]
    return [*head, *money, *who, day, day, *goods, "测试店铺"]


def time_import(path: Path, rows: int) -> Import:
    database = Database(sqlite_url(path.with_suffix(f"{path.suffix}.db")))
    database.migrate()
    start = time.perf_counter()
    OrderImport(FileTables(), SqlOrders(database)).run(path, TODAY)
    seconds = time.perf_counter() - start
    database.close()
    return Import(path.suffix[1:], rows, seconds, _peak_mb())


def _peak_mb() -> int:
    """The most memory this process has held; ``getrusage`` would tell its parent's as well."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024


def _alone(measure: Callable[[Path, int], Import], path: Path, rows: int) -> Import:
    """In a process of its own: the most memory a process has had never goes down again."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(measure, path, rows).result()


def main(orders: int = LARGE, rows: int = 100_000) -> None:
    """Print a line a figure."""
    with tempfile.TemporaryDirectory(prefix="shouhou-bench-") as name:
        folder = Path(name)
        for path in write_exports(folder, rows):
            done = _alone(time_import, path, rows)
            _print(f"import {done.what}: {rows} rows in {done.seconds:.1f} s, {done.peak_mb} MB")
        for size in (SMALL, orders):
            start = time.perf_counter()
            database = build(folder / f"{size}.db", size)
            _print(f"{size} orders built in {time.perf_counter() - start:.0f} s")
            for one in (*time_lookups(database, size), time_advices(database, size)):
                _print(f"{one.what}, {size} orders: {one.median:.2f} ms, p95 {one.p95:.2f}")
            database.close()


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
