"""The desk on a real database, with understanding that a test decides."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Note, Order, OrderStatus, PaymentMethod, Refund, RefundStatus
from bot.services.desk import Message
from bot.services.ports import MessageIdTaken, UnderstandingDown, UnknownScript
from tests.databases import new_database
from tests.desks import desk_on
from tests.fakes import DownReader, FakeReader

NOW = datetime(2025, 10, 20, 12, tzinfo=SHANGHAI)

ROUTER = Order(
    "251014000001",
    status=OrderStatus.DELIVERED,
    nickname="小雨",
    received_at=NOW - timedelta(days=3),
    signed_by="本人",
    courier="韵达",
    lines=(Line("RT-1", "双频路由器", 1, Decimal("189.00"), Decimal("189.00")),),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path / "shop.db")
    yield opened
    opened.close()


class Chat:
    """One conversation, written down as in a play."""

    def __init__(self, database: Database, intents: Mapping[str, str], **about: Any) -> None:
        self.database = database
        self.desk = desk_on(database, FakeReader(intents))
        self._about = about
        self._turns = 0

    def customer(self, text: str) -> dict[str, Any]:
        return self.desk.advise(Message("c", self._next(), text, self._at(), **self._about))

    def agent(self, text: str) -> Any:
        return self.desk.observe("c", self._next(), text, self._at())

    def _next(self) -> str:
        self._turns += 1
        return f"m{self._turns}"

    def _at(self) -> datetime:
        return NOW + timedelta(minutes=self._turns)


@pytest.fixture
def chat(database: Database) -> Callable[..., Chat]:
    def start(intents: Mapping[str, str], *orders: Order, **about: Any) -> Chat:
        SqlOrders(database).upsert(*orders)
        return Chat(database, intents, **about)

    return start


def test_a_missing_cable_goes_from_looking_again_to_the_compensation(chat: Any) -> None:
    talk = chat({"没收到网线": "missing_cable"}, ROUTER, order_no=ROUTER.order_no)

    steps = [talk.customer("没收到网线")["step"]]
    talk.agent("网线是灰色的一小捆，可能夹在快递袋里，您再翻翻好吗")
    steps.append(talk.customer("翻过了没有")["step"])
    talk.agent("会不会是拆包裹的时候掉在桌子底下了？")
    steps.append(talk.customer("桌子底下也找了，没有")["step"])
    talk.agent("实在查不出丢在哪一步了，补您网线的钱可以吗")
    accepted = talk.customer("行吧")

    assert steps == ["look_again", "check_unpacking", "offer_compensation"]
    assert (accepted["decision"], accepted["amount"]) == ("allow", "2.00")
    assert accepted["verdict"]["flips_on"] == "2025-10-25"


def test_what_was_said_at_once_is_not_asked_again(chat: Any) -> None:
    words = "盒子里外都翻过了，桌子底下地上也找了，就是没有网线"
    talk = chat({words: "missing_cable"}, ROUTER, order_no=ROUTER.order_no)

    advice = talk.customer(words)

    assert advice["step"] == "offer_compensation"


def test_a_plain_yes_to_a_request_is_no_result(chat: Any) -> None:
    talk = chat({"没收到网线": "missing_cable", "好的": "affirm"}, ROUTER, order_no=ROUTER.order_no)
    talk.customer("没收到网线")
    talk.agent("麻烦您再找一下快递袋和盒子好吗")

    advice = talk.customer("好的")

    assert advice["step"] == "look_again"


def test_the_same_message_again_gets_the_same_advice_and_is_kept_once(
    chat: Any, database: Database
) -> None:
    talk = chat({"没收到网线": "missing_cable"}, ROUTER)
    message = Message("c", "m1", "没收到网线", NOW, order_no=ROUTER.order_no)

    first, again = talk.desk.advise(message), talk.desk.advise(message)

    stored = SqlConversations(database).load("c")
    assert first == again
    assert stored is not None
    assert [turn.id for turn in stored.turns] == ["m1"]


def test_a_message_is_kept_before_it_is_understood_and_answered_later(database: Database) -> None:
    SqlOrders(database).upsert(ROUTER)
    message = Message("c", "m1", "没收到网线", NOW, order_no=ROUTER.order_no)

    with pytest.raises(UnderstandingDown):
        desk_on(database, DownReader()).advise(message)

    kept = SqlConversations(database).load("c")
    assert kept is not None
    assert [turn.text for turn in kept.turns] == ["没收到网线"]
    later = desk_on(database, FakeReader({"没收到网线": "missing_cable"})).advise(message)
    assert later["step"] == "look_again"


def test_another_process_goes_on_where_the_first_stopped(chat: Any, database: Database) -> None:
    talk = chat({"没收到网线": "missing_cable"}, ROUTER, order_no=ROUTER.order_no)
    talk.customer("没收到网线")
    talk.agent("麻烦您再找一下快递袋和盒子好吗")

    restarted = desk_on(database, FakeReader({}))
    advice = restarted.advise(Message("c", "later", "都找过了 没有", NOW))

    assert advice["step"] == "check_unpacking"


def test_the_data_decides_over_the_words_and_both_are_shown(chat: Any) -> None:
    late = replace(ROUTER, received_at=NOW - timedelta(days=10))
    words = "昨天刚收到，没有网线"
    talk = chat({words: "missing_cable"}, late, order_no=ROUTER.order_no)

    advice = talk.customer(words)

    assert advice["step"] == "reported_late"
    assert any("10月19日" in w and "10月10日" in w for w in advice["warnings"])


def test_a_refund_paid_meanwhile_changes_the_advice(chat: Any, database: Database) -> None:
    waiting = replace(
        ROUTER,
        payment_method=PaymentMethod.ALIPAY,
        refund=Refund(type="仅退款", status=RefundStatus.APPROVED),
    )
    words = {"退款呢": "refund_not_received", "还没有吗": "refund_not_received"}
    talk = chat(words, waiting, order_no=ROUTER.order_no)
    before = talk.customer("退款呢")["step"]

    paid = replace(waiting.refund, status=RefundStatus.PAID, succeeded_at=NOW)
    SqlOrders(database).upsert(replace(waiting, refund=paid))

    assert (before, talk.customer("还没有吗")["step"]) == ("approved", "balance")


def test_several_orders_are_named_and_the_second_one_is_the_second_that_was_named(
    chat: Any,
) -> None:
    jeans = replace(ROUTER, order_no="251001000001", lines=(Line("J", "直筒牛仔裤"),))
    slacks = replace(ROUTER, order_no="251002000002", lines=(Line("S", "休闲长裤"),))
    talk = chat({"裤子太大了想换": "size_issue"}, jeans, slacks, nickname="小雨")

    asked = talk.customer("裤子太大了想换")
    talk.agent("您说的是牛仔裤那单还是休闲长裤那单？")
    chosen = talk.customer("第二个")

    assert asked["step"] == "which_order"
    assert "牛仔裤" in asked["replies"][0]["text"]
    assert "休闲长裤" in asked["replies"][0]["text"]
    assert chosen["order_no"] == slacks.order_no
    assert chosen["case"] == "size_issue"


def test_a_number_that_belongs_to_no_order_is_asked_for_again(chat: Any) -> None:
    words = "订单88880000123456到哪了"
    talk = chat({words: "where_is_my_order"})

    advice = talk.customer(words)

    assert (advice["step"], advice["decided_by"]) == ("order_not_found", "bot")


def test_an_order_is_found_by_its_number_in_wide_digits(chat: Any) -> None:
    shipped = replace(ROUTER, status=OrderStatus.SHIPPED, tracking_no="YD1", received_at=None)
    words = "２５１０１４０００００１ 到哪了"
    talk = chat({words: "where_is_my_order"}, shipped)

    advice = talk.customer(words)

    assert advice["order_no"] == ROUTER.order_no
    assert advice["step"] == "look_it_up"


def test_a_note_of_the_staff_is_a_fact_with_its_words(chat: Any) -> None:
    parcel = replace(
        ROUTER,
        status=OrderStatus.SHIPPED,
        received_at=None,
        courier="中通",
        notes=(Note("中通回复今晚退回", NOW),),
    )
    talk = chat({"不要了帮我退": "intercept_parcel"}, parcel, order_no=ROUTER.order_no)

    advice = talk.customer("不要了帮我退")

    assert advice["step"] == "courier_promises"
    assert advice["register"]["name"] == "物流丢件登记"
    assert {"fact": "courier_returning", "value": True, "from": "note", "as_of": "2025-10-20"} in (
        advice["verdict"]["reasons"]
    )


def test_a_wish_that_means_another_case_in_this_state_opens_that_case(chat: Any) -> None:
    parcel = replace(ROUTER, status=OrderStatus.SHIPPED, received_at=None)
    talk = chat({"整单不要了": "cancel_order"}, parcel, order_no=ROUTER.order_no)

    assert talk.customer("整单不要了")["case"] == "intercept_parcel"


def test_thanks_after_an_answer_close_the_conversation_kindly(chat: Any) -> None:
    shipped = replace(ROUTER, status=OrderStatus.SHIPPED, tracking_no="YD1", received_at=None)
    words = {"到哪了": "where_is_my_order", "好的谢谢": "thanks"}
    talk = chat(words, shipped, order_no=ROUTER.order_no)
    told = talk.customer("到哪了")
    talk.desk.observe(
        "c", "sent", told["replies"][0]["text"], NOW, script=told["replies"][0]["script"]
    )

    advice = talk.customer("好的谢谢")

    assert (advice["case"], advice["decision"]) == ("thanks", "inform")


def test_what_nobody_understands_is_asked_once_and_then_handed_over(chat: Any) -> None:
    talk = chat({}, ROUTER, order_no=ROUTER.order_no)

    first = talk.customer("咕噜咕噜")
    talk.desk.observe(
        "c", "sent", first["replies"][0]["text"], NOW, script=first["replies"][0]["script"]
    )
    second = talk.customer("哔哩吧啦")

    assert (first["step"], second["decision"]) == ("ask_what", "handover")


def test_a_reply_used_already_is_worded_differently_the_next_time(chat: Any) -> None:
    talk = chat({"没收到网线": "missing_cable"}, ROUTER, order_no=ROUTER.order_no)
    first = talk.customer("没收到网线")["replies"][0]
    talk.desk.observe("c", "sent", first["text"], NOW, script="missing_cable.look_again")

    second = talk.customer("没收到网线")["replies"][0]

    assert first["text"] != second["text"]


def test_phone_and_address_stand_masked_in_a_record(chat: Any) -> None:
    order = replace(
        ROUTER, recipient="雨", phone="13900001234", address="示例省示例市示例路一号楼二单元"
    )
    words = "找遍了桌上地上都没有网线，不要钱，我可以等，给我补寄一根"
    talk = chat({words: "missing_cable"}, order, order_no=ROUTER.order_no)

    fields = talk.customer(words)["register"]["fields"]

    assert fields["电话"] == "139****1234"
    assert "一号楼" not in fields["地址"]


def test_a_colleague_who_goes_on_after_an_outburst_takes_the_case_up_again(chat: Any) -> None:
    intents = {"没收到网线": "missing_cable", "什么破店": "complaint"}
    talk = chat(intents, ROUTER, order_no=ROUTER.order_no)
    talk.customer("没收到网线")
    talk.agent("网线是灰色的一小捆，可能夹在快递袋里，您再翻翻好吗")
    outburst = talk.customer("什么破店")

    taken_up = talk.agent("真抱歉，您再翻翻袋子好吗")
    advice = talk.customer("翻过了没有")

    assert outburst["case"] == "complaint"
    assert (taken_up.playbook, taken_up.step) == ("missing_cable", "look_again")
    assert (advice["case"], advice["step"]) == ("missing_cable", "check_unpacking")


def test_markup_in_a_message_stays_text(chat: Any) -> None:
    words = "<script>alert(1)</script>{amount}{{7*7}}'; DROP TABLE orders;--"
    talk = chat({words: "complaint"}, ROUTER, order_no=ROUTER.order_no)

    advice = talk.customer(words)

    assert advice["case"] == "complaint"
    assert talk.customer("还在吗")["order_no"] == ROUTER.order_no


def test_the_same_message_id_in_two_conversations_stands_for_two_messages(chat: Any) -> None:
    talk = chat({"没收到网线": "missing_cable", "到哪了": "where_is_my_order"}, ROUTER)
    number = ROUTER.order_no

    first = talk.desk.advise(Message("a", "1", "没收到网线", NOW, order_no=number))
    second = talk.desk.advise(Message("b", "1", "到哪了", NOW, order_no=number))

    assert (first["conversation_id"], first["case"]) == ("a", "missing_cable")
    assert (second["conversation_id"], second["case"]) == ("b", "where_is_my_order")


def test_a_message_id_cannot_stand_for_another_text(chat: Any) -> None:
    talk = chat({"没收到网线": "missing_cable"}, ROUTER)
    talk.desk.advise(Message("a", "1", "没收到网线", NOW))

    with pytest.raises(MessageIdTaken, match="1"):
        talk.desk.advise(Message("a", "1", "退款呢", NOW))
    with pytest.raises(MessageIdTaken, match="1"):
        talk.desk.observe("a", "1", "没收到网线", NOW)


def test_a_suggestion_that_is_sent_late_counts_for_the_case_it_belongs_to(
    chat: Any, database: Database
) -> None:
    words = {"没收到网线": "missing_cable", "发票呢": "invoice_request"}
    talk = chat(words, ROUTER, order_no=ROUTER.order_no)
    early = talk.customer("没收到网线")
    talk.customer("发票呢")

    talk.desk.observe("c", "late", "再找找", NOW, script=early["replies"][0]["script"])

    stored = SqlConversations(database).load("c")
    assert stored is not None
    assert stored.turns[-1].reading.case == "missing_cable"


def test_a_script_that_no_playbook_has_is_refused(chat: Any) -> None:
    talk = chat({"没收到网线": "missing_cable"}, ROUTER, order_no=ROUTER.order_no)

    with pytest.raises(UnknownScript, match="no such step"):
        talk.desk.observe("c", "x", "好的", NOW, script="missing_cable.fly_away")


def test_a_history_is_taken_up_from_where_it_broke_off(database: Database) -> None:
    SqlOrders(database).upsert(ROUTER)
    before = [
        ("customer", "没收到网线"),
        ("agent", "麻烦您再找一下快递袋和盒子好吗"),
        ("customer", "找过了没有"),
    ]
    message = Message("c", "now", "还有别的办法吗", NOW, order_no=ROUTER.order_no)
    known = FakeReader({"没收到网线": "missing_cable"})
    with pytest.raises(UnderstandingDown):
        desk_on(database, DownReader()).advise_after(before, message)

    advice = desk_on(database, known).advise_after(before, message)

    assert advice["step"] == "check_unpacking"
    stored = SqlConversations(database).load("c")
    assert stored is not None
    assert len(stored.turns) == 4


def test_an_order_of_another_name_is_not_shown_to_who_guesses_its_number(chat: Any) -> None:
    words = f"订单{ROUTER.order_no}到哪了"
    talk = chat({words: "where_is_my_order"}, ROUTER, nickname="别人")

    advice = talk.customer(words)

    assert advice["order_no"] is None
    assert advice["step"] == "order_not_found"


def test_an_order_number_that_the_door_gives_in_vain_does_not_hide_the_customers_own(
    chat: Any,
) -> None:
    talk = chat({"没收到网线": "missing_cable"}, ROUTER, order_no="999", nickname="小雨")

    assert talk.customer("没收到网线")["order_no"] == ROUTER.order_no


def test_a_long_order_number_stands_whole_in_a_record(chat: Any) -> None:
    order = replace(ROUTER, order_no="511861234567890123")
    words = "找遍了桌上地上都没有网线，不要钱，我可以等，给我补发一根"
    talk = chat({words: "missing_cable"}, order, order_no=order.order_no)

    assert talk.customer(words)["register"]["fields"]["订单号"] == order.order_no


def test_two_messages_at_once_are_both_kept_and_worked_on_one_after_the_other(
    chat: Any, database: Database
) -> None:
    talk = chat({"没收到网线": "missing_cable"}, ROUTER, order_no=ROUTER.order_no)

    def send(number: int) -> str:
        message = Message("c", f"m{number}", "没收到网线", NOW, order_no=ROUTER.order_no)
        case: str = talk.desk.advise(message)["case"]
        return case

    with ThreadPoolExecutor(8) as pool:
        cases = list(pool.map(send, range(24)))

    stored = SqlConversations(database).load("c")
    assert stored is not None
    assert cases == ["missing_cable"] * 24
    assert len({turn.id for turn in stored.turns}) == 24


def test_the_second_want_of_a_message_is_kept_shown_and_taken_up_when_the_first_is_done(
    chat: Any,
) -> None:
    both = "没收到网线，另外发票什么时候开"
    intents = {"没收到网线": "missing_cable", "另外发票什么时候开": "invoice_request"}
    talk = chat(intents | {"谢谢": "thanks"}, ROUTER, order_no=ROUTER.order_no)

    first = talk.customer(both)
    talk.agent("网线是灰色的一小捆，可能夹在快递袋里，您再翻翻好吗")
    found = talk.customer("找到了，在夹层里")
    talk.agent("找到就好，谢谢您，有问题随时找我们")
    next_one = talk.customer("谢谢")

    assert first["case"] == found["case"] == "missing_cable"
    assert any("发票" in warning for warning in first["warnings"])
    assert next_one["case"] == "invoice_request"


def test_a_question_in_between_is_answered_and_the_first_case_goes_on(chat: Any) -> None:
    intents = {"没收到网线": "missing_cable", "运费险多久赔": "freight_insurance"}
    talk = chat(intents, ROUTER, order_no=ROUTER.order_no)
    talk.customer("没收到网线")
    talk.agent("网线是灰色的一小捆，可能夹在快递袋里，您再翻翻好吗")

    aside = talk.customer("运费险多久赔")
    talk.agent("退款成功之后运费险72小时内会赔到您的支付宝")
    back = talk.customer("袋子里翻过了，还是没有")

    assert aside["case"] == "freight_insurance"
    assert (back["case"], back["step"]) == ("missing_cable", "check_unpacking")


def test_messages_sent_in_one_go_are_read_as_one(chat: Any) -> None:
    pieces = ["我买的路由器", "里面没有网线", "桌子底下也看了"]
    talk = chat({"里面没有网线": "missing_cable"}, ROUTER, order_no=ROUTER.order_no)

    advices = [talk.customer(piece) for piece in pieces]

    assert advices[-1]["case"] == "missing_cable"
    assert advices[-1]["step"] == "look_again"


def test_an_order_is_judged_by_the_rules_of_its_own_shop(chat: Any) -> None:
    lamp = replace(ROUTER, order_no="251014000009", shop="木禾家居", nickname="小云")
    talk = chat({"没收到网线": "missing_cable"}, ROUTER, lamp, order_no=lamp.order_no)

    advice = talk.customer("没收到网线")
    kept = SqlConversations(talk.database).load("c")

    assert advice["case"] == "missing_cable"
    assert kept is not None
    assert kept.shop == "木禾家居"
