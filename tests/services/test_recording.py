"""What a reply that was sent writes into the registers: real rules, real database."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.adapters.registers_sql import SqlRegisters
from bot.core.conversation import Speaker
from bot.core.orders import Exchange, Line, Order, OrderStatus
from bot.core.people import Role
from bot.core.records import Approval, Record, State
from bot.services.desk import Message
from bot.services.ports import WantedRecords
from bot.services.recording import agent_limit
from tests.builders import policy
from tests.databases import new_database
from tests.desks import POLICY, desk_on
from tests.fakes import FakeReader
from tests.record_builders import NOW

ROUTER = Order(
    "251014000001",
    status=OrderStatus.DELIVERED,
    nickname="小雨",
    recipient="雨",
    phone="13900001234",
    address="示例省示例市示例路一号楼二单元",
    received_at=NOW - timedelta(days=3),
    signed_by="本人",
    courier="韵达",
    invoice_issued=True,
    lines=(Line("RT-1", "双频路由器", 1, Decimal("189.00"), Decimal("189.00")),),
)
WANTS_RESEND = "找遍了桌上地上都没有网线，不要钱，我可以等，给我补寄一根"
RESEND = "missing_cable.resend"


class Shop:
    def __init__(self, database: Database, intents: Mapping[str, str]) -> None:
        SqlOrders(database).upsert(ROUTER)
        self.conversations = SqlConversations(database)
        self._registers = SqlRegisters(database)
        self._orders = SqlOrders(database)
        self._desk = desk_on(database, FakeReader(intents))

    def keep(self, order: Order) -> None:
        self._orders.upsert(order)

    def customer(self, text: str, number: str = "1", order_no: str | None = ROUTER.order_no) -> Any:
        return self._desk.advise(Message("c", f"k{number}", text, NOW, order_no=order_no))

    def sends(self, text: str, script: str | None = None, number: str = "1", **by: Any) -> None:
        self._desk.observe("c", f"a{number}", text, NOW, script=script, **by)

    @property
    def records(self) -> list[Record]:
        return list(self._registers.find(WantedRecords()))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path / "shop.db")
    yield opened
    opened.close()


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database, {WANTS_RESEND: "missing_cable"})


def test_the_advice_alone_writes_nothing(shop: Shop) -> None:
    advice = shop.customer(WANTS_RESEND)

    assert advice["register"]["name"] == "补发记录"
    assert shop.records == []


def test_sent_the_entry_of_the_advice_stands_in_the_register(shop: Shop) -> None:
    advice = shop.customer(WANTS_RESEND)
    shop.sends(advice["replies"][0]["text"], RESEND)

    (record,) = shop.records
    register = POLICY.registers[record.register]
    assert register.masked(record.fields) == advice["register"]["fields"]
    assert (record.state, record.order_no) == (State.WAITING, ROUTER.order_no)
    assert record.conversation_id == "c"


def test_the_record_holds_what_the_warehouse_needs_the_advice_shows_it_masked(shop: Shop) -> None:
    advice = shop.customer(WANTS_RESEND)
    shop.sends("好的", RESEND)

    (record,) = shop.records
    assert (record.fields["电话"], record.fields["地址"]) == (ROUTER.phone, ROUTER.address)
    assert advice["register"]["fields"]["电话"] == "139****1234"


def test_a_reply_in_the_agents_own_words_is_recorded_too(shop: Shop) -> None:
    shop.customer(WANTS_RESEND)
    shop.sends("好的，已经给您登记补发一根网线了")

    assert [record.fields["补发内容"] for record in shop.records] == ["网线"]


def test_the_same_message_again_records_nothing_again(shop: Shop) -> None:
    shop.customer(WANTS_RESEND)
    for _ in range(2):
        shop.sends("好的", RESEND)

    assert [record.version for record in shop.records] == [1]


def test_said_again_in_another_message_it_is_the_same_record(shop: Shop) -> None:
    shop.customer(WANTS_RESEND)
    shop.sends("好的", RESEND)
    shop.sends("补发给您登记好了", RESEND, "2")

    assert [record.version for record in shop.records] == [2]


def test_a_reply_that_carries_out_no_step_with_a_record_writes_nothing(shop: Shop) -> None:
    shop.customer(WANTS_RESEND)
    shop.sends("麻烦您再找找", "missing_cable.look_again")
    shop.sends("嗯", None, "2")

    assert shop.records == []


def test_what_is_not_known_is_left_open_and_named(shop: Shop) -> None:
    shop.keep(replace(ROUTER, order_no="251014000002", phone="139****1234", address=None))
    shop.customer(WANTS_RESEND, order_no="251014000002")
    shop.sends("好的", RESEND)

    (record,) = shop.records
    assert POLICY.registers[record.register].missing(record.fields) == ("电话", "地址")


def test_without_an_order_it_is_an_entry_about_the_conversation(shop: Shop) -> None:
    shop.customer(WANTS_RESEND, order_no=None)
    shop.sends("好的", RESEND)

    (record,) = shop.records
    assert (record.order_no, record.about) == ("", "会话 c")


def test_who_wrote_it_and_in_which_message_stands_in_the_history(
    shop: Shop, database: Database
) -> None:
    shop.customer(WANTS_RESEND)
    shop.sends("好的", RESEND, speaker=Speaker.BOT)

    (line,) = SqlRegisters(database).history(shop.records[0].id)
    assert (line.by.role, line.source) == (Role.BOT, "会话 c 消息 a1")


def test_money_to_be_paid_is_recorded_with_the_whole_account(database: Database) -> None:
    words = "换的那款便宜，差价退到支付宝 linwan@example.com，实名认证过的"
    shop = Shop(database, {words: "exchange_price_difference"})
    shop.keep(replace(ROUTER, exchange=Exchange(agreed=True, new_price=Decimal("159.00"))))
    advice = shop.customer(words)

    shop.sends("好的", "exchange_price_difference.pay_out")

    (record,) = shop.records
    assert advice["register"]["fields"]["支付宝账号"] == "l***@example.com"
    assert record.fields["支付宝账号"] == "linwan@example.com"
    assert (record.amount, record.fields["类型"]) == (Decimal("30.00"), "差价")
    assert record.approval is Approval.NOT_NEEDED  # it is owed, not given


def test_a_step_that_was_not_advised_records_the_amount_of_the_rules(database: Database) -> None:
    shop = Shop(database, {"你好": "greet"})
    shop.keep(replace(ROUTER, exchange=Exchange(agreed=True, new_price=Decimal("159.00"))))
    shop.customer("你好")

    shop.sends("差价给您登记退", "exchange_price_difference.pay_out")

    assert [record.amount for record in shop.records] == [Decimal("30.00")]


@pytest.mark.parametrize(("rules", "limit"), [(POLICY, "20.00"), (policy(), "0")])
def test_where_no_figure_says_so_an_agent_may_give_nothing(rules: Any, limit: str) -> None:
    assert agent_limit(rules, NOW.date()) == Decimal(limit)
