"""Each action puts the message to the reception and utters the answer."""

import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from ruamel.yaml import YAML

from actions.answer_faq import AnswerFaq
from actions.hand_over import HandOver
from actions.look_up_order import LookUpOrder
from actions.propose_reply import ProposeReply
from bot.services.reception import Answer
from tests.actions.conftest import CHECKOUT, NOW, Said, tracker

ARRIVED, TRAVELLING = "251014000001", "251014000002"


def texts(said: Said) -> list[str]:
    return [message["text"] for message in said if "text" in message]


def custom(said: Said, kind: str) -> dict[str, Any]:
    """The message for programs of this kind."""
    [found] = [m["custom"] for m in said if m.get("custom", {}).get("type") == kind]
    return found


# ---- propose_reply ----


async def test_the_bot_answers_where_the_parcel_is(call):
    said = await call(ProposeReply, "到哪了", "where_is_my_order", order_no=TRAVELLING)

    assert "已到达杭州分拨中心" in texts(said)[0]
    assert custom(said, "advice")["advice"]["decided_by"] == "bot"


async def test_a_missing_cable_is_collected_and_handed_over_with_all_facts(call):
    about = {"order_no": ARRIVED}
    await call(ProposeReply, "没收到网线", "missing_cable", **about)
    await call(ProposeReply, "袋子盒子都翻了，没有", "deny", **about)

    said = await call(ProposeReply, "桌子底下也找了，没有", "deny", **about)

    handoff = custom(said, "handoff")
    assert (handoff["reason"], handoff["to"]) == ("decision", "agent")
    assert handoff["packet"]["order_no"] == ARRIVED
    assert {"找过没有", "附近也没有"} <= {*handoff["packet"]["facts"].values()}
    assert custom(said, "advice")["advice"]["decision"] == "allow"
    assert not any("元" in text for text in texts(said))


async def test_words_come_before_what_only_programs_read(call):
    said = await call(ProposeReply, "我要投诉", "complaint", order_no=ARRIVED)

    assert [m.get("custom", {}).get("type") for m in said] == [None, "handoff", "advice"]


async def test_a_silent_bot_still_answers_something_that_programs_can_read(call):
    await call(HandOver, "要人工", "ask_human")
    await call(ProposeReply, "好的", "affirm")

    said = await call(ProposeReply, "快点", "urge_reply")

    assert texts(said) == []
    assert custom(said, "advice")["advice"]["message_id"] == "m3"


async def test_the_customers_message_and_the_bots_answer_are_in_our_database(call):
    await call(ProposeReply, "没收到网线", "missing_cable", order_no=ARRIVED)

    assert [(turn.speaker.value, turn.id) for turn in call.turns] == [
        ("customer", "m1"),
        ("bot", "m1:bot"),
    ]


# ---- the others ----


async def test_who_asks_for_a_person_is_handed_over(call):
    said = await call(HandOver, "转人工", "ask_human", nickname="小雨")

    assert custom(said, "handoff")["reason"] == "request"
    assert len(texts(said)) == 1


async def test_a_question_is_answered_from_the_shops_faq(call):
    said = await call(AnswerFaq, "路由器怎么设置", "usage_help", order_no=ARRIVED)

    assert "光猫" in texts(said)[0]


async def test_a_question_that_the_faq_does_not_know_goes_to_a_colleague(call):
    said = await call(AnswerFaq, "你们老板贵姓", "presale_question", order_no=ARRIVED)

    assert custom(said, "handoff")["packet"]["said"] == ["你们老板贵姓"]


async def test_the_order_comes_as_a_card_and_a_masked_sentence(call):
    said = await call(LookUpOrder, "帮我核对订单", "order_confirm", order_no=ARRIVED)

    order = custom(said, "order")["order"]
    assert (order["order_no"], order["titles"]) == (ARRIVED, ("双频路由器",))
    assert (order["recipient"], order["phone"]) == ("王**", "138****1234")
    assert "王**" in texts(said)[0]
    assert "13800001234" not in str(said)


async def test_an_unknown_order_shows_no_card(call):
    assert await call(LookUpOrder, "帮我核对订单", "order_confirm") == []


# ---- how Rasa gets at them ----


def registered() -> dict[str, Any]:
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor.actions


def test_the_domain_names_exactly_the_actions_that_there_are():
    domain = YAML(typ="safe").load((CHECKOUT / "domain.yml").read_text(encoding="utf-8"))

    assert {*domain["actions"]} == {*registered()}


def test_actions_are_made_before_the_shop_is_open_and_refuse_until_it_is():
    with pytest.raises(LookupError, match="no shop is running"):
        asyncio.run(ProposeReply().run(None, tracker("你好", "greet"), {}))


async def test_a_slow_desk_does_not_stop_the_others():
    others = asyncio.Event()
    loop = asyncio.get_running_loop()

    class SlowReception:
        """Waits for another task: on the event loop's own thread it would wait for ever."""

        def answer(self, *_: Any) -> Answer:
            asyncio.run_coroutine_threadsafe(others.wait(), loop).result(5)
            return Answer(("您好",))

    heard = CollectingDispatcher()
    slow = ProposeReply(reception=SlowReception, clock=lambda: NOW)
    running = asyncio.create_task(slow.run(heard, tracker("你好", "greet"), {}))
    await asyncio.sleep(0)
    others.set()
    await running

    assert [message["text"] for message in heard.messages] == ["您好"]
