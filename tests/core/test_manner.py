"""What an agent's words do, as far as their manner shows it."""

import pytest

from bot.core.manner import asks_for_patience, shows
from bot.core.playbook import Decision
from tests.builders import step

ASKS = step("asks", Decision.COLLECT, ask="photo")
REFUSES = step("refuses", Decision.REFUSE)
HANDS_OVER = step("hands_over", Decision.HANDOVER)
TELLS = step("tells", Decision.INFORM)


@pytest.mark.parametrize(
    "text",
    [
        "灯亮吗",
        "麻烦您拍一张照片",
        "序列号发我",
        "要退还是要换",
        "是黑色还是白色",
        "您选一个",
        "需不需要等等看",
        "您先寄回来哈",
    ],
)
def test_a_question_or_a_request_asks(text: str) -> None:
    assert shows(ASKS, text)


@pytest.mark.parametrize(
    "text", ["已经登记了", "照片看到了", "您放心", "您寄回来的收到了", "不用不用"]
)
def test_a_statement_asks_nothing(text: str) -> None:
    assert not shows(ASKS, text)


@pytest.mark.parametrize("text", ["过了期限退不了", "这个没法补", "最多补这些", "不能再高了"])
def test_who_refuses_says_no(text: str) -> None:
    assert shows(REFUSES, text)


def test_a_promise_refuses_nothing() -> None:
    assert not shows(REFUSES, "好的，给您补寄")


@pytest.mark.parametrize(
    "text", ["我请主管来看", "这就转给售后同事", "主管会跟您说", "您说的我都转过去"]
)
def test_who_hands_over_names_who_takes_over(text: str) -> None:
    assert shows(HANDS_OVER, text)


def test_who_does_it_alone_hands_nothing_over() -> None:
    assert not shows(HANDS_OVER, "我给您登记好了")


def test_what_only_tells_something_may_be_said_in_any_manner() -> None:
    assert shows(TELLS, "包裹昨天签收了")


@pytest.mark.parametrize(
    "text", ["稍等", "等我一下", "我看下订单", "正在查", "在的亲", "嗯嗯", "您说"]
)
def test_who_looks_something_up_asks_for_patience(text: str) -> None:
    assert asks_for_patience(text)


@pytest.mark.parametrize("text", ["我看到包裹签收了", "我查了，是昨天发的", "收货时间延长了"])
def test_who_has_looked_it_up_does_not(text: str) -> None:
    assert not asks_for_patience(text)
