"""A small shop for the tests of the doors: real database and policy, understanding by hand."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from argon2 import profiles

from bot import wiring
from bot.adapters.accounts_sql import SqlAccounts
from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database, sqlite_url
from bot.adapters.orders_sql import SqlOrders
from bot.adapters.passwords import Argon2Passwords
from bot.adapters.policy_store import PolicyStore
from bot.adapters.promises_sql import SqlPromises
from bot.adapters.resilient_reader import ResilientReader
from bot.core.accounts import Account
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Note, Order, OrderStatus, Refund, RefundStatus, ShipmentEvent
from bot.core.people import Role
from bot.core.policy import Policy
from bot.core.service_hours import FROM, UNTIL
from bot.core.understanding import Entity, Intent, Understanding
from bot.services.changes import Changes
from bot.services.desk import Desk
from bot.services.ports import UnderstandingDown
from bot.services.words import Words

ORDER_NO = "250904220031"
PASSWORD = "correct horse"
STAFF = {
    "小周": Role.AGENT,
    "小吴": Role.AGENT,
    "郑主管": Role.SUPERVISOR,
    "王会计": Role.FINANCE,
    "老库": Role.WAREHOUSE,
    "新来的": Role.TRAINEE,
    "负责人": Role.LEAD,
}
CHEAP = Argon2Passwords(profiles.CHEAPEST)
"""Verified like any other, quickly."""
NICKNAME = "慢慢走的鱼"
PHONE = "13812345678"

INTENTS = {
    "网线": ("missing_cable", "missing_item", "faulty_cable"),
    "退款": ("refund_not_received", "after_sales_progress", "refund_amount"),
    "坏": ("quality_issue", "damaged_item", "repair_request"),
    "找过": ("provide_info", "missing_cable", "deny"),
    "人工": ("ask_human", "complaint", "urge_reply"),
    "你好": ("greet", "presale_question", "urge_reply"),
}


UNSURE = {
    "钱": (("refund_not_received", 0.34), ("return_request", 0.29), ("refund_amount", 0.12)),
    "那个": (("provide_info", 0.31), ("missing_cable", 0.28), ("affirm", 0.2)),
}


class HandReader:
    """Understands the few words that the tests use, surely or not; ``down`` makes it stop
    answering.
    """

    def __init__(self) -> None:
        self.down = False
        self.heard: list[str] = []

    def understand(self, text: str) -> Understanding:
        if self.down:
            raise UnderstandingDown("switched off by the test")
        self.heard.append(text)
        numbers = re.finditer(r"\d{12}", text)
        entities = tuple(Entity("order_no", m.group(), m.start(), m.end()) for m in numbers)
        doubtful = next((guesses for word, guesses in UNSURE.items() if word in text), None)
        if doubtful:
            return Understanding(
                text, tuple(Intent(*one) for one in doubtful), entities, unsure=True
            )
        names = next((names for word, names in INTENTS.items() if word in text), ("out_of_scope",))
        ranking = tuple(Intent(n, c) for n, c in zip(names, (0.93, 0.04, 0.01), strict=False))
        return Understanding(text, ranking, entities)


def router_order(order_no: str = ORDER_NO, days_ago: int = 2) -> Order:
    """A router that was signed for a few days ago, by the customer."""
    now = datetime.now(SHANGHAI).replace(minute=5, second=0, microsecond=0)
    received = now - timedelta(days=days_ago)
    return Order(
        order_no=order_no,
        shop="路由器店",
        status=OrderStatus.DELIVERED,
        nickname=NICKNAME,
        phone=PHONE,
        recipient="余慢",
        address="浙江省杭州市西湖区某路 8 号 2 单元 301",
        placed_at=received - timedelta(days=4),
        paid_at=received - timedelta(days=4),
        shipped_at=received - timedelta(days=3),
        received_at=received,
        signed_by="本人签收",
        courier="圆通",
        tracking_no="YT4455667788",
        invoice_issued=False,
        lines=(
            Line("AX3000", "双频千兆路由器 AX3000", 1, Decimal("189.00"), Decimal("199.00")),
            Line("LAN-3M", "超五类网线 3 米", 2, Decimal("16.00"), Decimal("8.00")),
        ),
        events=(
            ShipmentEvent(received, "已签收，签收人：本人"),
            ShipmentEvent(received - timedelta(hours=5), "派送中，快递员电话 13900001111"),
        ),
        refund=Refund("仅退款", RefundStatus.APPLIED, received, Decimal("2.00")),
        notes=(Note("客户来电 13700002222 问过网线", received, "小周"),),
    )


def new_shop(file: Path) -> Path:
    """A database with one order in it; copying it is much quicker than making another."""
    with closing(Database(sqlite_url(file))) as database:
        database.migrate()
        SqlOrders(database).upsert(router_order())
        hashed = CHEAP.hash(PASSWORD)
        for name, role in STAFF.items():
            SqlAccounts(database).add(Account(name, role), hashed, datetime.now(SHANGHAI))
    return file


@contextmanager
def shop(
    file: Path, reader: HandReader, policy: "PolicyStore | PolicyAtHours", words: Words
) -> Iterator[wiring.Serving]:
    """The parts of a running shop on this database."""
    with (
        closing(Database(sqlite_url(file))) as database,
        closing(ResilientReader(reader, HandReader(), probe_seconds=0.05)) as resilient,
    ):
        changes = Changes()
        # Without what a model has learned of the words before a message: what was heard stands.
        desk = Desk(
            policy.current,
            SqlOrders(database),
            SqlConversations(database),
            resilient,
            words,
            SqlPromises(database),
            tell=changes.tell,
        )
        yield wiring.Serving(database, policy, resilient, desk, changes)


class PolicyAtHours:
    """The shop's policy with other hours of service: a test must not depend on the clock's."""

    def __init__(self, store: PolicyStore, begins: str, ends: str) -> None:
        self._store = store
        self._hours = {FROM: begins, UNTIL: ends}
        self.fault: str | None = None

    @classmethod
    def away(cls, store: PolicyStore) -> "PolicyAtHours":
        """Nobody is there now, whenever the test runs."""
        now = datetime.now(SHANGHAI)
        begins, ends = (f"{now + timedelta(hours=n):%H:%M}" for n in (1, 2))
        return cls(store, begins, ends)

    def current(self) -> Policy:
        policy = self._store.current()
        shops = {name: self._with_hours(one) for name, one in policy.shops.items()}
        return replace(self._with_hours(policy), shops=shops)

    def _with_hours(self, policy: Policy) -> Policy:
        hours = {
            name: replace(policy.figures[name], values={date.min: time})
            for name, time in self._hours.items()
        }
        return replace(policy, figures=policy.figures.with_(hours))
