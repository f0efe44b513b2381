"""The ledger at the desk: promises are kept with the reply, shown at the next contact, settled."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.database import Database, sqlite_url
from bot.adapters.orders_sql import SqlOrders
from bot.adapters.promises_sql import SqlPromises
from bot.core.conversation import Speaker
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Note, Order, OrderStatus, Refund, RefundStatus
from bot.core.promises import AlreadySo, Kind, State
from bot.services.desk import Message
from tests.databases import new_database
from tests.desks import POLICY, desk_on
from tests.fakes import FakeReader

MONDAY = datetime(2025, 10, 13, 13, tzinfo=SHANGHAI)
ORDER = Order(
    "251008000001",
    status=OrderStatus.DELIVERED,
    received_at=MONDAY - timedelta(days=3),
    signed_by="本人",
    lines=(Line("RT-1", "双频路由器", 1, Decimal("189.00"), Decimal("189.00")),),
)


class Shop:
    """A desk on a database of its own."""

    def __init__(self, database: Database) -> None:
        self.orders, self.promises = SqlOrders(database), SqlPromises(database)
        self.orders.upsert(ORDER)
        reader = FakeReader({"没收到网线": "missing_cable", "还没到账": "refund_not_received"})
        self.desk = desk_on(database, reader)
        self.sent = 0

    def customer(
        self, text: str, at: datetime = MONDAY, chat: str = "c", order_no: str | None = None
    ) -> list[str]:
        """The warnings that speak of promises."""
        self.sent += 1
        order_no = order_no or ORDER.order_no
        message = Message(chat, f"m{self.sent}", text, at, order_no=order_no)
        warnings: list[str] = self.desk.advise(message)["warnings"]
        return [line for line in warnings if "答应" in line or "跟进" in line]

    def agent(
        self, text: str, at: datetime = MONDAY, script: str | None = None, again: bool = False
    ) -> None:
        self.sent += not again
        self.desk.observe("c", f"m{self.sent}", text, at, Speaker.AGENT, script)

    @property
    def kinds(self) -> list[Kind]:
        return [promise.commitment.kind for promise in self.promises.open()]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    database = new_database(tmp_path / "shop.db")
    yield Shop(database)
    database.close()


def test_what_an_agent_promises_is_shown_at_the_next_contact(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("两天内给您打款2元")

    assert shop.customer("还没到账", MONDAY + timedelta(days=2)) == [
        "10月13日答应：两天内给您打款2元，今天到期"
    ]


def test_a_lapsed_promise_is_shown_in_another_conversation_on_the_order(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("两天内给您打款2元")

    lines = shop.customer("还没到账", MONDAY + timedelta(days=3), chat="another")

    assert lines == ["10月13日答应：两天内给您打款2元，已过期1天（10月15日到期）"]


def test_a_promise_on_one_order_is_not_shown_on_another(shop: Shop) -> None:
    shop.orders.upsert(replace(ORDER, order_no="251008000002"))
    shop.customer("没收到网线")
    shop.agent("两天内给您打款2元")

    assert shop.customer("你好", chat="another", order_no="251008000002") == []


def test_without_promises_the_advice_bears_no_such_warning(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("您再翻翻快递袋好吗")

    assert shop.customer("没有") == []
    assert shop.kinds == []


def test_the_same_reply_again_promises_once(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("明天给您回电")
    shop.agent("明天给您回电", again=True)

    assert shop.kinds == [Kind.CALL_BACK]


def test_saying_it_again_adds_nothing_but_a_time_or_another_sum_does(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("补您2元")
    shop.agent("这边补您2元哈")
    assert shop.kinds == [Kind.PAYMENT]

    shop.agent("补您4元")
    shop.agent("两天内给您打款")
    assert shop.kinds == [Kind.PAYMENT] * 3


def test_a_refund_settles_the_promise_and_the_next_contact_says_so_once(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("两天内给您打款2元")
    paid = MONDAY + timedelta(days=1)
    refund = Refund("仅退款", RefundStatus.PAID, MONDAY, Decimal("2.00"), paid)
    shop.orders.upsert(replace(ORDER, refund=refund))

    later = MONDAY + timedelta(days=2)

    assert shop.customer("你好", later) == [
        "10月13日答应：两天内给您打款2元，已做到：退款10月14日到账（2元）"
    ]
    assert shop.customer("你好", later) == []


def test_a_duty_run_settles_what_its_order_shows(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("明天给您回电")
    called = MONDAY + timedelta(days=1)
    shop.orders.upsert(replace(ORDER, notes=(Note("已回电客户", called),)))

    assert shop.desk.ledger.open(called + timedelta(hours=1)) == []


def test_what_somebody_opened_again_is_left_to_people(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("明天给您回电")
    called = MONDAY + timedelta(days=1)
    shop.orders.upsert(replace(ORDER, notes=(Note("已回电客户", called),)))
    promise = shop.promises.open()[0].id
    shop.desk.ledger.open(called)

    shop.desk.ledger.settle(promise, State.OPEN, "小周", "打给了别的客户", called)

    assert [one.id for one in shop.desk.ledger.open(called)] == [promise]


def test_a_promise_is_settled_by_hand_with_who_and_why(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("明天给您回电")
    promise = shop.promises.open()[0].id

    settled = shop.desk.ledger.settle(
        promise, State.WITHDRAWN, "小周", "客户13800001234说不用", MONDAY
    )

    last = settled.history[-1]
    assert (last.state, last.by, last.why) == (State.WITHDRAWN, "小周", "客户138****1234说不用")
    assert shop.kinds == []


def test_a_step_with_a_follow_up_enters_it_with_its_day(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("差价要走财务", script="exchange_price_difference.pay_out")

    promise = shop.promises.open()[0]

    assert promise.commitment.what == "查差价有没有打款"
    assert promise.commitment.due == datetime(2025, 10, 16, 23, 59, tzinfo=SHANGHAI)


def test_a_follow_up_without_a_length_waits_for_its_event(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("已经通知快递", script="intercept_parcel.intercept")

    promise = shop.promises.open()[0]

    assert (promise.commitment.kind, promise.commitment.due) == (Kind.FOLLOW_UP, None)


def test_a_follow_up_of_another_case_is_counted_from_the_reply(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("您先用几天听听看", script="noisy_power_adapter.watch")

    days = POLICY.figures.number("adapter_observation_days", MONDAY.date())
    due = shop.promises.open()[0].commitment.due
    assert due
    assert (due.date() - MONDAY.date()).days == days


def test_an_account_in_a_promise_is_kept_masked(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("明天打款2元到您支付宝13800001234")

    assert "13800001234" not in shop.promises.open()[0].commitment.what


def test_whoever_takes_over_gets_the_promises(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("明天给您回电")

    message = Message("c", "late", "我要找你们主管投诉", MONDAY, order_no=ORDER.order_no)
    reader = FakeReader({message.text: "ask_human"}).understand(message.text)
    advice = shop.desk.advise(message, reader)

    assert advice["handover"]["packet"]["promises"] == ["10月13日答应：明天给您回电，10月14日到期"]


# ---- nothing is lost ----

REPLIES = [
    "明天给您回电",
    "补您2元",
    "两天内给您打款2元",
    "今天给您登记补发",
    "您再找找好吗",
    "明天给您回电，后天给您答复",
]
TAKEN_BY_FACT = Refund(
    "仅退款", RefundStatus.PAID, MONDAY, Decimal("2.00"), MONDAY + timedelta(days=1)
)
HAPPENINGS: list[Callable[[Shop, datetime], object]] = [
    lambda shop, at: shop.customer("你好", at),
    lambda shop, at: shop.customer("还没到账", at, chat="another"),
    lambda shop, at: shop.desk.ledger.open(at),
    lambda shop, at: shop.orders.upsert(replace(ORDER, refund=TAKEN_BY_FACT)),
    lambda shop, at: shop.orders.upsert(replace(ORDER, notes=(Note("已回电客户", at),))),
    *(lambda shop, at, text=text: shop.agent(text, at) for text in REPLIES),
    *(lambda shop, at, state=state: _by_hand(shop, state, at) for state in State),
]


def _by_hand(shop: Shop, state: State, at: datetime) -> None:
    """Somebody settles the most urgent promise."""
    for promise in shop.promises.open()[:1]:
        try:
            shop.desk.ledger.settle(promise.id, state, "小周", "手工", at)
        except AlreadySo:
            assert state is State.OPEN


@pytest.fixture(scope="module")
def empty_shop() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        database = new_database(file)
        database.close()
        yield file


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(HAPPENINGS), max_size=8))
def test_a_promise_never_disappears_silently(
    empty_shop: Path, happenings: list[Callable[[Shop, datetime], object]]
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "shop.db"
        file.write_bytes(empty_shop.read_bytes())
        database = Database(sqlite_url(file))
        shop = Shop(database)
        shop.customer("没收到网线")
        shop.agent("明天给您回电")
        known = {one.id for one in shop.promises.open()}
        for number, happens in enumerate(happenings, start=1):
            happens(shop, MONDAY + number * timedelta(hours=7))
            now_open = {one.id for one in shop.promises.open()}
            known |= now_open
            for gone in known - now_open:
                with database.reading() as connection:
                    history = connection.exec_driver_sql(
                        "SELECT state, by, why FROM promise_changes WHERE promise_id = ?"
                        " ORDER BY seq DESC",
                        (gone,),
                    ).fetchall()
                assert history[0][0] != "open"
                assert all(by and why for _, by, why in history)
        database.close()


# ---- the calendar in an advice ----

VAT_DATA = (
    "开增值税专票，公司名称：杭州小雨科技有限公司，税号91330100MA2B0XYZ1K，"
    "注册地址杭州市西湖区一路1号，电话0571-88880001，开户行工商银行西湖支行，账号1202020209100012345"
)


@pytest.mark.parametrize(("month", "day", "warned"), [(12, 30, False), (12, 31, True)])
def test_an_advice_warns_where_it_counts_working_days_into_a_year_not_announced(
    shop: Shop, month: int, day: int, warned: bool
) -> None:
    last = max(POLICY.figures.working_days.known_years)
    at = datetime(last, month, day, 13, tzinfo=SHANGHAI)
    reader = FakeReader({VAT_DATA: "invoice_request"})

    advice = shop.desk.advise(
        Message("vat", "m", VAT_DATA, at, order_no=ORDER.order_no), reader.understand(VAT_DATA)
    )

    assert advice["step"] == "vat_register"
    assert any(f"{last + 1}年" in line for line in advice["warnings"]) is warned


def test_vat_data_before_the_holiday_are_followed_up_after_it(shop: Shop) -> None:
    at = datetime(2025, 9, 30, 13, tzinfo=SHANGHAI)
    reader = FakeReader({VAT_DATA: "invoice_request"})

    advice = shop.desk.advise(
        Message("vat", "m", VAT_DATA, at, order_no=ORDER.order_no), reader.understand(VAT_DATA)
    )

    assert advice["follow_up"]["on"] == "2025-10-09"
