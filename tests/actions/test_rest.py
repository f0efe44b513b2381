"""A customer's conversation through the whole shop: Rasa's REST channel, its rules, our actions, the desk."""

import time
from typing import Any

from tests.actions.conftest import RunningShop, Said

ARRIVED, TRAVELLING = "251014000001", "251014000002"


def texts(said: Said) -> list[str]:
    return [message["text"] for message in said if "text" in message]


def custom(said: Said, kind: str) -> dict[str, Any]:
    [found] = [m["custom"] for m in said if m.get("custom", {}).get("type") == kind]
    return found


def test_the_bot_tells_where_the_parcel_is(running_shop: RunningShop):
    said = running_shop.says("rest:1", "我的快递到哪里了", order_no=TRAVELLING)

    assert "已到达杭州分拨中心" in texts(said)[0]
    assert custom(said, "advice")["advice"]["case"] == "where_is_my_order"


def test_the_bot_collects_and_hands_over_also_when_rasa_dies_in_between(running_shop: RunningShop):
    about = {"order_no": ARRIVED}
    first = running_shop.says("rest:2", "没收到网线", **about)
    second = running_shop.says("rest:2", "袋子和盒子都翻过了，没有找到", **about)
    dead = running_shop.rasa
    dead.kill()
    dead.wait(10)
    running_shop.wait_for_rasa()

    third = running_shop.says("rest:2", "桌子底下也看了，没有", **about)

    assert custom(first, "advice")["advice"]["step"] == "look_again"
    assert custom(second, "advice")["advice"]["step"] == "check_unpacking"
    packet = custom(third, "handoff")["packet"]
    assert {"找过没有", "附近也没有"} <= {*packet["facts"].values()}
    assert (packet["case"], packet["order_no"]) == ("missing_cable", ARRIVED)
    assert len(packet["said"]) == 3


def test_the_order_is_read_back_before_the_reply(running_shop: RunningShop):
    said = running_shop.says("rest:3", "帮我核对一下订单信息", order_no=ARRIVED)

    assert "王**" in texts(said)[0]
    assert custom(said, "order")["order"]["order_no"] == ARRIVED
    assert custom(said, "advice")


def test_who_asks_for_a_person_is_handed_over(running_shop: RunningShop):
    said = running_shop.says("rest:4", "转人工客服")

    assert custom(said, "handoff")["reason"] == "request"


def test_a_long_conversation_stays_quick_and_is_never_answered_with_nothing(
    running_shop: RunningShop,
):
    talk = ["你好", "我的快递到哪里了", "没收到网线", "能退吗", "快点啊"] * 8
    started = time.monotonic()

    answers = [running_shop.says("rest:5", text, order_no=ARRIVED) for text in talk]

    assert all(answers)
    assert time.monotonic() - started < len(talk) * 0.5
