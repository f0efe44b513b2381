"""What a change of the rules would have changed in past conversations."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.database import Database, sqlite_url
from bot.adapters.orders_sql import SqlOrders
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.days import Unit
from bot.core.orders import Line, Order, OrderStatus
from bot.core.parameters import Parameter
from bot.core.policy import Policy
from bot.core.scripts import Scripts
from bot.services.comparison import Change, Compared, Remembering, compare
from bot.services.desk import Desk
from tests.builders import FIRST_DAY, moment
from tests.desks import POLICY, desk_on
from tests.fakes import FakeReader

SEARCHED = "盒子里外都翻过了，桌子底下地上也找了，就是没有网线"
ROUTER = Order(
    "251014000001",
    status=OrderStatus.DELIVERED,
    received_at=moment() - timedelta(days=3),
    lines=(Line("RT-1", "双频路由器", 1, Decimal("189.00"), Decimal("189.00")),),
)
PAST = Conversation(
    "past",
    order_no=ROUTER.order_no,
    turns=(
        Turn("0", Speaker.CUSTOMER, f"{SEARCHED}，打13800001234找我", moment()),
        Turn("1", Speaker.AGENT, "补您网线的钱可以吗", moment()),
        Turn("2", Speaker.CUSTOMER, "可以", moment()),
    ),
)


@pytest.fixture
def changes(tmp_path: Path) -> Iterator[object]:
    """The changes that another policy makes in the past conversation, and how much was played."""
    reader = Remembering(FakeReader({PAST.turns[0].text: "missing_cable", "可以": "affirm"}))
    with (
        closing(Database(sqlite_url(tmp_path / "one.db"))) as one,
        closing(Database(sqlite_url(tmp_path / "two.db"))) as two,
    ):
        for database in (one, two):
            database.migrate()
        SqlOrders(one).upsert(ROUTER)

        def desk(policy: Policy, kept_in: Database) -> Desk:
            return desk_on(one, reader, policy, kept_in=kept_in)

        def changed(other: Policy) -> tuple[list[Change], Compared]:
            count = Compared()
            return list(compare([PAST], desk(POLICY, one), desk(other, two), count)), count

        yield changed


def test_the_same_rules_change_nothing(changes: object) -> None:
    found, count = changes(POLICY)  # type: ignore[operator]

    assert found == []
    assert (count.conversations, count.advices, count.changed) == (1, 2, 0)


def test_another_figure_changes_amount_and_wording_and_nothing_else(changes: object) -> None:
    dearer = Parameter("cable_compensation", "网线补偿", Unit.CNY, {FIRST_DAY: Decimal("3.00")})
    other = replace(POLICY, figures=POLICY.figures.with_({dearer.name: dearer}))

    found, count = changes(other)  # type: ignore[operator]

    assert [change.message for change in found] == ["0", "2"]
    assert found[0].before["amount"] == "2.00"
    assert found[0].after["amount"] == "3.00"
    assert found[0].before.keys() == {"amount", "reply"}
    assert count.changed == 2


def test_another_wording_alone_is_a_change_too(changes: object) -> None:
    script = "missing_cable.offer_compensation"
    words = {name: POLICY.scripts.variants(name) for name in POLICY.scripts.names()}
    other = replace(POLICY, scripts=Scripts({**words, script: ("补您{amount}元行吗",)}))

    change = changes(other)[0][0]  # type: ignore[operator]

    assert change.after == {"reply": "补您2元行吗"}


def test_a_customers_phone_is_not_shown(changes: object) -> None:
    other = replace(POLICY, scripts=Scripts({}))

    found, _ = changes(other)  # type: ignore[operator]

    assert "138****1234" in found[0].text
