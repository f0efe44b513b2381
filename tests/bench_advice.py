"""How long an advice takes beside what understanding takes, in a small shop and in a large one."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from bot import wiring
from bot.adapters.database import Database
from bot.core.moments import SHANGHAI
from bot.core.understanding import Entity, Intent, Understanding
from bot.language.extract import Extractor
from bot.services.desk import Desk, Message

CONVERSATIONS = 440
WARM_UP = 40
"""How many of them come before the timing: what is measured is a server at work."""

type Talk = tuple[tuple[str, str, str], ...]

_TALKS: tuple[Talk, ...] = (
    (("好的,谢谢", "thanks", ""),),
    (("退款什么时候能到账", "refund_not_received", ""),),
    (("昨天刚买今天就降价了,能退差价吗", "price_drop", "请把现在的价格截图发给我看看"),),
    (
        ("快递三天没动了,帮我看看到哪里了", "where_is_my_order", "帮您看看,请稍等"),
        ("到底什么时候能到?急用", "urge_reply", "已经帮您催促快递了,明天给您回复"),
    ),
    (
        ("衣服大了一码,可以换小一号吗", "size_issue", "请问吊牌还在吗?没有洗过吧"),
        ("吊牌都在的,没洗过", "provide_info", "可以换的,运费需要您承担哦"),
        ("行吧,那就换一件M码", "affirm", "好的,给您登记换货了"),
    ),
    (
        ("你好,买的路由器收到了,盒子里没有网线", "missing_cable", "麻烦您再翻翻包装盒看看"),
        ("都翻过了没有,本人签收的,包装没破", "provide_info", "会不会是拆的时候掉在桌子底下了?"),
        ("桌子底下也找了", "provide_info", "补您网线的钱可以吗"),
        ("补两块钱?行", "affirm", "好的,马上给您补"),
    ),
    (
        ("电源插上灯不亮,是不是坏了", "faulty_power_adapter", "换个插座试过吗?"),
        ("换了插座也不亮", "provide_info", "请拍个照片发过来"),
        ("[图片]", "provide_info", "收到,帮您核实一下"),
        ("怎么还没有结果?", "urge_reply", "抱歉久等了,今天下班前给您答复"),
        ("那我要退货,运费谁出啊", "return_freight", "质量问题运费由我们承担"),
        ("好", "affirm", ""),
    ),
    (
        ("收到的杯子碎了,怎么办", "damaged_item", "给您添麻烦了,请发一下破损的照片"),
        ("照片发你了,箱子都压扁了,前天收到的", "provide_info", "看到了,给您补发可以吗"),
        ("不要补发,退钱", "refund_amount", "好的,给您申请退款"),
        ("客服一直不回,我要投诉", "complaint", "非常抱歉,马上为您处理"),
        ("退多少?", "refund_amount", ""),
    ),
)
"""Each customer's message with the case that was understood and the agent's reply."""


@dataclass(frozen=True, slots=True)
class Customer:
    """Who writes, and what the door knows."""

    writes_at: datetime
    nickname: str
    order_no: str | None


class GivenReader:
    """Understands each message as it is told beforehand, at no cost."""

    degraded = False

    def __init__(self) -> None:
        extractor = Extractor()
        self._given: dict[str, Understanding] = {}
        for text, intent, _ in (message for talk in _TALKS for message in talk):
            found = extractor.extract(text)
            entities = tuple(Entity(e.entity, e.value, e.start, e.end, e.role) for e in found)
            self._given[text] = Understanding(text, _ranking(intent), entities)

    def understand(self, text: str) -> Understanding:
        return self._given.get(text) or Understanding(text, unsure=True)


def _ranking(intent: str) -> tuple[Intent, ...]:
    names = (intent, "provide_info", "missing_cable", "return_request", "where_is_my_order")
    return tuple(map(Intent, dict.fromkeys(names), (0.8, 0.1, 0.05, 0.03, 0.02)))


def time_advice(database: Database, customers: Iterable[Customer]) -> list[float]:
    """The milliseconds of each advice in a conversation of one to six messages a customer."""
    reader = GivenReader()
    policy = wiring.policy_store()
    policy.current().warm_up()
    desk = wiring.desk(reader, database, policy.current)
    taken: list[float] = []
    for number, (customer, talk) in enumerate(zip(customers, cycle(_TALKS), strict=False)):
        milliseconds = list(_talk(desk, reader, talk, customer, f"bench-{number}"))
        taken += milliseconds if number >= WARM_UP else []
    return taken


def _talk(
    desk: Desk, reader: GivenReader, talk: Talk, customer: Customer, name: str
) -> Iterator[float]:
    for turn, (text, _, reply) in enumerate(talk):
        moment = (customer.writes_at + timedelta(minutes=5 * turn)).astimezone(SHANGHAI)
        known = {"order_no": customer.order_no, "nickname": customer.nickname}
        message = Message(name, f"{turn}-customer", text, moment, **known)
        start = time.perf_counter()
        advice = desk.advise(message, reader.understand(text))
        yield (time.perf_counter() - start) * 1000
        assert advice["replies"], f"no reply to {text}"
        if reply:
            desk.observe(name, f"{turn}-agent", reply, moment + timedelta(minutes=1))
