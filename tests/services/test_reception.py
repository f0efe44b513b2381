"""What the bot says by itself, when it hands over, and when it keeps quiet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.chat_sql import SqlHandoffs
from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.desk_sql import SqlDeskState
from bot.adapters.orders_sql import SqlOrders
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.handed_over import Handoff, Why, asked_again
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Order, OrderStatus, ShipmentEvent
from bot.core.promises import Kind
from bot.services.desk import Message
from bot.services.promising import commitments_in
from bot.services.reception import Answer, Reception
from tests.databases import new_database
from tests.desks import POLICY, desk_on
from tests.fakes import FakeReader

NOW = datetime(2025, 10, 20, 12, tzinfo=SHANGHAI)
INTENTS = {
    "没收到网线": "missing_cable",
    "袋子盒子都翻了，没有": "deny",
    "桌子底下也找了，没有": "deny",
    "到哪了": "where_is_my_order",
    "天上的云一": "out_of_scope",
    "天上的云二": "out_of_scope",
    "天上的云三": "out_of_scope",
    "到底到哪了？！你们这些骗子": "where_is_my_order",
    "你好": "greet",
    "要人工": "ask_human",
    "快点啊": "urge_reply",
    "好的": "affirm",
    "路由器怎么设置": "usage_help",
    "配网线不": "presale_question",
    "帮我核对订单": "order_confirm",
    "我要投诉": "complaint",
    "没有了": "deny",
    "不用了，谢谢": "deny",
    "不是的": "deny",
    "不对": "deny",
}

ROUTER = Order(
    "251014000001",
    shop="routers",
    status=OrderStatus.DELIVERED,
    nickname="小雨",
    recipient="王小雨",
    phone="13800001234",
    address="浙江省杭州市西湖区文三路",
    received_at=NOW - timedelta(days=3),
    signed_by="本人",
    lines=(Line("RT-1", "双频路由器", 2, Decimal("378.00"), Decimal("189.00")),),
)
ON_THE_WAY = replace(
    ROUTER,
    order_no="251014000002",
    status=OrderStatus.SHIPPED,
    received_at=None,
    signed_by=None,
    courier="中通",
    tracking_no="78200100000001",
    events=(ShipmentEvent(NOW - timedelta(hours=4), "已到达杭州分拨中心"),),
)


class Chat:
    """One customer and the bot."""

    def __init__(self, database: Database, **about: Any) -> None:
        orders, self._kept = SqlOrders(database), SqlConversations(database)
        self._reader = FakeReader(INTENTS)
        self.desk = desk_on(database, self._reader)
        self.state = SqlDeskState(database)
        self.reception = Reception(
            self.desk, lambda: POLICY, orders, self.state, SqlHandoffs(database)
        )
        self.at = NOW
        self._about = about
        self._written = 0

    def says(self, text: str, how: str = "answer", again: bool = False) -> Answer:
        """A message of the customer, put to the reception; ``again``: with the last one's id."""
        self._written += not again
        self.at += timedelta(minutes=1)
        message = Message("c", f"m{self._written}", text, self.at, **self._about)
        answer: Answer = getattr(self.reception, how)(message, self._reader.understand(text))
        return answer

    def agent(self, text: str) -> None:
        self.at += timedelta(minutes=1)
        self.desk.observe("c", f"agent-{self.at:%H%M}", text, self.at)

    @property
    def written(self) -> Conversation:
        found = self._kept.load("c")
        assert found
        return found

    @property
    def bots_turns(self) -> list[Turn]:
        return [turn for turn in self.written.turns if turn.speaker is Speaker.BOT]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path / "shop.db")
    SqlOrders(opened).upsert(ROUTER, ON_THE_WAY)
    yield opened
    opened.close()


@pytest.fixture
def chat(database: Database) -> Chat:
    """A customer who writes about the router that has arrived."""
    return Chat(database, order_no=ROUTER.order_no)


@pytest.fixture
def traveller(database: Database) -> Chat:
    """A customer whose parcel is on its way."""
    return Chat(database, order_no=ON_THE_WAY.order_no)


def handed(answer: Answer) -> Handoff:
    assert answer.handoff is not None
    return answer.handoff


def wording(step: str, playbook: str = "reception") -> tuple[str, ...]:
    return POLICY.scripts.variants(f"{playbook}.{step}")


# ---- what it says itself ----


def test_where_the_parcel_is_the_bot_tells_by_itself(traveller):
    answer = traveller.says("到哪了")

    assert "已到达杭州分拨中心" in answer.texts[0]
    assert answer.handoff is None
    assert answer.advice["decided_by"] == "bot"


def test_a_case_of_an_agent_is_asked_about_in_neutral_words(chat):
    answer = chat.says("没收到网线")

    assert answer.texts == (POLICY.facts["searched"].question,)
    assert answer.advice["decided_by"] == "agent"
    assert answer.handoff is None


def test_what_the_bot_asks_is_read_in_the_answer(chat):
    chat.says("没收到网线")

    answer = chat.says("袋子盒子都翻了，没有")

    assert answer.texts == (POLICY.facts["unpacking"].question,)


def test_each_thing_said_is_a_turn_of_the_bot_with_its_step(chat):
    answer = chat.says("没收到网线")

    [turn] = chat.bots_turns
    assert (turn.text, turn.id) == (answer.texts[0], "m1:bot")
    assert turn.reading.step == answer.advice["step"]
    assert turn.reading.asked == ("searched",)


def test_the_faq_answers_a_question_about_use(chat):
    answer = chat.says("路由器怎么设置", how="answer_question")

    assert "光猫" in answer.texts[0]
    assert answer.handoff is None


@pytest.mark.parametrize(
    ("question", "case"), [("路由器怎么设置", "usage_help"), ("配网线不", "presale_question")]
)
def test_an_answer_of_the_faq_is_worded_as_the_question_was_meant(chat, question, case):
    chat.says(question, how="answer_question")

    [turn] = chat.bots_turns
    assert turn.reading.step == "faq"
    assert turn.text in [
        reply.text
        for used in range(3)
        for reply in POLICY.scripts.replies(
            f"{case}.faq", {"faq_answer": POLICY.for_shop("routers").faq.answer(question)}, used
        )
    ]


def test_a_question_that_the_faq_does_not_know_is_answered_as_any_message(chat):
    answer = chat.says("没收到网线", how="answer_question")

    assert answer.texts == (POLICY.facts["searched"].question,)


def test_without_an_order_there_is_no_shop_whose_faq_to_ask(database):
    answer = Chat(database).says("路由器怎么设置", how="answer_question")

    assert handed(answer).reason is Why.DECISION


# ---- handing over ----


def test_what_only_an_agent_may_offer_is_handed_over_with_all_that_was_collected(chat):
    chat.says("没收到网线")
    chat.says("袋子盒子都翻了，没有")

    handoff = handed(chat.says("桌子底下也找了，没有"))

    assert (handoff.reason, handoff.to) == (Why.DECISION, "agent")
    packet = handoff.packet
    assert (packet["case"], packet["order_no"]) == ("missing_cable", ROUTER.order_no)
    assert packet["facts"][POLICY.facts["searched"].title] == "找过没有"
    assert packet["facts"][POLICY.facts["unpacking"].title] == "附近也没有"
    assert packet["facts"][POLICY.facts["received_on"].title] == "10月17日"
    assert packet["said"] == ["没收到网线", "袋子盒子都翻了，没有", "桌子底下也找了，没有"]
    assert "补偿" in packet["next"]


def test_a_hand_over_neither_offers_nor_refuses(chat):
    chat.says("没收到网线")
    chat.says("袋子盒子都翻了，没有")

    answer = chat.says("桌子底下也找了，没有")

    assert answer.texts[0] in wording("colleague_takes_over")
    assert answer.advice["decision"] == "allow"


def test_a_case_that_is_an_agents_from_the_start_is_handed_over_at_once(chat):
    answer = chat.says("我要投诉")

    assert handed(answer).reason is Why.DECISION
    assert handed(answer).packet["said"] == ["我要投诉"]


def test_who_complains_gets_one_apology_and_then_a_person(chat):
    first = chat.says("我要投诉")

    second = chat.says("快点啊")

    assert first.texts[0] in wording("colleague_after_apology")
    assert second.texts[0] in wording("colleague_is_coming")


def test_who_asks_for_a_person_gets_one(chat):
    answer = chat.says("要人工", how="hand_over")

    assert answer.texts[0] in wording("colleague_on_request")
    assert handed(answer).reason is Why.REQUEST


def test_contacts_in_what_was_said_are_masked(chat):
    handoff = handed(chat.says("要人工，打我电话13912345678", how="hand_over"))

    assert handoff.packet["said"] == ["要人工，打我电话139****5678"]


@pytest.mark.parametrize(("asked", "handed_over"), [(2, False), (3, True)])
def test_a_question_without_an_answer_is_asked_twice_and_then_left_to_a_colleague(
    chat, asked, handed_over
):
    answers = [chat.says("没收到网线"), chat.says("你好"), chat.says("你好")][:asked]

    assert answers[0].texts == (POLICY.facts["searched"].question,)
    assert (answers[-1].handoff is not None) is handed_over
    if handed_over:
        assert handed(answers[-1]).reason is Why.NO_ANSWER


def test_who_cannot_name_an_order_is_asked_in_two_ways_and_then_gets_a_colleague(database):
    chat = Chat(database)

    steps = [chat.says(text).advice["step"] for text in ("没收到网线", "你好", "你好")]

    assert steps == ["ask_order", "ask_another_way", "no_number"]


@pytest.mark.parametrize("words", ["没有了", "不用了，谢谢"])
def test_who_needs_nothing_else_is_wished_well(chat, words):
    chat.says("你好")

    answer = chat.says(words)

    assert answer.texts[0] in wording("farewell", "goodbye")


def test_a_no_that_nobody_understands_is_asked_about_once_and_then_left_to_a_colleague(chat):
    first, second = chat.says("不是的"), chat.says("不对")

    assert first.advice["step"] == "ask_what"
    assert second.handoff is not None


@pytest.mark.parametrize(("times", "handed_over"), [(2, False), (3, True)])
def test_what_was_told_twice_is_not_told_a_third_time(traveller, times, handed_over):
    answers = [traveller.says("到哪了") for _ in range(times)]

    assert (answers[-1].handoff is not None) is handed_over


def test_what_was_told_on_an_earlier_visit_is_told_again(traveller):
    for _ in range(3):
        answer = traveller.says("到哪了")
        traveller.at += timedelta(hours=25)

    assert answer.handoff is None


def test_greeting_again_and_again_is_no_reason_to_hand_over(chat):
    answers = [chat.says("你好") for _ in range(4)]

    assert not any(answer.handoff for answer in answers)


# ---- afterwards ----


def test_after_a_hand_over_the_bot_says_once_that_a_colleague_is_coming(chat):
    chat.says("要人工", how="hand_over")

    first, second = chat.says("快点啊"), chat.says("到哪了")

    assert first.texts[0] in wording("colleague_is_coming")
    assert second.texts == ()
    assert second.advice is not None
    assert second.handoff is None


def test_who_asks_for_a_person_twice_is_handed_over_once(chat):
    chat.says("要人工", how="hand_over")

    answer = chat.says("要人工", how="hand_over")

    assert answer.handoff is None


def test_where_an_agent_writes_the_bot_is_quiet(chat):
    chat.says("没收到网线")
    chat.agent("您好，我是客服小陈，我来帮您看")

    assert chat.says("快点啊").texts == ()
    assert chat.says("路由器怎么设置", how="answer_question").texts == ()


@pytest.mark.parametrize(("hours", "quiet"), [(23, True), (25, False)])
def test_a_day_after_the_hand_over_the_customer_is_the_bots_again(traveller, hours, quiet):
    traveller.says("要人工", how="hand_over")
    traveller.says("好的")
    traveller.at += timedelta(hours=hours)

    answer = traveller.says("到哪了")

    assert (answer.texts == ()) is quiet


# ---- the same message again ----


def test_a_message_that_comes_again_is_answered_the_same_and_noted_once(chat):
    chat.says("没收到网线")
    first = chat.says("要人工", how="hand_over")

    again = chat.says("要人工", how="hand_over", again=True)

    assert again == first
    assert len(chat.bots_turns) == 2


def test_another_hand_over_is_worded_differently(chat):
    first = chat.says("要人工", how="hand_over")
    chat.at += timedelta(days=2)

    second = chat.says("要人工", how="hand_over")

    assert first.texts != second.texts


# ---- reading the order back ----


def test_the_order_is_read_back_masked(chat):
    answer = chat.says("帮我核对订单", how="look_up")

    text, card = answer.texts[0], answer.card
    assert "双频路由器×2" in text
    for shown in ("王**", "138****1234", "浙江省杭州市…"):
        assert shown in text
    assert card is not None
    assert (card.recipient, card.phone, card.address) == ("王**", "138****1234", "浙江省杭州市…")
    assert (card.order_no, card.status) == (ROUTER.order_no, "已签收")


def test_an_order_of_which_little_is_known_is_read_back_as_far_as_it_is_known(database):
    bare = Order("251014000003", lines=(Line("X", "网线"),))
    SqlOrders(database).upsert(bare)

    answer = Chat(database, order_no=bare.order_no).says("帮我核对订单", how="look_up")

    assert "网线" in answer.texts[0]
    assert "{" not in answer.texts[0]


def test_an_order_that_is_not_known_is_not_read_back(database):
    assert Chat(database).says("帮我核对订单", how="look_up") == Answer()


def test_with_a_colleague_the_order_is_shown_and_not_talked_about(chat):
    chat.says("要人工", how="hand_over")

    answer = chat.says("帮我核对订单", how="look_up")

    assert answer.texts == ()
    assert answer.card is not None


def test_no_sentence_holds_a_blank_line(database):
    parted = ShipmentEvent(NOW, "已到达杭州\n\n\n请保持电话畅通")
    SqlOrders(database).upsert(replace(ON_THE_WAY, order_no="251014000004", events=(parted,)))

    answer = Chat(database, order_no="251014000004").says("到哪了")

    assert "已到达杭州\n请保持电话畅通" in answer.texts[0]


def test_after_two_answers_that_did_not_help_the_third_miss_goes_to_a_person(chat):
    answers = [chat.says(f"天上的云{n}") for n in ("一", "二", "三")]

    assert [answer.handoff is not None for answer in answers] == [False, False, True]
    assert handed(answers[-1]).reason is Why.NO_ANSWER


def test_a_good_answer_between_two_misses_begins_the_count_anew(traveller):
    for text in ("天上的云一", "到哪了", "天上的云二", "天上的云三"):
        assert traveller.says(text).handoff is None, text


def test_who_is_angry_gets_an_apology_and_a_person_whatever_it_is_about(traveller):
    traveller.says("到哪了")

    answer = traveller.says("到底到哪了？！你们这些骗子")

    assert handed(answer).reason is Why.DECISION
    assert traveller.bots_turns[-1].reading.step == "colleague_after_apology"


# ---- outside the hours in which somebody is there ----

NIGHT = NOW.replace(hour=23, minute=40)
TOMORROW_AT_TEN = (NOW + timedelta(days=1)).replace(hour=10, minute=0)


def at_night(chat: Chat) -> Chat:
    chat.at = NIGHT
    return chat


def test_at_night_the_bot_takes_a_message_and_says_by_when_somebody_answers(chat):
    answer = at_night(chat).says("要人工", how="hand_over")

    assert "明天上午10点前" in answer.texts[0]
    assert handed(answer).reason is Why.REQUEST
    assert chat.bots_turns[-1].reading.step == "takes_message"


def test_what_was_said_at_night_stands_in_the_ledger_once_as_a_promise_to_answer(chat):
    at_night(chat).says("我要投诉")
    chat.says("快点啊")

    (promise,) = chat.desk.ledger.open(NIGHT + timedelta(hours=1))
    assert (promise.commitment.kind, promise.commitment.due) == (Kind.REPLY, TOMORROW_AT_TEN)
    assert promise.by is Speaker.BOT


def test_a_further_message_at_night_is_noted_once_and_then_left_to_the_morning(chat):
    at_night(chat).says("要人工", how="hand_over")

    noted, silent = chat.says("袋子盒子都翻了，没有"), chat.says("快点啊")

    assert "明天上午10点前" in noted.texts[0]
    assert silent.texts == ()


def test_at_night_the_bot_still_tells_by_itself_where_the_parcel_is(traveller):
    answer = at_night(traveller).says("到哪了")

    assert "已到达杭州分拨中心" in answer.texts[0]
    assert answer.handoff is None


def test_every_wording_of_the_night_is_read_as_a_promise_with_its_moment():
    for step in ("takes_message", "message_noted"):
        for variant in wording(step):
            text = variant.replace("{answered_by}", "明天上午10点")
            (made,) = commitments_in(text, NIGHT, POLICY.figures.working_days)
            assert (made.kind, made.due) == (Kind.REPLY, TOMORROW_AT_TEN), text


# ---- the packet that stays with the conversation ----


def test_the_packet_is_kept_once_and_says_what_was_done(database, chat):
    chat.says("没收到网线")
    chat.says("袋子盒子都翻了，没有")
    chat.says("要人工", how="hand_over")
    chat.says("要人工", how="hand_over", again=True)

    handed_over = SqlHandoffs(database)
    (kept,) = handed_over.between(NOW, NOW + timedelta(hours=1))
    assert kept == handed_over.latest("c")
    assert kept.handoff.packet["order_no"] == ROUTER.order_no
    assert kept.handoff.packet["wants"] == ["转人工", "没收到网线"]
    assert kept.handoff.packet["done"] == [
        "说明网线的样子和位置，请客户再找",
        "安抚，请客户看看拆包时是否掉落",
    ]
    assert {"order_no", "searched"} <= {*kept.handoff.known}


def test_what_the_packet_holds_and_the_agent_asks_again_is_seen(database, chat):
    chat.says("没收到网线")
    chat.says("袋子盒子都翻了，没有")
    chat.says("要人工", how="hand_over")
    kept = SqlHandoffs(database).latest("c")
    assert kept is not None
    assert asked_again(kept, chat.written.turns) == ()

    chat.agent(wording("look_again", "missing_cable")[0])

    assert asked_again(kept, chat.written.turns) == ("searched",)


# ---- what a colleague has closed is over ----


def test_once_a_colleague_has_closed_the_conversation_the_bot_answers_again(traveller):
    traveller.says("要人工", how="hand_over")
    traveller.agent("您好，请问需要什么帮助？")
    assert traveller.says("到哪了").texts == ()

    traveller.state.close("c", traveller.at)

    assert "已到达杭州分拨中心" in traveller.says("到哪了").texts[0]


def test_what_is_opened_again_is_the_colleagues_again(traveller):
    traveller.says("要人工", how="hand_over")
    traveller.agent("您好，请问需要什么帮助？")
    traveller.state.close("c", traveller.at)
    traveller.state.close("c", None)

    assert traveller.says("到哪了").texts == ()
