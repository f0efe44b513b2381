"""Whatever a message holds, what is found lies exactly in it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.entities import Entity
from bot.language.extract import Extractor
from tests.language.finding import entities, extractor, found

PIECES = st.sampled_from(
    [
        "订单号", "250904220031", "SF1234567890123", "13800138000", "昨天", "下午3点", "两根", "12块5",
        "支付宝", "a@b.cn", "身高175", "120斤", "XL", "38码", "顺丰", "[图片]", "[订单x]", "10-16", "三天",
        "，", "。", " ", "\n", "😡", "\u200b", "\ud800", "１２", "網線", "退", "我", "1", "号", "/", "-", "http://",
    ]
)  # fmt: skip


def test_a_whole_message_is_read_at_once():
    text = "订单号250904220031，昨天签收的，少2根网线，发顺丰，退我12块5"

    assert entities(text) == (
        Entity("order_no", "250904220031", 3, 15),
        Entity("date", "-P1D", 16, 18),
        Entity("count", "2", 23, 25, "根"),
        Entity("courier", "顺丰", 29, 31),
        Entity("amount", "12.50", 34, 38),
    )


def test_products_of_the_catalogue_are_found_under_the_catalogues_name():
    assert found("我要六類網線和tp路由器ax3000", "product") == [
        ("六类网线", "六類網線"),
        ("TP路由器AX3000", "tp路由器ax3000"),
    ]


def test_without_a_catalogue_no_product_is_found():
    assert not [e for e in Extractor().extract("六类网线") if e.entity == "product"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "😀😀", "\0\x07", "\ud800", "\u200b" * 50, "。。。"]
)
def test_a_message_without_anything_to_read_holds_nothing(text: str):
    assert entities(text) == ()


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_spans_lie_in_the_message_in_order_and_never_overlap(text: str):
    ends = 0
    for entity in entities(text):
        assert ends <= entity.start < entity.end <= len(text)
        assert entity.value
        ends = entity.end


@settings(deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_no_text_whatever_makes_it_fail(text: str):
    for entity in entities(text):
        assert 0 <= entity.start < entity.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "好" * 10_000, "1" * 10_000, "1 " * 5_000, "2根" * 5_000, "150cm" * 2_000, "[图片]" * 2_500,
        "十" * 10_000, "a@" * 5_000, "支付宝" * 3_000, "[" * 10_000, "¥1," * 3_000, "\ud800\0" * 5_000,
        "1-" * 5_000, "A1" * 5_000, "http://" * 1_500, "1.1月" * 2_500,
    ],
)  # fmt: skip
def test_ten_thousand_hostile_characters_take_a_moment_and_no_more(text: str):
    extractor().warm_up()
    began = time.perf_counter()

    entities(text)

    assert time.perf_counter() - began < 1.0


def test_a_usual_message_takes_less_than_a_millisecond_and_a_half():
    text = "你好，订单250904220031的网线昨天没收到，能不能给我补发两根，谢谢"
    extractor().warm_up()
    began = time.perf_counter()

    for _ in range(200):
        entities(text)

    # Twice the budget: other programs share this machine with the test.
    assert (time.perf_counter() - began) / 200 < 0.003
