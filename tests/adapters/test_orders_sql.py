from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, func, select

from bot.adapters.order_statements import CUSTOMERS, EXCHANGES, FLAGS, MOST, ORDERS, REFUNDS
from bot.core.moments import SHANGHAI
from bot.core.order_merge import Written
from bot.core.orders import (
    Exchange,
    Line,
    Note,
    Order,
    OrderStatus,
    PaymentMethod,
    Refund,
    RefundStatus,
    ShipmentEvent,
)
from bot.services.ports import UnknownOrder

DAY = datetime(2025, 10, 16, 9, 30, tzinfo=SHANGHAI)


def day(number: int) -> datetime:
    return DAY + timedelta(days=number)


FULL = Order(
    order_no="250904220031",
    shop="clothing",
    status=OrderStatus.DELIVERED,
    nickname="晚风_01",
    phone="15400001234",
    recipient="赵示例",
    address="青岚省 云川市 临湖区 竹影路 1 号",
    placed_at=day(0),
    paid_at=day(0),
    promised_ship_by=day(2),
    shipped_at=day(1),
    received_at=day(4),
    signed_by="本人",
    courier="中通",
    tracking_no="78000000000001",
    upgraded_courier_paid=False,
    payment_method=PaymentMethod.CREDIT_CARD,
    quick_pay_bound=True,
    invoice_issued=False,
    freight_insurance=True,
    lines=(
        Line("SS-JN31-L", "直筒牛仔裤 L", 2, Decimal("338.00"), Decimal("169.00"), None, False),
        Line("SS-SC01", "针织围巾", 1, Decimal("0.01"), None, "秋日两件套", True),
    ),
    events=(ShipmentEvent(day(1), "已揽收", "云川市"), ShipmentEvent(day(4), "已签收")),
    refund=Refund("退货退款", RefundStatus.WAITING_RETURN, day(5), Decimal("169.00"), None, False),
    return_tracking_no="SF0000000000002",
    return_signed_at=day(8),
    exchange=Exchange(True, "SS-JN31-XL", Decimal("169.00"), True, day(9), "YT0000000000003"),
    notes=(Note("同意换大一码", day(5), "小云"), Note("等退回件")),
    flag="加急",
)


def test_an_order_comes_back_as_it_was_kept(orders):
    assert orders.upsert(FULL) == Written(added=1)

    assert orders.by_order_no(FULL.order_no) == FULL


def test_an_order_of_which_only_the_number_is_known_comes_back_so(orders):
    orders.upsert(Order("250904220032"))

    assert orders.by_order_no("250904220032") == Order("250904220032")


@pytest.mark.parametrize("part", [Refund(), Exchange()])
def test_a_refund_or_exchange_of_which_nothing_is_known_is_still_one(orders, part):
    order = Order("250904220032", **{type(part).__name__.lower(): part})

    orders.upsert(order)

    assert orders.by_order_no(order.order_no) == order


@pytest.mark.parametrize("typed", ["２５０９０４２２００３１", " 2509-0422-0031 ", "250904220031"])
def test_the_order_number_may_be_typed_as_people_type(orders, typed):
    orders.upsert(FULL)

    assert orders.by_order_no(typed) == FULL


@pytest.mark.parametrize("unknown", ["", "  ", "250904220039", "%", "晚风"])
def test_an_unknown_number_finds_nothing(orders, unknown):
    orders.upsert(FULL, Order("250904220032"))

    assert orders.by_order_no(unknown) is None
    assert orders.by_tracking_no(unknown) == []
    assert orders.by_nickname(unknown) == []
    assert orders.by_phone(unknown, unknown) == []


@pytest.mark.parametrize("tracking_no", ["7800 0000 0000 01", "sf0000000000002", "YT0000000000003"])
def test_every_parcel_of_an_order_leads_to_it(orders, tracking_no):
    orders.upsert(FULL)

    assert orders.by_tracking_no(tracking_no) == [FULL]


def test_orders_packed_together_are_all_found_by_their_parcel(orders):
    second = replace(FULL, order_no="250904220032", placed_at=day(-1))
    orders.upsert(FULL, second)

    found = orders.by_tracking_no(FULL.tracking_no)

    assert [order.order_no for order in found] == [FULL.order_no, second.order_no]


def test_a_customers_orders_are_found_by_nickname_newest_first(orders):
    older = Order("1001", nickname="晚风_01", placed_at=day(-3))
    newer = Order("1002", nickname="晚风_01", placed_at=day(3))
    undated = Order("1003", nickname="晚风_01")
    paid = Order("1004", nickname="晚风_01", paid_at=day(1))
    orders.upsert(older, undated, newer, paid, Order("1005", nickname="山茶_01", placed_at=day(9)))

    assert orders.by_nickname(" 晚风_01 ") == [newer, paid, older, undated]


def test_a_nickname_with_another_phone_is_still_the_same_nickname(orders):
    home = Order("1001", nickname="晚风_01", phone="15400001234", placed_at=day(0))
    gift = Order("1002", nickname="晚风_01", phone="15400009999", placed_at=day(1))
    orders.upsert(home, gift)

    assert orders.by_nickname("晚风_01") == [gift, home]
    assert orders.by_phone("1234", "晚风_01") == [home]


def test_the_phones_last_digits_alone_or_with_another_nickname_open_nothing(orders):
    orders.upsert(FULL)

    assert orders.by_phone("１２３４", "晚风_01") == [FULL]
    assert orders.by_phone("1234", "山茶_01") == []
    assert orders.by_phone("1234", "") == []
    assert orders.by_phone("0000", "晚风_01") == []


def test_a_look_up_never_gives_more_than_a_person_reads(orders):
    orders.upsert(*(Order(f"{1000 + at}", nickname="试单") for at in range(MOST + 5)))

    found = orders.by_nickname("试单")

    assert len(found) == MOST
    assert found[0].order_no == f"{1000 + MOST + 4}"


def test_the_number_of_statements_does_not_grow_with_the_orders(database, orders):
    orders.upsert(FULL, *(replace(FULL, order_no=f"{1000 + at}") for at in range(20)))
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))

    orders.by_order_no(FULL.order_no)
    for_one = len([statement for statement in seen if statement.startswith("SELECT")])
    seen.clear()
    orders.by_nickname("晚风_01")
    for_many = len([statement for statement in seen if statement.startswith("SELECT")])

    assert for_one == for_many == 8


def test_keeping_the_same_again_changes_nothing(orders):
    orders.upsert(FULL)

    assert orders.upsert(FULL) == Written(unchanged=1)
    assert orders.by_order_no(FULL.order_no) == FULL


def test_news_adds_to_what_is_known_and_wipes_nothing(orders):
    orders.upsert(FULL)
    orders.add_note(FULL.order_no, Note("客户来电催", day(10), "小云"))

    news = Order(FULL.order_no, courier="圆通", events=(ShipmentEvent(day(2), "到达"),))
    written = orders.upsert(news)

    assert written == Written(changed=1)
    assert orders.by_order_no(FULL.order_no) == replace(
        FULL,
        courier="圆通",
        events=(FULL.events[0], ShipmentEvent(day(2), "到达"), FULL.events[1]),
        notes=(*FULL.notes, Note("客户来电催", day(10), "小云")),
    )


def test_lines_are_replaced_as_a_whole(orders):
    orders.upsert(FULL)
    lines = (
        Line("SS-JN31-L", "直筒牛仔裤 L", 1, Decimal("169.00"), Decimal("169.00"), None, False),
    )

    orders.upsert(replace(FULL, lines=lines))

    assert orders.by_order_no(FULL.order_no).lines == lines


def test_an_earlier_refund_stays_in_the_database(database, orders):
    orders.upsert(FULL)
    second = Refund("退运费", RefundStatus.APPLIED, day(12), Decimal("12.00"))

    orders.upsert(Order(FULL.order_no, refund=second))

    assert orders.by_order_no(FULL.order_no).refund == second
    with database.reading() as connection:
        kept = connection.execute(select(REFUNDS.c.seq, REFUNDS.c.amount)).all()
    assert kept == [(1, Decimal("169.00")), (2, Decimal("12.00"))]


def test_a_refund_that_goes_on_is_not_a_second_one(database, orders):
    orders.upsert(FULL)

    orders.upsert(
        Order(FULL.order_no, refund=Refund(status=RefundStatus.PAID, succeeded_at=day(13)))
    )

    expected = replace(FULL.refund, status=RefundStatus.PAID, succeeded_at=day(13))
    assert orders.by_order_no(FULL.order_no).refund == expected
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(REFUNDS)) == 1


def test_a_second_exchange_has_a_parcel_of_its_own(database, orders):
    orders.upsert(FULL)
    second = Exchange(True, "SS-HD11-L", Decimal("159.00"), True, day(20), "SF0000000000009")

    orders.upsert(Order(FULL.order_no, exchange=second))

    assert orders.by_order_no(FULL.order_no).exchange == second
    first, again = (orders.by_tracking_no(n) for n in ("YT0000000000003", "SF0000000000009"))
    assert [order.order_no for order in first] == [order.order_no for order in again]
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(EXCHANGES)) == 2


def test_a_corrected_phone_leads_to_the_order_and_the_old_one_no_longer(orders):
    orders.upsert(FULL)

    orders.upsert(Order(FULL.order_no, phone="15400005678"))

    assert [o.order_no for o in orders.by_phone("5678", "晚风_01")] == [FULL.order_no]
    assert orders.by_phone("1234", "晚风_01") == []


def test_a_customer_is_kept_once_however_many_orders(database, orders):
    orders.upsert(*(replace(FULL, order_no=f"{1000 + at}") for at in range(5)))

    with database.reading() as connection:
        kept = connection.execute(select(CUSTOMERS.c.nickname, CUSTOMERS.c.phone_last4)).all()
    assert kept == [("晚风_01", "1234")]


def test_customers_of_whom_only_the_phone_is_known_are_told_apart(orders):
    orders.upsert(Order("1001", phone="15400001111"), Order("1002", phone="15400002222"))

    assert orders.by_order_no("1001").phone == "15400001111"
    assert orders.by_order_no("1002").phone == "15400002222"


def test_an_order_without_a_number_is_refused(orders):
    with pytest.raises(ValueError, match="order_no"):
        orders.upsert(Order(" - "))


def test_two_of_one_number_in_one_go_count_in_turn(orders):
    written = orders.upsert(
        Order("1001", courier="中通"), Order("10-01", courier="圆通", flag="加急")
    )

    assert written == Written(added=1)
    assert orders.by_order_no("1001") == Order("1001", courier="圆通", flag="加急")


def test_a_note_is_written_at_the_end(orders):
    orders.upsert(FULL)

    orders.add_note("2509-0422-0031", Note("客户差价已付", day(6), "小云"))

    assert orders.by_order_no(FULL.order_no).notes[-1] == Note("客户差价已付", day(6), "小云")


def test_a_flag_can_be_taken_off_and_stays_on_record(database, orders):
    orders.upsert(FULL)

    orders.set_flag(FULL.order_no, "拦截中", day(7), "小云")
    assert orders.by_order_no(FULL.order_no).flag == "拦截中"
    orders.set_flag(FULL.order_no, None, day(8), "小云")

    assert orders.by_order_no(FULL.order_no).flag is None
    with database.reading() as connection:
        kept = connection.scalars(select(FLAGS.c.text).order_by(FLAGS.c.seq)).all()
    assert kept == ["加急", "拦截中", None]


def test_a_note_on_an_unknown_order_is_refused_by_name(orders):
    with pytest.raises(UnknownOrder, match="250904220099"):
        orders.add_note("250904220099", Note("催单"))


def test_many_who_write_on_one_order_lose_nothing(orders):
    orders.upsert(FULL)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda at: orders.add_note(FULL.order_no, Note(f"第{at}条")), range(20)))

    written = {note.text for note in orders.by_order_no(FULL.order_no).notes}
    assert {f"第{at}条" for at in range(20)} <= written


def test_many_who_import_the_same_new_orders_keep_each_once(database, orders):
    batch = [replace(FULL, order_no=f"{1000 + at}") for at in range(50)]

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda _: orders.upsert(*batch), range(4)))

    assert sum(one.added for one in written) == 50
    assert all(orders.by_order_no(order.order_no) == order for order in batch)
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(ORDERS)) == 50


def test_an_error_among_many_orders_keeps_none_of_them(orders):
    broken = Order("1002", lines=(Line("S", "台灯", 1, Decimal("0.001")),))

    def write_both() -> None:
        with orders.writing() as write:
            write([Order("1001")])
            write([broken])

    with pytest.raises(Exception, match="whole fen"):
        write_both()

    assert orders.by_order_no("1001") is None
