"""A day at the shop: its duties, what is due, and what the shift hands over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.core.conversation import Speaker
from bot.core.duties import OpenRecord
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Order, OrderStatus
from bot.services.desk import Message
from bot.services.duties import Duties, today_as_json
from bot.services.handover import Handovers, OpenCase, handover_as_json
from tests.databases import new_database
from tests.desks import POLICY, desk_on
from tests.fakes import FakeReader

MONDAY = datetime(2025, 10, 13, 9, tzinfo=SHANGHAI)
ORDER = Order(
    "251008000001",
    status=OrderStatus.DELIVERED,
    received_at=MONDAY - timedelta(days=3),
    signed_by="本人",
    lines=(Line("RT-1", "双频路由器", 1, Decimal("189.00"), Decimal("189.00")),),
)
INTENTS = {"没收到网线": "missing_cable", "谢谢": "thanks", "退款呢": "refund_not_received"}


@dataclass
class FakeRecords:
    """The open entries it was given."""

    kept: list[OpenRecord] = field(default_factory=list)

    def open_records(self) -> Sequence[OpenRecord]:
        return self.kept


class Shop:
    def __init__(self, database: Database) -> None:
        SqlOrders(database).upsert(ORDER)
        self.conversations = SqlConversations(database)
        self.records = FakeRecords()
        self.desk = desk_on(database, FakeReader(INTENTS))
        self.duties = Duties(lambda: POLICY, self.desk.ledger, self.records)
        self.handovers = Handovers(self.duties, self.conversations)
        self.sent = 0

    def customer(self, text: str, at: datetime = MONDAY, chat: str = "c") -> None:
        self.sent += 1
        self.desk.advise(Message(chat, f"m{self.sent}", text, at, order_no=ORDER.order_no))

    def agent(
        self, text: str, at: datetime = MONDAY, chat: str = "c", script: str | None = None
    ) -> None:
        self.sent += 1
        self.desk.observe(chat, f"m{self.sent}", text, at, Speaker.AGENT, script)

    def cases(self, at: datetime = MONDAY) -> tuple[OpenCase, ...]:
        return self.handovers.at(at).cases


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    database = new_database(tmp_path / "shop.db")
    yield Shop(database)
    database.close()


def test_a_monday_has_vat_data_at_ten_and_the_registers(shop: Shop) -> None:
    found = shop.duties.at(MONDAY)

    assert [(duty.id, duty.due.hour) for duty in found.duties] == [
        ("vat_data", 10),
        ("weekly_registers", 23),
    ]


def test_what_is_due_today_or_before_is_listed_and_what_comes_later_is_not(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("我三点前回复您，明天给您回电")

    today = shop.duties.at(MONDAY).promises
    tomorrow = shop.duties.at(MONDAY + timedelta(days=1)).promises

    assert [one.commitment.what for one in today] == ["我三点前回复您"]
    assert [one.commitment.what for one in tomorrow] == ["我三点前回复您", "明天给您回电"]


def test_entries_of_the_registers_stand_under_their_duty(shop: Shop) -> None:
    entry = OpenRecord(
        "1", "增票登记", "待办", MONDAY - timedelta(days=1), ORDER.order_no, ("税号",)
    )
    shop.records.kept = [entry]

    shown = today_as_json(shop.duties.at(MONDAY))

    duty = shown["duties"][0]
    assert duty["due"] == "2025-10-13T10:00:00+08:00"
    assert duty["records"][0]["order_no"] == ORDER.order_no
    assert duty["records"][0]["missing"] == ["税号"]


@pytest.mark.parametrize(("day", "warned"), [(24, False), (25, True)])
def test_a_year_that_is_not_announced_is_warned_of_a_week_ahead(
    shop: Shop, day: int, warned: bool
) -> None:
    last = max(POLICY.figures.working_days.known_years)

    found = shop.duties.at(datetime(last, 12, day, 9, tzinfo=SHANGHAI))

    assert bool(found.warnings) is warned
    assert all(f"{last + 1}年" in warning for warning in found.warnings)


# ---- the shift's handover ----


def test_an_unanswered_customer_is_handed_over_with_the_next_step(shop: Shop) -> None:
    shop.customer("没收到网线")

    (case,) = shop.cases()

    assert (case.waits_for, case.order_no, case.title) == ("shop", ORDER.order_no, "没收到网线")
    assert case.next_step.startswith("先问清：")


def test_a_question_that_the_customer_has_not_answered_waits_for_them(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("您再找找好吗", script="missing_cable.look_again")

    (case,) = shop.cases()

    assert case.waits_for == "customer"
    assert case.next_step.startswith("等客户回答：")


@pytest.mark.parametrize(("then", "open_cases"), [("谢谢", 0), ("退款呢", 1)])
def test_a_settled_case_is_not_handed_over_unless_the_customer_comes_back(
    shop: Shop, then: str, open_cases: int
) -> None:
    shop.customer("没收到网线")
    shop.agent("已登记", script="missing_cable.resend")
    assert shop.cases() == ()

    shop.customer(then)

    assert len(shop.cases()) == open_cases


def test_who_waits_for_the_shop_comes_first_and_the_longest_waiting_before_the_others(
    shop: Shop,
) -> None:
    for chat, minutes in (("late", 30), ("early", 10)):
        shop.customer("没收到网线", MONDAY + timedelta(minutes=minutes), chat)
    shop.customer("没收到网线", MONDAY, "answered")
    shop.agent("您再找找好吗", MONDAY, "answered", "missing_cable.look_again")

    assert [case.conversation_id for case in shop.cases()] == ["early", "late", "answered"]


@pytest.mark.parametrize(("days", "found"), [(15, 1), (16, 0)])
def test_a_conversation_without_a_word_is_a_case_as_long_as_orders_are_tracked(
    shop: Shop, days: int, found: int
) -> None:
    shop.customer("没收到网线")

    assert len(shop.cases(MONDAY + timedelta(days=days))) == found


def test_promises_and_records_are_handed_over_however_old(shop: Shop) -> None:
    shop.customer("没收到网线")
    shop.agent("给您登记补发")
    shop.records.kept = [OpenRecord("1", "补发记录", "待办", MONDAY, ORDER.order_no)]

    shown = handover_as_json(shop.handovers.at(MONDAY + timedelta(days=60)))

    assert [one["what"] for one in shown["promises"]] == ["给您登记补发"]
    assert [one["register"] for one in shown["records"]] == ["补发记录"]
    assert shown["cases"] == []


def test_a_quote_of_the_customer_bears_no_contacts(shop: Shop) -> None:
    shop.customer("我电话13800001234，没收到网线")

    assert "13800001234" not in shop.cases()[0].last_words
