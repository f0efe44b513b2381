"""Whole files, as a shop has them, into a real database."""

import csv
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from bot.adapters.orders_sql import SqlOrders
from bot.adapters.tables import FileTables
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Note, Order, OrderStatus
from bot.core.tables import BrokenTable
from bot.services.order_columns import NotAnOrderExport
from bot.services.order_import import ImportReport, OrderImport, Progress
from tests.databases import new_database

TODAY = date(2025, 10, 22)
ORDERS = (
    "订单编号,买家会员名,买家实际支付金额,订单状态,联系手机,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量\r\n"
    '="1001",晚风,129.00,"买家已付款,等待卖家发货",\'15400001111,2025-10-20 10:00:00,家用路由器,1,,,没有备注,1\r\n'
    '="1002",山茶,59.00,"卖家已发货，等待买家确认",\'15400002222,2025-10-18 10:00:00,圆领短袖,1,No:YT01,圆通速递,\'10-19 客户催单,1\r\n'
)
ITEMS = (
    "子订单编号,主订单编号,标题,价格,购买数量,商家编码,订单状态\n"
    "1,1002,圆领短袖,59.00,1,SS-TS09-M,卖家已发货，等待买家确认\n"
    "2,1003,毛衣,229.00,1,SS-KN05-S,交易成功\n"
    "3,1002,围巾,69.00,2,SS-SC01,卖家已发货，等待买家确认\n"
)


@pytest.fixture
def orders(tmp_path):
    database = new_database(tmp_path / "shop.db")
    yield SqlOrders(database)
    database.close()


@pytest.fixture
def take(orders, tmp_path):
    """Import a text as a file; the report."""

    def run(text: str | bytes, encoding: str = "gb18030", **options: object) -> ImportReport:
        path = tmp_path / "export.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return OrderImport(FileTables(), orders).run(path, TODAY, **options)

    return run


def refused_rows(report: ImportReport) -> list[dict[str, str]]:
    with report.refused_file.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_an_order_sheet_comes_in_whatever_its_encoding(take, orders, encoding):
    report = take(ORDERS, encoding)

    assert report == ImportReport("订单报表", 2, 2, 0, 0, 0, None)
    assert orders.by_order_no("1002") == Order(
        "1002",
        status=OrderStatus.SHIPPED,
        nickname="山茶",
        phone="15400002222",
        paid_at=datetime(2025, 10, 18, 10, tzinfo=SHANGHAI),
        courier="圆通",
        tracking_no="YT01",
        lines=(Line("", "圆领短袖", 1, Decimal("59.00")),),
        notes=(Note("客户催单", datetime(2025, 10, 19, tzinfo=SHANGHAI)),),
    )


def test_a_spreadsheet_comes_in_like_a_csv(tmp_path, take, orders):
    workbook = Workbook()
    for row in csv.reader(ORDERS.splitlines()):
        workbook.active.append([cell.strip('="') for cell in row])
    workbook.save(tmp_path / "export.xlsx")

    report = OrderImport(FileTables(), orders).run(tmp_path / "export.xlsx", TODAY)

    assert (report.added, report.refused) == (2, 0)
    assert orders.by_tracking_no("YT01")[0].order_no == "1002"
    assert take(ORDERS).unchanged == 2


def test_items_of_one_order_need_not_stand_together(take, orders):
    report = take(ITEMS)

    assert (report.sheet, report.rows, report.added) == ("宝贝报表", 3, 2)
    assert [line.sku for line in orders.by_order_no("1002").lines] == ["SS-TS09-M", "SS-SC01"]


@pytest.mark.parametrize("sheets", [(ORDERS, ITEMS), (ITEMS, ORDERS)])
def test_the_two_sheets_complete_each_other_in_either_sequence(take, orders, sheets):
    for sheet in sheets:
        take(sheet)

    order = orders.by_order_no("1002")
    assert order.nickname == "山茶"
    assert [line.sku for line in order.lines] == ["SS-TS09-M", "SS-SC01"]


def test_a_second_import_updates_and_never_doubles(take, orders):
    take(ORDERS)

    report = take(ORDERS.replace("买家已付款,等待卖家发货", "卖家已发货,等待买家确认"))

    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    assert orders.by_order_no("1001").status is OrderStatus.SHIPPED


def test_a_second_import_does_not_wipe_what_staff_have_learned(take, orders):
    take(ORDERS)
    orders.add_note("1001", Note("客户要发票"))
    known = orders.by_order_no("1001")
    orders.upsert(replace(known, signed_by="本人", freight_insurance=True))

    take(ORDERS)

    order = orders.by_order_no("1001")
    assert (order.notes, order.signed_by) == ((Note("客户要发票"),), "本人")
    assert order.freight_insurance is True


def test_a_wrong_row_is_refused_with_line_column_and_reason_and_the_others_come_in(take, orders):
    report = take(ORDERS + '="1003",栗子,59.00,已完结,,2025-10-18,短袖,1,,,,1\r\n')

    assert (report.rows, report.added, report.refused) == (3, 2, 1)
    assert report.refused_file.name == "export.csv.refused.csv"
    assert refused_rows(report) == [
        {
            "行号": "4",
            "订单编号": "1003",
            "列": "订单状态",
            "原因": "不认识的订单状态",
            "内容": "已完结",
        }
    ]
    assert orders.by_order_no("1003") is None


def test_an_order_number_in_scientific_form_is_refused(take):
    report = take(ORDERS + "5.11861E+18,栗子,59.00,交易成功,,2025-10-18,短袖,1,,,,1\r\n")

    assert re.search("科学计数法", refused_rows(report)[0]["原因"])


def test_with_one_wrong_item_the_whole_order_is_refused(take, orders):
    report = take(ITEMS.replace("1002,围巾,69.00,2", "1002,围巾,69.00,两"))

    assert (report.added, report.refused) == (1, 2)
    assert orders.by_order_no("1002") is None
    assert [(row["行号"], row["列"]) for row in refused_rows(report)] == [
        ("2", "整行"),
        ("4", "购买数量"),
    ]
    assert "第 4 行有误" in refused_rows(report)[0]["原因"]


def test_a_refused_value_that_looks_like_a_formula_is_harmless(take):
    report = take(
        ORDERS + "1003,栗子,59.00,=1+1,,2025-10-18,短袖,1,,,,1\r\n".replace("=1+1", "@SUM(1)")
    )

    assert refused_rows(report)[0]["内容"] == "'@SUM(1)"


def test_a_run_without_refusals_takes_the_old_list_away(take, tmp_path):
    take(ORDERS + "合计,,,,,,,,,,,\r\n")
    assert (tmp_path / "export.csv.refused.csv").exists()

    take(ORDERS)

    assert not (tmp_path / "export.csv.refused.csv").exists()


def test_headers_that_come_again_and_empty_rows_are_no_orders(take):
    head = ORDERS.splitlines()[0]

    report = take(f"{ORDERS}{head}\r\n,,,,,,,,,,,\r\n")

    assert (report.rows, report.refused) == (2, 0)


def test_a_file_of_something_else_changes_nothing(take, orders):
    with pytest.raises(NotAnOrderExport, match="姓名、电话"):
        take("姓名,电话\n赵示例,15400001111\n")

    assert orders.by_nickname("赵示例") == []


@pytest.mark.parametrize(
    "broken",
    [
        (ORDERS * 1).encode("utf-8") + b"\xff\xff\r\n",
        (ORDERS + '="1003",栗子,"59.00').encode(),
    ],
)
def test_a_file_that_breaks_off_changes_nothing(take, orders, broken):
    with pytest.raises(BrokenTable):
        take(broken)

    assert orders.by_order_no("1001") is None


def test_a_spreadsheet_cut_off_in_the_middle_changes_nothing(tmp_path, orders):
    workbook = Workbook()
    for row in csv.reader(ORDERS.splitlines()):
        workbook.active.append(row)
    path = tmp_path / "export.xlsx"
    workbook.save(path)
    path.write_bytes(path.read_bytes()[:-700])

    with pytest.raises(BrokenTable, match="不完整"):
        OrderImport(FileTables(), orders).run(path, TODAY)

    assert orders.by_order_no("1001") is None


def test_a_database_that_fails_in_the_middle_keeps_nothing(tmp_path, orders, monkeypatch):
    head, row = ORDERS.splitlines()[:2]
    path = tmp_path / "export.csv"
    rows = [row.replace("1001", str(1001 + at)) for at in range(3)]
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    monkeypatch.setattr("bot.services.order_import.BATCH", 1)
    importing = OrderImport(FileTables(), orders)

    def stop(progress: Progress) -> None:
        if progress.orders == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        importing.run(path, TODAY, progress=stop)

    assert orders.by_order_no("1001") is None


def test_progress_is_told_as_rows_are_read_and_orders_written(take):
    told: list[Progress] = []

    take(ORDERS, progress=told.append)

    assert told == [Progress(2, 0), Progress(2, 2)]


def test_the_shop_may_be_said_for_the_whole_file(take, orders):
    take(ORDERS, shop="routers")

    assert orders.by_order_no("1001").shop == "routers"


def test_no_phone_or_nickname_is_logged(take, caplog):
    with caplog.at_level("DEBUG"):
        take(ORDERS + '="1003",栗子,59.00,已完结,15400003333,2025-10-18,短袖,1,,,,1\r\n')

    logged = caplog.text
    assert not any(
        word in logged for word in ("晚风", "山茶", "栗子", "15400003333", "15400001111")
    )
